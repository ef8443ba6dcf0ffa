import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DensityMatrix } from "#src/measures/density.js";
import { measureOf } from "#src/measures/measures.js";
import type { Measure } from "#src/model/model.js";
import { measureScale } from "#src/trajectories/measure-scale.js";
import { pairMeasures, pairModel } from "../support/models.ts";

const { sites } = pairModel();
const kets = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
];

/** Normalised pure states of two qubits: 4 complex amplitudes. */
const pure = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 8, maxLength: 8 }).map((x) => {
  const norm = Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));
  return norm > 0 ? x.map((value) => value / norm) : [1, 0, 0, 0, 0, 0, 0, 0];
});

/** Mixtures of up to three pure states: also low rank, where measures are least smooth. */
const mixed = fc
  .array(fc.tuple(fc.double({ min: 0.05, max: 1, noNaN: true }), pure), { minLength: 1, maxLength: 3 })
  .map((parts): DensityMatrix => {
    const total = parts.reduce((sum, [weight]) => sum + weight, 0);
    const re = new Float64Array(16);
    const im = new Float64Array(16);
    for (const [weight, psi] of parts) {
      for (let i = 0; i < 16; i++) {
        const [a, b] = [Math.floor(i / 4), i % 4];
        const [x, y, u, v] = [psi[2 * a] ?? 0, psi[2 * a + 1] ?? 0, psi[2 * b] ?? 0, psi[2 * b + 1] ?? 0];
        re[i] = (re[i] ?? 0) + (weight / total) * (x * u + y * v);
        im[i] = (im[i] ?? 0) + (weight / total) * (y * u - x * v);
      }
    }
    return { sites: [0, 1], kets, re, im };
  });

/** (1 - T) rho + T sigma is at most at trace distance T from rho. */
function moved(rho: DensityMatrix, sigma: DensityMatrix, distance: number): DensityMatrix {
  const mix = (a: Float64Array, b: Float64Array) =>
    a.map((x, i) => (1 - distance) * x + distance * (b[i] ?? 0));
  return { ...rho, re: mix(rho.re, sigma.re), im: mix(rho.im, sigma.im) };
}

describe("measureScale", () => {
  const cases: [string, Measure][] = pairMeasures.map((measure) => [measure.kind, measure]);
  test.each(cases)(
    "%s stays in its range and moves no more than its modulus at either end, within a factor of 3",
    (_, measure) => {
      const exponent = fc.double({ min: -6, max: 0, noNaN: true });
      fc.assert(
        fc.property(mixed, mixed, exponent, (rho, sigma, power) => {
          const distance = 10 ** power;
          const { lower, upper, modulus } = measureScale(measure, sites, rho);
          const there = moved(rho, sigma, distance);
          const [before, after] = [measureOf(measure, rho), measureOf(measure, there)];
          expect(before).toBeGreaterThanOrEqual(lower - 1e-9);
          expect(before).toBeLessThanOrEqual(upper + 1e-9);
          const back = measureScale(measure, sites, there).modulus(distance);
          expect(Math.abs(after - before)).toBeLessThanOrEqual(2 * modulus(distance) + 1e-7);
          expect(Math.abs(after - before)).toBeLessThanOrEqual(3 * back + 1e-7);
        }),
        { numRuns: 200 },
      );
    },
  );

  describe("of concurrence is as smooth as concurrence is there", () => {
    const measure: Measure = { name: "c", kind: "concurrence", sides: [[0], [1]] };
    /** w |Psi+><Psi+| + (1 - w) / 4: entangled from w = 1/3 on. */
    const werner = (w: number): DensityMatrix => {
      const re = Float64Array.from(
        [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
        (one) => (one * (1 - w)) / 4,
      );
      for (const place of [5, 6, 9, 10]) re[place] = (re[place] ?? 0) + w / 2;
      return { sites: [0, 1], kets, re, im: new Float64Array(16) };
    };
    const modulusAt = (rho: DensityMatrix, distance: number) =>
      measureScale(measure, sites, rho).modulus(distance);

    test("linear where all states are occupied: l_i = rho_i there, and three of them grow by T", () => {
      for (const distance of [1e-3, 1e-5])
        expect(modulusAt(werner(0.6), distance)).toBeCloseTo(4 * distance, 9);
    });
    test("the distance itself where nothing is entangled by far", () => {
      expect(modulusAt(werner(0.2), 1e-3)).toBeCloseTo(1e-3, 12);
    });
    test("at least what it loses where |00> is occupied and |11> begins to be: 2 sqrt(T rho_00), to first order", () => {
      const re = new Float64Array(16);
      re[0] = 0.5;
      for (const place of [5, 6, 9, 10]) re[place] = 0.25;
      const rho = { sites: [0, 1], kets, re, im: new Float64Array(16) };
      const distance = 1e-4;
      const both = { ...rho, re: new Float64Array(16).with(15, 1) };
      const lost = measureOf(measure, rho) - measureOf(measure, moved(rho, both, distance));
      expect(lost).toBeGreaterThan(1.9 * Math.sqrt(0.5 * distance));
      expect(modulusAt(rho, distance)).toBeGreaterThan(lost);
      expect(modulusAt(rho, distance)).toBeLessThan(2 * lost);
    });
  });
  test("concurrence: what is never reached does not begin to be occupied", () => {
    const [concurrence] = pairMeasures.filter(({ kind }) => kind === "concurrence");
    if (concurrence === undefined) throw new Error("the pair has a concurrence");
    // (|00><00| + |Psi+><Psi+|) / 2: with |11> within reach, T in it takes 2 sqrt(T/2) away.
    const re = Float64Array.of(0.5, 0, 0, 0, 0, 0.25, 0.25, 0, 0, 0.25, 0.25, 0, 0, 0, 0, 0);
    const all: DensityMatrix = { sites: [0, 1], kets, re, im: new Float64Array(16) };
    const three: DensityMatrix = {
      sites: [0, 1],
      kets: kets.slice(0, 3),
      re: Float64Array.of(0.5, 0, 0, 0, 0.25, 0.25, 0, 0.25, 0.25),
      im: new Float64Array(9),
    };
    const distance = 1e-4;
    expect(measureScale(concurrence, sites, all).modulus(distance)).toBeGreaterThan(
      2 * Math.sqrt(distance / 2),
    );
    expect(measureScale(concurrence, sites, three).modulus(distance)).toBeLessThan(5 * distance);
  });
});
