import { MAX_BATCH } from "../kernel/kernel.ts";
import type { Batch } from "../kernel/types.ts";
import type { BatchRunner, TimedBatch } from "../workers/runner.ts";
import { BatchSize } from "./batch-size.ts";

/** Finished batches that wait for an earlier one, for each batch that can be under way; and their bytes, about. */
const HELD_FOR_EACH = 8;
const HELD_BYTES = 256e6;

export interface ScheduleOptions {
  /** Trajectories to run; Infinity where only `accept` ends the run. */
  readonly total: number;
  /** The first index after n that no batch may reach across (at least n + 1). */
  readonly boundaryAfter: (n: number) => number;
  /** Takes the batches in the order of the index, without gaps; false: enough, the rest is not wanted. */
  readonly accept: (batch: Batch) => boolean;
  /** Trajectories finished so far, in any order. */
  readonly progress: (done: number) => void;
}

interface Slice {
  readonly first: number;
  readonly count: number;
}

/**
 * Cuts 0 .. total - 1 into batches, hands them to whoever asks and passes the results on in order. Whatever the number
 * of workers and their speed, `accept` sees the same trajectories.
 */
export class Schedule {
  readonly #options: ScheduleOptions;
  readonly #size = new BatchSize(MAX_BATCH);
  readonly #held = new Map<number, Batch>();
  /** Resolves when stop() was called or enough has been accepted. */
  readonly stopped: Promise<void>;
  #end: () => void = () => {};
  #wake: (() => void)[] = [];
  /** What batches have left undone; ascending. */
  readonly #left: Slice[] = [];
  #next = 0;
  #accepted = 0;
  #done = 0;
  #spent = 0;
  #closed = false;
  #over = false;
  #failure: { readonly first: number; readonly error: unknown } | null = null;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.stopped = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Nothing more to hand out. */
  get exhausted(): boolean {
    const all = this.#left.length === 0 && this.#next >= this.#options.total;
    return this.#over || this.#closed || this.#failure !== null || all;
  }

  get total(): number {
    return this.#options.total;
  }

  /** Milliseconds that the finished batches took. */
  get spent(): number {
    return this.#spent;
  }

  /** Estimated milliseconds of work in one thread that are left; where the end is open, as many as were spent. */
  get remainingWork(): number {
    return this.total < Number.POSITIVE_INFINITY ? this.#size.cost * (this.total - this.#done) : this.#spent;
  }

  /** Hands out no more; batches under way are still accepted. */
  close(): void {
    this.#closed = true;
    this.#wakeAll();
  }

  /** Hands out no more and waits for nothing; what has been accepted stays. */
  stop(): void {
    this.#over = true;
    this.#wakeAll();
    this.#end();
  }

  /**
   * Keeps the runner busy until everything is done, `accept` or stop() has ended the run, or `leave` says so (asked
   * before each batch).
   * @throws the error of the failed batch with the lowest index, unless the run ended before that index
   */
  async drive(runner: BatchRunner, leave: () => boolean = () => false): Promise<void> {
    this.#options.progress(this.#done);
    const lanes = Array.from({ length: runner.concurrency }, () => this.#lane(runner, leave));
    await Promise.race([Promise.all(lanes), this.stopped]);
    if (this.#failure !== null && !this.#over) throw this.#failure.error;
  }

  async #lane(runner: BatchRunner, leave: () => boolean): Promise<void> {
    while (!leave()) {
      const slice = await this.#take(runner.concurrency);
      if (slice === null) return;
      try {
        const batch = await runner.run(slice.first, slice.count);
        this.#putBack(slice, batch.batch.count);
        this.#receive(batch);
      } catch (error) {
        this.#fail(slice.first, error);
      }
    }
  }

  /** Waits while too many finished batches wait for an earlier one. */
  async #take(concurrency: number): Promise<Slice | null> {
    const full = () => this.#left.length === 0 && this.#held.size >= this.#mostHeld(concurrency);
    while (full() && !this.exhausted) await new Promise<void>((resolve) => this.#wake.push(resolve));
    if (this.exhausted) return null;
    const left = this.#left.shift();
    const first = left?.first ?? this.#next;
    const most = left?.count ?? this.#options.boundaryAfter(first) - first;
    const wanted = this.#size.next(this.#options.total - first, concurrency);
    const slice = { first, count: Math.min(wanted, most) };
    if (left === undefined) this.#next += slice.count;
    else this.#putBack(left, slice.count);
    return slice;
  }

  /** Batches that may be held: all are of one size. */
  #mostHeld(concurrency: number): number {
    const [first] = this.#held.values();
    const bytes = first === undefined ? 0 : first.sums.byteLength + first.firstJumps.byteLength;
    return Math.min(HELD_FOR_EACH * concurrency, Math.max(1, HELD_BYTES / bytes));
  }

  /** Others wait for what comes first, so it is also handed out first. */
  #putBack({ first, count }: Slice, done: number): void {
    if (done >= count) return;
    this.#left.push({ first: first + done, count: count - done });
    this.#left.sort((a, b) => a.first - b.first);
  }

  #receive({ batch, working, sums }: TimedBatch): void {
    if (this.#over) return;
    this.#size.learn(batch.count, working, sums);
    this.#done += batch.count;
    this.#spent += working + sums;
    this.#options.progress(this.#done);
    this.#held.set(batch.first, batch);
    for (
      let next = this.#held.get(this.#accepted);
      next !== undefined;
      next = this.#held.get(this.#accepted)
    ) {
      this.#held.delete(this.#accepted);
      this.#accepted += next.count;
      if (!this.#options.accept(next)) {
        this.stop();
        break;
      }
    }
    this.#wakeAll();
  }

  #fail(first: number, error: unknown): void {
    if (this.#failure === null || first < this.#failure.first) this.#failure = { first, error };
    this.#wakeAll();
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }
}
