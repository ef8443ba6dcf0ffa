// Entangled states of the paper, with more than the presets measure, written with the builder.
import { log, sqrt } from "#src/base/functions.js";
import {
  cis,
  concurrence,
  ground,
  hamiltonian,
  jm,
  jp,
  jz,
  ket,
  logNegativity,
  type ModelDescription,
  n,
  type OperatorExpression,
  projector,
  purity,
  type Qubit,
  qubit,
  qubits,
  range,
  type StateExpression,
  sm,
  sp,
  spin,
  sum,
  weightedSum,
} from "#src/model/builder.js";

const KAPPA = 0.001;

/** sum_m coefficients[m] lower^(lowered + m) raise^m |start>: dark, with start.length - lowered excitations. */
function darkState(
  coefficients: readonly number[],
  lowered: number,
  lower: OperatorExpression,
  raise: OperatorExpression,
  start: StateExpression,
): StateExpression {
  return sum(
    coefficients.map((coefficient, m) =>
      lower
        .power(lowered + m)
        .times(coefficient)
        .times(raise.power(m).times(start)),
    ),
  );
}

export function pairEntangled(): ModelDescription {
  const q = qubits("q", 2);
  const [q1, q2] = q;
  return {
    title: "two qubits, one reservoir, entangled from |10>",
    parameters: { omega: 1, kappa: KAPPA },
    sites: [q],
    hamiltonian: sum(n(q)),
    channels: { common: { rate: 2 * KAPPA, operator: sum(sm(q)) } },
    initial: ket("10"),
    times: range(0, 5000, 51),
    observables: { dark: projector(sp(q1).minus(sp(q2)).times(ground)), lost: projector(ground) },
    measures: { EN: logNegativity(q1, q2), C: concurrence(q1, q2), P: purity() },
    ensemble: { trajectories: 10_000, seed: "pair-entangled" },
  };
}

/** N = 4, k = 1. */
export function wLike(): ModelDescription {
  const phase = 0.4;
  const phi = [0, 1, 2, 3].map((j) => phase * j);
  const q = qubits("q", 4);
  const [q1, q2, q3, q4] = q;
  const lower = weightedSum(phi.slice(0, 1).map(cis), [sm(q1)]);
  const raise = weightedSum(
    phi.slice(1).map((angle) => cis(-angle)),
    [sp(q2), sp(q3), sp(q4)],
  );
  const w = darkState([1, -1 / 3], 0, lower, raise, sp(q1).times(ground));
  const p = 3 / 4;
  const [rest] = log([p + sqrt([(1 - p) * (1 - p) + (4 * (p * p) * 3) / 16, 0])[0], 0]);
  return {
    title: "W-like states: N qubits, one reservoir",
    parameters: {
      ...{ N: 4, k: 1, omega: 1, kappa: KAPPA, alpha: 0, phase, phi, T: 7500, w: [1 / 4, 3 / 4], loss: 1 },
      ...{ kept: p, trapped: p, heralded: p, p, pair: (2 * p) / 4, rest: rest / log([2, 0])[0] },
    },
    sites: [q],
    hamiltonian: sum(n(q)),
    channels: {
      common: { rate: 2 * KAPPA, operator: weightedSum(phi.map(cis), sm(q)) },
      own: { rate: 0, each: sm(q) },
    },
    initial: sp(q1).times(ground),
    times: [7500],
    observables: { energy: hamiltonian.over(1), dark: projector(w), fidelity: projector(w) },
    measures: { C: concurrence(q1, q4), EN: logNegativity(q1, [q2, q3, q4]) },
    ensemble: { trajectories: 1000, seed: "w-like" },
  };
}

/** N = 4, k = 2. */
export function wLikeGroups(): ModelDescription {
  const [p, P, q, Q] = [qubit("p"), spin("P", 1 / 2), qubit("q"), spin("Q", 1 / 2)];
  const start = ket(1, 1 / 2, 0, -1 / 2);
  const [lower, raise] = [sum(sm(p), jm(P)), sum(sp(q), jp(Q))];
  const one = darkState([1, -1 / 2], 1, lower, raise, start);
  const two = darkState([1, -1 / 2, 1 / 4], 0, lower, raise, start);
  return {
    title: "W-like states: N qubits, one reservoir, as collective spins",
    parameters: {
      ...{ N: 4, k: 2, omega: 1, kappa: KAPPA, T: 15_000, w: [1 / 6, 1 / 2, 1 / 3] },
      ...{ kept: (1 / 2 + 2 / 3) / 2, trapped: 1 - 1 / 6, heralded: 1 / 3, z: [2, 2, 3 / 2] },
      ...{
        both: 1 / 36,
        none: 4 / 9,
        coherence: 17 / 72,
        excess: 17 / 72 - sqrt([(4 / 9) * (1 / 36), 0])[0],
      },
      pair: 1 / 4,
    },
    sites: [p, P, q, Q],
    hamiltonian: sum(n(p), jz(P), n(q), jz(Q)),
    channels: { common: { rate: 2 * KAPPA, operator: sum(sm(p), jm(P), sm(q), jm(Q)) } },
    initial: start,
    times: [15_000],
    observables: {
      energy: sum(n(p), jz(P), n(q), jz(Q)).plus(1).over(2),
      dark: sum(projector(one), projector(two)),
      fidelity: projector(two),
    },
    measures: { C: concurrence(p, q), EN: logNegativity(p, [P, q, Q]) },
    ensemble: { trajectories: 1000, seed: "w-like-groups" },
  };
}

export function wState(): ModelDescription {
  const N = 8;
  const [omega, kappa] = [1, 0.001];
  const q = qubits("q", N);
  const [q1, q2] = [q[0] as Qubit, q[1] as Qubit];
  const first = (weight: number): StateExpression =>
    sp(q1)
      .times(weight)
      .minus(sum(sp(q)))
      .times(ground);
  return {
    title: "how W-like is the dark state of N qubits?",
    parameters: { N, omega, kappa },
    sites: [q],
    hamiltonian: sum(n(q)).times(omega),
    channels: { common: { rate: 2 * kappa, operator: sum(sm(q)) } },
    initial: sp(q1).times(ground),
    times: range(0, 5000, 6),
    observables: { energy: hamiltonian.over(omega), dark: projector(first(N)), w: projector(first(2)) },
    measures: { EN: logNegativity(q1, q.slice(1)), C12: concurrence(q1, q2) },
    ensemble: { trajectories: 10_000, seed: "w-state" },
  };
}
