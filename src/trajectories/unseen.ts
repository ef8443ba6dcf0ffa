import type { Evidence } from "./evidence.ts";

/**
 * Student's t is used from this many expected disturbed trajectories on, with an allowance for events that none of them
 * has met: UNSEEN of them, which at levels of 1e-5 covers about five times as many.
 */
export const ENOUGH_EVENTS = 100;
export const UNSEEN = 3;

/** Events are taken to be at least this many standard deviations of one trajectory large. */
const DEVIATIONS = 6;

/** What is known of the law of one trajectory's value. */
export interface SampleLaw {
  readonly standardError: number | null;
  /** Whether the spread comes from many trajectories. */
  readonly even: boolean;
  /** The most by which one trajectory can differ from another. */
  readonly range: number;
  /** Stands for the range where the sample is even. */
  readonly likely: number;
  /** Expected number of jumps in channels that may be unseen as a whole. */
  readonly rareJumps: number;
}

/**
 * What may be missing in a mean because no trajectory has met it: UNSEEN events, each of the size
 *
 *   range                                  where the spread comes from a few trajectories, or there is none
 *   max(6 sigma, sqrt(sigma * likely))     otherwise, sigma = sqrt(n) * standardError, but not above the range
 *
 * and whatever the rare channels can do, whose jumps may be of another kind than all that has been seen. The geometric
 * mean of what is usual and what is possible stands for laws without a scale (the last trajectories on their way into a
 * dark state: values exp(-g t) at exponential times), of which 32 replicates look even now and then.
 *
 * Measured (4e6 trajectories a row; false alarms over level, smallest to largest of the levels 1e-3 to 1e-6 at n = 100,
 * 320 and 1000, in single points, likely = range; with the whole range at any time it is 0 to 1 everywhere):
 *
 *   values                                                standard error alone       with this
 *   normal, exponential, u^3, Poisson (0.5 or 3)          0 to 30                    0 to 0.5
 *   n^2 of a thermal law, range 361 (mean number 0.5)     3 to 3500                  0
 *   1 to 10 events expected, or 20 to 50                  2 to 4e5, 1 to 300         0, 0 to 1
 *   P(value > x) = c / x up to 1; c = 0.01, 1e-4          3 to 1e4, 150 to 2e5       0 to 60, 0 to 500
 *   P(value > x) ~ x^-1.5; the same c                     9 to 9e3, 50 to 2e4        0 to 250, 0
 *
 * The last two rows are why a series has to be even at most of its times: the time after time that such a law has in a
 * model (600 seeds of a Lambda system, 300 or 1000 trajectories) it was uneven at 54 to 88 % of them, while models with
 * a scale were at 0 to 32 %, and no seed was refused.
 */
export function unseenEvents(law: SampleLaw, { jumpWeight, trajectories }: Evidence): number {
  const { range, likely, even, rareJumps } = law;
  const sigma = (Math.sqrt(trajectories) * (law.standardError ?? 0)) / jumpWeight;
  const usual = Math.min(range, Math.max(DEVIATIONS * sigma, Math.sqrt(sigma * likely)));
  const size = even ? usual : range;
  return (jumpWeight * (UNSEEN * size + Math.min(UNSEEN, rareJumps) * range)) / trajectories;
}

/** In an even sample an unseen trajectory has at most this many events, for a mean number of them. */
export const likelyCount = (mean: number): number => LIKELY_COUNTS * (1 + mean);

const LIKELY_COUNTS = 10;
