import { REPLICATES } from "../kernel/types.ts";
import type { Spread } from "./spread.ts";

/**
 * From so many expected disturbed trajectories on the spread of the replicates alone gives the standard error; below
 * half as many the floor holds in full; between the two its variance fades linearly.
 */
const FEW_EVENTS = 30;
/** Stratified counts: below the first variance of their number the exact count floor holds, above the second none. */
const COUNT_FLOOR: readonly [full: number, none: number] = [5, 7];
/** A spread below this part of one whole event is rounding: no event has been seen at all. */
export const NOTHING_SEEN = 1e-6;

/** How much of the sampled ensemble can differ at one time. */
export interface Disturbance {
  /** Number of trajectories n. */
  readonly trajectories: number;
  /** p(t): the expected fraction of sampled trajectories that are no longer identical. */
  readonly disturbed: number;
  /**
   * Variance of the number of disturbed trajectories where stratification makes it known and small; otherwise
   * Infinity, for "do not use it".
   */
  readonly countVariance: number;
}

/** What one mean over the sampled trajectories is known by, apart from its value. */
export interface MeanEvidence {
  readonly spread: Spread;
  /** The most that the mean can move when this part of the sampled trajectories behaves differently. */
  readonly reach: (part: number) => number;
  /** |mean - value on the undisturbed path|, where that is known; 0 otherwise. */
  readonly shift: number;
}

/**
 * Variance of a mean over the sampled trajectories; NaN where it cannot be known (one trajectory).
 *
 * v = spread * (1 + 2 kurtosis / 32) * (1 + 1 / lambda), lambda = n p: what the replicates say. The factors take out
 * what rare events do to a Student ratio: few events make mean and spread small together. Measured (events Poisson
 * with mean lambda over 32 replicates, variance of z times 29/31, 40,000 runs a number; spread alone -> with factors):
 *
 *   effect of an event        lambda = 20    30            50            100           300
 *   always 1                  1.11 -> 1.00   1.07 -> 0.99  1.04 -> 0.99  1.01 -> 0.98  1.01 -> 1.00
 *   uniform in (0, 1)         1.19 -> 1.01   1.12 -> 1.02  1.07 -> 1.01  1.04 -> 1.00  1.04 -> 1.02
 *   1 or 0, evenly            1.26 -> 1.01   1.17 -> 1.04  1.08 -> 1.01  1.03 -> 1.00  1.02 -> 1.00
 *   1 or 0, one in ten        1.02 -> 0.77   1.38 -> 0.91  1.55 -> 0.98  1.26 -> 1.06  1.07 -> 1.03
 *   +1 or -1                  1.00 -> 0.90   0.98 -> 0.91  1.00 -> 0.95  1.01 -> 0.98  0.99 -> 0.97
 *   exponential, mean 1       1.63 -> 1.24   1.38 -> 1.15  1.21 -> 1.09  1.09 -> 1.03  1.05 -> 1.02
 *
 * Below lambda = 30 events may be missing altogether, so v is at least reach(sqrt(p (1 - p) / n))^2 (in full below 15,
 * fading to nothing at 30), and where no event has been seen at all, at any lambda, at least what one event would make:
 * reach(sqrt(min(lambda, 1)) / n)^2. For an observable reach(x) = (upper - lower) x.
 *
 * Stratified draws leave the number of disturbed trajectories an almost certain integer. If it is then the same in
 * every replicate by luck, the spread misses it; its exact variance times (shift / (n p))^2 is a floor while it is small.
 */
export function varianceOfSampledMean(evidence: MeanEvidence, at: Disturbance): number {
  const { spread, reach, shift } = evidence;
  const { trajectories, disturbed, countVariance } = at;
  if (disturbed === 0 || reach(1) === 0) return 0;
  const events = trajectories * disturbed;
  const seen = spread.variance * (1 + (2 * spread.excessKurtosis) / REPLICATES) * (1 + 1 / events);
  if (Number.isNaN(seen)) return seen;
  const few = reach(Math.sqrt(missedPart(at)));
  const one = reach(Math.sqrt(Math.min(events, 1)) / trajectories);
  const unseen = Math.sqrt(seen) < NOTHING_SEEN * one ? one : 0;
  const perEvent = shift / events;
  const counted =
    countVariance < COUNT_FLOOR[1]
      ? fade(countVariance, ...COUNT_FLOOR) * perEvent * perEvent * countVariance
      : 0;
  return Math.max(seen, few * few, unseen * unseen, counted);
}

/** Variance of the disturbed fraction, p (1 - p) / n, as far as the spread cannot be trusted to show it. */
function missedPart({ trajectories, disturbed }: Disturbance): number {
  const weight = fade(trajectories * disturbed, FEW_EVENTS / 2, FEW_EVENTS);
  return (weight * disturbed * (1 - disturbed)) / trajectories;
}

/** 1 up to `full`, 0 from `none` on, linear between. */
function fade(x: number, full: number, none: number): number {
  return Math.min(1, Math.max(0, (none - x) / (none - full)));
}

/**
 * Variance of the number of trajectories whose stratified first draw falls below p. Each replicate's number has mean
 * n_r p and is a whole number, so its variance is at least f (1 - f), f the fractional part; equal if n_r is a power of 2.
 */
export function stratifiedCountVariance(counts: Float64Array, p: number): number {
  let variance = 0;
  for (const count of counts) {
    const fraction = count * p - Math.floor(count * p);
    variance += fraction * (1 - fraction);
  }
  return variance;
}
