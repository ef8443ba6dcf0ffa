// The examples of the paper, written with the builder.
import {
  cis,
  concurrence,
  ground,
  hamiltonian,
  ket,
  levels,
  logNegativity,
  type ModelDescription,
  n,
  product,
  projector,
  purity,
  qubit,
  qubits,
  range,
  type StateExpression,
  sm,
  sp,
  sum,
  transition,
  weightedSum,
} from "#src/model/builder.js";

const PAPER = { omega: 1, kappa: 0.001 };

export function pair(start: string, title: string, initial: StateExpression): ModelDescription {
  const q = qubits("q", 2);
  const [q1, q2] = q;
  return {
    title,
    parameters: PAPER,
    sites: [q],
    hamiltonian: sum(n(q)).times(PAPER.omega),
    channels: { common: { rate: 2 * PAPER.kappa, operator: sum(sm(q)) } },
    initial,
    times: range(0, 5000, 201),
    observables: {
      energy: hamiltonian.over(PAPER.omega),
      dark: projector(sp(q1).minus(sp(q2)).times(ground)),
    },
    ensemble: { trajectories: 10_000, seed: `pair-${start}` },
  };
}

export function pairInSuperposition(start: "dark" | "bright"): ModelDescription {
  const [q1, q2] = qubits("q", 2);
  return start === "dark"
    ? pair(start, "two qubits, one reservoir, from Psi-", sp(q1).minus(sp(q2)).times(ground))
    : pair(start, "two qubits, one reservoir, from Psi+", sp(q1).plus(sp(q2)).times(ground));
}

export function pairEntangled(): ModelDescription {
  const [q1, q2] = qubits("q", 2);
  const { observables, ...rest } = pair(
    "entangled",
    "two qubits, one reservoir, entangled from |10>",
    ket("10"),
  );
  return {
    ...rest,
    times: range(0, 5000, 51),
    observables: { ...(observables?.dark && { dark: observables.dark }), lost: projector(ground) },
    measures: { EN: logNegativity(q1, q2), C: concurrence(q1, q2), P: purity() },
  };
}

const START = [0, 1, 0];

export function pairWithOwnLoss(): ModelDescription {
  const q = qubits("q", 2);
  const alpha = 0.05 * PAPER.kappa;
  const resonant = pair("own-loss", "two qubits with own losses", ket("10"));
  return {
    ...resonant,
    parameters: { ...PAPER, alpha, start: START },
    channels: { ...resonant.channels, own: { rate: 2 * alpha, each: sm(q) } },
    times: range(0, 20_000, 201),
  };
}

export function pairDetuned(): ModelDescription {
  const [q1, q2] = qubits("q", 2);
  const delta = 0.1 * PAPER.omega;
  return {
    ...pair("detuned", "two detuned qubits", ket("10")),
    parameters: { ...PAPER, delta, start: START },
    hamiltonian: n(q1)
      .times(PAPER.omega)
      .plus(n(q2).times(PAPER.omega + delta)),
    times: range(0, 5000, 1001),
  };
}

export function pairExceptional(): ModelDescription {
  const [q1, q2] = qubits("q", 2);
  const [alpha, delta] = [0.05 * PAPER.kappa, 2 * PAPER.kappa];
  const { channels } = pairWithOwnLoss();
  return {
    ...pair("exceptional", "two qubits at the exceptional point", ket("10")),
    parameters: { ...PAPER, alpha, delta, start: START },
    hamiltonian: n(q1)
      .times(PAPER.omega)
      .plus(n(q2).times(PAPER.omega + delta)),
    ...(channels && { channels }),
  };
}

export function threeQubits(start: "100" | "011"): ModelDescription {
  const q = qubits("q", 3);
  const [q1, q2, q3] = q;
  return {
    title: `three qubits, one reservoir, from |${start}>`,
    parameters: PAPER,
    sites: [q],
    hamiltonian: sum(n(q)).times(PAPER.omega),
    channels: { common: { rate: 2 * PAPER.kappa, operator: sum(sm(q)) } },
    initial: ket(start),
    times: range(0, 5000, 201),
    observables: {
      energy: hamiltonian.over(PAPER.omega),
      dark: projector(sp(q1).times(2).minus(sp(q2)).minus(sp(q3)).times(ground)),
      lost: projector(ground),
    },
    ensemble: { trajectories: 10_000, seed: `three-qubits-${start}` },
  };
}

export function mixture(): ModelDescription {
  const q = qubits("q", 2);
  const [q1, q2] = q;
  const b = 0.5;
  const d = 0.5;
  const pure = pair("mixture", "two qubits, one reservoir, from a product mixture", ground);
  return {
    ...pure,
    parameters: { ...PAPER, b, d },
    observables: {
      ...pure.observables,
      none: projector(ground),
      one: n(q1)
        .plus(n(q2))
        .minus(n(q1).times(n(q2)).times(2)),
      both: n(q1).times(n(q2)),
    },
    initial: [
      { weight: (1 - b) * (1 - d), state: ground },
      { weight: b * (1 - d), state: sp(q1).times(ground) },
      { weight: (1 - b) * d, state: sp(q2).times(ground) },
      { weight: b * d, state: sp(q1).times(sp(q2)).times(ground) },
    ],
    measures: { EN: logNegativity(q1, q2), C: concurrence(q1, q2) },
    ensemble: { trajectories: 10_000, seed: "mixture" },
  };
}

export function nQubits(): ModelDescription {
  const N = 8;
  const [k, omega, kappa] = [1, 1, 0.001];
  const phi = Array.from({ length: N }, (_, j) => 0.4 * j);
  const q = qubits("q", N);
  const [q1] = q;
  const awayFromFirst = phi.map((phase) => cis(0 - phase));
  return {
    title: "N qubits with phases, one reservoir",
    parameters: { N, k, omega, kappa, phi },
    sites: [q],
    hamiltonian: sum(n(q)).times(omega),
    channels: { common: { rate: 2 * kappa, operator: weightedSum(phi.map(cis), sm(q)) } },
    initial: product(sp(q.slice(0, k))).times(ground),
    times: range(0, 2000, 201),
    observables: {
      energy: hamiltonian.over(omega),
      dark: projector(
        sp(q1)
          .times(N)
          .minus(weightedSum(awayFromFirst, sp(q)))
          .times(ground),
      ),
      lost: projector(ground),
      first: n(q1),
    },
    ensemble: { trajectories: 10_000, seed: "n-qubits" },
  };
}

export function clockwork(
  seed = "clockwork",
  lossesIn = "",
  [alpha, delta]: readonly [number, number] = [0, 0],
): ModelDescription {
  const A = levels("A", ["g", "0", "1", "e"]);
  const B = qubit("B");
  const kappa = 1;
  const [gamma, beta, epsilon] = [3 * kappa, 0.1 * kappa, 2 * kappa];
  return {
    title: `quantum clockwork${lossesIn} (reconstruction of Fig. 3e)`,
    parameters: { kappa, gamma, beta, epsilon, alpha, delta },
    sites: [A, B],
    hamiltonian: [
      transition(A, "g", "e")
        .plus(transition(A, "e", "g"))
        .times(epsilon),
      n(B).times(delta),
    ],
    channels: {
      common: { rate: 2 * kappa, operator: transition(A, "0", "1").plus(sm(B)) },
      feeding: { rate: 2 * gamma, operator: transition(A, "1", "e") },
      emptying: { rate: 2 * beta, operator: transition(A, "g", "0") },
      ownA: { rate: 2 * alpha, operator: transition(A, "0", "1") },
      ownB: { rate: 2 * alpha, operator: sm(B) },
    },
    initial: ket(1, 0),
    times: range(0, 20, 201),
    observables: {
      excitedA: transition(A, "1", "1"),
      excitedB: n(B),
      dark: projector(ket(1, 0).minus(ket(0, 1))),
      pumped: transition(A, "e", "e"),
    },
    measures: { EN: logNegativity(A, B) },
    ensemble: { trajectories: 2000, seed },
  };
}
