import { describe, expect, test } from "vitest";
import { parseModel } from "#src/model/file.js";
import { messagesOf, modelWith, parse } from "./support.js";

const CONTRACT = `title: three qubits and friends, one reservoir
parameters: { N: 3, omega: 1, kappa: 1e-3, alpha: 0.05*kappa, phi: [0, 0.4, 0.8] }   # later ones may use earlier ones
sites:                                    # order = tensor order
  q: { kind: qubit, count: N }            # q1, q2, q3
  A: { levels: [g, "0", "1", e] }         # a qudit with named levels
  B: qubit                                # short for { kind: qubit }
  S: { spin: 2 }                          # a collective spin j = 2 (levels labelled by m, -j to j)
  c: { fock: 12 }                         # an oscillator mode cut off at 12 levels (0 to 11)
hamiltonian:                              # one expression, or a list that is added up; missing means 0
  - omega*sum(n(q))
  - 0.1*sum(j, 1, N, sp(q[j])*sm(q[mod(j, N) + 1]) + sp(q[mod(j, N) + 1])*sm(q[j]))
channels:                                 # rate: GKSL rate (see physics.md)
  common: { rate: 2*kappa, operator: sum(exp(i*phi) .* sm(q)) + sm(B) }
  own: { rate: 2*alpha, each: sm(q) }     # one channel a member: own1, own2, own3; rate may be a list too
  feed: { rate: 0.2, operator: "transition(A, 1, e)" }
initial: sp(q1)*sp(B)*ground              # or ket(1, 0, 0, 1, 1, -2, 3), sums of such, or a mixture (below)
times: { from: 0, to: 5000, points: 201 } # or a list of ascending times
observables:
  energy: hamiltonian                     # the Hamiltonian itself
  dark: projector((2*sp(q1) - sp(q2) - sp(q3))*ground)   # normalised for you
  n: n(q)                                 # a list gives one observable a member: n1, n2, n3
measures:                                 # of the averaged density matrix, which is not linear in it
  EN: "logNegativity(A, B)"               # two sides: a site, an array or a list [q1, q2] each; all others traced out
  C: "concurrence(q1, q2)"                # two qubits
  S: entropy(q1)                          # in bits; purity(...) likewise; no argument means the whole system
ensemble: { trajectories: 10000, seed: fig4 }   # tolerance: 0.01 may stand instead of trajectories
density: none                             # none | final | all: keep the averaged density matrix
`;

describe("the contract's example", () => {
  const { model, notes } = parseModel(CONTRACT, { file: "contract.yaml" });

  test("sites in tensor order, arrays expanded", () => {
    expect(model.sites.map(({ name, dimension }) => [name, dimension])).toEqual([
      ["q1", 2],
      ["q2", 2],
      ["q3", 2],
      ["A", 4],
      ["B", 2],
      ["S", 5],
      ["c", 12],
    ]);
    expect(model.sites[1]).toEqual({
      name: "q2",
      array: "q",
      member: 2,
      kind: "qubit",
      dimension: 2,
      labels: ["0", "1"],
    });
    expect(model.sites[3]).toEqual({ name: "A", kind: "levels", dimension: 4, labels: ["g", "0", "1", "e"] });
    expect(model.sites[5]?.labels).toEqual(["-2", "-1", "0", "1", "2"]);
    expect(model.sites[6]?.labels.at(-1)).toBe("11");
  });

  test("parameters, evaluated", () => {
    expect(model.parameters).toEqual({
      N: 3,
      omega: 1,
      kappa: 1e-3,
      alpha: 0.05 * 1e-3,
      phi: [0, 0.4, 0.8],
    });
  });

  test("channels, expanded", () => {
    expect(model.channels.map(({ name, rate }) => [name, rate])).toEqual([
      ["common", 2e-3],
      ["own1", 2 * 0.05 * 1e-3],
      ["own2", 2 * 0.05 * 1e-3],
      ["own3", 2 * 0.05 * 1e-3],
      ["feed", 0.2],
    ]);
    expect(model.channels[0]?.operator.terms).toHaveLength(4);
    expect(model.channels[4]?.operator).toEqual({
      terms: [{ coefficient: [1, 0], factors: [{ site: 3, elements: [[2, 3, 1, 0]] }] }],
      dyads: [],
    });
  });

  test("the initial state", () => {
    expect(model.initial).toEqual([
      {
        weight: 1,
        state: [
          {
            amplitude: [1, 0],
            levels: [
              [0, 1],
              [4, 1],
            ],
          },
        ],
      },
    ]);
  });

  test("times", () => {
    expect(model.times).toHaveLength(201);
    expect(model.times.slice(0, 3)).toEqual([0, 25, 50]);
    expect(model.times.at(-1)).toBe(5000);
  });

  test("observables, the Hamiltonian among them", () => {
    expect(model.observables.map(({ name, hermitian }) => [name, hermitian])).toEqual([
      ["energy", true],
      ["dark", true],
      ["n1", true],
      ["n2", true],
      ["n3", true],
    ]);
    expect(model.observables[0]?.operator).toEqual(model.hamiltonian);
  });

  test("measures, ensemble, density, title", () => {
    expect(model.measures).toEqual([
      { name: "EN", kind: "logNegativity", sides: [[3], [4]] },
      { name: "C", kind: "concurrence", sides: [[0], [1]] },
      { name: "S", kind: "entropy", sides: [[0]] },
    ]);
    expect(model.ensemble).toEqual({ trajectories: 10000, seed: "fig4" });
    expect(model.density).toBe("none");
    expect(model.title).toBe("three qubits and friends, one reservoir");
    expect(notes).toEqual([]);
  });

  test("is plain data", () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

test("the same model as JSON, with tabs or without", () => {
  const value = {
    parameters: { N: 2, kappa: 0.5, phi: [0, "pi/2"] },
    sites: { q: { kind: "qubit", count: "N" }, A: { levels: ["g", "0"] } },
    hamiltonian: ["n(q1)", "sum(n(q))"],
    channels: { c: { rate: [1, "kappa"], each: "sm(q)" } },
    initial: [{ weight: 1, state: "ground" }],
    times: { from: 0, to: 1e1, points: 3 },
    ensemble: { trajectories: 10, seed: 7 },
  };
  const yaml = `
parameters: { N: 2, kappa: 0.5, phi: [0, pi/2] }
sites: { q: { kind: qubit, count: N }, A: { levels: [g, "0"] } }
hamiltonian: [n(q1), sum(n(q))]
channels: { c: { rate: [1, kappa], each: sm(q) } }
initial: [{ weight: 1, state: ground }]
times: { from: 0, to: 1e1, points: 3 }
ensemble: { trajectories: 10, seed: 7 }`;
  for (const indentation of [undefined, 2, "\t"]) {
    expect(parse(JSON.stringify(value, null, indentation))).toEqual(parse(yaml));
  }
});

describe("what may be missing", () => {
  const sections = { sites: "{ B: qubit }", parameters: null, initial: "ground", times: "[0]" };

  test("only sites, initial and times are required", () => {
    expect(modelWith(sections)).toEqual({
      title: "",
      parameters: {},
      sites: [{ name: "B", kind: "qubit", dimension: 2, labels: ["0", "1"] }],
      hamiltonian: { terms: [], dyads: [] },
      channels: [],
      initial: [{ weight: 1, state: [{ amplitude: [1, 0], levels: [] }] }],
      times: [0],
      observables: [],
      measures: [],
      ensemble: {},
      density: "none",
    });
  });

  test.each([
    "title",
    "parameters",
    "hamiltonian",
    "channels",
    "observables",
    "measures",
    "ensemble",
    "density",
  ])("%s may be empty", (name) => {
    expect(modelWith({ ...sections, [name]: "" })).toEqual(modelWith(sections));
  });

  test.each(["sites", "initial", "times"])("%s must be given", (name) => {
    expect(messagesOf({ [name]: null })).toEqual([`${name}: must be given, but is missing`]);
    const [empty, ...others] = messagesOf({ [name]: "" });
    expect(empty).toMatch(new RegExp(`^${name}: must be .*, but is empty$`));
    expect(others).toEqual([]);
  });
});
