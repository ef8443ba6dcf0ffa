import { type JumpRecords, REPLICATES } from "../kernel/types.ts";
import { replicateCounts } from "../trajectories/ensemble-sums.ts";
import type { ClickGrid, Detector } from "./grid.ts";

/** Whole numbers by replicate: entry `bin` of replicate r is at r * bins + bin. */
export class Histogram {
  readonly bins: number;
  readonly #counts: Float64Array;

  constructor(bins: number) {
    this.bins = bins;
    this.#counts = new Float64Array(REPLICATES * bins);
  }

  add(replicate: number, bin: number, count = 1): void {
    const at = replicate * this.bins + bin;
    this.#counts[at] = (this.#counts[at] ?? 0) + count;
  }

  /** All bins of one replicate. */
  of(replicate: number): Float64Array {
    return this.#counts.subarray(replicate * this.bins, (replicate + 1) * this.bins);
  }

  /** One bin in the first `filled` replicates. */
  bin(bin: number, filled: number): Float64Array {
    return Float64Array.from({ length: filled }, (_, r) => this.#counts[r * this.bins + bin] ?? 0);
  }
}

/** What the clicks of one detector add up to, over trajectories; see ClickGrid for what is sorted where. */
export interface Tally {
  /** Trajectories with n clicks; the last entry: that many or more. */
  readonly numbers: Histogram;
  /** First clicks. */
  readonly firstWait: Histogram;
  /** Clicks in each bin of [0, end]. */
  readonly rate: Histogram;
  /** Clicks in each cell from the window's start on. */
  readonly cells: Histogram;
  /** Clicks in the window: one bin. */
  readonly window: Histogram;
  /** Clicks in the window by the time to the next one. */
  readonly waits: Histogram;
  /** Clicks in the window and any later one, by the time between them. */
  readonly pairs: Histogram;
}

/**
 * Sorts jump records as they come, whatever the pieces, into histograms: memory depends on the bins alone. Records must
 * be ordered by trajectory, then time.
 */
export class ClickTallies {
  readonly #grid: ClickGrid;
  readonly #tallies: readonly Tally[];
  /** [channel]: the detectors that it belongs to. */
  readonly #watchers: readonly (readonly number[])[];
  /** Clicks of the trajectory under way, by detector. */
  readonly #clicks: number[][];
  #trajectory = -1;

  /**
   * @param channels names by index in the records
   * @param most numbers of clicks told apart, by detector
   */
  constructor(
    channels: readonly string[],
    detectors: readonly Detector[],
    grid: ClickGrid,
    most: readonly number[],
  ) {
    this.#grid = grid;
    this.#watchers = channels.map((name) =>
      detectors.flatMap((detector, number) => (detector.channels.includes(name) ? [number] : [])),
    );
    this.#clicks = detectors.map(() => []);
    this.#tallies = detectors.map((_, number) => ({
      numbers: new Histogram((most[number] ?? 0) + 1),
      firstWait: new Histogram(grid.bins),
      rate: new Histogram(grid.bins),
      cells: new Histogram(grid.windowCells + grid.bins),
      window: new Histogram(1),
      waits: new Histogram(grid.bins),
      pairs: new Histogram(grid.bins),
    }));
  }

  add({ trajectory, time, channel }: JumpRecords): void {
    for (let i = 0; i < time.length; i++) {
      const index = trajectory[i] ?? 0;
      if (index !== this.#trajectory) this.#close();
      this.#trajectory = index;
      for (const detector of this.#watchers[channel[i] ?? 0] ?? []) {
        this.#clicks[detector]?.push(time[i] ?? 0);
      }
    }
  }

  /** After the last record: one tally a detector. */
  finish(trajectories: number): readonly Tally[] {
    this.#close();
    const counts = replicateCounts(trajectories);
    for (const { numbers } of this.#tallies) {
      counts.forEach((count, replicate) => {
        const clicked = numbers.of(replicate).reduce((sum, value) => sum + value, 0);
        numbers.add(replicate, 0, count - clicked);
      });
    }
    return this.#tallies;
  }

  #close(): void {
    this.#clicks.forEach((clicks, detector) => {
      const tally = this.#tallies[detector];
      if (clicks.length > 0 && tally !== undefined)
        tallyTrajectory(clicks, tally, this.#grid, this.#trajectory);
      clicks.length = 0;
    });
  }
}

function tallyTrajectory(clicks: readonly number[], tally: Tally, grid: ClickGrid, trajectory: number): void {
  const replicate = trajectory % REPLICATES;
  const { binWidth, bins, lagWidth, start, windowCells } = grid;
  const last = bins - 1;
  tally.numbers.add(replicate, Math.min(clicks.length, tally.numbers.bins - 1));
  tally.firstWait.add(replicate, Math.min(last, Math.floor((clicks[0] ?? 0) / binWidth)));
  clicks.forEach((time, i) => {
    tally.rate.add(replicate, Math.min(last, Math.floor(time / binWidth)));
    const cell = Math.floor((time - start) / lagWidth);
    if (cell < 0 || cell >= tally.cells.bins) return;
    tally.cells.add(replicate, cell);
    if (cell >= windowCells) return;
    tally.window.add(replicate, 0);
    for (let next = i + 1; next < clicks.length; next++) {
      const lag = Math.floor(((clicks[next] ?? 0) - time) / lagWidth);
      if (lag > last) break;
      if (next === i + 1) tally.waits.add(replicate, lag);
      tally.pairs.add(replicate, lag);
    }
  });
}
