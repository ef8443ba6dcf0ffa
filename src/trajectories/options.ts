import type { EngineChoice, JumpRecords, Sampling } from "../kernel/types.ts";
import type { Result } from "../results/result.ts";
import type { Evidence } from "./evidence.ts";

/** What to sample and how; `model.ensemble` is not looked at, the caller has settled it. */
export interface EnsembleOptions {
  /** Number of trajectories >= 1; with a tolerance it is the most that may be used. */
  readonly trajectories?: number | undefined;
  /** Stop when the standard error of every observable at every time is below this, by a margin of a quarter. */
  readonly tolerance?: number | undefined;
  /** Any text. Trajectory k depends on the program, the seed, the sampling and k, and on nothing else. */
  readonly seed: string;
  /** Default DEFAULT_SAMPLING, "stratified". */
  readonly sampling?: Sampling | undefined;
  /** Keep the time and channel of every jump; default no. Up to MOST_KEPT_JUMPS (record-list.ts). */
  readonly records?: boolean | undefined;
  /**
   * Takes the jump records instead of keeping them, in the order of trajectory, then time, piece by piece: any number of
   * jumps. How they are cut into pieces means nothing. What it throws ends the run.
   */
  readonly onRecords?: ((records: JumpRecords) => void) | undefined;
  /** N >= 1: averages also apart over the trajectories with 0, 1, ..., N - 1 and with N or more jumps so far. */
  readonly clicks?: number | undefined;
  /** Default "auto"; the others force one kind of segment, for checks. */
  readonly engine?: EngineChoice | undefined;
  /** 0: in the calling thread. Default: all cores, but the calling thread alone while that is quicker. */
  readonly workers?: number | undefined;
  /** Ends the run; what is finished without a gap from trajectory 0 on is kept. */
  readonly signal?: AbortSignal | undefined;
  /** Finished trajectories, and how many there will be (null where a tolerance decides). */
  readonly onProgress?: ((done: number, total: number | null) => void) | undefined;
}

/**
 * "complete": as many trajectories as asked for, or the tolerance reached. "capped": the tolerance was not reached within
 * the given number. "aborted": by the signal.
 */
export type Outcome = "complete" | "capped" | "aborted";

export interface EnsembleRun {
  readonly result: Result;
  readonly outcome: Outcome;
  /** In the order of trajectory, then time; null where they are not asked for or go to `onRecords`. */
  readonly records: JumpRecords | null;
  /** What a verdict needs besides the result. */
  readonly evidence: Evidence;
}
