import type { ComplexMatrix } from "./complex-matrix.ts";
import type { DensityMatrix } from "./density.ts";
import { hermitianEigenvalues } from "./hermitian.ts";

/**
 * Logarithmic negativity log2 ||rho^(T_A)||_1 of side A against all other sites of rho (Vidal and Werner 2002;
 * Plenio 2005).
 */
export function logNegativity(rho: DensityMatrix, side: readonly number[]): number {
  const elements = partialTranspose(rho, side);
  const norm = hermitianEigenvalues(matrixOf(elements)).reduce((sum, value) => sum + Math.abs(value), 0);
  return Math.log2(norm);
}

/** <row|rho^(T_A)|column>, rows and columns counted in the order in which they occur: `size` of them. */
export interface TransposedElements {
  readonly size: number;
  readonly elements: readonly {
    readonly row: number;
    readonly column: number;
    readonly re: number;
    readonly im: number;
  }[];
}

/** rho^(T_A) on the pairs (a', b) of kets that meet in some element <a b|rho|a' b'>. */
export function partialTranspose(rho: DensityMatrix, side: readonly number[]): TransposedElements {
  const inSide = rho.sites.map((site) => side.includes(site));
  const a = numbered(rho.kets.map((levels) => levels.filter((_, place) => inSide[place]).join()));
  const b = numbered(rho.kets.map((levels) => levels.filter((_, place) => !inSide[place]).join()));
  const n = rho.kets.length;
  const basis = new Map<number, number>();
  const indexOf = (i: number, j: number): number => {
    const key = (a[i] as number) * n + (b[j] as number);
    const index = basis.get(key) ?? basis.size;
    basis.set(key, index);
    return index;
  };
  const elements: TransposedElements["elements"][number][] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const re = rho.re[i * n + j] as number;
      const im = rho.im[i * n + j] as number;
      if (re !== 0 || im !== 0) elements.push({ row: indexOf(j, i), column: indexOf(i, j), re, im });
    }
  }
  return { size: basis.size, elements };
}

/** Equal texts get equal numbers, from 0. */
function numbered(texts: readonly string[]): number[] {
  const numbers = new Map<string, number>();
  return texts.map((text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

export function matrixOf({ size, elements }: TransposedElements): ComplexMatrix {
  const matrix = { n: size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
  for (const { row, column, re, im } of elements) {
    matrix.re[row * size + column] = re;
    matrix.im[row * size + column] = im;
  }
  return matrix;
}
