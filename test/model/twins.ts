import * as complex from "#src/base/complex.js";
import { cos, power, sin } from "#src/base/functions.js";
import {
  a,
  ad,
  array,
  cis,
  concurrence,
  entropy,
  fock,
  ground,
  hamiltonian,
  i,
  id,
  jm,
  jp,
  jz,
  ket,
  levels,
  logNegativity,
  type ModelDescription,
  n,
  product,
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
  sx,
  sy,
  sz,
  transition,
  weightedSum,
} from "#src/model/builder.js";
import { wLike, wLikeGroups } from "./w-like-twins.ts";

/** Every file of `examples/` written with the builder. */

const PAPER = { omega: 1, kappa: 0.001 };

function pair(start: string, title: string, initial: StateExpression): ModelDescription {
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

function pairInSuperposition(start: "dark" | "bright"): ModelDescription {
  const [q1, q2] = qubits("q", 2);
  return start === "dark"
    ? pair(start, "two qubits, one reservoir, from Psi-", sp(q1).minus(sp(q2)).times(ground))
    : pair(start, "two qubits, one reservoir, from Psi+", sp(q1).plus(sp(q2)).times(ground));
}

function pairEntangled(): ModelDescription {
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

function pairWithOwnLoss(): ModelDescription {
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

function pairDetuned(): ModelDescription {
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

function pairExceptional(): ModelDescription {
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

function threeQubits(start: "100" | "011"): ModelDescription {
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

function mixture(): ModelDescription {
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

function nQubits(): ModelDescription {
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

function wState(): ModelDescription {
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

function clockwork(
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

function waveguide(): ModelDescription {
  const N = 4;
  const [gamma, chirality, d] = [1, 0, 0.2];
  const q = qubits("q", N);
  const [q1, q2] = q;
  return {
    title: "four qubits along a waveguide",
    parameters: { N, gamma, chirality, d },
    sites: [q],
    channels: {
      guide: { waveguide: q, x: q.map((_, j) => d * j), k: 2 * Math.PI, rate: gamma, chirality },
    },
    initial: sp(q1).times(ground),
    times: range(0, 20, 201),
    observables: {
      energy: hamiltonian,
      excitations: sum(n(q)),
      n: n(q),
      flow: sp(q1)
        .times(sm(q2))
        .minus(sp(q2).times(sm(q1)))
        .times(i),
    },
    ensemble: { trajectories: 10_000, seed: "waveguide" },
  };
}

function chiral(): ModelDescription {
  const N = 5;
  const [gamma, chirality, first] = [1, 1, 1];
  const q = qubits("q", N);
  const [q1, q2] = q;
  return {
    title: "a cascade of qubits along a chiral waveguide",
    parameters: { N, gamma, chirality, first },
    sites: [q],
    channels: {
      guide: { waveguide: q, kx: q.map((_, j) => (Math.PI * (j + 1)) / 3), rate: gamma, chirality },
    },
    initial: sp(q1).times(ground),
    times: range(0, 20, 201),
    observables: { excitations: sum(n(q)), n: n(q), coherence: sp(q1).times(sm(q2)) },
    ensemble: { trajectories: 10_000, seed: "chiral" },
  };
}

function decayMatrix(): ModelDescription {
  const N = 4;
  const [gamma, d] = [1, 0.2];
  const kd = 2 * Math.PI * d;
  const phases = Array.from({ length: N }, (_, m) => m * kd);
  const Gamma = phases.map((phase, m) => (m === 0 ? gamma : (gamma * sin([phase, 0])[0]) / phase));
  const J = phases.slice(1).map((phase) => ((-gamma / 2) * cos([phase, 0])[0]) / phase);
  const q = qubits("q", N);
  const exchange = (a: Qubit, b: Qubit) =>
    sp(a)
      .times(sm(b))
      .plus(sp(b).times(sm(a)));
  return {
    title: "superradiance of a chain in free space",
    parameters: { N, gamma, d, kd, Gamma, J },
    sites: [q],
    hamiltonian: q.flatMap((a, j) => q.slice(0, j).map((b, l) => exchange(a, b).times(J[j - l - 1] ?? 0))),
    channels: {
      decay: { matrix: q.map((_, j) => q.map((_, l) => Gamma[Math.abs(j - l)] ?? 0)), operators: sm(q) },
    },
    initial: product(sp(q)).times(ground),
    times: range(0, 5, 101),
    observables: { excitations: sum(n(q)), n: n(q) },
    ensemble: { trajectories: 10_000, seed: "decay-matrix" },
  };
}

function drivenKerr(): ModelDescription {
  const c = fock("c", 50);
  return {
    title: "driven Kerr oscillator",
    sites: [c],
    hamiltonian: sum(
      n(c).times(0.1),
      ad(c).power(2).times(0.025).times(a(c).power(2)),
      a(c).plus(ad(c)).times(2),
    ),
    channels: { decay: { rate: 1.2, operator: a(c) }, absorption: { rate: 0.2, operator: ad(c) } },
    initial: ground,
    times: range(0, 10, 100),
    observables: { photons: n(c) },
    ensemble: { trajectories: 500, seed: "driven-kerr" },
  };
}

function spins(): ModelDescription {
  const [j, omega, gamma] = [3 / 2, 1, 1];
  const S = array(spin("S", j), 2);
  const [S1, S2] = S;
  return {
    title: "two collective spins, one reservoir",
    parameters: { j, omega, gamma },
    sites: [S],
    hamiltonian: sum(jz(S)).times(omega),
    channels: { common: { rate: gamma, operator: sum(jm(S)) } },
    initial: ket(j, -j),
    times: range(0, 10, 101),
    observables: {
      excitations: sum(jz(S)).plus(2 * j),
      m: jz(S),
      correlation: jp(S1).times(jm(S2)),
    },
    ensemble: { trajectories: 10_000, seed: "spins" },
  };
}

function drivenQubit(): ModelDescription {
  const q = qubit("q");
  const [Omega, Delta, gamma] = [2, 0.5, 1];
  return {
    title: "a driven qubit that decays (the same format, written as JSON)",
    parameters: { Omega, Delta, gamma },
    sites: [q],
    hamiltonian: sx(q)
      .times(Omega / 2)
      .plus(n(q).times(Delta)),
    channels: { decay: { rate: gamma, operator: sm(q) } },
    initial: ground,
    times: range(0, 10, 101),
    observables: { excited: n(q), x: sx(q), y: sy(q) },
    ensemble: { trajectories: 10_000, seed: "driven-qubit" },
  };
}

function contractTour(): ModelDescription {
  const q = qubits("q", 2);
  const [q1, q2] = q;
  const A = levels("A", ["g", "0", "1", "e"]);
  const B = qubit("B");
  const S = spin("S", 1);
  const c = fock("c", 4);
  const [N, omega, kappa] = [2, 1, 0.05];
  const alpha = 0.2 * kappa;
  const [phi1, phi2] = [0, Math.PI / 3];
  const weights = [Math.sqrt(1 / 2), 1];
  const z = complex.multiply([0.6, -0.8], cis(-phi2));
  const size = power([complex.abs(z), 0], [2, 0])[0] + power(cos([Math.PI / 2, 0]), [2, 0])[0] - 1 + 1;
  const exchange = ad(c).times(z).times(sm(B));
  return {
    title: "a tour of the model file",
    parameters: { N, omega, kappa, alpha, phi: [phi1, phi2], pair: weights, z, size },
    sites: [q, A, B, S, c],
    hamiltonian: [
      sum(sum(n(q)), n(B), jz(S), n(c))
        .times(omega)
        .plus(omega),
      transition(A, "1", "1")
        .times(0.5)
        .plus(transition(A, "e", "e")),
      sx(q1)
        .times(sx(q2))
        .plus(sy(q1).times(sy(q2)))
        .times(0.1),
      exchange.plus(exchange.dagger()).times(0.2),
      sum(jp(S).times(a(c)), jm(S).times(ad(c))).times(0.15),
      sz(q1)
        .times(0.05)
        .times(id(B))
        .minus(ad(c).power(2).times(0.02).times(a(c).power(2))),
    ],
    channels: {
      common: { rate: 2 * kappa, operator: weightedSum([cis(phi1), cis(phi2)], sm(q)).plus(sm(B)) },
      own: { rate: 2 * alpha, each: sm(q) },
      dephasing: { rate: [alpha, alpha / 2], each: sz(q) },
      feed: { rate: 0.2, operator: transition(A, "1", "e") },
      spin: { rate: alpha, operator: jm(S) },
      cavity: { rate: 4 * alpha * size, operator: a(c) },
      guide: { waveguide: [q, B], kx: [0, Math.PI / 3, 2], rate: alpha, chirality: 0.5 },
      line: { waveguide: [jm(S), c], x: [0, 1], k: 0.5, right: alpha, left: 0 },
      decay: {
        matrix: [
          [alpha, [0, alpha / 2]],
          [[0, -alpha / 2], alpha],
        ],
        operators: sm(q),
      },
    },
    initial: [
      { weight: 3, state: ket(1, 0, "e", 0, 0, 1) },
      {
        weight: 1,
        state: product(sp(q))
          .plus(
            sp(B)
              .times(i)
              .times(transition(A, "e", "g")),
          )
          .times(ground),
      },
    ],
    times: [0, 0.5, 1, 2, 5, 10, 20],
    observables: {
      energy: hamiltonian,
      dark: projector(sp(q1).times(cis(-phi2)).minus(sp(q2)).times(ground)),
      n: n(q),
      excited: transition(A, "e", "e").plus(transition(A, "1", "1")),
      photons: n(c),
      coherence: sp(q1).times(sm(q2)),
      weighted: weightedSum(weights, sz(q)),
    },
    measures: {
      EN: logNegativity(q, B),
      EN12: logNegativity([q1, A], q2),
      C: concurrence(q1, q2),
      S: entropy(q1),
      P: purity([q1, q2]),
      whole: purity(),
    },
    ensemble: { trajectories: 2000, seed: "contract-tour" },
    density: "final",
  };
}

export const twins: Readonly<Record<string, ModelDescription>> = {
  "chiral.yaml": chiral(),
  "clockwork.yaml": clockwork(),
  "clockwork-detuned.yaml": clockwork("clockwork-detuned", " with own losses and detuning", [0.05, 0.1]),
  "clockwork-lossy.yaml": clockwork("clockwork-lossy", " with own losses", [0.05, 0]),
  "contract-tour.yaml": contractTour(),
  "decay-matrix.yaml": decayMatrix(),
  "driven-kerr.yaml": drivenKerr(),
  "driven-qubit.json": drivenQubit(),
  "mixture.yaml": mixture(),
  "n-qubits.yaml": nQubits(),
  "pair-10.yaml": pair("10", "two qubits, one reservoir, from |10>", ket("10")),
  "pair-11.yaml": pair("11", "two qubits, one reservoir, from |11>", ket("11")),
  "pair-bright.yaml": pairInSuperposition("bright"),
  "pair-dark.yaml": pairInSuperposition("dark"),
  "pair-detuned.yaml": pairDetuned(),
  "pair-entangled.yaml": pairEntangled(),
  "pair-exceptional.yaml": pairExceptional(),
  "pair-own-loss.yaml": pairWithOwnLoss(),
  "spins.yaml": spins(),
  "three-qubits-011.yaml": threeQubits("011"),
  "three-qubits-100.yaml": threeQubits("100"),
  "w-like-groups.yaml": wLikeGroups(),
  "w-like.yaml": wLike(),
  "w-state.yaml": wState(),
  "waveguide.yaml": waveguide(),
};
