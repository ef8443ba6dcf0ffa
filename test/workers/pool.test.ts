import { describe, expect, test } from "vitest";
import { NumericsError } from "#src/base/errors.js";
import type { Program } from "#src/compile/program.js";
import type { RootPath } from "#src/kernel/types.js";
import type { WorkerEvents, WorkerHost, WorkerPort } from "#src/workers/host.js";
import type { LoadMessage, ToWorker } from "#src/workers/messages.js";
import { WorkerPool } from "#src/workers/pool.js";
import { WorkerError } from "#src/workers/runner.js";
import { type LoadedKernel, Session } from "#src/workers/session.js";

const none = new Float64Array(0);
const root: RootPath = {
  jumpWeight: 1,
  silent: none,
  survival: none,
  undisturbed: none,
  segments: [],
  silentPaths: [],
};
const program: Program = {
  spaces: [],
  initial: [],
  times: none,
  moments: [],
  channels: [],
  layout: { observables: [], densities: [], cutOffs: [] },
  notes: [],
};
/** The smallest valid module: its magic number and version. */
const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
const load: LoadMessage = {
  type: "load",
  module,
  program,
  key: Uint32Array.of(1, 2, 3, 4),
  options: { sampling: "plain", records: false },
};

/** Its one sum is the sum of the trajectories' indices. */
const kernel: LoadedKernel = {
  root,
  working: 0,
  run(first, count) {
    if (first <= 13 && 13 < first + count) throw new NumericsError("trajectory 13 at time 2: no");
    const sums = BigInt64Array.of(BigInt(count * first + (count * (count - 1)) / 2));
    return {
      first,
      count,
      sums,
      jumps: new BigInt64Array(0),
      firstJumps: new BigInt64Array(0),
      records: null,
      groups: [],
    };
  },
};

/** Workers in this thread. `dies` is asked before each message that a worker would answer. */
class FakeHost implements WorkerHost {
  started = 0;
  terminated = 0;
  readonly #dies: (worker: number, message: ToWorker) => boolean;

  constructor(dies: (worker: number, message: ToWorker) => boolean = () => false) {
    this.#dies = dies;
  }

  start(events: WorkerEvents): WorkerPort {
    const worker = this.started++;
    const session = new Session(async () => kernel);
    let alive = true;
    return {
      post: async (message) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (!alive) return;
        if (this.#dies(worker, message)) {
          alive = false;
          events.died("killed");
        } else {
          events.message(await session.answer(message));
        }
      },
      terminate: () => {
        alive = false;
        this.terminated++;
      },
    };
  }
}

async function sumsOf(pool: WorkerPool, slices: readonly (readonly [number, number])[]): Promise<bigint[]> {
  const timed = await Promise.all(slices.map(([first, count]) => pool.run(first, count)));
  return timed.map(({ batch }) => batch.sums[0] ?? -1n);
}

const slices = [
  [20, 5],
  [25, 1],
  [26, 30],
  [56, 4],
  [60, 40],
] as const;
const expected = [110n, 25n, 1215n, 230n, 3180n];

describe("WorkerPool", () => {
  test("starts its workers once and answers every batch", async () => {
    const host = new FakeHost();
    const pool = new WorkerPool(host, load, 3);
    expect(await pool.start()).toEqual(root);
    expect(await sumsOf(pool, slices)).toEqual(expected);
    expect(host.started).toBe(3);
    pool.close();
    expect(host.terminated).toBe(3);
  });

  test("a worker that dies is replaced, and its batch done again with the same result", async () => {
    // Every second worker dies at its first batch.
    const host = new FakeHost((worker, message) => worker % 2 === 1 && message.type === "run");
    const pool = new WorkerPool(host, load, 2);
    await pool.start();
    expect(await sumsOf(pool, slices)).toEqual(expected);
    expect(host.started).toBeGreaterThan(2);
    pool.close();
  });

  test("a batch that kills every worker is given up after three, by a clear error", async () => {
    const host = new FakeHost((_, message) => message.type === "run" && message.first === 26);
    const pool = new WorkerPool(host, load, 2);
    await pool.start();
    const lost = pool.run(26, 30);
    await expect(lost).rejects.toThrow(
      "a worker died 3 times while it computed trajectories 26 to 55: killed",
    );
    await expect(lost).rejects.toBeInstanceOf(WorkerError);
    expect(await sumsOf(pool, [[20, 5]])).toEqual([110n]);
    pool.close();
  });

  test("workers that never get ready: start fails, later batches too", async () => {
    const pool = new WorkerPool(new FakeHost(() => true), load, 2);
    await expect(pool.start()).rejects.toThrow("workers died 3 times before they were ready: killed");
    await expect(pool.run(0, 1)).rejects.toBeInstanceOf(WorkerError);
    pool.close();
  });

  test("errors of the numerics keep type and message, are not tried again, and leave the pool usable", async () => {
    const host = new FakeHost();
    const pool = new WorkerPool(host, load, 1);
    await pool.start();
    const refused = pool.run(10, 10);
    await expect(refused).rejects.toBeInstanceOf(NumericsError);
    await expect(refused).rejects.toThrow("trajectory 13 at time 2: no");
    expect(await sumsOf(pool, [[20, 5]])).toEqual([110n]);
    expect(host.started).toBe(1);
    pool.close();
  });
});

describe("Session", () => {
  test("answers run before load, and a thrown non-error, by a message", async () => {
    expect(await new Session().answer({ type: "run", first: 0, count: 1 })).toMatchObject({ type: "failed" });
    const session = new Session(() => Promise.reject("text"));
    expect(await session.answer(load)).toEqual({ type: "failed", name: "Error", message: "text" });
  });
});
