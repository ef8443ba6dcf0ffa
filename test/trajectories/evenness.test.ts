import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evenness } from "#src/trajectories/evenness.js";

const REPLICATES = 32;
const means = (f: (r: number) => number) => Float64Array.from({ length: REPLICATES }, (_, r) => f(r));

describe("evenness", () => {
  test("worked by hand: 0, 1, 2, 3, 10", () => {
    // Median 2, deviations from it 2, 1, 0, 1, 8; the mean is 3.2, the squares about it add up to 62.8.
    expect(evenness(Float64Array.of(0, 1, 2, 3, 10), 0)).toBeCloseTo(1 / Math.sqrt(62.8 / 4), 12);
    expect(evenness(Float64Array.of(0, 1, 4, 9), 0)).toBeCloseTo(2 / Math.sqrt(49 / 3), 12);
  });
  test("few events: 0, wherever they fell and whatever came before", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(REPLICATES - 1), { minLength: 1, maxLength: 15 }), (hit) => {
        expect(
          evenness(
            means((r) => 0.3 + hit.filter((at) => at === r).length),
            0,
          ),
        ).toBe(0);
      }),
    );
  });
  test("a straight line of values: a uniform law", () => {
    // Median deviation 8, variance (32^2 - 1) / 12 * 32 / 31 = 88.
    expect(
      evenness(
        means((r) => r),
        0,
      ),
    ).toBeCloseTo(8 / Math.sqrt(88), 12);
  });
  test("0 where there is no spread, or none that any event could have made", () => {
    expect(
      evenness(
        means(() => 0.1),
        0,
      ),
    ).toBe(0);
    const noise = means((r) => 1 + 1e-15 * r);
    expect(evenness(noise, 0)).toBeGreaterThan(0.5);
    expect(evenness(noise, 1e-12)).toBe(0);
    expect(evenness(Float64Array.of(2), 0)).toBe(0);
  });
});
