import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stratifiedCountVariance, varianceOfSampledMean } from "#src/trajectories/error.js";
import type { Spread } from "#src/trajectories/spread.js";

const nothing: Spread = { variance: 0, excessKurtosis: 0 };
const linear = (range: number) => (part: number) => range * part;
const at = (trajectories: number, disturbed: number, countVariance = Number.POSITIVE_INFINITY) => ({
  trajectories,
  disturbed,
  countVariance,
});

describe("varianceOfSampledMean", () => {
  test("is 0 just where nothing can differ", () => {
    expect(varianceOfSampledMean({ spread: nothing, reach: linear(1), shift: 0 }, at(100, 0))).toBe(0);
    expect(varianceOfSampledMean({ spread: nothing, reach: linear(0), shift: 0 }, at(100, 0.5))).toBe(0);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1e9 }),
        fc.double({ min: 1e-12, max: 1, noNaN: true }),
        (n, p) => {
          const evidence = { spread: nothing, reach: linear(0.3), shift: 0 };
          expect(varianceOfSampledMean(evidence, at(n, p))).toBeGreaterThan(0);
        },
      ),
    );
  });
  test("few expected events: never below a binomial count of whole-range events", () => {
    const variance = varianceOfSampledMean({ spread: nothing, reach: linear(2), shift: 0 }, at(100, 0.03));
    expect(variance).toBeCloseTo((4 * 0.03 * 0.97) / 100, 12);
  });
  test("is continuous in the expected number of events", () => {
    const evidence = { spread: { variance: 1e-7, excessKurtosis: 0.4 }, reach: linear(1), shift: 0.2 };
    const n = 10_000;
    const value = (p: number) => varianceOfSampledMean(evidence, at(n, p));
    for (let events = 1; events < 60; events += 0.25) {
      // A step of 1e-6 events may change it by a few parts in 1e6 at most.
      expect(Math.abs(value((events + 1e-6) / n) / value(events / n) - 1)).toBeLessThan(1e-4);
    }
  });
  test("many events: the spread with its two small factors", () => {
    const spread = { variance: 1e-4, excessKurtosis: 1 };
    const variance = varianceOfSampledMean({ spread, reach: linear(1), shift: 0 }, at(1000, 0.5));
    expect(variance).toBeCloseTo(1e-4 * (1 + 2 / 32) * (1 + 1 / 500), 15);
  });
  test("unknown from one trajectory", () => {
    const spread = { variance: Number.NaN, excessKurtosis: 0 };
    expect(varianceOfSampledMean({ spread, reach: linear(1), shift: 0 }, at(1, 0.5))).toBeNaN();
  });
  test("stratified counts that agree by luck still have their exact variance", () => {
    const counts = new Float64Array(32).fill(10);
    const p = 0.99;
    const countVariance = stratifiedCountVariance(counts, p);
    expect(countVariance).toBeCloseTo(32 * 0.9 * 0.1, 10);
    const variance = varianceOfSampledMean(
      { spread: nothing, reach: linear(1), shift: p },
      at(320, p, countVariance),
    );
    expect(variance).toBeCloseTo(countVariance / 320 ** 2, 12);
  });
});
