import { type Batch, REPLICATES } from "../kernel/types.ts";
import { ExactSums } from "./exact-sums.ts";

/** Shape of the sums of a run. */
export interface SumsShape {
  readonly times: number;
  readonly moments: number;
  readonly channels: number;
}

/**
 * What a run keeps: exact integer sums per replicate over the trajectories 0 .. count - 1. Being exact, they do not
 * depend on how the range was cut into batches. Memory: 512 bytes for each time and moment, whatever the count.
 */
export class EnsembleSums {
  readonly shape: SumsShape;
  readonly moments: ExactSums;
  readonly jumps: ExactSums;
  readonly #firstJumps: ExactSums;
  #count = 0;

  constructor(shape: SumsShape) {
    this.shape = shape;
    this.moments = new ExactSums(REPLICATES * shape.times * shape.moments);
    this.jumps = new ExactSums(REPLICATES * shape.channels);
    this.#firstJumps = new ExactSums(REPLICATES * shape.times);
  }

  /** Number of trajectories so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds the batch that follows the trajectories so far. */
  add(batch: Batch): void {
    if (batch.first !== this.#count) {
      throw new RangeError(`sums: the next batch must start at ${this.#count}, but starts at ${batch.first}`);
    }
    this.moments.add(batch.sums);
    this.jumps.add(batch.jumps);
    this.#firstJumps.add(batch.firstJumps);
    this.#count += batch.count;
  }

  /** Counts trajectories that add nothing, because the branch that is known exactly has all the weight. */
  addUnsampled(count: number): void {
    this.#count += count;
  }

  /** Sums of one moment at one time, replicate by replicate (those that have trajectories), and over all. */
  momentSums(time: number, moment: number): ReplicateSums {
    const { times, moments } = this.shape;
    return this.#replicates(this.moments, time * moments + moment, times * moments);
  }

  /** [time][replicate]: trajectories that have jumped by then. */
  jumped(): Float64Array[] {
    const { times } = this.shape;
    const soFar = new Float64Array(Math.min(REPLICATES, this.#count));
    return Array.from({ length: times }, (_, time) => {
      soFar.forEach((before, r) => {
        soFar[r] = before + this.#firstJumps.value(r * times + time);
      });
      return soFar.slice();
    });
  }

  /** Numbers of jumps in one channel. */
  jumpSums(channel: number): ReplicateSums {
    return this.#replicates(this.jumps, channel, this.shape.channels);
  }

  #replicates(sums: ExactSums, start: number, stride: number): ReplicateSums {
    return replicateSums(sums, start, stride, Math.min(REPLICATES, this.#count));
  }
}

/** Entries start, start + stride, ... of `sums`: those of the first `filled` replicates. */
export function replicateSums(sums: ExactSums, start: number, stride: number, filled: number): ReplicateSums {
  const each = new Float64Array(filled);
  for (let r = 0; r < filled; r++) each[r] = sums.value(start + r * stride);
  return { each, total: sums.total(start, stride, filled) };
}

/** In units of 2^-exponent. */
export interface ReplicateSums {
  readonly each: Float64Array;
  readonly total: number;
}

/** Trajectories 0 .. count - 1 by replicate (k mod 32); replicates without any are left out. */
export function replicateCounts(count: number): Float64Array {
  const filled = Math.min(REPLICATES, count);
  return Float64Array.from({ length: filled }, (_, r) => Math.floor((count - 1 - r) / REPLICATES) + 1);
}
