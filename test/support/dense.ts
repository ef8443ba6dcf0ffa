import { add, type Complex, conjugate, multiply, ONE, ZERO } from "#src/base/complex.js";

/** Small dense matrices by the textbook, as a twin of the sparse algebra: rows of complex numbers. */
export type Matrix = readonly (readonly Complex[])[];

export const matrix = (n: number, element: (row: number, column: number) => Complex): Matrix =>
  Array.from({ length: n }, (_, row) => Array.from({ length: n }, (__, column) => element(row, column)));

export const element = (m: Matrix, row: number, column: number): Complex => m[row]?.[column] ?? ZERO;

export const identity = (n: number): Matrix => matrix(n, (row, column) => (row === column ? ONE : ZERO));

export const sum = (a: Matrix, b: Matrix): Matrix =>
  matrix(a.length, (row, column) => add(element(a, row, column), element(b, row, column)));

export const scaled = (a: Matrix, factor: Complex): Matrix =>
  matrix(a.length, (row, column) => multiply(factor, element(a, row, column)));

export const product = (a: Matrix, b: Matrix): Matrix =>
  matrix(a.length, (row, column) =>
    a.reduce<Complex>((total, _, k) => {
      const left = element(a, row, k);
      return left[0] === 0 && left[1] === 0 ? total : add(total, multiply(left, element(b, k, column)));
    }, ZERO),
  );

export const dagger = (a: Matrix): Matrix =>
  matrix(a.length, (row, column) => conjugate(element(a, column, row)));

/** a x b: the first factor varies slowest. */
export const kronecker = (a: Matrix, b: Matrix): Matrix =>
  matrix(a.length * b.length, (row, column) =>
    multiply(
      element(a, Math.floor(row / b.length), Math.floor(column / b.length)),
      element(b, row % b.length, column % b.length),
    ),
  );

/** A one-site matrix with identities on all other sites. */
export const onSite = (m: Matrix, site: number, dimensions: readonly number[]): Matrix =>
  dimensions.map((n, k) => (k === site ? m : identity(n))).reduce(kronecker);

export const largestElement = (a: Matrix): number =>
  Math.max(...a.flat().map(([re, im]) => Math.sqrt(re * re + im * im)));

export const difference = (a: Matrix, b: Matrix): number => largestElement(sum(a, scaled(b, [-1, 0])));
