import type { Model } from "../model/model.ts";

/** What `run` and `exact` give; the JSON file is this object as it stands. */
export interface Result {
  readonly format: "mcwf-result/1";
  readonly kind: "run" | "exact";
  readonly model: Model;
  /** Only for "run". */
  readonly seed?: string;
  readonly trajectories?: number;
  readonly times: readonly number[];
  readonly observables: Readonly<Record<string, Series>>;
  readonly measures: Readonly<Record<string, Series>>;
  readonly channels: Readonly<Record<string, JumpCount>>;
  readonly density?: Density;
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
