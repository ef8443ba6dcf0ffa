import { abs2, add, type Complex, conjugate, multiply, ZERO } from "#src/base/complex.js";
import type { SparseMatrix } from "#src/compile/program.js";

/** Plain twins of the kernel's functions: vectors, and matrices of any shape as rows. */
export type Rows = readonly (readonly Complex[])[];

const NOWHERE: Complex = [Number.NaN, Number.NaN];

export const vector = (n: number, value: (i: number) => Complex): Complex[] =>
  Array.from({ length: n }, (_, i) => value(i));

export const rows = (n: number, columns: number, value: (i: number, j: number) => Complex): Complex[][] =>
  Array.from({ length: n }, (_, i) => vector(columns, (j) => value(i, j)));

export const at = (x: readonly Complex[], i: number): Complex => x[i] ?? NOWHERE;

export const sum = (x: readonly Complex[]): Complex => x.reduce(add, ZERO);

/** <x|y> */
export const dot = (x: readonly Complex[], y: readonly Complex[]): Complex =>
  sum(x.map((xi, i) => multiply(conjugate(xi), at(y, i))));

export const norm2 = (x: readonly Complex[]): number => x.reduce((total, xi) => total + abs2(xi), 0);

/** x + c y */
export const plus = (x: readonly Complex[], c: Complex, y: readonly Complex[]): Complex[] =>
  x.map((xi, i) => add(xi, multiply(c, at(y, i))));

/** sum_k c_k x_k */
export const combination = (c: readonly Complex[], x: Rows): Complex[] =>
  vector(x[0]?.length ?? 0, (i) => sum(x.map((xk, k) => multiply(at(c, k), at(xk, i)))));

/** M x */
export const image = (m: Rows, x: readonly Complex[]): Complex[] =>
  m.map((row) => sum(row.map((e, j) => multiply(e, at(x, j)))));

export const transpose = (m: Rows): Complex[][] =>
  rows(m[0]?.length ?? 0, m.length, (i, j) => at(m[j] ?? [], i));

export const adjoint = (m: Rows): Complex[][] => transpose(m).map((row) => row.map(conjugate));

export function sparse(m: Rows): SparseMatrix {
  const elements = m.map((row) =>
    row.flatMap(([re, im], j) => (re === 0 && im === 0 ? [] : [{ j, re, im }])),
  );
  const rowStart = new Uint32Array(m.length + 1);
  elements.forEach((row, i) => {
    rowStart[i + 1] = (rowStart[i] ?? 0) + row.length;
  });
  return {
    rows: m.length,
    columns: m[0]?.length ?? 0,
    rowStart,
    column: Uint32Array.from(elements.flat(), ({ j }) => j),
    values: Float64Array.from(elements.flat().flatMap(({ re, im }) => [re, im])),
  };
}
