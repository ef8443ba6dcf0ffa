import { describe, expect, test } from "vitest";
import { type MeasureSample, measureError } from "#src/trajectories/measure-error.js";

const REPLICATES = 32;
/** Means of 32 replicates: 0.5, 1.5, ..., 31.5 in a scattered order. */
const even = Float64Array.from({ length: REPLICATES }, (_, r) => ((13 * r) % REPLICATES) + 0.5);
const average = (values: Float64Array, chosen: (r: number) => boolean = () => true) => {
  const kept = values.filter((_, r) => chosen(r));
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
};

/** f of the mean, and what the jackknife makes of it to first order: pseudo-values f(mean) + f'(mean) (x - mean). */
function sampleOf(
  values: Float64Array,
  f: (mean: number) => number,
  slope: number,
  parts: Partial<MeasureSample> = {},
): MeasureSample {
  const mean = average(values);
  const variance = average(values.map((x) => (x - mean) ** 2)) / (REPLICATES - 1);
  return {
    full: f(mean),
    over: (chosen) => f(average(values, chosen)),
    pseudo: values.map((x) => f(mean) + slope * (x - mean)),
    jackknife: Math.abs(slope) * Math.sqrt(variance),
    kinked: false,
    oneEvent: 0,
    steep: false,
    ...parts,
  };
}

describe("measureError", () => {
  test("linear: the jackknife's error and no more", () => {
    for (const slope of [2, -2]) {
      const sample = sampleOf(even, (x) => slope * x, slope);
      expect(measureError(sample)).toBeCloseTo(sample.jackknife, 12);
      expect(measureError({ ...sample, kinked: true })).toBeCloseTo(sample.jackknife, 1);
    }
  });
  test("at a maximum: a third of the fall at three standard errors, where the jackknife sees nothing", () => {
    const mean = average(even);
    const sigma = sampleOf(even, (x) => x, 1).jackknife;
    // A slope of 1e-3 tells which way to go.
    const sample = sampleOf(even, (x) => 1e-3 * x - (x - mean) ** 2, 1e-3);
    const expected = (9 * sigma * sigma) / 3;
    // Whole replicates are left out: the distance is 3 to 3.3 standard errors.
    expect(measureError(sample)).toBeGreaterThan(expected * 0.95);
    expect(measureError(sample)).toBeLessThan(expected * 1.15);
  });
  test("two of six expected events, f = square of their number: f of six is within three errors", () => {
    const two = new Float64Array(REPLICATES);
    two[3] = 1;
    two[20] = 1;
    const f = (mean: number) => (REPLICATES * mean) ** 2;
    const sample = sampleOf(two, f, 2 * REPLICATES * 2);
    const error = measureError(sample);
    expect(error).toBeGreaterThan(1.5 * sample.jackknife);
    expect((6 ** 2 - f(average(two))) / error).toBeLessThan(3);
    expect((6 ** 2 - f(average(two))) / sample.jackknife).toBeGreaterThan(5);
  });
  test("uneven: at least a third of what one trajectory can do", () => {
    const one = new Float64Array(REPLICATES);
    one[5] = 1e-6;
    expect(measureError(sampleOf(one, (x) => x, 1, { oneEvent: 0.3 }))).toBeCloseTo(0.1, 12);
    expect(measureError(sampleOf(even, (x) => x, 1, { oneEvent: 1000 }))).toBeLessThan(10);
  });
  test("kink: max(0, noise) of twice the variance in half the sample", () => {
    const sample = sampleOf(even, (x) => x, 1);
    // Halves are 0.2 higher: a bias of 0.2 / (sqrt(2) - 1) in the whole.
    const biased = { ...sample, over: () => sample.full + 0.2, jackknife: 0.01 };
    expect(measureError({ ...biased, kinked: true })).toBeGreaterThan(0.2 / (Math.SQRT2 - 1));
    expect(measureError(biased)).toBeLessThan(0.1);
  });
  test("where one more trajectory can change much, a third of that, however even the sample", () => {
    const sample = sampleOf(even, (x) => x, 1, { oneEvent: 60 });
    expect(measureError(sample)).toBeCloseTo(sample.jackknife, 12);
    expect(measureError({ ...sample, steep: true })).toBe(20);
  });
});
