import type { DensityMatrix } from "./density.ts";
import { hermitianEigenvalues } from "./hermitian.ts";

/**
 * Logarithmic negativity log2 ||rho^(T_A)||_1 of side A against all other sites of rho (Vidal and Werner 2002;
 * Plenio 2005). The transposed matrix lives on the pairs (a', b) of kets that meet in some element <a b|rho|a' b'>.
 */
export function logNegativity(rho: DensityMatrix, side: readonly number[]): number {
  const inSide = rho.sites.map((site) => side.includes(site));
  const [a, b] = [numbered(rho, (place) => inSide[place] === true), numbered(rho, (place) => !inSide[place])];
  const basis = new Map<number, number>();
  const indexOf = (ketA: number, ketB: number): number => {
    const key = ketA * rho.kets.length + ketB;
    const index = basis.get(key) ?? basis.size;
    basis.set(key, index);
    return index;
  };
  const elements: { row: number; column: number; re: number; im: number }[] = [];
  const n = rho.kets.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const re = rho.re[i * n + j] as number;
      const im = rho.im[i * n + j] as number;
      if (re === 0 && im === 0) continue;
      const [row, column] = [
        indexOf(a[j] as number, b[i] as number),
        indexOf(a[i] as number, b[j] as number),
      ];
      elements.push({ row, column, re, im });
    }
  }
  const m = basis.size;
  const matrix = { n: m, re: new Float64Array(m * m), im: new Float64Array(m * m) };
  for (const { row, column, re, im } of elements) {
    matrix.re[row * m + column] = re;
    matrix.im[row * m + column] = im;
  }
  const norm = hermitianEigenvalues(matrix).reduce((sum, value) => sum + Math.abs(value), 0);
  return Math.log2(norm);
}

/** Equal levels of the chosen sites get equal numbers. */
function numbered(rho: DensityMatrix, chosen: (place: number) => boolean): number[] {
  const numbers = new Map<string, number>();
  return rho.kets.map((levels) => {
    const key = levels.filter((_, place) => chosen(place)).join();
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}
