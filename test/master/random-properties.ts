import fc from "fast-check";
import { expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import type { DensityMatrix } from "#src/measures/density.js";
import { hermitianEigenvalues } from "#src/measures/hermitian.js";
import { measureOf } from "#src/measures/measures.js";
import type { Model } from "#src/model/model.js";
import { ketPrinter } from "#src/model/print.js";
import type { Result } from "#src/results/result.js";
import { type Dense, difference } from "../support/dense.js";
import { solveByKronecker, type TwinResult } from "../support/kronecker.js";
import { randomModel, SMALL } from "../support/random-models.js";

/**
 * Both are exact to rounding: eps times the number of operations that add up in one element, for norms of order
 * ten. Observables are scaled by the norms of random operators, up to about ten.
 */
const TOLERANCE = 1e-11;

/** The entropy has infinite slope at eigenvalue 0, so 1e-15 in an eigenvalue becomes 1e-15 log2 1e15 of it. */
const MEASURE_TOLERANCE = 1e-10;

function largestDeviation(model: Model, result: Result, twin: TwinResult): number {
  let worst = 0;
  for (const { name, hermitian } of model.observables) {
    const series = result.observables[name];
    twin.observables[name]?.forEach(([re, im], t) => {
      worst = Math.max(worst, Math.abs((series?.mean[t] ?? Number.NaN) - re));
      worst = Math.max(worst, Math.abs((hermitian ? 0 : (series?.meanIm?.[t] ?? Number.NaN)) - im));
    });
  }
  for (const { name } of model.channels) {
    worst = Math.max(worst, Math.abs((result.channels[name]?.jumps ?? Number.NaN) - (twin.jumps[name] ?? 0)));
  }
  return worst;
}

/** Levels of all product kets in tensor order. */
const productKets = (model: Model): number[][] =>
  model.sites.reduce<number[][]>(
    (kets, { dimension }) =>
      kets.flatMap((ket) => Array.from({ length: dimension }, (_, level) => [...ket, level])),
    [[]],
  );

/** The result's density matrix at one time over the whole product space. */
function embedded(model: Model, result: Result, t: number): Dense {
  const print = ketPrinter(model.sites);
  const n = model.sites.reduce((all, { dimension }) => all * dimension, 1);
  const place = new Map(productKets(model).map((levels, ket) => [print(levels), ket]));
  const rho: Dense = { n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
  const basis = result.density?.basis.map((ket) => place.get(ket) ?? -1) ?? [];
  basis.forEach((row, i) => {
    basis.forEach((column, j) => {
      rho.re[row * n + column] = result.density?.re[t]?.[i]?.[j] ?? Number.NaN;
      rho.im[row * n + column] = result.density?.im[t]?.[i]?.[j] ?? Number.NaN;
    });
  });
  return rho;
}

const overProductKets = (model: Model, { re, im }: Dense): DensityMatrix => ({
  sites: model.sites.map((_, site) => site),
  kets: productKets(model),
  re,
  im,
});

/** Tests of what holds for every model, on `numRuns` random ones each. */
export function testRandomModels(numRuns: number): void {
  test("random models agree with the Kronecker twin: means, jumps, density matrices", () => {
    fc.assert(
      fc.property(randomModel(SMALL), (model) => {
        const result = solveMaster(model);
        const twin = solveByKronecker(model);
        expect(largestDeviation(model, result, twin)).toBeLessThan(TOLERANCE);
        model.times.forEach((_, t) => {
          const rho = embedded(model, result, t);
          expect(difference(rho, twin.densities[t] as Dense)).toBeLessThan(TOLERANCE);
        });
      }),
      { seed: 20210, numRuns, endOnFailure: true },
    );
  });

  test("measures from reduced density matrices are those of the twin's whole density matrix", () => {
    fc.assert(
      fc.property(randomModel(SMALL), (model) => {
        const { measures } = solveMaster({ ...model, density: "none" });
        const { densities } = solveByKronecker(model);
        for (const measure of model.measures) {
          const found = measures[measure.name]?.mean ?? [];
          densities.forEach((density, t) => {
            const wanted = measureOf(measure, overProductKets(model, density));
            expect(Math.abs((found[t] ?? Number.NaN) - wanted)).toBeLessThan(MEASURE_TOLERANCE);
          });
        }
      }),
      { seed: 20213, numRuns, endOnFailure: true },
    );
  });

  test("without the density matrix only what matters is kept, and the means stay the same", () => {
    fc.assert(
      fc.property(randomModel({ ...SMALL, maxDimension: 12 }), (whole) => {
        const model: Model = { ...whole, density: "none", measures: [] };
        expect(largestDeviation(model, solveMaster(model), solveByKronecker(model))).toBeLessThan(TOLERANCE);
      }),
      { seed: 20211, numRuns, endOnFailure: true },
    );
  });

  test("the density matrix has trace 1 and no negative eigenvalue", () => {
    fc.assert(
      fc.property(randomModel(SMALL), (model) => {
        const { density } = solveMaster(model);
        density?.times.forEach((_, t) => {
          const re = Float64Array.from(density.re[t]?.flat() ?? []);
          const im = Float64Array.from(density.im[t]?.flat() ?? []);
          const n = density.basis.length;
          let trace = 0;
          for (let i = 0; i < n; i++) trace += re[i * n + i] ?? 0;
          expect(Math.abs(trace - 1)).toBeLessThan(1e-12);
          expect(Math.min(...hermitianEigenvalues({ n, re, im }))).toBeGreaterThan(-1e-12);
        });
      }),
      { seed: 20212, numRuns, endOnFailure: true },
    );
  });
}
