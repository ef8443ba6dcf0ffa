import { describe, expect, test } from "vitest";
import {
  buildModel,
  cis,
  concurrence,
  entropy,
  fock,
  ground,
  hamiltonian,
  i,
  ket,
  levels,
  logNegativity,
  type ModelDescription,
  model,
  n,
  product,
  projector,
  qubit,
  qubits,
  range,
  sm,
  sp,
  spin,
  sum,
  sx,
  transition,
  weightedSum,
} from "#src/model/builder.js";
import { parseModel } from "#src/model/file.js";

const CONTRACT = `
title: three qubits and friends, one reservoir
parameters: { N: 3, omega: 1, kappa: 1e-3, alpha: 0.05*kappa, phi: [0, 0.4, 0.8] }
sites:
  q: { kind: qubit, count: N }
  A: { levels: [g, "0", "1", e] }
  B: qubit
  S: { spin: 2 }
  c: { fock: 12 }
hamiltonian:
  - omega*sum(n(q))
  - 0.1*sum(j, 1, N, sp(q[j])*sm(q[mod(j, N) + 1]) + sp(q[mod(j, N) + 1])*sm(q[j]))
channels:
  common: { rate: 2*kappa, operator: sum(exp(i*phi) .* sm(q)) + sm(B) }
  own: { rate: 2*alpha, each: sm(q) }
  feed: { rate: 0.2, operator: "transition(A, 1, e)" }
initial: sp(q1)*sp(B)*ground
times: { from: 0, to: 5000, points: 201 }
observables:
  energy: hamiltonian
  dark: projector((2*sp(q1) - sp(q2) - sp(q3))*ground)
  n: n(q)
measures:
  EN: "logNegativity(A, B)"
  C: "concurrence(q1, q2)"
  S: entropy(q1)
ensemble: { trajectories: 10000, seed: fig4 }
density: none
`;

function contract(): ModelDescription {
  const q = qubits("q", 3);
  const [q1, q2, q3] = q;
  const A = levels("A", ["g", "0", "1", "e"]);
  const B = qubit("B");
  const S = spin("S", 2);
  const c = fock("c", 12);
  const [N, omega, kappa] = [3, 1, 1e-3];
  const alpha = 0.05 * kappa;
  const phi = [0, 0.4, 0.8];
  const neighbours = [[q1, q2] as const, [q2, q3] as const, [q3, q1] as const];
  const hops = neighbours.map(([left, right]) =>
    sp(left)
      .times(sm(right))
      .plus(sp(right).times(sm(left))),
  );
  return {
    title: "three qubits and friends, one reservoir",
    parameters: { N, omega, kappa, alpha, phi },
    sites: [q, A, B, S, c],
    hamiltonian: [sum(n(q)).times(omega), sum(hops).times(0.1)],
    channels: {
      common: { rate: 2 * kappa, operator: weightedSum(phi.map(cis), sm(q)).plus(sm(B)) },
      own: { rate: 2 * alpha, each: sm(q) },
      feed: { rate: 0.2, operator: transition(A, "1", "e") },
    },
    initial: product(sp(q1), sp(B)).times(ground),
    times: range(0, 5000, 201),
    observables: {
      energy: hamiltonian,
      dark: projector(sp(q1).times(2).minus(sp(q2)).minus(sp(q3)).times(ground)),
      n: n(q),
    },
    measures: { EN: logNegativity(A, B), C: concurrence(q1, q2), S: entropy(q1) },
    ensemble: { trajectories: 10_000, seed: "fig4" },
  };
}

/** One qubit and nothing else; tests change what they are about. */
const q = qubit("q");
const simple: ModelDescription = { sites: [q], initial: ground, times: [0, 1] };

describe("the same model as the file", () => {
  test("the contract's example", () => {
    expect(model(contract())).toEqual(parseModel(CONTRACT, { file: "contract.yaml" }).model);
  });

  test("kets other than product states, and labels of every kind of site", () => {
    const file = parseModel(
      `{ sites: { q: qubit, S: { spin: 3/2 }, A: { levels: [x, "2"] }, c: { fock: 3 } }, times: [1],
         initial: "ket(1, -1/2, 2, 2) + (ket(0, 3/2, x, 0) - i*ket(1, 1/2, x, 1))/2" }`,
      { file: "kets.yaml" },
    ).model;
    const built = model({
      sites: [q, spin("S", 3 / 2), levels("A", ["x", "2"]), fock("c", 3)],
      times: [1],
      initial: ket(1, -1 / 2, 2, 2).plus(
        ket(0, "3/2", "x", 0)
          .minus(ket(1, 1 / 2, "x", 1).times(i))
          .over(2),
      ),
    });
    expect(built).toEqual(file);
  });

  test("reservoirs: emitters of every kind along a waveguide, a complex decay matrix", () => {
    const channels = `
      all: { waveguide: [q, [S, c], A, "2*sm(q1)"], kx: [0, 1, 5, 2, 3, 4], right: 0.5, left: 0.25 }
      one: { waveguide: S, x: [2], k: 3, rate: 1 }
      biased: { waveguide: q, kx: [0, 1], rate: 1, chirality: -0.5 }
      decay: { matrix: [[1, 0.5i], [-0.5i, 2]], operators: sm(q) }`;
    const file = parseModel(
      `sites: { q: { kind: qubit, count: 2 }, S: { spin: 1 }, c: { fock: 3 }, A: { levels: [g, e] } }
initial: ground
times: [1]
channels: ${channels}`,
      { file: "reservoirs.yaml" },
    ).model;
    const pair = qubits("q", 2);
    const [S, c, A] = [spin("S", 1), fock("c", 3), levels("A", ["g", "e"])];
    const built = model({
      sites: [pair, S, c, A],
      initial: ground,
      times: [1],
      channels: {
        all: {
          waveguide: [pair, [S, c], A, sm(pair[0]).times(2)],
          kx: [0, 1, 5, 2, 3, 4],
          right: 0.5,
          left: 0.25,
        },
        one: { waveguide: S, x: [2], k: 3, rate: 1 },
        biased: { waveguide: pair, kx: [0, 1], rate: 1, chirality: -0.5 },
        decay: {
          matrix: [
            [1, [0, 0.5]],
            [[0, -0.5], 2],
          ],
          operators: sm(pair),
        },
      },
    });
    expect(built).toEqual(file);
    expect(built.channels).toHaveLength(8);
  });

  test("a model is plain data", () => {
    const built = model(contract());
    expect(JSON.parse(JSON.stringify(built))).toEqual(built);
  });

  test("one word that differs makes another model", () => {
    const other = { ...contract(), initial: ket(1, 0, 1, "g", 0, -2, 0) };
    expect(model(other)).not.toEqual(model(contract()));
  });
});

test("remarks are given to those who ask", () => {
  const initial = [
    { weight: 3, state: ground },
    { weight: 1, state: ket("1") },
  ];
  const { model: built, notes } = buildModel({ ...simple, initial });
  expect(notes).toEqual(["initial: the weights add up to 4 and were divided by that"]);
  expect(built).toEqual(model({ ...simple, initial }));
});

describe("values", () => {
  test("methods make new values", () => {
    const once = sm(q);
    once.plus(sp(q));
    once.times(2);
    expect(model({ ...simple, observables: { x: once } })).toEqual(
      model({ ...simple, observables: { x: sm(q) } }),
    );
  });

  test("an operator of an array is a list over its members", () => {
    const members = qubits("q", 2);
    const { observables } = model({ ...simple, sites: [members], observables: { x: sx(members) } });
    expect(observables.map(({ name }) => name)).toEqual(["x1", "x2"]);
    expect(observables.map(({ operator }) => operator.terms[0]?.factors[0]?.site)).toEqual([0, 1]);
  });

  test("empty sums are 0, empty products are 1", () => {
    const built = model({ ...simple, hamiltonian: sum(), observables: { one: product() } });
    expect(built.hamiltonian.terms).toEqual([]);
    expect(built.observables[0]?.operator.terms).toEqual([{ coefficient: [1, 0], factors: [] }]);
  });

  test("a long sum by plus does not exhaust the stack", () => {
    let total = sm(q);
    for (let k = 1; k < 4000; k++) total = total.plus(sm(q));
    const built = model({ ...simple, observables: { total } });
    expect(built.observables[0]?.operator.terms[0]?.coefficient).toEqual([4000, 0]);
  });

  test("a collective operator of 1000 qubits, more than 64 kB of text", () => {
    const many = qubits("q", 1000);
    const operator = weightedSum(
      many.map((_, j) => cis(0.1 * j)),
      sm(many),
    );
    const { channels } = model({ ...simple, sites: [many], channels: { common: { rate: 1, operator } } });
    expect(channels[0]?.operator.terms.length).toBe(1000);
  });
});
