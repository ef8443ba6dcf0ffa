import { likelyCount } from "../trajectories/unseen.ts";
import {
  type ClickEstimator,
  type ClickPoint,
  clickPoint,
  type Estimated,
  pairRatios,
  waitRatio,
} from "./estimate.ts";
import type { ExactClicks } from "./exact.ts";
import { type ClickGrid, type Detector, edges } from "./grid.ts";
import type { Tally } from "./tally.ts";

export interface DetectorStatistics {
  readonly name: string;
  readonly channels: readonly string[];
  /** P(n clicks by the end). */
  readonly numbers: readonly ClickPoint[];
  /** P(the first click comes in the bin). */
  readonly firstWait: readonly ClickPoint[];
  /** Clicks in unit time, mean over the bin. */
  readonly rate: readonly ClickPoint[];
  /** P(the next click follows in the bin) behind a click in the window. */
  readonly waits: readonly ClickPoint[];
  /** Pairs of clicks, over those of uncorrelated ones; a Poisson process has 1. */
  readonly g2: readonly ClickPoint[];
}

export interface Watched {
  readonly detector: Detector;
  /** Numbers of clicks told apart: 0, 1, ..., most - 1, and most or more. */
  readonly most: number;
  /** null where the system is too large. */
  readonly exact: ExactClicks | null;
}

/** Everything that one detector's clicks tell, beside the exact laws, tested where there are events enough. */
export function compareDetector(
  estimator: ClickEstimator,
  watched: Watched,
  tally: Tally,
  grid: ClickGrid,
): DetectorStatistics {
  const { name, channels } = watched.detector;
  const comparison = new Comparison(estimator, watched, tally, grid);
  return {
    name,
    channels,
    numbers: comparison.numbers(),
    firstWait: comparison.firstWait(),
    rate: comparison.rate(),
    waits: comparison.waits(),
    g2: comparison.g2(),
  };
}

class Comparison {
  readonly #estimator: ClickEstimator;
  readonly #watched: Watched;
  readonly #tally: Tally;
  readonly #grid: ClickGrid;
  /** Expected events for each unit of a mean. */
  readonly #events: number;
  /** Mean clicks a trajectory, at least 1: clicks come in bursts of one trajectory, and a burst counts as one event. */
  readonly #burst: number;

  constructor(estimator: ClickEstimator, watched: Watched, tally: Tally, grid: ClickGrid) {
    this.#estimator = estimator;
    this.#watched = watched;
    this.#tally = tally;
    this.#grid = grid;
    const { trajectories, jumpWeight } = estimator.evidence;
    this.#events = jumpWeight === 0 ? 0 : trajectories / jumpWeight;
    const rates = watched.exact?.rate ?? [];
    this.#burst = Math.max(1, rates.reduce((sum, rate) => sum + rate, 0) * grid.binWidth);
  }

  numbers(): ClickPoint[] {
    const { detector, most, exact } = this.#watched;
    const { jumpWeight, sampling } = this.#estimator.evidence;
    const { numbers } = this.#tally;
    return Array.from({ length: most + 1 }, (_, n) => {
      // The branch without a jump is exact, and what is sampled beside it has jumped somewhere.
      const silent = n === 0 ? 1 - jumpWeight : 0;
      const known = n === 0 && sampling === "stratified" && detector.complete;
      const estimate = this.#estimator.mean(numbers, n, silent, known);
      const at = exact?.numbers[n] ?? null;
      const p = this.#testTrajectories(estimate, at, this.#estimator.total(numbers, n));
      return clickPoint(n, n < most ? n : null, estimate, at, p);
    });
  }

  firstWait(): ClickPoint[] {
    const { firstWait } = this.#tally;
    return this.#bins(this.#grid.binWidth, (bin) => {
      const estimate = this.#estimator.mean(firstWait, bin);
      const at = this.#watched.exact?.firstWait[bin] ?? null;
      return [estimate, at, this.#testTrajectories(estimate, at, this.#estimator.total(firstWait, bin))];
    });
  }

  rate(): ClickPoint[] {
    const { binWidth } = this.#grid;
    const over = (x: number | null) => (x === null ? null : x / binWidth);
    return this.#bins(binWidth, (bin) => {
      const { value, standardError, even } = this.#estimator.mean(this.#tally.rate, bin);
      const estimate = { value: over(value), standardError: over(standardError), even };
      const at = this.#watched.exact?.rate[bin] ?? null;
      return [estimate, at, this.#testEvents(estimate, at, this.#events * binWidth)];
    });
  }

  waits(): ClickPoint[] {
    const { exact } = this.#watched;
    const clicks = this.#events * (exact?.windowClicks ?? 0);
    return this.#bins(this.#grid.lagWidth, (bin) => {
      const estimate = waitRatio(this.#estimator, this.#tally, bin);
      const at = exact?.waits?.[bin] ?? null;
      return [estimate, at, this.#testEvents(estimate, at, clicks)];
    });
  }

  g2(): ClickPoint[] {
    const { exact } = this.#watched;
    const ratios = pairRatios(this.#estimator, this.#tally, this.#grid);
    return this.#bins(this.#grid.lagWidth, (bin) => {
      const estimate = ratios[bin] ?? { value: null, standardError: null, even: false };
      const at = exact?.g2[bin] ?? null;
      return [estimate, at, this.#testEvents(estimate, at, this.#events * (exact?.uncorrelated[bin] ?? 0))];
    });
  }

  #bins(
    width: number,
    compared: (bin: number) => readonly [estimate: Estimated, exact: number | null, pValue: number | null],
  ): ClickPoint[] {
    const ends = edges(width, this.#grid.bins);
    return Array.from({ length: this.#grid.bins }, (_, bin) =>
      clickPoint(ends[bin] ?? 0, ends[bin + 1] ?? 0, ...compared(bin)),
    );
  }

  /** A trajectory counts once or not at all, so plain sampling has a binomial law. */
  #testTrajectories(estimate: Estimated, exact: number | null, count: number): number | null {
    if (exact === null) return null;
    if (this.#estimator.evidence.sampling === "plain") return this.#estimator.binomial(count, exact);
    const expected = exact * this.#events;
    return this.#estimator.student(estimate, exact, {
      each: 1 / this.#events,
      range: 1,
      likely: 1,
      expected,
    });
  }

  /** @param scale expected events for each unit of the value */
  #testEvents(estimate: Estimated, exact: number | null, scale: number): number | null {
    if (exact === null) return null;
    // No trajectory has more jumps than a Poisson law of twice the largest rate, hardly one many times the usual number.
    const range = 1 + 2 * this.#estimator.evidence.jumpBound;
    const likely = Math.min(range, likelyCount(this.#burst));
    const expected = (exact * scale) / this.#burst;
    return this.#estimator.student(estimate, exact, { each: 1 / scale, range, likely, expected });
  }
}
