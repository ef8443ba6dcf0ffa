import { expectation } from "../master/functional.ts";
import type { Model } from "../model/model.ts";
import { countedModel, counterLevel } from "./counted.ts";
import { type ClickGrid, edges, uncorrelatedPairs } from "./grid.ts";
import { clickedElements, initialMatrix, type KetMatrix, Propagator, traceOf } from "./propagator.ts";

/**
 * What the master equation says of the clicks of some channels. All means are integrals or populations that the exact
 * solver follows in time itself: no quadrature, no time step.
 */
export interface ExactClicks {
  /** P(n clicks by `end`), n = 0 .. most - 1, and that of `most` or more. */
  readonly numbers: readonly number[];
  /** P(the first click lies in the bin), over [0, end]. */
  readonly firstWait: readonly number[];
  /** Mean rate in each bin of [0, end]: integral of sum_c rate_c Tr(L_c^+ L_c rho), over the width. */
  readonly rate: readonly number[];
  /** P(the next click follows in the bin) behind a click in the window; null where there are no clicks. */
  readonly waits: readonly number[] | null;
  /** Pairs in each lag bin, over those of uncorrelated clicks (grid.ts); null where there are none. */
  readonly g2: readonly (number | null)[];
  /** Mean numbers a trajectory, by which the laws are weighed: clicks in the window, uncorrelated pairs in each bin. */
  readonly windowClicks: number;
  readonly uncorrelated: readonly number[];
}

/** @throws NumericsError with the size where the system is too large */
export function exactClicks(
  model: Model,
  channels: readonly string[],
  grid: ClickGrid,
  most: number,
): ExactClicks {
  // The largest system first: where it does not fit, nothing has been computed in vain.
  const numbers = numberDistribution(model, channels, grid.end, most);
  const cells = cellClicks(model, channels, grid);
  const left = clickedMatrix(model, channels, grid);
  const windowClicks = cells.slice(0, grid.windowCells).reduce((sum, clicks) => sum + clicks, 0);
  const lags = edges(grid.lagWidth, grid.bins);
  const uncorrelated = differences(lags).map((_, bin) => uncorrelatedPairs(cells, grid.windowCells, bin));
  const nothing = lags.map(() => 0);
  // Clicks may leave only what never clicks again.
  const goesOn = traceOf(left) > 0;
  const pairs = goesOn ? laterClicks(model, channels, left, lags) : nothing;
  const silence = goesOn ? silentProbability(model, channels, left, lags) : nothing;
  return {
    numbers,
    firstWait: differences(
      silentProbability(model, channels, initialMatrix(model), edges(grid.binWidth, grid.bins)),
    ).map((change) => -change),
    rate: differences(expectedClicks(model, channels, edges(grid.binWidth, grid.bins))).map(
      (clicks) => clicks / grid.binWidth,
    ),
    waits: windowClicks > 0 ? differences(silence).map((change) => -change / windowClicks) : null,
    g2: uncorrelated.map((by, bin) => (by > 0 ? (pairs[bin] ?? 0) / by : null)),
    windowClicks,
    uncorrelated,
  };
}

/** Elements of the density matrix with a counter beside the system; a model of 1200 with ten levels takes 3 s. */
const MOST_COUNTED = 40_000;

/** Mean number of clicks from 0 to each time. */
export function expectedClicks(
  model: Model,
  channels: readonly string[],
  times: readonly number[],
): number[] {
  const propagator = new Propagator(model, initialMatrix(model));
  return propagator.run([], [propagator.rate(channels)], times).integrals.map(([count]) => count ?? 0);
}

/** Clicks a trajectory in each cell from the window's start to the longest lag behind its end. */
function cellClicks(model: Model, channels: readonly string[], grid: ClickGrid): number[] {
  const times = edges(grid.lagWidth, grid.windowCells + grid.bins, grid.start);
  return differences(expectedClicks(model, channels, times));
}

/** P(n), n = 0 .. most - 1, and the rest: populations of a counter (counted.ts). */
export function numberDistribution(
  model: Model,
  channels: readonly string[],
  time: number,
  most: number,
): number[] {
  const counted = countedModel(model, channels, most);
  const propagator = new Propagator(counted, initialMatrix(counted), MOST_COUNTED);
  const levels = Array.from({ length: most + 1 }, (_, n) =>
    expectation(counterLevel(counted, n), propagator.space),
  );
  return [...(propagator.run(levels, [], [time]).means[0] ?? [])];
}

/** Weight of no click up to each time, from a matrix: its squared norm where all channels are watched. */
export function silentProbability(
  model: Model,
  channels: readonly string[],
  start: KetMatrix,
  times: readonly number[],
): number[] {
  const counted = countedModel(model, channels, 1);
  const propagator = new Propagator(counted, start);
  const silent = expectation(counterLevel(counted, 0), propagator.space);
  return propagator.run([silent], [], times).means.map(([weight]) => weight ?? 0);
}

/**
 * sum_c rate_c int L_c rho(t) L_c^+ dt over the window: the states that clicks leave behind, weighed by their number. What
 * never clicks again is left out.
 */
export function clickedMatrix(model: Model, channels: readonly string[], grid: ClickGrid): KetMatrix {
  const propagator = new Propagator(model, initialMatrix(model));
  const all = propagator.rate(model.channels.map(({ name }) => name));
  const { kets, elements } = clickedElements(propagator.space, propagator.layout([all]), channels);
  const functionals = elements.flatMap(({ re, im }) => [re, im]);
  const times = [grid.start, grid.start + grid.windowCells * grid.lagWidth];
  const [from = [], to = []] = propagator.run([], functionals, times).integrals;
  const n = kets.length;
  const matrix = { kets, re: new Float64Array(n * n), im: new Float64Array(n * n) };
  elements.forEach(({ row, column }, k) => {
    const re = (to[2 * k] ?? 0) - (from[2 * k] ?? 0);
    const im = row === column ? 0 : (to[2 * k + 1] ?? 0) - (from[2 * k + 1] ?? 0);
    matrix.re[row * n + column] = re;
    matrix.re[column * n + row] = re;
    matrix.im[row * n + column] = im;
    matrix.im[column * n + row] = -im;
  });
  return matrix;
}

/**
 * Clicks in each bin behind those that left `start`, by the quantum regression formula: the integral over the bin of
 * sum_c rate_c Tr(L_c^+ L_c exp(Liouvillian tau) start).
 */
export function laterClicks(
  model: Model,
  channels: readonly string[],
  start: KetMatrix,
  lags: readonly number[],
): number[] {
  const propagator = new Propagator(model, start);
  return differences(
    propagator.run([], [propagator.rate(channels)], lags).integrals.map(([count]) => count ?? 0),
  );
}

const differences = (values: readonly number[]): number[] =>
  values.slice(1).map((value, i) => value - (values[i] ?? 0));
