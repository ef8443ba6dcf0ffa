import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { replicateWeights, residualSpread, spreadOfMean, withinSizes } from "#src/trajectories/spread.js";

describe("spreadOfMean", () => {
  test("equal counts: sample variance / R", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 32 }),
        (x) => {
          const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
          const square = x.reduce((sum, value) => sum + (value - mean) ** 2, 0);
          const { variance } = spreadOfMean(
            Float64Array.from(x),
            replicateWeights(new Float64Array(x.length).fill(3)),
          );
          expect(variance).toBeCloseTo(square / (x.length * (x.length - 1)), 10);
        },
      ),
    );
  });

  test("unequal counts and unequal variances: its expectation is exactly the variance of the weighted mean", () => {
    // All 2^5 outcomes of five independent values +-s_r, each with probability 1/32.
    const scales = [1, 0.2, 3, 0.7, 2];
    const counts = Float64Array.of(2, 1, 2, 2, 1);
    const total = 8;
    let expectation = 0;
    for (let outcome = 0; outcome < 32; outcome++) {
      const values = scales.map((scale, r) => ((outcome >> r) & 1 ? scale : -scale));
      expectation += spreadOfMean(Float64Array.from(values), replicateWeights(counts)).variance / 32;
    }
    const exact = scales.reduce((sum, scale, r) => sum + (((counts[r] ?? 0) / total) * scale) ** 2, 0);
    expect(expectation).toBeCloseTo(exact, 12);
  });

  test("one replicate: unknown; equal values: no variance", () => {
    expect(spreadOfMean(Float64Array.of(1), replicateWeights(Float64Array.of(1))).variance).toBeNaN();
    expect(
      spreadOfMean(new Float64Array(32).fill(0.3), replicateWeights(new Float64Array(32).fill(7))),
    ).toEqual({
      variance: 0,
      excessKurtosis: 0,
    });
  });

  test("K rare events in different replicates have a kurtosis of about 32 / K", () => {
    for (const events of [1, 2, 4]) {
      const values = Float64Array.from({ length: 32 }, (_, r) => (r < events ? 1 : 0));
      // A two-point law with probability q: (1 - 3 q (1 - q)) / (q (1 - q)), here less its value for a normal sample.
      const q = events / 32;
      const kurtosis = (1 - 3 * q * (1 - q)) / (q * (1 - q));
      expect(spreadOfMean(values, replicateWeights(new Float64Array(32).fill(1))).excessKurtosis).toBeCloseTo(
        kurtosis - (3 * 31) / 33,
        9,
      );
    }
  });
});

describe("residualSpread", () => {
  const fractions = Float64Array.from({ length: 32 }, (_, r) => (r % 5) / 10);
  const noise = fractions.map((_, r) => Math.cos(11 * r));
  const weights = replicateWeights(new Float64Array(32).fill(2));
  test("the slope of the second quantity is taken out", () => {
    const { spread, slope } = residualSpread(
      noise.map((e, r) => e + 7 * (fractions[r] ?? 0)),
      fractions,
      weights,
      1e-3,
    );
    const alone = residualSpread(noise, fractions, weights, 1e-3);
    expect(slope).toBeCloseTo(7 + (alone.slope ?? Number.NaN), 9);
    expect(spread.variance).toBeCloseTo(alone.spread.variance, 9);
    // Residuals are at right angles to the fractions; 30 degrees of freedom are left.
    const { residuals } = alone;
    expect(residuals.reduce((sum, e, r) => sum + e * (fractions[r] ?? 0), 0)).toBeCloseTo(0, 9);
    const squares = residuals.reduce((sum, e) => sum + e * e, 0);
    expect(alone.spread.variance).toBeCloseTo(squares / (30 * 32), 9);
  });
  test("no slope where the fractions are all the same or not known: the whole spread", () => {
    const whole = spreadOfMean(noise, weights);
    expect(residualSpread(noise, new Float64Array(32).fill(0.3), weights, 0.01)).toMatchObject({
      spread: whole,
      slope: null,
    });
    expect(residualSpread(noise, null, weights, 0.01)).toMatchObject({ spread: whole, slope: null });
  });
  test("nor where they differ much less than they may: replicates of 62 and 63 with one undisturbed each", () => {
    const counts = Float64Array.from({ length: 32 }, (_, r) => 62 + (r % 2));
    const unequal = replicateWeights(counts);
    const nearlySame = counts.map((count) => 1 - 1 / count);
    const known = 0.08 / (62.5 ** 2 * 32);
    const values = noise.map((e, r) => e + (r % 2) / 2);
    const found = residualSpread(values, nearlySame, unequal, known);
    expect(found).toEqual({ spread: spreadOfMean(values, unequal), slope: null, residuals: values });
    // The slope against their own small spread is far too steep for fractions that vary as much as they may.
    const { slope } = residualSpread(values, nearlySame, unequal, 0);
    expect((slope ?? 0) ** 2 * known).toBeGreaterThan(100 * spreadOfMean(values, unequal).variance);
  });
});

describe("withinSizes", () => {
  /** 1000 trajectories: 8 replicates of 32, 24 of 31. */
  const counts = Float64Array.from({ length: 32 }, (_, r) => (r < 8 ? 32 : 31));
  const weights = replicateWeights(counts);
  test("the same count in every replicate has no spread, whatever their size", () => {
    const values = counts.map((count) => 3 / count);
    expect(spreadOfMean(values, weights).variance).toBeGreaterThan(0);
    expect(Array.from(withinSizes(values, weights)).every((deviation) => deviation === 0)).toBe(true);
  });
  test("deviations from the mean of each size, or of all where there is one", () => {
    const values = counts.map((count, r) => count + (r % 2));
    withinSizes(values, weights).forEach((deviation, r) => {
      expect(deviation).toBeCloseTo((r % 2) - 0.5, 12);
    });
    const same = replicateWeights(new Float64Array(32).fill(5));
    expect(withinSizes(counts, same)[0]).toBeCloseTo(32 - (8 * 32 + 24 * 31) / 32, 12);
  });
});
