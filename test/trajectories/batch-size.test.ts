import { describe, expect, test } from "vitest";
import { BatchSize } from "#src/trajectories/batch-size.js";
import { checkpointAfter } from "#src/trajectories/checkpoints.js";

function settle(cost: number, largest = 131_072): { readonly size: number; readonly batches: number } {
  const size = new BatchSize(largest);
  let batches = 0;
  for (let last = 0; ; batches++) {
    const next = size.next(1e12, 2);
    if (next === last) return { size: next, batches };
    size.learn(next, cost * next);
    last = next;
  }
}

describe("BatchSize", () => {
  test("settles at 50 to 100 ms within a few batches, for any cost a trajectory", () => {
    for (const cost of [1e-3, 0.01, 0.3, 5, 60]) {
      const { size, batches } = settle(cost);
      expect(size * cost).toBeGreaterThanOrEqual(50);
      expect(size * cost).toBeLessThanOrEqual(100);
      expect(batches).toBeLessThanOrEqual(7);
    }
  });
  test("and at eight times what each batch costs besides", () => {
    const size = new BatchSize(131_072);
    for (let count = 8; count < 4096; count *= 8) size.learn(count, count, 500);
    expect(size.next(1e12, 2)).toBe(4000);
  });
  test("one trajectory at least, the largest batch at most", () => {
    expect(settle(10_000).size).toBe(1);
    expect(settle(1e-6).size).toBe(131_072);
  });
  test("several workers share the end of a run", () => {
    const size = new BatchSize(131_072);
    size.learn(1000, 75);
    expect(size.next(1000, 2)).toBe(250);
    expect(size.next(1000, 1)).toBe(1000);
    expect(size.next(3, 2)).toBe(3);
  });
});

describe("checkpointAfter", () => {
  test("64 * 2^k * {1, 5/4, 3/2, 7/4}", () => {
    const first: number[] = [];
    for (let n = checkpointAfter(0); n <= 512; n = checkpointAfter(n)) first.push(n);
    expect(first).toEqual([64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512]);
    expect(checkpointAfter(63)).toBe(64);
    expect(checkpointAfter(2 ** 40)).toBe(1.25 * 2 ** 40);
  });
});
