import type { EngineChoice } from "#src/kernel/types.js";

/** One question: a model file of bench/models with parameters to replace, and what is asked of it. */
export interface Workload {
  readonly name: string;
  readonly model: string;
  readonly set?: Readonly<Record<string, string>>;
}

/** Time a trajectory in the kernel, one thread, warm. */
export interface TrajectoryWorkload extends Workload {
  /** A round. */
  readonly trajectories: number;
  /** Microseconds a trajectory that are not to be exceeded; infinite where nothing is demanded. */
  readonly demand: number;
  readonly engine?: EngineChoice;
  readonly reference?: ReferenceProgram;
}

/** A program of bench/c with the same algorithm. */
export interface ReferenceProgram {
  readonly program: string;
  readonly args?: readonly string[];
  /** A round. */
  readonly units: number;
  /** By how much the kernel may be slower, where that is demanded. */
  readonly atMost?: number;
  /** Its value is a mean over trajectories and times of the sum of all observables, which must be ours. */
  readonly sameMean?: boolean;
}

/** A trajectory of collective jumps alone costs next to nothing, so that few say little. */
const halfExcited = (n: number, trajectories: number, demand: number): TrajectoryWorkload => ({
  name: `half excited, N = ${n}`,
  model: "half-excited",
  set: { N: String(n) },
  trajectories,
  demand,
  reference: {
    program: "lanczos",
    args: [String(n)],
    // For the mean: a few deviations from few trajectories are not to be trusted.
    units: Math.max(trajectories, 16),
    sameMean: true,
  },
});

const detuned = (n: number, trajectories: number): TrajectoryWorkload => ({
  name: `half excited, detuned, N = ${n}`,
  model: "detuned",
  set: { N: String(n) },
  trajectories,
  demand: Number.POSITIVE_INFINITY,
});

export const TRAJECTORIES: readonly TrajectoryWorkload[] = [
  {
    name: "pair",
    model: "pair",
    trajectories: 50_000,
    demand: 0.35,
    reference: { program: "pair_tabulated", units: 50_000, atMost: 1.8, sameMean: true },
  },
  {
    name: "pair, quickest C",
    model: "pair",
    trajectories: 50_000,
    demand: Number.POSITIVE_INFINITY,
    reference: { program: "pair_tabulated", args: ["blocks"], units: 50_000, sameMean: true },
  },
  {
    name: "pair, uncached",
    model: "pair",
    engine: "uncached",
    trajectories: 2_000,
    demand: 8,
    reference: { program: "pair_plain", units: 4_000, atMost: 1.9 },
  },
  {
    name: "pair, alpha = 0.05 kappa",
    model: "pair",
    set: { alpha: "0.05*kappa" },
    trajectories: 20_000,
    demand: 1,
  },
  { name: "pair, delta = 0.1", model: "pair", set: { delta: "0.1" }, trajectories: 20_000, demand: 1 },
  { name: "three qubits", model: "three-qubits", trajectories: 5_000, demand: 4 },
  { name: "clockwork", model: "clockwork", trajectories: 1_000, demand: 30 },
  halfExcited(6, 2_000, 12),
  halfExcited(8, 1_000, 30),
  halfExcited(10, 400, 80),
  halfExcited(12, 80, 300),
  halfExcited(14, 60, 1_600),
  halfExcited(20, 16, 150_000),
  detuned(10, 100),
  detuned(14, 5),
  { name: "driven qubit", model: "driven-qubit", trajectories: 500, demand: Number.POSITIVE_INFINITY },
  { name: "Kerr mode", model: "kerr", trajectories: 20, demand: 2_500 },
  { name: "Ising 4 x 3", model: "tfim", trajectories: 1, demand: 80_000 },
];

/** Microseconds of L^+ (L psi), L = sum_j sm_j, in the sector of the model's initial state, complex amplitudes. */
export interface ApplicationWorkload extends Workload {
  /** A round. */
  readonly applications: number;
  readonly demand: number;
  readonly reference: ReferenceProgram;
}

const application = (n: number, applications: number, demand: number): ApplicationWorkload => ({
  name: `o^+ o, N = ${n}`,
  model: "half-excited",
  set: { N: String(n) },
  applications,
  demand,
  reference: { program: "halves", args: [String(n)], units: applications, atMost: 1.7 },
});

export const APPLICATIONS: readonly ApplicationWorkload[] = [
  application(14, 2_000, 25),
  application(18, 100, 400),
  application(20, 20, 2_000),
];

/** Seconds of the master equation. */
export interface ExactWorkload extends Workload {
  readonly demand: number;
}

export const EXACT: readonly ExactWorkload[] = [
  { name: "exact, pair", model: "pair", demand: 5e-3 },
  { name: "exact, N = 8", model: "half-excited", set: { N: "8" }, demand: 0.3 },
  { name: "exact, N = 10", model: "half-excited", set: { N: "10" }, demand: 6 },
];

/** A whole ensemble in the library, with as many workers as it chooses; compiling the model is in the time. */
export interface EnsembleWorkload extends Workload {
  readonly trajectories: number;
  /** Seconds. */
  readonly demand: number;
}

export const ENSEMBLE: EnsembleWorkload = {
  name: "decay and absorption, 10^5",
  model: "flip",
  trajectories: 100_000,
  demand: 0.04,
};

/** One worker against two, by rows that take more than two seconds with one. */
export const SCALING: readonly (Workload & { readonly trajectories: number; readonly atLeast: number })[] = [
  { name: "1 to 2 workers, Kerr mode", model: "kerr", trajectories: 1_500, atLeast: 1.8 },
  {
    name: "1 to 2 workers, half excited, N = 10",
    model: "half-excited",
    set: { N: "10" },
    trajectories: 150_000,
    atLeast: 1.8,
  },
];

/** A whole cold process. */
export const COLD = {
  name: "mcwf run, pair, 10^4, cold",
  model: "pair",
  trajectories: 10_000,
  demand: 0.5,
} as const;
