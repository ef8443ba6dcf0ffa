/** A batch should take about this long: long against the 0.03 ms of a message, short for progress and Ctrl-C. */
const TARGET_MS = 75;
/** But this many times as long as what is done once a batch. */
const OF_ONCE = 8;
const FIRST = 8;
const GROWTH = 8;
/** Towards the end of a run batches shrink so that workers finish together, but not below this part of a full one. */
const SMALLEST_PART = 1 / 16;

/** Chooses how many trajectories the next batch gets. Scheduling only: sums are exact, so no result depends on it. */
export class BatchSize {
  readonly #largest: number;
  #size: number;
  #cost = Number.NaN;

  constructor(largest: number) {
    this.#largest = largest;
    this.#size = Math.min(FIRST, largest);
  }

  /** Milliseconds a trajectory, from the latest batch; NaN before the first. */
  get cost(): number {
    return this.#cost;
  }

  next(remaining: number, concurrency: number): number {
    if (concurrency === 1) return Math.min(this.#size, remaining);
    const share = Math.max(Math.ceil(remaining / (2 * concurrency)), Math.ceil(this.#size * SMALLEST_PART));
    return Math.min(this.#size, share, remaining);
  }

  /** @param once milliseconds that a batch takes besides, whatever its size */
  learn(count: number, milliseconds: number, once = 0): void {
    this.#cost = milliseconds / count;
    const target = Math.max(TARGET_MS, OF_ONCE * once);
    const wanted = milliseconds > 0 ? Math.floor(target / this.#cost) : this.#largest;
    this.#size = Math.max(1, Math.min(wanted, GROWTH * Math.max(count, this.#size / GROWTH), this.#largest));
  }
}
