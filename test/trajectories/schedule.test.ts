import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Batch } from "#src/kernel/types.js";
import { Schedule } from "#src/trajectories/schedule.js";
import type { BatchRunner, TimedBatch } from "#src/workers/runner.js";

interface FakeOptions {
  readonly concurrency: number;
  /** Event-loop turns before batch number i is finished; makes batches finish out of order. */
  readonly delays: readonly number[];
  readonly milliseconds?: number;
  /** Trajectories that a batch does at most; the rest of it is left. */
  readonly most?: number;
  readonly failing?: (first: number, count: number) => Error | null;
}

/** Answers with empty batches. */
class FakeRunner implements BatchRunner {
  readonly concurrency: number;
  readonly asked: number[] = [];
  readonly #options: FakeOptions;

  constructor(options: FakeOptions) {
    this.concurrency = options.concurrency;
    this.#options = options;
  }
  start(): Promise<never> {
    return Promise.reject(new Error("not used here"));
  }
  async run(first: number, asked: number): Promise<TimedBatch> {
    const { delays, failing, milliseconds = 75, most = asked } = this.#options;
    const count = Math.min(asked, most);
    const delay = delays[this.asked.length % delays.length] ?? 0;
    this.asked.push(first);
    for (let i = 0; i < delay; i++) await new Promise((resolve) => setImmediate(resolve));
    const error = failing?.(first, count) ?? null;
    if (error !== null) throw error;
    const none = new BigInt64Array(0);
    return {
      batch: {
        first,
        count,
        sums: none,
        jumps: none,
        firstJumps: new BigInt64Array(0),
        records: null,
        groups: [],
      },
      working: milliseconds,
      sums: 0,
    };
  }
  close(): void {}
}

function scheduleOf(total: number, accept: (batch: Batch) => boolean, every = Number.POSITIVE_INFINITY) {
  const progress: number[] = [];
  const boundaryAfter = (n: number) => (Math.floor(n / every) + 1) * every;
  const schedule = new Schedule({
    total,
    boundaryAfter: every === Number.POSITIVE_INFINITY ? () => every : boundaryAfter,
    accept,
    progress: (done) => progress.push(done),
  });
  return { schedule, progress };
}

describe("Schedule", () => {
  test("whatever the workers and delays: every trajectory once, in order, no boundary crossed", async () => {
    const delays = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 3, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        delays,
        async (total, concurrency, every, most, waits) => {
          let next = 0;
          const { schedule, progress } = scheduleOf(
            total,
            ({ first, count }) => {
              expect(first).toBe(next);
              expect(Math.floor((first + count - 1) / every)).toBe(Math.floor(first / every));
              next += count;
              return true;
            },
            every,
          );
          await schedule.drive(new FakeRunner({ concurrency, delays: waits, most }));
          expect(next).toBe(total);
          expect(progress.at(-1)).toBe(total);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("stops where accept says so, and accepts nothing after it", async () => {
    const accepted: number[] = [];
    const { schedule } = scheduleOf(
      Number.POSITIVE_INFINITY,
      ({ first, count }) => {
        accepted.push(first + count);
        return first + count < 96;
      },
      32,
    );
    await schedule.drive(new FakeRunner({ concurrency: 3, delays: [4, 0, 1] }));
    expect(accepted.at(-1)).toBe(96);
    expect(schedule.exhausted).toBe(true);
  });

  test("stop() ends a run whose workers hang; what was accepted stays", async () => {
    let accepted = 0;
    const { schedule } = scheduleOf(1000, ({ count }) => {
      accepted += count;
      if (accepted >= 16) setImmediate(() => schedule.stop());
      return true;
    });
    const hanging = new FakeRunner({ concurrency: 2, delays: [0, 0, 0, 1e9], milliseconds: 75 });
    await schedule.drive(hanging);
    expect(accepted).toBeGreaterThanOrEqual(16);
    expect(accepted).toBeLessThan(1000);
  });

  test("close() hands out no more, but takes what is under way", async () => {
    let accepted = 0;
    const { schedule } = scheduleOf(1000, ({ count }) => {
      accepted += count;
      return true;
    });
    const runner = new FakeRunner({ concurrency: 2, delays: [3] });
    const done = schedule.drive(runner);
    await new Promise((resolve) => setImmediate(resolve));
    schedule.close();
    await done;
    expect(runner.asked).toHaveLength(2);
    expect(accepted).toBe(16);
  });

  test("the failure with the lowest index is the one that is told, whichever came first", async () => {
    for (const delays of [[0], [3, 0], [0, 3, 1]]) {
      const { schedule } = scheduleOf(1000, () => true, 8);
      const failing = (first: number, count: number) => {
        const bad = [20, 24, 33].find((k) => k >= first && k < first + count);
        return bad === undefined ? null : new Error(`trajectory ${bad}`);
      };
      const runner = new FakeRunner({ concurrency: 3, delays, failing });
      await expect(schedule.drive(runner)).rejects.toThrow("trajectory 20");
    }
  });

  test("a slow batch holds up only a bounded number of others", async () => {
    const { schedule } = scheduleOf(10_000, () => true, 8);
    let slow: (() => void) | null = null;
    const runner = new FakeRunner({ concurrency: 2, delays: [0] });
    const inner = runner.run.bind(runner);
    runner.run = async (first, count) => {
      if (first === 8) await new Promise<void>((resolve) => (slow = resolve));
      return inner(first, count);
    };
    const done = schedule.drive(runner);
    for (let i = 0; i < 200; i++) await new Promise((resolve) => setImmediate(resolve));
    expect(runner.asked.length).toBeLessThanOrEqual(2 + 2 * 8);
    (slow as (() => void) | null)?.();
    await done;
    expect(schedule.exhausted).toBe(true);
  });

  test("a run is handed from one runner to another without a gap", async () => {
    let next = 0;
    const { schedule } = scheduleOf(500, ({ first, count }) => {
      expect(first).toBe(next);
      next += count;
      return true;
    });
    const first = new FakeRunner({ concurrency: 1, delays: [0] });
    await schedule.drive(first, () => first.asked.length >= 3);
    expect(schedule.exhausted).toBe(false);
    await schedule.drive(new FakeRunner({ concurrency: 3, delays: [2, 0, 1] }));
    expect(next).toBe(500);
  });
});
