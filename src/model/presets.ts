import {
  cis,
  ground,
  hamiltonian,
  ket,
  levels,
  logNegativity,
  type ModelDescription,
  model,
  n,
  type OperatorExpression,
  product,
  projector,
  type Qubit,
  qubit,
  qubits,
  range,
  type StateExpression,
  sm,
  sp,
  sum,
  transition,
  weightedSum,
} from "./builder.ts";
import type { Model } from "./model.ts";

/**
 * The systems of Yang, Wang, Li, Hu, You, "Entanglement Emerges from Dissipation-Structured Quantum Self-Organization"
 * (2021), in the paper's symbols. Frequencies and rates in one unit, times in its inverse; hbar = 1.
 *
 * The paper writes its dissipators as kappa (2 o rho o^+ - o^+ o rho - rho o^+ o): kappa, alpha, beta and gamma are
 * amplitude rates. Here, and only here, each becomes the rate of a channel, at which jumps happen.
 */
const jumpRate = (amplitudeRate: number): number => 2 * amplitudeRate;

/** What all presets leave to the user; each preset has its own times and number of trajectories. */
export interface PresetOptions {
  readonly title?: string;
  readonly times?: ModelDescription["times"];
  readonly ensemble?: NonNullable<ModelDescription["ensemble"]>;
}

/** The constants of qubits that share a reservoir. */
export interface ReservoirOptions extends PresetOptions {
  /** Frequency of the qubits: 1. */
  readonly omega?: number;
  /** Amplitude rate of the decay into the common reservoir: omega/1000. */
  readonly kappa?: number;
  /** Amplitude rate of the decay of each qubit into a reservoir of its own: 0. */
  readonly alpha?: number;
  /** Detuning of qubit 2: 0. */
  readonly delta?: number;
}

export interface CommonReservoirOptions extends ReservoirOptions {
  /** Number of qubits: 2. They are named q1 ... qN, also in states: `sp(qubits("q", 2)[0]).times(ground)`. */
  readonly N?: number;
  /** Phases phi_j of the qubits in the common reservoir, one a qubit: all 0. */
  readonly phi?: readonly number[];
  /** The state at t = 0, or a mixture. */
  readonly initial: ModelDescription["initial"];
}

/**
 * N qubits that decay into a common reservoir (Fig. 1):
 *
 *     H = omega sum_j n_j + delta n_2,    o = sum_j exp(i phi_j) sm_j,
 *     d rho/dt = -i[H, rho] + kappa (2 o rho o^+ - {o^+ o, rho}) + alpha sum_j (2 sm_j rho sp_j - {n_j, rho}).
 *
 * Observables: `energy`, <H> in units of omega, and for N > 1 `dark`, the population of the normalised dark part
 * |10...0> - (1/N) sum_j exp(i (phi_1 - phi_j)) |1 on j> of |10...0>: Psi- of two qubits, Psi2 of three.
 * @throws InputError where a number cannot be what it stands for
 */
export function commonReservoir(options: CommonReservoirOptions): Model {
  const { N = 2, omega = 1, kappa = omega / 1000, alpha = 0, delta = 0, initial } = options;
  const phi = options.phi ?? Array.from({ length: N }, () => 0);
  const q: readonly Qubit[] = qubits("q", N);
  const frequencies = q.map((_, j) => (j === 1 ? omega + delta : omega));
  return model({
    title: options.title ?? `${N} qubits, one reservoir`,
    parameters: { N, omega, kappa, alpha, delta, phi },
    sites: [q],
    hamiltonian: weightedSum(frequencies, n(q)),
    channels: {
      common: { rate: jumpRate(kappa), operator: weightedSum(phi.map(cis), sm(q)) },
      ...(alpha !== 0 && { own: { rate: jumpRate(alpha), each: sm(q) } }),
    },
    initial,
    times: options.times ?? range(0, 5 / kappa, 201),
    observables: { energy: hamiltonian.over(omega), ...(N > 1 && { dark: projector(darkState(q, phi)) }) },
    ensemble: options.ensemble ?? { trajectories: 10_000 },
  });
}

/** N times the dark part of |10...0>, which for identical qubits is a W-like state. */
function darkState(q: readonly Qubit[], phi: readonly number[]): StateExpression {
  const relative = phi.map((phase) => cis((phi[0] ?? 0) - phase));
  return raiseFirst(q)
    .times(q.length)
    .minus(weightedSum(relative, sp(q)))
    .times(ground);
}

const raiseFirst = (q: readonly Qubit[]): OperatorExpression => sum(sp(q.slice(0, 1)));

/** Starts of two qubits: product kets and the Bell states (|10> -+ |01>)/sqrt(2), dark and bright. */
export type TwoQubitStart = "11" | "10" | "01" | "00" | "Psi-" | "Psi+";

/**
 * Two qubits, Figs. 2 and 3(a-d): resonant (alpha = delta = 0), with own losses (alpha = 0.05 kappa), or detuned
 * (delta = 0.1 omega; at delta = 2 kappa H_eff is defective).
 */
export function twoQubits(options: ReservoirOptions & { readonly start: TwoQubitStart }): Model {
  const { start, ...rest } = options;
  const [q1, q2] = qubits("q", 2);
  const states: Partial<Record<TwoQubitStart, StateExpression>> = {
    "Psi-": sp(q1).minus(sp(q2)).times(ground),
    "Psi+": sp(q1).plus(sp(q2)).times(ground),
  };
  return commonReservoir({
    title: `two qubits, one reservoir, from ${start}`,
    ...rest,
    initial: states[start] ?? ket(start),
  });
}

/** Three identical qubits, Fig. 4, from |100> or |011>: both end in (2 Psi2 + 000)/3. */
export const threeQubits = (options: ReservoirOptions & { readonly start: string }): Model =>
  commonReservoir({
    title: `three qubits, one reservoir, from ${options.start}`,
    ...options,
    N: 3,
    initial: ket(options.start),
  });

export interface NQubitsOptions extends ReservoirOptions {
  readonly N: number;
  /** The first k qubits are excited at the start: 1. */
  readonly k?: number;
  readonly phi?: readonly number[];
}

/** N qubits with phases, Fig. 1(d), the first k excited. From k = 1 the dark part (N - 1)/N stays for ever. */
export function nQubits(options: NQubitsOptions): Model {
  const { N, k = 1 } = options;
  const excited: readonly Qubit[] = qubits("q", N).slice(0, k);
  return commonReservoir({
    title: `${N} qubits, one reservoir, ${k} excited`,
    ...options,
    initial: product(sp(excited)).times(ground),
  });
}

export interface ProductMixtureOptions extends ReservoirOptions {
  /** Probability that qubit 1 is excited. */
  readonly b: number;
  /** Probability that qubit 2 is excited. */
  readonly d: number;
}

/**
 * Two qubits from rho_A x rho_B, rho_A = (1 - b)|0><0| + b|1><1|, rho_B = (1 - d)|0><0| + d|1><1|. The population of
 * Psi- is (b(1 - d) + (1 - b)d)/2, also where b = d.
 */
export function productMixture({ b, d, ...options }: ProductMixtureOptions): Model {
  const product = commonReservoir({
    title: "two qubits, one reservoir, from a product mixture",
    ...options,
    initial: [
      { weight: (1 - b) * (1 - d), state: ket("00") },
      { weight: b * (1 - d), state: ket("10") },
      { weight: (1 - b) * d, state: ket("01") },
      { weight: b * d, state: ket("11") },
    ],
  });
  return { ...product, parameters: { ...product.parameters, b, d } };
}

export interface ClockworkOptions extends PresetOptions {
  /** Amplitude rate of the decay into the common reservoir: 1. */
  readonly kappa?: number;
  /** Amplitude rate of the fast feeding e -> 1: 3 kappa. */
  readonly gamma?: number;
  /** Amplitude rate of the slow emptying 0 -> g: kappa/10. */
  readonly beta?: number;
  /** Coherent drive between g and e: 2 kappa. */
  readonly epsilon?: number;
  /** Amplitude rate of the own losses of qudit (1 -> 0) and qubit: 0. */
  readonly alpha?: number;
  /** Detuning of the qubit from the qudit's 0-1 transition: 0. */
  readonly delta?: number;
}

/**
 * The quantum clockwork, Fig. 3(e): a qubit B and a pumped qudit A with the levels g, 0, 1, e share a reservoir,
 *
 *     H = epsilon (|g><e| + |e><g|) + delta n_B,    o = |0><1| + sm_B,
 *
 * in the frame that rotates with the 0-1 transition and the drive. A RECONSTRUCTION: the paper's supplement, which
 * defines the system, was not available; drive, feeding and emptying follow the four-level laser scheme.
 * @throws InputError where a number cannot be what it stands for
 */
export function clockwork(options: ClockworkOptions = {}): Model {
  const { kappa = 1, alpha = 0, delta = 0 } = options;
  const { gamma = 3 * kappa, beta = 0.1 * kappa, epsilon = 2 * kappa } = options;
  const A = levels("A", ["g", "0", "1", "e"]);
  const B = qubit("B");
  return model({
    title: options.title ?? "quantum clockwork (reconstruction of Fig. 3e)",
    parameters: { kappa, gamma, beta, epsilon, alpha, delta },
    sites: [A, B],
    hamiltonian: [
      transition(A, "g", "e")
        .plus(transition(A, "e", "g"))
        .times(epsilon),
      n(B).times(delta),
    ],
    channels: {
      common: { rate: jumpRate(kappa), operator: transition(A, "0", "1").plus(sm(B)) },
      feeding: { rate: jumpRate(gamma), operator: transition(A, "1", "e") },
      emptying: { rate: jumpRate(beta), operator: transition(A, "g", "0") },
      ownA: { rate: jumpRate(alpha), operator: transition(A, "0", "1") },
      ownB: { rate: jumpRate(alpha), operator: sm(B) },
    },
    initial: ket("1", 0),
    times: options.times ?? range(0, 20 / kappa, 201),
    observables: {
      excitedA: transition(A, "1", "1"),
      excitedB: n(B),
      dark: projector(ket("1", 0).minus(ket("0", 1))),
      pumped: transition(A, "e", "e"),
    },
    measures: { EN: logNegativity(A, B) },
    ensemble: options.ensemble ?? { trajectories: 2000 },
  });
}
