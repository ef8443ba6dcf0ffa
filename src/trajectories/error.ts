import { REPLICATES } from "../kernel/types.ts";
import { evenness, FEWEST_EVEN } from "./evenness.ts";
import { type ReplicateWeights, residualSpread, spreadOfMean, withinSizes } from "./spread.ts";

/** From so many expected disturbed trajectories on there is no floor; below half as many it holds in full. */
export const FEW_EVENTS = 30;
/** A standard error below this part of one whole event: no event has been seen at all. */
export const NOTHING_SEEN = 0.1;
/**
 * And below this part where the spread is even and no channel rare. Measured (60 seeds; mean square of z at 100 and 1000
 * trajectories with 0.1 -> with this): photons of a weakly driven atom in a cavity of 20 levels 0.002 -> 0.2 to 1.3, of a Kerr
 * mode of 16 levels 0.05 -> 1.1, n^2 of a thermal mode 0.1 -> 0.6 to 2.4; the Lambda system below at most 0.6 -> 8.
 */
const LITTLE_SEEN = 0.03;
/** Takes a known variance so that z has the variance of Student's t, (R - 1) / (R - 3), as it has where it is estimated. */
const KNOWN = (REPLICATES - 3) / (REPLICATES - 1);

/** How much of the sampled ensemble can differ at one time. */
export interface Disturbance {
  /** Number of trajectories n. */
  readonly trajectories: number;
  /** p(t): the expected fraction of sampled trajectories that are no longer identical. */
  readonly disturbed: number;
  /** Exact variance of that fraction: p (1 - p) / n, or much less where draws are stratified. */
  readonly variance: number;
  /** Of a mixture, whose trajectories differ before they jump: the expected fraction that has jumped. 0 of a pure state. */
  readonly jumpedInMixture: number;
  /** The fraction itself, replicate by replicate; null where it has not been counted. */
  readonly fractions: Float64Array | null;
  /** Whether all disturbed trajectories are known to be the same. */
  readonly alike: boolean;
  /** Whether every channel has jumped so often by then that no kind of event can be missing as a whole. */
  readonly surveyed: boolean;
}

/** So many trajectories of which all differ, and nothing else is known. */
export const allDisturbed = (trajectories: number): Disturbance => ({
  trajectories,
  disturbed: 1,
  variance: 0,
  jumpedInMixture: 0,
  fractions: null,
  alike: false,
  surveyed: false,
});

/** What one mean over the sampled trajectories is known by, apart from its value. */
export interface MeanSample {
  /** One for each replicate, all with the same expectation. */
  readonly values: Float64Array;
  readonly weights: ReplicateWeights;
  /** The most that the mean can move when this part of the sampled trajectories behaves differently. */
  readonly reach: (part: number) => number;
  readonly effect: Effect;
}

/** By how much a disturbed trajectory differs from an undisturbed one, on average; `certain`: every one by just that. */
export interface Effect {
  readonly size: number;
  readonly certain: boolean;
}

export const UNKNOWN_EFFECT: Effect = { size: 0, certain: false };

/**
 * Variance of a mean over the sampled trajectories; NaN where it cannot be known (one trajectory).
 *
 * Values are split into what follows from the fraction c_r of disturbed trajectories and the rest, y_r = slope c_r + e_r
 * (least squares over the replicates). The variance of the fraction is known exactly and need not be estimated, so
 *
 *   v = slope^2 Var(c) + spread(e) (1 + 2 kurtosis / 32) (1 + 1 / lambda),   lambda = n p expected events
 *
 * is right even where the fraction is the same in all replicates by luck, or where it is what makes mean and spread small
 * together. The two factors do the same for rare differences among events. Where all c_r are (nearly) equal, the slope is
 * the mean effect of an event. If every event has the same known effect, v is exact and nothing else is needed.
 *
 * Measured (lambda events over 32 replicates, independent or as evenly as whole numbers can be; 20,000 runs a number;
 * variance of z times 29/31; spread of y alone -> v):
 *
 *                                   independent                                    stratified
 *   effect of an event   lambda = 20  35            50            100          20            35            100
 *   always 1             1.09 -> 0.97 1.08 -> 0.96  1.03 -> 0.96  1.02 -> 0.97 1.03 -> 0.97  1.39 -> 0.95  1.37 -> 0.96
 *   uniform in (0, 1)    1.20 -> 0.98 1.08 -> 0.99  1.05 -> 0.96  1.06 -> 0.99 1.01 -> 0.98  1.03 -> 0.95  0.99 -> 0.95
 *   1 or 0, evenly       1.28 -> 1.06 1.12 -> 1.04  1.10 -> 1.02  1.03 -> 0.98 1.05 -> 0.97  1.00 -> 0.96  0.99 -> 0.95
 *   1 or 0, one in ten   1.02 -> 0.82 1.42 -> 1.01  1.55 -> 1.03  1.29 -> 1.08 1.03 -> 0.78  1.40 -> 0.91  1.20 -> 1.01
 *   +1 or -1             0.99 -> 0.85 1.02 -> 0.92  1.00 -> 0.94  0.99 -> 0.95 0.99 -> 0.89  1.02 -> 0.95  1.02 -> 0.98
 *   exponential, mean 1  1.65 -> 1.25 1.27 -> 1.09  1.19 -> 1.02  1.09 -> 0.99 1.38 -> 1.18  1.25 -> 1.05  1.06 -> 0.98
 *
 * Below lambda = 30 events may be missing altogether, so v is at least reach(sqrt(Var(c)))^2, as if events had the largest
 * effect (in full below 15, fading to nothing at 30; z then has variance 0.1 to 1.05 at any lambda in all rows), and where
 * no difference among events has been seen, at any lambda, at least what one would make: reach(sqrt(min(lambda, 1)) / n)^2
 * (see unseenEvent). For an observable reach(x) = (upper - lower) x.
 */
export function varianceOfSampledMean(sample: MeanSample, at: Disturbance): number {
  const { values, weights, reach, effect } = sample;
  const { trajectories, disturbed, variance, fractions, alike, surveyed } = at;
  if (disturbed === 0 || reach(1) === 0) return 0;
  if (values.length < 2) return Number.NaN;
  if (effect.certain) return KNOWN * effect.size * effect.size * variance;
  const events = trajectories * disturbed;
  const { spread, slope, residuals } = residualSpread(values, fractions, weights, variance);
  const rest = spread.variance * (1 + (2 * spread.excessKurtosis) / REPLICATES) * (1 + 1 / events);
  const perEvent = slope ?? effect.size;
  const seen = (fractions === null ? 0 : KNOWN * perEvent * perEvent * variance) + rest;
  const few = reach(Math.sqrt((alike && slope === null ? 1 : fade(events)) * variance));
  const jumps = reach(Math.sqrt(fewJumps(at)));
  const one = reach(Math.sqrt(Math.min(events, 1)) / trajectories);
  const unseen = alike ? 0 : unseenEvent(withinSizes(residuals, weights), weights, one, surveyed);
  return Math.max(seen, few * few, jumps * jumps, unseen * unseen);
}

/** Variance of the fraction that has jumped, of a mixture, where few are expected to. */
function fewJumps({ jumpedInMixture: p, trajectories }: Disturbance): number {
  return (fade(trajectories * p) * p * (1 - p)) / trajectories;
}

/**
 * What an event that no trajectory has met may change, as a standard error, where little tells how large it is: `one` event
 * where nothing has been seen, the geometric mean of `one` and what has been seen where a few trajectories make up the
 * spread. A small spread is one all the same where it is even and every channel is `surveyed`: photons of a mode far below its
 * cut-off. Measured (a Lambda system on its way into the dark state, 300 trajectories, 500 seeds, three observables at nine
 * times to t = 60): mean square of z at most 11, and 20,000 to 10^6 without.
 *
 * @param residuals measured within replicates of one size
 */
function unseenEvent(
  residuals: Float64Array,
  weights: ReplicateWeights,
  one: number,
  surveyed: boolean,
): number {
  if (evenness(residuals, (surveyed ? LITTLE_SEEN : NOTHING_SEEN) * one) >= FEWEST_EVEN) return 0;
  const seen = Math.sqrt(spreadOfMean(residuals, weights).variance);
  return seen < NOTHING_SEEN * one ? one : Math.sqrt(seen * one);
}

/** 1 up to half of FEW_EVENTS, 0 from there on, linear between. */
function fade(events: number): number {
  return Math.min(1, Math.max(0, (FEW_EVENTS - events) / (FEW_EVENTS / 2)));
}
