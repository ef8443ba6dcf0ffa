import { faultOf, SizeError } from "../base/errors.ts";

/** Channels whose clicks are counted together. */
export interface Detector {
  readonly name: string;
  readonly channels: readonly string[];
  /** It misses no jump. */
  readonly complete: boolean;
}

/** More channels than that are only looked at together. */
const MOST_SINGLE_CHANNELS = 8;

/** All channels together, and each by itself where there are not too many. */
export function detectorsOf(channels: readonly string[]): Detector[] {
  const alone = channels.length === 1;
  const single = channels.map((name) => ({ name, channels: [name], complete: alone }));
  if (channels.length <= 1) return single;
  const all = { name: "all channels", channels, complete: true };
  return channels.length > MOST_SINGLE_CHANNELS ? [all] : [all, ...single];
}

/**
 * Where clicks are sorted into. Counts, first waiting times and the rate use [0, end]. Waiting times between clicks and
 * pairs use clicks in [start, start + windowCells * lagWidth) and what follows within bins * lagWidth, which ends before
 * `end`: no pair is lost at the edge.
 */
export interface ClickGrid {
  readonly end: number;
  readonly bins: number;
  readonly binWidth: number;
  readonly start: number;
  readonly lagWidth: number;
  /** Length of the window in units of lagWidth. */
  readonly windowCells: number;
}

const MOST_CELLS = 100_000;

/**
 * @param start begin of the window of waiting times and pairs
 * @param tau longest lag; default: half of what there is
 * @throws InputError where tau does not fit; SizeError where there is no time at all
 */
export function clickGrid(start: number, end: number, bins: number, tau?: number): ClickGrid {
  if (end <= start) {
    const found = end === 0 ? "are only 0" : `begin and end at ${end}`;
    throw new SizeError("times", `must leave time for clicks, but ${found}`);
  }
  const longest = tau ?? (end - start) / 2;
  const lagWidth = longest / bins;
  // To rounding, so that half of the time is as many cells as bins.
  const windowCells = Math.floor((end - start - longest) / lagWidth + 1e-9);
  if (!(longest > 0) || windowCells < 1) {
    const most = ((end - start) * bins) / (bins + 1);
    throw faultOf(
      "--tau",
      `must be more than 0 and at most ${most}, so that clicks from ${start} on have so much time before ${end}, ` +
        `but is ${longest}`,
    );
  }
  if (windowCells + bins > MOST_CELLS) {
    throw faultOf(
      "--tau",
      `must be long enough for ${MOST_CELLS} intervals of tau / bins, but ${windowCells + bins} are needed`,
    );
  }
  return { end, bins, binWidth: end / bins, start, lagWidth, windowCells };
}

/** 0, width, ..., count * width; `from` is added to all. */
export const edges = (width: number, count: number, from = 0): number[] =>
  Array.from({ length: count + 1 }, (_, i) => from + i * width);

/**
 * Pairs at lag bin b that there would be without correlation: the integral over t of R(t) times that of R over the bin
 * behind t, the rate R constant in each cell of one bin width: sum_i N_i (N_(i+b) + N_(i+b+1)) / 2.
 * @param cells N_i: clicks a trajectory in each cell from the window's start on
 */
export function uncorrelatedPairs(cells: ArrayLike<number>, windowCells: number, bin: number): number {
  let sum = 0;
  for (let i = 0; i < windowCells; i++) {
    sum += ((cells[i] ?? 0) * ((cells[i + bin] ?? 0) + (cells[i + bin + 1] ?? 0))) / 2;
  }
  return sum;
}
