import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Disturbance, UNKNOWN_EFFECT, varianceOfSampledMean } from "#src/trajectories/error.js";
import { replicateWeights, spreadOfMean } from "#src/trajectories/spread.js";
import { stratifiedVariance } from "#src/trajectories/stratified.js";

const REPLICATES = 32;
const same = new Float64Array(REPLICATES).fill(0.25);
const weights = replicateWeights(new Float64Array(REPLICATES).fill(4));
const sample = (range: number, values = same, effect = UNKNOWN_EFFECT) => ({
  values,
  weights,
  reach: (part: number) => range * part,
  effect,
});
/** Independent draws, where not said otherwise. */
const at = (trajectories: number, disturbed: number, more: Partial<Disturbance> = {}): Disturbance => ({
  trajectories,
  disturbed,
  variance: (disturbed * (1 - disturbed)) / trajectories,
  jumpedInMixture: 0,
  fractions: null,
  alike: false,
  surveyed: false,
  ...more,
});
/** Replicate means that are as uneven as a normal sample, nearly symmetric. */
const spreadOut = Float64Array.from({ length: REPLICATES }, (_, r) => Math.sin(7 * r + 1) / 10);

describe("varianceOfSampledMean", () => {
  test("is 0 just where nothing can differ", () => {
    expect(varianceOfSampledMean(sample(1), at(100, 0))).toBe(0);
    expect(varianceOfSampledMean(sample(0), at(100, 0.5))).toBe(0);
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1e9 }),
        fc.double({ min: 1e-12, max: 1, noNaN: true }),
        (n, p) => {
          expect(varianceOfSampledMean(sample(0.3), at(n, p))).toBeGreaterThan(0);
        },
      ),
    );
  });
  test("few expected events: never below a count of whole-range events", () => {
    expect(varianceOfSampledMean(sample(2), at(100, 0.03))).toBeCloseTo((4 * 0.03 * 0.97) / 100, 12);
  });
  test("is continuous in the expected number of events", () => {
    const n = 10_000;
    const value = (p: number) =>
      varianceOfSampledMean(
        sample(
          1,
          spreadOut.map((y) => y / 50),
        ),
        at(n, p),
      );
    for (let events = 1.125; events < 60; events += 0.25) {
      // A step of 1e-6 events may change it by a few parts in 1e6 at most.
      expect(Math.abs(value((events + 1e-6) / n) / value(events / n) - 1)).toBeLessThan(1e-4);
    }
  });
  test("unknown from one trajectory", () => {
    const one = { ...sample(1, Float64Array.of(0.3)), weights: replicateWeights(Float64Array.of(1)) };
    expect(varianceOfSampledMean(one, at(1, 0.5))).toBeNaN();
  });
  test("a known effect: the exact variance of the count, however the replicates fell out", () => {
    const counts = new Float64Array(REPLICATES).fill(10);
    const variance = stratifiedVariance(counts, 0.99);
    expect(variance).toBeCloseTo((32 * 0.9 * 0.1) / 320 ** 2, 12);
    const certain = { size: -0.5, certain: true };
    const known = varianceOfSampledMean(sample(1, same, certain), at(320, 0.99, { variance, alike: true }));
    expect(known).toBeCloseTo((29 / 31) * 0.25 * variance, 12);
  });
  test("counts that agree by luck still have their exact variance, for the mean effect of an event", () => {
    const more = { variance: 2e-6, fractions: new Float64Array(REPLICATES).fill(0.9) };
    const effect = { size: 3, certain: false };
    const rest = varianceOfSampledMean(sample(1, spreadOut), at(1e6, 0.9));
    const both = varianceOfSampledMean(sample(1, spreadOut, effect), at(1e6, 0.9, more));
    expect(both - rest).toBeCloseTo((29 / 31) * 9 * 2e-6, 12);
  });
  test("what follows from the counted fractions is not estimated twice", () => {
    const fractions = spreadOut.map((x) => 0.5 + x);
    const values = fractions.map((c) => 2 * c);
    const variance = varianceOfSampledMean(sample(1, values), at(1e6, 0.5, { variance: 1e-5, fractions }));
    expect(variance).toBeCloseTo((29 / 31) * 4 * 1e-5, 10);
  });
  test("two replicates that make up all of the spread: more than they show", () => {
    const two = Float64Array.from({ length: REPLICATES }, (_, r) => (r === 3 || r === 17 ? 1e-4 : 0));
    const n = 1000;
    const shown = Math.sqrt((2e-8 * (30 / 32)) / (32 * 31));
    expect(Math.sqrt(varianceOfSampledMean(sample(1, two), at(n, 1)))).toBeGreaterThan(1.5 * shown);
  });
  test("less of a spread than a tenth of an event makes, however even: one event that nobody has met", () => {
    const n = 1000;
    const little = spreadOut.map((x) => x / 500);
    const spread = spreadOfMean(little, weights).variance;
    expect(Math.sqrt(spread)).toBeLessThan(0.1 / n);
    expect(Math.sqrt(varianceOfSampledMean(sample(1, little), at(n, 1)))).toBeCloseTo(1 / n, 12);
  });
  test("a small even spread is what it is where every channel has often jumped", () => {
    const small = spreadOut.map((y) => y / 200);
    const floor = varianceOfSampledMean(sample(1, small), at(1000, 0.5));
    const trusted = varianceOfSampledMean(sample(1, small), at(1000, 0.5, { surveyed: true }));
    expect(floor).toBeCloseTo(1e-6, 12);
    expect(trusted).toBeLessThan(floor / 50);
    const few = same.map((y, r) => y + (r === 3 ? 1e-3 : 0));
    expect(varianceOfSampledMean(sample(1, few), at(1000, 0.5, { surveyed: true }))).toBeCloseTo(1e-6, 12);
  });
  test("a count that stratified draws make the same in all replicates tells nothing, whatever their size", () => {
    const n = 1000;
    const counts = Float64Array.from({ length: REPLICATES }, (_, r) => (r < 8 ? 32 : 31));
    const three = {
      ...sample(
        1,
        counts.map((count) => 3 / count),
      ),
      weights: replicateWeights(counts),
    };
    expect(Math.sqrt(varianceOfSampledMean(three, at(n, 1)))).toBeCloseTo(1 / n, 12);
  });
  test("a mixture that has hardly jumped: its components differ, but no event has been met", () => {
    const n = 100;
    const mixed = (jumpedInMixture: number) =>
      varianceOfSampledMean(sample(1, spreadOut), at(n, 0.6, { jumpedInMixture }));
    expect(mixed(0.04)).toBeCloseTo((0.04 * 0.96) / n, 12);
    // From 30 expected jumps on the spread alone decides.
    expect(mixed(0.3)).toBe(mixed(0));
  });
});
