/** What goes in and out of the kernel, in plain typed arrays that can be posted between threads. */

/** Trajectory k is in replicate k mod REPLICATES; errors come from the spread of the replicates. */
export const REPLICATES = 32;

/**
 * "plain": every trajectory starts at t = 0 with an independent random number.
 * "stratified": the branch without any jump up to the last time enters exactly (RootPath.silent); trajectories sample
 * the rest, their first draw being a randomly shifted van der Corput sequence in each replicate.
 */
export type Sampling = (typeof SAMPLINGS)[number];

export const SAMPLINGS = ["plain", "stratified"] as const;

export const DEFAULT_SAMPLING: Sampling = "stratified";

export interface KernelOptions {
  readonly sampling: Sampling;
  /** Keep (trajectory, time, channel) of every jump. */
  readonly records: boolean;
  /** g > 1: also sums apart for the trajectories with 0, 1, ..., g - 2 and with g - 1 or more jumps so far. */
  readonly clickGroups?: number;
  /** Default "auto": chosen from the dimension of each space. The others are for checks and for timing. */
  readonly engine?: EngineChoice;
}

/**
 * "dense", "krylov", "chebyshev": one kind of segment for all ("chebyshev" falls back to "krylov" where rates outweigh
 * energies). "uncached": as "auto", but without the table of the evolution without a jump and without a stop at
 * stationary states: every trajectory is evaluated at all output times.
 */
export type EngineChoice = (typeof ENGINES)[number];

export const ENGINES = ["auto", "dense", "krylov", "chebyshev", "uncached"] as const;

/** The evolution without a jump, known exactly. Averages: mean = silent + jumpWeight * (mean over trajectories). */
export interface RootPath {
  /** Total weight of what the trajectories sample: 1 for "plain"; may be 0 for "stratified" (nothing ever jumps). */
  readonly jumpWeight: number;
  /** [time][moment]: exact contribution of the branch that is not sampled; zeros for "plain". */
  readonly silent: Float64Array;
  /** [time]: probability that no jump has happened by then, over all mixture components. */
  readonly survival: Float64Array;
  /**
   * [time]: the largest expected fraction of sampled trajectories that are still identical by then (same mixture
   * component, no jump so far). 1 means that the average is deterministic up to this time.
   */
  readonly undisturbed: Float64Array;
  /** One for each space of the program: what evolves its states between two jumps. */
  readonly segments: readonly SegmentKind[];
  /** One for each component of the initial mixture. */
  readonly silentPaths: readonly SilentPath[];
}

/**
 * "constant": one state only. "Lanczos": sums of exponentials in a Krylov basis of a (anti-)Hermitian generator.
 * "dense": exact propagators. "Krylov": a basis of three-term recurrences, "Chebyshev": Chebyshev expansion, both with a kept
 * error bound. Eigenstates are recognised in all of them.
 */
export type SegmentKind = "constant" | "Lanczos" | "dense" | "Krylov" | "Chebyshev";

/**
 * How the evolution without a jump is kept for all trajectories: as a "table" of exact propagation on the grid, in an
 * "eigenbasis" of the generator, with a "ladder" of eigenbases for what follows jumps of the first channel, as a "chain" of
 * Krylov bases, or not at all.
 */
export type KeptPath = "none" | "table" | "eigenbasis" | "ladder" | "chain";

/** The state of one component given that no jump has happened. */
export interface SilentPath {
  readonly kept: KeptPath;
  /** [time]: ln of the probability that no jump has happened; may be -1000 and less. */
  readonly logSurvival: Float64Array;
  /** [time][moment]: means in the (normalised) state without a jump. */
  readonly values: Float64Array;
}

/** Sums over the trajectories first .. first + count - 1. Exact integers: adding batches in any order gives the same bits. */
export interface Batch {
  readonly first: number;
  readonly count: number;
  /** [replicate][time][moment], in units of 2^-momentExponent[moment]. */
  readonly sums: BigInt64Array;
  /** [replicate][channel] */
  readonly jumps: BigInt64Array;
  /** [replicate][time]: trajectories whose first jump came before this output time, but not before the one before. */
  readonly firstJumps: BigInt64Array;
  readonly records: JumpRecords | null;
  /** One for each of KernelOptions.clickGroups; empty without. Their sums add up to `sums`. */
  readonly groups: readonly GroupSums[];
}

/** The same over the trajectories that have jumped a given number of times by then. */
export interface GroupSums {
  /** [replicate][time][moment] */
  readonly sums: BigInt64Array;
  /** [replicate][time]: how many trajectories these are. */
  readonly counts: BigInt64Array;
}

/** One entry a jump, ordered by trajectory, then time. */
export interface JumpRecords {
  readonly trajectory: Float64Array;
  readonly time: Float64Array;
  readonly channel: Uint32Array;
}
