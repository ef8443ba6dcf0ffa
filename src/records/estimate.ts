import { incompleteBeta } from "../base/statistics.ts";
import type { ClickBin } from "../results/clicks.ts";
import { replicateCounts } from "../trajectories/ensemble-sums.ts";
import {
  allDisturbed,
  type Disturbance,
  UNKNOWN_EFFECT,
  varianceOfSampledMean,
} from "../trajectories/error.ts";
import { evenness, FEWEST_EVEN } from "../trajectories/evenness.ts";
import type { Evidence } from "../trajectories/evidence.ts";
import { jackknife } from "../trajectories/jackknife.ts";
import { type ReplicateWeights, replicateWeights } from "../trajectories/spread.ts";
import { NUMERICAL, studentTest } from "../trajectories/student.ts";
import { ENOUGH_EVENTS, unseenEvents } from "../trajectories/unseen.ts";
import { type ClickGrid, uncorrelatedPairs } from "./grid.ts";
import type { Histogram, Tally } from "./tally.ts";

/** A number from the records, and how it meets the exact one. */
export interface ClickPoint extends ClickBin {
  /** (value - exact) / standardError */
  readonly z: number | null;
  /** Probability to be as far off by chance; null where there are too few events for a test. */
  readonly pValue: number | null;
}

/** A number before it is compared. */
export interface Estimated {
  readonly value: number | null;
  readonly standardError: number | null;
  /** Whether the spread comes from many trajectories. */
  readonly even: boolean;
}

/** Events of which a trajectory may have several or none, as a unit of a value. */
export interface EventUnit {
  /** What one event in one trajectory adds to the value. */
  readonly each: number;
  /** Most events that a trajectory can have, and in an even sample. */
  readonly range: number;
  readonly likely: number;
  /** Expected number of independent events in the ensemble. */
  readonly expected: number;
}

/** Means of whole numbers over the trajectories of a run, and ratios of such means. */
export class ClickEstimator {
  readonly #evidence: Evidence;
  readonly #counts: Float64Array;
  readonly #weights: ReplicateWeights;

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#counts = replicateCounts(evidence.trajectories);
    this.#weights = replicateWeights(this.#counts);
  }

  /**
   * silent + jumpWeight * (count / n). `known`: everything that is sampled is known not to count here.
   * Events of which few are expected have a floor in their error (see varianceOfSampledMean).
   */
  mean(histogram: Histogram, bin: number, silent = 0, known = false): Estimated {
    const { jumpWeight, trajectories, disturbed } = this.#evidence;
    if (jumpWeight === 0 || known) return { value: silent, standardError: 0, even: true };
    const each = histogram.bin(bin, this.#counts.length);
    const value = silent + jumpWeight * (sum(each) / trajectories);
    const means = each.map((count, r) => count / (this.#counts[r] ?? 1));
    const p = disturbed.at(-1) ?? 1;
    const at = { ...allDisturbed(trajectories), disturbed: p, variance: (p * (1 - p)) / trajectories };
    return { value, standardError: this.#error(means, jumpWeight, at), even: isEven(means) };
  }

  /**
   * f of sums over all replicates but one, or over all (left = -1); bias corrected.
   * @param events so many of them make up the ratio's denominator: one more or less moves it by scale / events
   */
  ratio(f: (left: number) => number, events: number): Estimated {
    if (!(events > 0)) return { value: null, standardError: null, even: false };
    const full = f(-1);
    const without = this.#weights.mean.map((_, left) => f(left));
    if (without.length < 2 || !without.every(Number.isFinite))
      return { value: full, standardError: null, even: false };
    const { corrected, pseudo } = jackknife(full, this.#weights, (left) => without[left] ?? 0);
    const at = allDisturbed(events);
    return { value: corrected, standardError: this.#error(pseudo, 1, at), even: isEven(pseudo) };
  }

  /** Sum of a histogram's bin over all replicates but `left`. */
  total(histogram: Histogram, bin: number, left = -1): number {
    return sum(histogram.bin(bin, this.#counts.length).filter((_, r) => r !== left));
  }

  /** Bins summed over all replicates but `left`, in clicks a trajectory. */
  perTrajectory(histogram: Histogram, left = -1): Float64Array {
    const total = new Float64Array(histogram.bins);
    this.#counts.forEach((_, r) => {
      if (r === left) return;
      histogram.of(r).forEach((count, bin) => {
        total[bin] = (total[bin] ?? 0) + count;
      });
    });
    return total.map((count) => this.#evidence.jumpWeight * (count / this.trajectories(left)));
  }

  trajectories(left = -1): number {
    return this.#evidence.trajectories - (left < 0 ? 0 : (this.#counts[left] ?? 0));
  }

  get evidence(): Evidence {
    return this.#evidence;
  }

  #error(values: Float64Array, scale: number, at: Disturbance): number | null {
    const sample = { values, weights: this.#weights, reach: (part: number) => part, effect: UNKNOWN_EFFECT };
    const variance = varianceOfSampledMean(sample, at);
    return Number.isNaN(variance) ? null : scale * Math.sqrt(variance);
  }

  /**
   * Student's test from enough events on, with an error that also allows for those that no trajectory has met: as in the
   * comparison of means, where its false-alarm probability was measured.
   */
  student({ value, standardError, even }: Estimated, exact: number, unit: EventUnit): number | null {
    if (value === null || standardError === null) return null;
    const tolerance = NUMERICAL * Math.max(1, Math.abs(exact));
    if (standardError === 0) return Math.abs(value - exact) <= tolerance ? 1 : 0;
    if (unit.expected < ENOUGH_EVENTS) return null;
    // In events a trajectory: `each` is jumpWeight / n of a mean of whole numbers.
    const { jumpWeight, trajectories } = this.#evidence;
    const perValue = jumpWeight / (trajectories * unit.each);
    const law = {
      even,
      range: unit.range,
      likely: unit.likely,
      rareJumps: 0,
      standardError: standardError * perValue,
    };
    const unseen = unseenEvents(law, this.#evidence) / perValue;
    return studentTest({ mean: value, exact, standardError }, unseen, tolerance, this.#evidence).pValue;
  }

  /** Plain sampling: the number of trajectories of a kind is binomial, so its test is exact at any number. */
  binomial(events: number, exact: number): number {
    const n = this.#evidence.trajectories;
    const p = (shift: number) => Math.min(1, Math.max(0, exact + shift * NUMERICAL));
    // P(X >= k) = I_p(k, n - k + 1)
    const atLeast = events === 0 ? 1 : incompleteBeta(p(1), events, n - events + 1);
    const atMost = events === n ? 1 : 1 - incompleteBeta(p(-1), events + 1, n - events);
    return Math.min(1, 2 * Math.min(atLeast, atMost));
  }
}

const isEven = (values: Float64Array): boolean => evenness(values, 0) >= FEWEST_EVEN;

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

export function clickPoint(
  from: number,
  to: number | null,
  { value, standardError }: Pick<Estimated, "value" | "standardError">,
  exact: number | null,
  pValue: number | null,
): ClickPoint {
  const known = value !== null && exact !== null && standardError !== null && standardError > 0;
  const z = known ? (value - exact) / standardError : null;
  return { from, to, value, standardError, exact, z, pValue };
}

/** P(next click in the bin) behind a click in the window. */
export function waitRatio(estimator: ClickEstimator, { waits, window }: Tally, bin: number): Estimated {
  return estimator.ratio(
    (left) => estimator.total(waits, bin, left) / estimator.total(window, 0, left),
    estimator.total(window, 0),
  );
}

/** g2 in each lag bin. */
export function pairRatios(estimator: ClickEstimator, { pairs, cells }: Tally, grid: ClickGrid): Estimated[] {
  const { jumpWeight } = estimator.evidence;
  // [left + 1]: the clicks in all cells, once for all bins.
  const all = Array.from({ length: estimator.evidence.replicates + 1 }, (_, left) =>
    estimator.perTrajectory(cells, left - 1),
  );
  return Array.from({ length: grid.bins }, (_, bin) => {
    const by = all.map((clicks) => uncorrelatedPairs(clicks, grid.windowCells, bin));
    const events = ((by[0] ?? 0) * estimator.trajectories()) / (jumpWeight === 0 ? 1 : jumpWeight);
    return estimator.ratio((left) => {
      const found = jumpWeight * (estimator.total(pairs, bin, left) / estimator.trajectories(left));
      return found / (by[left + 1] ?? 0);
    }, events);
  });
}
