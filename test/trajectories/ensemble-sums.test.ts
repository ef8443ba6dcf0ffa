import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EnsembleSums, replicateCounts } from "#src/trajectories/ensemble-sums.js";

describe("replicateCounts", () => {
  test("counts k mod 32 over 0 .. n - 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (count) => {
        const expected = new Array<number>(32).fill(0);
        for (let k = 0; k < count; k++) expected[k % 32] = (expected[k % 32] ?? 0) + 1;
        expect([...replicateCounts(count)]).toEqual(expected.filter((each) => each > 0));
      }),
    );
  });
});

describe("EnsembleSums", () => {
  test("picks moments, times and channels out of [replicate][time][moment]", () => {
    const sums = new EnsembleSums({ times: 2, moments: 3, channels: 2 });
    const cell = (r: number, t: number, m: number) => BigInt(100 * r + 10 * t + m);
    const all = Array.from({ length: 32 }, (_, r) =>
      [0, 1].flatMap((t) => [0, 1, 2].map((m) => cell(r, t, m))),
    ).flat();
    const jumps = Array.from({ length: 32 }, (_, r) => [BigInt(r), BigInt(2 * r)]).flat();
    sums.add({
      first: 0,
      count: 40,
      sums: BigInt64Array.from(all),
      jumps: BigInt64Array.from(jumps),
      firstJumps: BigInt64Array.from({ length: 64 }, (_, cell) => BigInt(cell)),
      records: null,
      groups: [],
    });
    const { each, total } = sums.momentSums(1, 2);
    expect([...each]).toEqual(Array.from({ length: 32 }, (_, r) => Number(cell(r, 1, 2))));
    expect(total).toBe(each.reduce((sum, value) => sum + value, 0));
    expect([...sums.jumpSums(1).each]).toEqual(Array.from({ length: 32 }, (_, r) => 2 * r));
    const jumped = sums.jumped().map((each) => [...each]);
    expect(jumped).toEqual(
      [0, 1].map((t) => Array.from({ length: 32 }, (_, r) => (t === 0 ? 2 * r : 4 * r + 1))),
    );
    expect(sums.count).toBe(40);
  });
  test("a gap is refused", () => {
    const sums = new EnsembleSums({ times: 1, moments: 1, channels: 0 });
    const batch = {
      first: 8,
      count: 8,
      sums: new BigInt64Array(32),
      jumps: new BigInt64Array(0),
      firstJumps: new BigInt64Array(0),
      records: null,
      groups: [],
    };
    expect(() => sums.add(batch)).toThrow("must start at 0, but starts at 8");
  });
});
