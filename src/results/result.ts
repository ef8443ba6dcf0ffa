import type { Model } from "../model/model.ts";

/** What `run` and `exact` give; the JSON file is this object as it stands. */
export interface Result {
  readonly format: "mcwf-result/1";
  readonly kind: "run" | "exact";
  readonly model: Model;
  /** Only for "run". */
  readonly seed?: string;
  readonly trajectories?: number;
  readonly sampling?: "plain" | "stratified";
  readonly times: readonly number[];
  readonly observables: Readonly<Record<string, Series>>;
  readonly measures: Readonly<Record<string, Series>>;
  readonly channels: Readonly<Record<string, JumpCount>>;
  readonly density?: Density;
  /** Only for "run" and where asked for: 0, 1, ..., N - 1 jumps so far, then N or more. */
  readonly clicks?: readonly ClickGroup[];
  readonly engine: Engine;
  /** Remarks for the user; the same lines go to stderr. */
  readonly notes: readonly string[];
}

/** One value a time. standardError is null where it cannot be known, 0 only where the mean is deterministic. */
export interface Series {
  readonly mean: readonly number[];
  readonly standardError?: readonly (number | null)[];
  /** Only for observables that are not Hermitian. */
  readonly meanIm?: readonly number[];
  readonly standardErrorIm?: readonly (number | null)[];
}

/** Mean number of jumps a trajectory between t = 0 and the last time. */
export interface JumpCount {
  readonly jumps: number;
  readonly standardError?: number | null;
}

/**
 * Averages over the trajectories that have made this number of jumps so far, in all channels together: at each time the
 * group is another one. The weighted means of all groups add up to the mean over all trajectories.
 */
export interface ClickGroup {
  readonly clicks: number;
  /** The last group: `clicks` jumps or more. */
  readonly orMore: boolean;
  /** Probability of the group, by time. */
  readonly weight: Series;
  readonly observables: Readonly<Record<string, ConditionalSeries>>;
  readonly measures: Readonly<Record<string, ConditionalSeries>>;
  /** As the model's `density` says; only the times at which the group is not empty. */
  readonly density?: Density;
}

/** Means within a group: all null at the times at which no trajectory is in it. */
export interface ConditionalSeries {
  readonly mean: readonly (number | null)[];
  readonly standardError: readonly (number | null)[];
  /** Only for observables that are not Hermitian. */
  readonly meanIm?: readonly (number | null)[];
  readonly standardErrorIm?: readonly (number | null)[];
}

export interface Density {
  /** Reached kets, printed: "100", or "e,-1/2,3" where a label has more than one character. */
  readonly basis: readonly string[];
  readonly times: readonly number[];
  /** [time][row][column] */
  readonly re: readonly (readonly (readonly number[])[])[];
  readonly im: readonly (readonly (readonly number[])[])[];
}

export interface Engine {
  /** Version of mcwf. */
  readonly version: string;
  /** "sha256:..." of the kernel's binary; absent for the exact solver, which does not use it. */
  readonly kernel?: string;
  /** Dimensions of the sectors (run) or blocks (exact) that were found, in order. */
  readonly sectors: readonly number[];
  /** In words: which methods produced the numbers. */
  readonly method: string;
}
