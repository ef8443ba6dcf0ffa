import { describe, expect, test } from "vitest";
import { parseModel } from "#src/model/file.js";
import type { Operator } from "#src/model/model.js";
import { denseOperator, dimensionsOf, messagesOf, modelText, modelWith, parse } from "./support.js";

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

const asMatrix = (operator: Operator | undefined, dimensions: readonly number[]) =>
  denseOperator(operator ?? { terms: [], dyads: [] }, dimensions);

describe("the Hamiltonian", () => {
  test("is one expression or a list that is added up", () => {
    const list = modelWith({ hamiltonian: "\n  - n(q1)\n  - 2*n(q2)\n" });
    const one = modelWith({ hamiltonian: "n(q1) + 2*n(q2)" });
    expect(list.hamiltonian).toEqual(one.hamiltonian);
  });

  test.each(["0", "3", "sum(j, 1, 0, n(q[j]))"])("may be the number %s", (text) => {
    const model = modelWith({ hamiltonian: text });
    expect(asMatrix(model.hamiltonian, dimensionsOf(model))[0]?.[0]).toEqual([text === "3" ? 3 : 0, 0]);
  });

  test("can be used in observables as any operator", () => {
    const model = modelWith({ hamiltonian: "n(q1)", observables: "{ x: hamiltonian^2 - 3*hamiltonian }" });
    expect(model.observables[0]?.operator).toEqual(
      modelWith({ observables: "{ x: -2*n(q1) }" }).observables[0]?.operator,
    );
  });

  test.each([
    ["sp(q1)*sm(q2) + sp(q2)*sm(q1)"],
    ["exp(i*pi/3)*sp(q1)*sm(q2) + exp(-i*pi/3)*sp(q2)*sm(q1)"],
    ["i*(sp(q1)*sm(q2) - sp(q2)*sm(q1))"],
    ["sx(q1)*sp(q2) + sx(q1)*sm(q2)"],
    ["sp(q1)*sm(q1)"],
    ["(sp(q1) + sm(q1))^3"],
    ["prod(j, 1, 3, sz(q[j]))"],
    ["prod(j, 1, 3, 1 + sx(q[j]))"],
    ["n(q1) + 1e-13i*n(q2)"],
    ["1e6*n(q1) + 1e-7i*n(q1)"],
    ["projector(ground + i*sp(q1)*ground)"],
    ["sp(q1)*projector(ground) + projector(ground)*sm(q1)"],
    ["n(q1) + 1e9*sp(q2) - 1e9*sp(q2)"],
  ])("%s is Hermitian", (text) => {
    expect(messagesOf({ hamiltonian: text })).toEqual([]);
  });

  test.each([
    ["sp(q1)", "1.00"],
    ["i*n(q1)", "2.00"],
    ["i", "2.00"],
    ["n(q1) + 1e-11i*n(q2)", "2.00e-11"],
    ["sp(q1)*sm(q2)", "1.00"],
    ["n(q1)*sx(q1)", "1.00"],
    ["sp(q1)*projector(ground)", "1.00"],
    ["1e9*n(q1) + 0.1*sp(q2)", "1.00e-10"],
  ])("%s is not", (text, defect) => {
    expect(messagesOf({ hamiltonian: text })).toEqual([
      `hamiltonian: must be Hermitian to 1e-12 of its largest element, but H - dag(H) has an element of ${defect} times the largest`,
    ]);
  });

  test("of several entries the one to blame is named", () => {
    const [found] = messagesOf({ hamiltonian: "\n  - n(q1)\n  - sp(q2)\n" });
    expect(found).toMatch(/^hamiltonian\[2\]: must be Hermitian/);
    expect(messagesOf({ hamiltonian: "\n  - sp(q2)\n  - sm(q2)\n" })).toEqual([]);
  });

  test.each([
    ["n(q)", "must be an operator, but is a list of 3 operators; add it up with sum(...)"],
    ["ground", "must be an operator, but is a state; projector(...) makes one"],
    ["phi", "must be an operator, but is a list of 3 numbers; add it up with sum(...)"],
    ["hamiltonian", "must not use the hamiltonian here, but does"],
    ["{ a: n(q1) }", "must be an operator, but is a mapping"],
  ])("must be an operator: %s", (text, message) => {
    expect(messagesOf({ hamiltonian: text })).toEqual([`hamiltonian: ${message}`]);
  });
});

describe("channels", () => {
  test("each gives one channel a member, with one rate or a list of rates", () => {
    const channels = (text: string) =>
      modelWith({ channels: text }).channels.map(({ name, rate }) => `${name} ${rate}`);
    expect(channels("{ d: { rate: k, each: sm(q) } }")).toEqual(["d1 0.1", "d2 0.1", "d3 0.1"]);
    expect(channels("{ d: { rate: phi, each: sm(q) } }")).toEqual(["d1 0", "d2 0.4", "d3 0.8"]);
    expect(channels("{ d: { rate: [1, 2*k, 0], each: sm(q) } }")).toEqual(["d1 1", "d2 0.2", "d3 0"]);
    expect(channels('{ d: { rate: 1, each: ["sm(q[1])", sz(q2)] } }')).toEqual(["d1 1", "d2 1"]);
    expect(channels('{ d: { rate: 1, each: "list(j, 1, 2, sm(q[j]))" } }')).toEqual(["d1 1", "d2 1"]);
    expect(channels('{ d: { rate: 1, each: "list(j, 1, 0, sm(q[j]))" } }')).toEqual([]);
    expect(channels("{ d: { rate: 0, operator: 1 } }")).toEqual(["d 0"]);
  });

  test.each([
    ["{ rate: -1, operator: sm(q1) }", ".rate: must be a real number >= 0, but is -1"],
    ["{ rate: -0.1*k, operator: sm(q1) }", ".rate: must be a real number >= 0, but is -0.010000000000000002"],
    ["{ rate: 1/0, operator: sm(q1) }", ".rate: must not divide by 0, but does"],
    ["{ rate: .inf, operator: sm(q1) }", ".rate: must be finite, but is .inf"],
    ["{ rate: .nan, operator: sm(q1) }", ".rate: must be finite, but is .nan"],
    ["{ rate: 1e999, operator: sm(q1) }", ".rate: must be finite, but is too large a number"],
    ["{ rate: 1i, operator: sm(q1) }", ".rate: must be a real number >= 0, but is 1i"],
    ["{ rate: n(q1), operator: sm(q1) }", ".rate: must be a real number >= 0, but is an operator"],
    ["{ rate: phi, operator: sm(q1) }", ".rate: must be a real number >= 0, but is a list of 3 numbers"],
    ["{ rate: [1], operator: sm(q1) }", ".rate: must be a real number >= 0, but is a list"],
    ["{ rate: , operator: sm(q1) }", ".rate: must be a real number >= 0, but is empty"],
    ["{ operator: sm(q1) }", ".rate: must be given, but is missing"],
    ["{ rate: 1 }", ": must have operator or each, but has neither"],
    ["{ rate: 1, operator: sm(q1), each: sm(q) }", ": must have operator or each, but has both"],
    [
      "{ rate: 1, operator: sm(q) }",
      ".operator: must be an operator, but is a list of 3 operators; add it up with sum(...)",
    ],
    [
      "{ rate: 1, operator: ground }",
      ".operator: must be an operator, but is a state; projector(...) makes one",
    ],
    ["{ rate: 1, operator: [sm(q1)] }", ".operator: must be an operator, but is a list; write a sum"],
    [
      "{ rate: 1, each: sm(q1) }",
      ".each: must be a list of operators, but is an operator; a single one stands behind operator:",
    ],
    ["{ rate: [1, 2], each: sm(q) }", ".rate: must have as many entries as each (3), but has 2"],
    ["{ rate: [1], each: sm(q) }", ".rate: must have as many entries as each (3), but has 1"],
    ["{ rate: [1, -2, 3], each: sm(q) }", ".rate: must be a real number >= 0, but is -2"],
    [
      "{ rate: 1, oprator: sm(q1) }",
      '.oprator: must be one of the keys rate, operator, each, waveguide, matrix, but is "oprator"; did you mean operator?',
    ],
    ["sm(q1)", ': must be a mapping with rate and operator (or each), but is "sm(q1)"'],
  ])("%s", (text, message) => {
    expect(messagesOf({ channels: `{ c: ${text} }` })).toEqual([`channels.c${message}`]);
  });

  test("generated names that clash are faults", () => {
    const channels = "{ c2: { rate: 1, operator: sm(q1) }, c: { rate: 1, each: sm(q) } }";
    expect(messagesOf({ channels })).toEqual(["channels.c: must make new names, but c2 is also made by c2"]);
  });
});

describe("sites", () => {
  test("count goes with any kind, and an array of one is an array", () => {
    const sites =
      "{ A: { levels: [g, e], count: 2 }, S: { spin: 1/2, count: 1 }, c: { fock: 2^2, count: N - 1 } }";
    expect(modelWith({ sites }).sites.map(({ name, dimension }) => `${name} ${dimension}`)).toEqual([
      "A1 2",
      "A2 2",
      "S1 2",
      "c1 4",
      "c2 4",
    ]);
  });

  test.each([
    ["{ kind: qubit, count: 2.5 }", ".count: must be a whole number >= 1 and <= 10000, but is 2.5"],
    ["{ kind: qubit, count: 0 }", ".count: must be a whole number >= 1 and <= 10000, but is 0"],
    ["{ kind: qubit, count: -1 }", ".count: must be a whole number >= 1 and <= 10000, but is -1"],
    ["{ kind: qubit, count: i }", ".count: must be a whole number >= 1 and <= 10000, but is 1i"],
    [
      "{ kind: qubit, count: phi }",
      ".count: must be a whole number >= 1 and <= 10000, but is a list of 3 numbers",
    ],
    ["{ kind: qubit, count: }", ".count: must be a whole number >= 1 and <= 10000, but is empty"],
    ["{ kind: qubit, count: 10001 }", ".count: must be a whole number >= 1 and <= 10000, but is 10001"],
    [
      "{ kind: qubit, count: 1e12 }",
      ".count: must be a whole number >= 1 and <= 10000, but is 1000000000000",
    ],
    [
      "{ fock: 10000, count: 21 }",
      ": must leave at most 200000 levels of all sites together, but makes 210000",
    ],
    ["{ spin: 1/3 }", ".spin: must be a half-integer (0, 1/2, 1, ...), but is 0.3333333333333333"],
    ["{ spin: -1/2 }", ".spin: must be a real number >= 0 and <= 4999.5, but is -0.5"],
    ["{ fock: 0 }", ".fock: must be a whole number >= 1 and <= 10000, but is 0"],
    ["{ fock: 1.5 }", ".fock: must be a whole number >= 1 and <= 10000, but is 1.5"],
    ["{ fock: 1e7 }", ".fock: must be a whole number >= 1 and <= 10000, but is 10000000"],
    ["{ levels: [] }", ".levels: must be a list of labels, lowest first, but is an empty list"],
    ["{ levels: 3 }", '.levels: must be a list of labels, lowest first, but is "3"'],
    ["{ levels: [g, g] }", '.levels[2]: must be a new label, but "g" is given twice'],
    ["{ levels: [g, [e]] }", ".levels[2]: must be a label, but is a list"],
    [
      "{ kind: spin }",
      '.kind: must be qubit (other sites are { levels: [...] }, { spin: j }, { fock: levels }), but is "spin"',
    ],
    ["{ count: 2 }", ": must have one of kind, levels, spin, fock, but has none"],
    ["{ spin: 1, fock: 2 }", ": must have one of kind, levels, spin, fock, but has spin and fock"],
    [
      "{ kind: qubit, colour: red }",
      '.colour: must be one of the keys kind, levels, spin, fock, count, but is "colour"',
    ],
    [
      "qbit",
      ': must be qubit, or a mapping such as { kind: qubit }, { levels: [g, e] }, { spin: 1/2 } or { fock: 12 }, but is "qbit"; did you mean qubit?',
    ],
    [
      "",
      ": must be qubit, or a mapping such as { kind: qubit }, { levels: [g, e] }, { spin: 1/2 } or { fock: 12 }, but is empty",
    ],
  ])("%s", (text, message) => {
    expect(messagesOf({ sites: `{ x: ${text} }` })).toEqual([`sites.x${message}`]);
  });

  test("are 10000 at most in all", () => {
    expect(
      messagesOf({ sites: "{ q: { kind: qubit, count: 9999 }, r: { kind: qubit, count: 2 } }" }),
    ).toEqual(["sites.r: must leave at most 10000 sites in all, but makes 10001"]);
  });

  test("must be there", () => {
    expect(messagesOf({ sites: "{}" })).toEqual(["sites: must have at least one site, but has none"]);
    expect(messagesOf({ sites: "[qubit]" })).toEqual([
      "sites: must be a mapping from names to sites, but is a list",
    ]);
  });
});

describe("one common set of names", () => {
  test.each([
    [
      "{ q: { kind: qubit, count: 2 }, q2: qubit }",
      "sites.q: must make new names for its members, but q2 is taken by another site",
    ],
    [
      "{ q2: qubit, q: { kind: qubit, count: 2 } }",
      "sites.q: must make new names for its members, but q2 is taken by another site",
    ],
    ["{ k: qubit }", "sites.k: must be a new name, but a parameter is called k"],
    [
      "{ ground: qubit }",
      'sites.ground: must not be one of the reserved names i, pi, ground, hamiltonian, but is "ground"',
    ],
    [
      "{ hamiltonian: qubit }",
      'sites.hamiltonian: must not be one of the reserved names i, pi, ground, hamiltonian, but is "hamiltonian"',
    ],
    ["{ 1a: qubit }", 'sites.1a: must be a name (letters, digits and _, not a digit first), but is "1a"'],
    ["{ a b: qubit }", 'sites.a b: must be a name (letters, digits and _, not a digit first), but is "a b"'],
  ])("%s", (sites, message) => {
    expect(messagesOf({ sites })).toEqual([message]);
  });

  test("a member and a parameter cannot share a name", () => {
    expect(messagesOf({ parameters: "{ N: 3, q2: 1 }" })).toEqual([
      "sites.q: must make new names for its members, but q2 is taken by another name: a parameter",
    ]);
  });

  test.each(["i", "pi", "ground", "hamiltonian"])("no parameter is called %s", (name) => {
    expect(messagesOf({ parameters: `{ N: 3, k: 1, ${name}: 1 }` })).toEqual([
      `parameters.${name}: must not be one of the reserved names i, pi, ground, hamiltonian, but is "${name}"`,
    ]);
  });

  test("channels, observables and measures are named apart", () => {
    const model = modelWith({
      channels: "{ q1: { rate: k, operator: sm(q1) } }",
      observables: "{ q1: n(q1), k: n(q2) }",
      measures: "{ q1: purity(q1) }",
    });
    expect([model.channels[0]?.name, model.observables[0]?.name, model.measures[0]?.name]).toEqual([
      "q1",
      "q1",
      "q1",
    ]);
  });
});

describe("initial", () => {
  const mixture = (text: string) => modelWith({ initial: text }).initial.map(({ weight }) => weight);

  test("a mixture's weights are normalised, with a note", () => {
    const text = modelText({
      initial: "[{ weight: 3, state: ground }, { weight: N - 2, state: sp(q1)*ground }]",
    });
    const { model, notes } = parseModel(text, { file: "m.yaml" });
    expect(model.initial.map(({ weight }) => weight)).toEqual([0.75, 0.25]);
    expect(notes).toEqual(["initial: the weights add up to 4 and were divided by that"]);
  });

  test("weights that add up to 1 need no note", () => {
    const text = modelText({
      initial: "[{ weight: 0.1, state: ground }, { weight: 0.9, state: sp(q1)*ground }]",
    });
    expect(parseModel(text, { file: "m.yaml" }).notes).toEqual([]);
  });

  test("a weight may be 0, and drops its state", () => {
    expect(mixture("[{ weight: 0, state: ground }, { weight: 1, state: sp(q1)*ground }]")).toEqual([1]);
  });

  test("weights may be as large or small as numbers go", () => {
    expect(mixture("[{ weight: 1e308, state: ground }, { weight: 1e308, state: sp(q1)*ground }]")).toEqual([
      0.5, 0.5,
    ]);
    expect(mixture("[{ weight: 1e-300, state: ground }]")).toEqual([1]);
  });

  test.each([
    ["[{ weight: 0, state: ground }]", ": must have a weight > 0, but all weights are 0"],
    ["[]", ": must be a state or a list of { weight, state }, but is an empty list"],
    ["[{ weight: -1, state: ground }]", "[1].weight: must be a real number >= 0, but is -1"],
    ["[{ weight: i, state: ground }]", "[1].weight: must be a real number >= 0, but is 1i"],
    ["[{ weight: 1, state: 0*ground }]", "[1].state: must be a state other than zero, but is zero"],
    ["[{ weight: 0, state: 0*ground }]", "[1].state: must be a state other than zero, but is zero"],
    ["[{ weight: 1 }]", "[1].state: must be given, but is missing"],
    ["[{ state: ground }]", "[1].weight: must be given, but is missing"],
    ["[ground]", '[1]: must be a mapping { weight, state }, but is "ground"'],
    ["{ weight: 1, state: ground }", ": must be a state, but is a mapping"],
    ["[{ weight: 1, state: [ground] }]", "[1].state: must be a state, but is a list"],
  ])("%s", (initial, message) => {
    expect(messagesOf({ initial })).toEqual([`initial${message}`]);
  });
});

describe("times", () => {
  test.each<[string, readonly number[]]>([
    ["{ from: 0, to: 1, points: 5 }", [0, 0.25, 0.5, 0.75, 1]],
    ["{ from: k, to: N, points: 2 }", [0.1, 3]],
    ["{ from: 2, to: 2, points: 1 }", [2]],
    ["[0]", [0]],
    ["[0, k, 1/2, N]", [0, 0.1, 0.5, 3]],
    ["phi", [0, 0.4, 0.8]],
    ["list(j, 1, 3, j^2)", [1, 4, 9]],
  ])("%s", (times, values) => {
    expect(modelWith({ times }).times).toEqual(values);
  });

  test("a single point before the end is said", () => {
    const text = modelText({ times: "{ from: 0, to: 5, points: 1 }" });
    const { model, notes } = parseModel(text, { file: "m.yaml" });
    expect(model.times).toEqual([0]);
    expect(notes).toEqual(["times: points is 1, so only t = 0 is output"]);
  });

  test("the last point is the end, to the bit", () => {
    for (const points of [3, 7, 49, 101, 1001]) {
      const { times } = modelWith({ times: `{ from: 0.1, to: 0.7, points: ${points} }` });
      expect(times).toHaveLength(points);
      expect(times.at(-1)).toBe(0.7);
    }
  });

  test.each([
    ["{ from: 1, to: 0, points: 3 }", ".to: must be >= from (1), but is 0"],
    ["{ from: 1, to: 1, points: 3 }", ".to: must be > from (1) for 3 points, but is 1"],
    ["{ from: -1, to: 1, points: 3 }", ".from: must be a real number >= 0, but is -1"],
    ["{ from: 0, to: 1, points: 0 }", ".points: must be a whole number >= 1 and <= 1000000, but is 0"],
    ["{ from: 0, to: 1, points: 2.5 }", ".points: must be a whole number >= 1 and <= 1000000, but is 2.5"],
    [
      "{ from: 0, to: 1, points: 1e9 }",
      ".points: must be a whole number >= 1 and <= 1000000, but is 1000000000",
    ],
    ["{ from: 0, to: 1/0, points: 3 }", ".to: must not divide by 0, but does"],
    ["{ from: 0, to: i, points: 3 }", ".to: must be a real number, but is 1i"],
    ["{ from: 0, to: 1 }", ".points: must be given, but is missing"],
    [
      "{ frm: 0, to: 1, points: 2 }",
      '.frm: must be one of the keys from, to, points, but is "frm"; did you mean from?',
    ],
    [
      "{ from: 1, to: 1.0000000000000002, points: 9 }",
      ": must have points that differ, but 9 do not fit between 1 and 1.0000000000000002",
    ],
    ["[]", ": must be { from, to, points } or a list of ascending times, but is an empty list"],
    ["5", ": must be { from, to, points } or a list of ascending times, but is a number"],
    ["[0, 2, 1]", "[3]: must be later than the time before it (2), but is 1"],
    ["[0, 1, 1]", "[3]: must be later than the time before it (1), but is 1"],
    ["[-1, 1]", "[1]: must be a real number >= 0, but is -1"],
    ["[0, [1]]", "[2]: must be { from, to, points } or a list of ascending times, but is a list in a list"],
  ])("%s", (times, message) => {
    expect(messagesOf({ times })[0]).toBe(`times${message}`);
  });
});

describe("observables", () => {
  test("a list gives one observable a member, also as a YAML list", () => {
    const names = (observables: string) =>
      modelWith({ observables }).observables.map(({ name, hermitian }) => `${name}${hermitian ? "" : "*"}`);
    expect(names("{ n: n(q), s: [sm(q1), sx(q2)], w: phi }")).toEqual([
      "n1",
      "n2",
      "n3",
      "s1*",
      "s2",
      "w1",
      "w2",
      "w3",
    ]);
    expect(names("{ one: 1, c: sp(q1)*sm(q2) }")).toEqual(["one", "c*"]);
  });

  test("generated names that clash are faults", () => {
    expect(messagesOf({ observables: "{ n: n(q), n2: sz(q2) }" })).toEqual([
      "observables.n2: must make new names, but n2 is also made by n",
    ]);
  });

  test.each([
    ["{ x: { a: 1 } }", "observables.x: must be an operator or a list of operators, but is a mapping"],
    [
      "{ x: [n(q)] }",
      "observables.x[1]: must be an operator or a list of operators, but is a list of 3 operators in a list",
    ],
    ["{ x: }", "observables.x: must be an operator or a list of operators, but is empty"],
    ['{ "": 1 }', 'observables.: must be a name, but is ""'],
    ["{ __proto__: 1 }", 'observables.__proto__: must be a name, but is "__proto__"'],
    ["[n(q1)]", "observables: must be a mapping from names to operators, but is a list"],
    [
      "{ x: 1e200*(1e200*n(q1)) }",
      "observables.x: must be finite, but has an element that is infinite or no number",
    ],
  ])("%s", (observables, message) => {
    expect(messagesOf({ observables })).toEqual([message]);
  });
});

describe("measures", () => {
  test.each<[string, string, readonly (readonly number[])[]]>([
    ["logNegativity(q, A)", "logNegativity", [[0, 1, 2], [3]]],
    ["logNegativity([q1, q2], A)", "logNegativity", [[0, 1], [3]]],
    ["logNegativity([q3, q1], q[2])", "logNegativity", [[0, 2], [1]]],
    ["logNegativity([q, A], B)", "logNegativity", [[0, 1, 2, 3], [4]]],
    ["logNegativity(list(j, 1, 2, q[j]), A)", "logNegativity", [[0, 1], [3]]],
    ["concurrence(q3, q1)", "concurrence", [[2], [0]]],
    ["concurrence(q[1], B)", "concurrence", [[0], [4]]],
    ["purity(q)", "purity", [[0, 1, 2]]],
    ["purity([A])", "purity", [[3]]],
    ["purity()", "purity", [[0, 1, 2, 3, 4]]],
    ["entropy()", "entropy", [[0, 1, 2, 3, 4]]],
    ["entropy(q1)", "entropy", [[0]]],
  ])("%s", (text, kind, sides) => {
    const sites = "{ q: { kind: qubit, count: N }, A: { levels: [g, e] }, B: qubit }";
    expect(modelWith({ sites, measures: `{ m: "${text}" }` }).measures).toEqual([{ name: "m", kind, sides }]);
  });

  test.each([
    ["concurrence(A, q1)", "must be a qubit, but A is none (it has 4 levels)"],
    ["concurrence(q, A)", "must be a single qubit, but is 3 sites"],
    ["concurrence(q1)", "must be concurrence(qubit, qubit), but has 1 argument"],
    ["logNegativity(q, q1)", "must have two sides without a common site, but q1 is on both"],
    ["logNegativity(A, A)", "must have two sides without a common site, but A is on both"],
    ["logNegativity([q1, q1], A)", "must name each site once, but has q1 twice"],
    ["logNegativity(q)", "must be logNegativity(side, side), but has 1 argument"],
    ["logNegativity(q1, q2, q3)", "must be logNegativity(side, side), but has 3 arguments"],
    ["logNegativity(q1, 3)", "must be a site, an array or a list [q1, q2] of sites, but is a number"],
    ["logNegativity(q1, n(q2))", "must be a site, an array or a list [q1, q2] of sites, but is an operator"],
    ["logNegativity(q1, [])", "must be a site, an array or a list [q1, q2] of sites, but is an empty list"],
    [
      "purity(q1, q2)",
      "must be purity(part) or purity(), but has 2 arguments; a part of several sites is a list [q1, q2]",
    ],
    ["purity(q9)", 'must be a known name, but "q9" is not; did you mean q1?'],
    ["purity(q[9])", "must be an index from 1 to 3, but is 9"],
  ])("%s", (text, message) => {
    expect(messagesOf({ measures: `{ m: "${text}" }` })).toEqual([`measures.m: ${message}`]);
  });

  test.each(["n(q1)", "1 + purity(q1)", "purity", "3", "2*entropy()"])("%s is no measure", (text) => {
    expect(messagesOf({ measures: `{ m: ${text} }` })[0]).toMatch(
      /^measures\.m: must be one of logNegativity\(side, side\), .*, but is /,
    );
  });

  test("a misspelt one is guessed", () => {
    expect(messagesOf({ measures: "{ m: entropi(q1) }" })[0]).toMatch(/; did you mean entropy\?$/);
  });
});

describe("ensemble, density, title", () => {
  test.each([
    ["{ trajectories: 10*N }", { trajectories: 30 }],
    ["{ tolerance: k/10 }", { tolerance: 0.01 }],
    ["{ tolerance: 0.01, trajectories: 100 }", { tolerance: 0.01, trajectories: 100 }],
    // The seed is the source text.
    ["{ seed: 7 }", { seed: "7" }],
    ["{ seed: 007 }", { seed: "007" }],
    ["{ seed: 1e3 }", { seed: "1e3" }],
    ["{ seed: 0x10 }", { seed: "0x10" }],
    ['{ seed: "fig 4" }', { seed: "fig 4" }],
    ["{ seed: fig4 }", { seed: "fig4" }],
    ["{ seed: true }", { seed: "true" }],
    ["{}", {}],
  ])("%s", (ensemble, wanted) => {
    expect(modelWith({ ensemble }).ensemble).toEqual(wanted);
  });

  test.each([
    ["{ trajectories: 0 }", ".trajectories: must be a whole number >= 1, but is 0"],
    ["{ trajectories: 1.5 }", ".trajectories: must be a whole number >= 1, but is 1.5"],
    ["{ trajectories: -3 }", ".trajectories: must be a whole number >= 1, but is -3"],
    [
      "{ trajectories: 1e300 }",
      ".trajectories: must be a whole number >= 1, but is 1e+300, beyond 2^53, where whole numbers are no longer told apart",
    ],
    ["{ tolerance: 0 }", ".tolerance: must be a real number > 0, but is 0"],
    ["{ tolerance: -1e-3 }", ".tolerance: must be a real number > 0, but is -0.001"],
    ["{ tolerance: i }", ".tolerance: must be a real number > 0, but is 1i"],
    ["{ seed: }", ".seed: must be a text, but is empty"],
    ["{ seed: [1] }", ".seed: must be a text, but is a list"],
    [
      "{ sede: 1 }",
      '.sede: must be one of the keys trajectories, tolerance, seed, but is "sede"; did you mean seed?',
    ],
    ["10", ': must be a mapping, but is "10"'],
  ])("%s", (ensemble, message) => {
    expect(messagesOf({ ensemble })).toEqual([`ensemble${message}`]);
  });

  test("density is none, final or all", () => {
    for (const density of ["none", "final", "all"]) expect(modelWith({ density }).density).toBe(density);
    expect(messagesOf({ density: "al" })).toEqual([
      'density: must be one of none, final, all, but is "al"; did you mean all?',
    ]);
    expect(messagesOf({ density: "[all]" })).toEqual([
      "density: must be one of none, final, all, but is a list",
    ]);
  });

  test("the title is any text", () => {
    expect(modelWith({ title: '"a: b # c"' }).title).toBe("a: b # c");
    expect(modelWith({ title: "7" }).title).toBe("7");
    expect(messagesOf({ title: "[a]" })).toEqual(["title: must be a text, but is a list"]);
  });
});
