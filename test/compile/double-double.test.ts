import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DoubleDouble } from "#src/compile/double-double.js";

const RUNS = { numRuns: 200, seed: 7 };

describe("double-double sums", () => {
  const SCALE = 2 ** 60;
  /** Numbers with few bits of very different size: exact in integers of 2^-60. */
  const number = fc
    .tuple(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, exponent]) => digits * 2 ** exponent);
  const exact = (x: number): bigint => BigInt(x * SCALE);

  test("keep what doubles lose", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, fc.integer({ min: -999, max: 999 })), { maxLength: 30 }),
        (parts) => {
          const sum = new DoubleDouble();
          const product = new DoubleDouble();
          let whole = 0n;
          let size = 0;
          for (const [x, factor] of parts) {
            product.set(x, 0).multiply(factor);
            sum.add(product.hi, product.lo);
            whole += exact(x) * BigInt(factor);
            size += Math.abs(x * factor);
          }
          const error = Number(exact(sum.hi) + BigInt(Math.round(sum.lo * SCALE)) - whole) / SCALE;
          // Every addition loses at most 2^-104 of the largest partial sum.
          expect(Math.abs(error)).toBeLessThanOrEqual((parts.length + 1) * 2 ** -104 * size + 1 / SCALE);
        },
      ),
      RUNS,
    );
  });

  test("leave exactly the small difference of large energies", () => {
    const sum = new DoubleDouble();
    for (let k = 0; k < 500; k++) sum.add(1e9 + 0.1);
    for (let k = 0; k < 500; k++) sum.add(-1e9);
    // 500 times what 1e9 + 0.1 is as a number, which is not 0.1 exactly.
    expect(sum.hi).toBe(500 * (1e9 + 0.1 - 1e9));
  });
});
