import type { Result } from "../results/result.ts";

export type SeriesKind = "observable" | "measure" | "channel";

/**
 * "equality": nothing is random, the numbers must be the same. "bound": a tail bound that holds at any number of
 * trajectories. "student": Student's t.
 */
export type TestKind = "equality" | "bound" | "student";

/** One number of the run against the exact one. */
export interface PointVerdict {
  readonly kind: SeriesKind;
  readonly name: string;
  readonly part: "re" | "im";
  readonly time: number;
  readonly mean: number;
  /** null where it cannot be known. */
  readonly standardError: number | null;
  readonly exact: number;
  readonly test: TestKind;
  /** Standard error and allowance for events that no trajectory has met, added in squares; null unless "student". */
  readonly error: number | null;
  /** (mean - exact) / error, what rounding can do taken off; null unless "student". */
  readonly z: number | null;
  /** The point disagrees where |z| is above this; null unless "student". */
  readonly limit: number | null;
  /** Probability to be as far off by chance (or an upper bound of it); 1 or 0 for "equality". */
  readonly pValue: number;
  /** The point disagrees where pValue < level; 1 for "equality". */
  readonly level: number;
}

export interface SeriesVerdict {
  readonly kind: SeriesKind;
  readonly name: string;
  readonly agree: boolean;
  /** Largest |z| of all points that Student's t decides; null if there are none. */
  readonly maxAbsZ: number | null;
  readonly worst: PointVerdict;
}

export interface Verdict {
  readonly agree: boolean;
  /** Probability, at most, to say "disagree" of a right run. */
  readonly falseAlarm: number;
  /** Number of random points that were tested together. */
  readonly points: number;
  /** The point closest to its limit, or farthest beyond it; null where there was nothing to compare. */
  readonly worst: PointVerdict | null;
  readonly series: readonly SeriesVerdict[];
}

/** Both routes from one model, and what is said of them. */
export interface Comparison {
  readonly verdict: Verdict;
  readonly run: Result;
  readonly exact: Result;
}
