import { describe, expect, test } from "vitest";
import {
  a,
  array,
  entropy,
  fock,
  ground,
  ket,
  levels,
  type ModelDescription,
  model,
  n,
  projector,
  qubit,
  qubits,
  sm,
  sp,
  spin,
  sum,
  transition,
  weightedSum,
} from "#src/model/builder.js";
import { messagesIn } from "../support/faults.js";

const q = qubit("q");
const simple: ModelDescription = { sites: [q], initial: ground, times: [0, 1] };

const faultsOf = (description: unknown): string[] => messagesIn(() => model(description as ModelDescription));

describe("faults", () => {
  test("all at once, each with its place", () => {
    const far = qubit("far");
    const description = {
      ...simple,
      hamiltonian: sm(q),
      channels: {
        common: { rate: -1, operator: sm(q) },
        own: { rate: [1, 2, 3], each: [sm(q), sp(q)] },
        stray: { rate: 1, operator: sm(far) },
      },
      initial: ket(2),
      times: [1, 0],
      ensemble: { trajectories: 1.5 },
    };
    expect(faultsOf(description)).toEqual([
      "hamiltonian: must be Hermitian to 1e-12 of its largest element, but H - dag(H) has an element of 1.00 times the largest",
      "channels.common.rate: must be a real number >= 0, but is -1",
      "channels.own.rate: must have as many entries as each (2), but has 3",
      'channels.stray.operator: must use sites of the model only, but far is not in its list "sites": add it there',
      "initial: must be a level of q (0, 1), but is 2",
      "times[2]: must be later than the time before it (1), but is 0",
      "ensemble.trajectories: must be a whole number >= 1, but is 1.5",
    ]);
  });

  test.each<[string, unknown, RegExp]>([
    [
      "a rate that is not a number",
      { channels: { c: { rate: Number.NaN, operator: sm(q) } } },
      /^channels.c.rate: .*NaN/,
    ],
    [
      "an infinite rate",
      { channels: { c: { rate: 1 / 0, operator: sm(q) } } },
      /^channels.c.rate: .*Infinity/,
    ],
    ["an infinite operator", { hamiltonian: n(q).times(1 / 0) }, /^hamiltonian: must be finite/],
    ["an unknown key", { channel: {} }, /^channel: must be one of the keys .* did you mean channels\?$/],
    ["the zero state", { initial: sm(q).times(ground) }, /^initial: must be a state other than zero/],
    [
      "a projector on nothing",
      { observables: { p: projector(sm(q).times(ground)) } },
      /^observables.p: .* zero/,
    ],
    ["division by 0", { observables: { p: n(q).over(0) } }, /^observables.p: must not divide by 0/],
    [
      "a broken power",
      { observables: { p: n(q).power(0.5) } },
      /^observables.p: must raise an operator to a whole power/,
    ],
    [
      "weights that do not fit",
      { observables: { p: weightedSum([1], [n(q), n(q)]) } },
      /^observables.p: must combine lists/,
    ],
    [
      "an operator of another kind",
      { observables: { p: a(fock("q", 4)) } },
      /^observables.p: a must act on a mode, but q is a qubit/,
    ],
    [
      "a measure of a site that is not there",
      { measures: { S: entropy(qubit("far")) } },
      /^measures.S: .* far is not in its list "sites"/,
    ],
    [
      "a spin that is no half-integer",
      { sites: [spin("S", 0.7)] },
      /^sites.S.spin: must be a half-integer .* 0.7$/,
    ],
    ["an infinite mode", { sites: [fock("c", 1 / 0)] }, /^sites.c.fock: must be a whole number .* Infinity$/],
    ["no levels", { sites: [levels("A", [])] }, /^sites.A.levels: .*empty list/],
    ["two sites of one name", { sites: [q, qubit("q")] }, /^sites.q: must be a new name/],
    [
      "a waveguide with an emitter too many",
      { channels: { g: { waveguide: q, kx: [0, 1], rate: 1 } } },
      /^channels.g.kx: must have one entry for each emitter \(1\), but has 2$/,
    ],
    [
      "a matrix that is not Hermitian",
      { channels: { d: { matrix: [[[1, 1]]], operators: [sm(q)] } } },
      /^channels.d.matrix\[1\]\[1\]: must be Hermitian, but has 1\+1i here$/,
    ],
    [
      "a matrix of no numbers",
      { channels: { d: { matrix: [[Number.NaN]], operators: [sm(q)] } } },
      /^channels.d.matrix\[1\]\[1\]: must be a finite number, but is NaN$/,
    ],
    [
      "a member without its array",
      { sites: [qubits("r", 2)[1]] },
      /^sites.r: must be given as a whole, sites: \[r\] .* but r2 stands alone$/,
    ],
    ["no sites", { sites: [] }, /^sites: must have at least one site/],
  ])("%s", (_, change, expected) => {
    const faults = faultsOf({ ...simple, ...(change as object) });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(expected);
  });

  test.each([0, -1, 2.5, Number.NaN, 1e9])("an array of %d sites", (count) => {
    expect(() => array(q, count)).toThrow(/sites.q.count: must be a whole number >= 1/);
  });
});

test("the types refuse what makes no sense, as the reader does", () => {
  const A = levels("A", ["g", "e"]);
  const S = spin("S", 1);
  const [first, second] = qubits("q", 2);
  const nonsense = [
    // @ts-expect-error a spin has no sm
    () => sm(S),
    // @ts-expect-error a qubit has no a
    () => a(first),
    // @ts-expect-error A has no level f
    () => transition(A, "f", "g"),
    // @ts-expect-error a state is not an operator
    () => sum(ground, sm(second)),
    // @ts-expect-error an operator is not a state
    () => projector(sm(first)),
  ];
  for (const make of nonsense) {
    const observables = { nonsense: make() };
    expect(faultsOf({ ...simple, sites: [[first, second], A, S], observables })).toHaveLength(1);
  }
  // @ts-expect-error a channel has an operator, or each
  expect(() => model({ ...simple, channels: { c: { rate: 1 } } })).toThrow(
    /operator or each, but has neither/,
  );
});
