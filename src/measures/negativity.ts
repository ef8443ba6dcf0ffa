import type { DensityMatrix } from "./density.ts";
import { hermitianEigenvalues } from "./hermitian.ts";

/**
 * Logarithmic negativity log2 ||rho^(T_A)||_1 of side A against all other sites of rho (Vidal and Werner 2002;
 * Plenio 2005). The transposed matrix lives on the pairs (a', b) of kets that meet in some element <a b|rho|a' b'>.
 */
export function logNegativity(rho: DensityMatrix, side: readonly number[]): number {
  const inSide = rho.sites.map((site) => side.includes(site));
  const split = rho.kets.map((levels) => ({
    a: levels.filter((_, place) => inSide[place]).join(),
    b: levels.filter((_, place) => !inSide[place]).join(),
  }));
  const basis = new Map<string, number>();
  const indexOf = (a: string, b: string): number => {
    const key = `${a};${b}`;
    const index = basis.get(key) ?? basis.size;
    basis.set(key, index);
    return index;
  };
  const elements: { row: number; column: number; re: number; im: number }[] = [];
  const n = rho.kets.length;
  split.forEach((row, i) => {
    split.forEach((column, j) => {
      const re = rho.re[i * n + j] as number;
      const im = rho.im[i * n + j] as number;
      if (re === 0 && im === 0) return;
      elements.push({ row: indexOf(column.a, row.b), column: indexOf(row.a, column.b), re, im });
    });
  });
  const m = basis.size;
  const matrix = { n: m, re: new Float64Array(m * m), im: new Float64Array(m * m) };
  for (const { row, column, re, im } of elements) {
    matrix.re[row * m + column] = re;
    matrix.im[row * m + column] = im;
  }
  const norm = hermitianEigenvalues(matrix).reduce((sum, value) => sum + Math.abs(value), 0);
  return Math.log2(norm);
}
