import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DensityMatrix } from "#src/measures/density.js";
import { measureOf } from "#src/measures/measures.js";
import type { Measure } from "#src/model/model.js";
import { measureScale } from "#src/trajectories/measure-scale.js";
import { pairMeasures, pairModel } from "./models.ts";

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
    "%s stays in its range and moves no more than its modulus, within a factor of 2",
    (_, measure) => {
      const exponent = fc.double({ min: -6, max: 0, noNaN: true });
      fc.assert(
        fc.property(mixed, mixed, exponent, (rho, sigma, power) => {
          const distance = 10 ** power;
          const { lower, upper, modulus } = measureScale(measure, sites, rho);
          const [before, after] = [measureOf(measure, rho), measureOf(measure, moved(rho, sigma, distance))];
          expect(before).toBeGreaterThanOrEqual(lower - 1e-9);
          expect(before).toBeLessThanOrEqual(upper + 1e-9);
          expect(Math.abs(after - before)).toBeLessThanOrEqual(2 * modulus(distance) + 1e-7);
        }),
        { numRuns: 200 },
      );
    },
  );
});
