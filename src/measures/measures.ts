import type { Measure } from "../model/model.ts";
import type { ComplexMatrix } from "./complex-matrix.ts";
import { concurrence } from "./concurrence.ts";
import { type DensityMatrix, partialTrace } from "./density.ts";
import { hermitianEigenvalues } from "./hermitian.ts";
import { logNegativity } from "./negativity.ts";

/** The measure of rho, which must hold its sites; whatever else rho holds is traced out. */
export function measureOf(measure: Measure, rho: DensityMatrix): number {
  const [a, b] = measure.sides;
  const reduced = partialTrace(rho, keptSites(measure, rho.sites));
  switch (measure.kind) {
    case "logNegativity":
      return logNegativity(reduced, a ?? []);
    case "concurrence":
      return concurrence(reduced, [a?.[0] ?? 0, b?.[0] ?? 0]);
    case "purity":
      return purity(reduced);
    case "entropy":
      return entropy(reduced);
  }
}

/** Sites that a measure needs, ascending: all of its sides, or the whole system when it names none. */
export function keptSites(measure: Measure, all: readonly number[]): number[] {
  const named = [...new Set(measure.sides.flat())].sort((a, b) => a - b);
  return named.length === 0 ? [...all] : named;
}

/** Tr rho^2 */
export function purity({ re, im }: DensityMatrix): number {
  let sum = 0;
  for (let e = 0; e < re.length; e++) sum += (re[e] as number) ** 2 + (im[e] as number) ** 2;
  return sum;
}

/** -Tr rho log2 rho, in bits. Eigenvalues that rounding has made negative count as 0. */
export function entropy(rho: DensityMatrix): number {
  let sum = 0;
  for (const value of hermitianEigenvalues(matrixOf(rho))) {
    if (value > 0) sum -= value * Math.log2(value);
  }
  return Math.max(0, sum);
}

const matrixOf = ({ kets, re, im }: DensityMatrix): ComplexMatrix => ({ n: kets.length, re, im });
