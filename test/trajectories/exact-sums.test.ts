import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactSums } from "#src/trajectories/exact-sums.js";

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe("ExactSums", () => {
  test("sums of any 64-bit integers are those of exact arithmetic, rounded once", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(int64, int64, int64), { minLength: 1, maxLength: 40 }), (rows) => {
        const sums = new ExactSums(3);
        for (const row of rows) sums.add(BigInt64Array.from(row));
        for (const i of [0, 1, 2] as const) {
          expect(sums.value(i)).toBe(Number(rows.reduce((sum, row) => sum + row[i], 0n)));
        }
        expect(sums.total(0, 1, 3)).toBe(Number(rows.flat().reduce((sum, value) => sum + value, 0n)));
      }),
    );
  });
  test("stays exact far beyond 64 bits", () => {
    const sums = new ExactSums(1);
    const largest = BigInt64Array.of(2n ** 63n - 1n);
    for (let i = 0; i < 100_000; i++) sums.add(largest);
    for (let i = 0; i < 99_999; i++) sums.add(BigInt64Array.of(-(2n ** 63n - 1n)));
    expect(sums.value(0)).toBe(Number(2n ** 63n - 1n));
  });
  test("order does not matter, strides pick their entries", () => {
    const rows = [BigInt64Array.of(1n, 20n, 300n, -4n), BigInt64Array.of(-7n, 2n ** 40n, -5n, 9n)];
    const forward = new ExactSums(4);
    for (const row of rows) forward.add(row);
    const backward = new ExactSums(4);
    for (const row of rows.toReversed()) backward.add(row);
    for (let i = 0; i < 4; i++) expect(backward.value(i)).toBe(forward.value(i));
    expect(forward.total(1, 2, 2)).toBe(2 ** 40 + 20 + 5);
  });
  test("a wrong length is refused", () => {
    expect(() => new ExactSums(2).add(new BigInt64Array(3))).toThrow(RangeError);
  });
});
