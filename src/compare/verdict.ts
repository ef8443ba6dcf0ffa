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
  /** (mean - exact) / standardError; null where there is no error to divide by. */
  readonly z: number | null;
  readonly test: TestKind;
  /** Probability to be as far off by chance (or an upper bound of it); 1 or 0 for "equality". */
  readonly pValue: number;
  /** The point disagrees where pValue < level; 1 for "equality". */
  readonly level: number;
}

export interface SeriesVerdict {
  readonly kind: SeriesKind;
  readonly name: string;
  readonly agree: boolean;
  /** Largest |z| of all points where it is defined; null if nowhere. */
  readonly maxAbsZ: number | null;
  readonly worst: PointVerdict;
}

export interface Verdict {
  readonly agree: boolean;
  /** Probability, at most, to say "disagree" of a right run. */
  readonly falseAlarm: number;
  /** Number of random points that were tested together. */
  readonly points: number;
  /** The point with the smallest pValue / level; null where there was nothing to compare. */
  readonly worst: PointVerdict | null;
  readonly series: readonly SeriesVerdict[];
}
