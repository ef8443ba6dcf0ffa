import { initialMatrix, type KetMatrix, Propagator, traceOf } from "../master/propagator.ts";
import type { Model } from "../model/model.ts";
import { countedModel, counterLevel } from "./counted.ts";
import { type ClickGrid, edges, uncorrelatedPairs } from "./grid.ts";

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
function numberDistribution(model: Model, channels: readonly string[], time: number, most: number): number[] {
  const counted = countedModel(model, channels, most);
  const propagator = new Propagator(counted, initialMatrix(counted), MOST_COUNTED);
  const levels = Array.from({ length: most + 1 }, (_, n) => propagator.mean(counterLevel(counted, n)));
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
  const silent = propagator.mean(counterLevel(counted, 0));
  return propagator.run([silent], [], times).means.map(([weight]) => weight ?? 0);
}

/** What clicks in the window leave behind, weighed by their number; without what never clicks again. */
function clickedMatrix(model: Model, channels: readonly string[], grid: ClickGrid): KetMatrix {
  const propagator = new Propagator(model, initialMatrix(model));
  return propagator.jumped(channels, grid.start, grid.start + grid.windowCells * grid.lagWidth);
}

/**
 * Clicks in each bin behind those that left `start`, by the quantum regression formula: the integral over the bin of
 * sum_c rate_c Tr(L_c^+ L_c exp(Liouvillian tau) start).
 */
function laterClicks(
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
