import { NumericsError } from "../base/errors.ts";
import { strongComponents } from "./graph.ts";
import { frobenius, type Matrix, zeros } from "./matrix.ts";
import { reflectColumns, reflectionOf, reflectRows } from "./reflections.ts";
import { type Rotation, rotateColumns, rotateRows, rotationOf } from "./rotations.ts";

/** A = U T U^+ with U unitary and T upper triangular. */
export interface Schur {
  readonly t: Matrix;
  readonly u: Matrix;
}

/** Sweeps that one eigenvalue may take; two or three are usual. */
const MOST_SWEEPS = 60;

/**
 * Complex Schur form by Householder reduction to Hessenberg form and QR sweeps with Wilkinson's shift; the backward
 * error is a few units of rounding of ||A||.
 *
 * Rows and columns are first permuted to block triangular form as far as the pattern allows. A triangular matrix in
 * disguise, such as H_eff of emitters that only drive those downstream, so keeps its eigenvalues to the bit; without
 * that, rounding would spread k equal ones over a circle of radius ||A|| eps^(1/k).
 */
export function schur(a: Matrix): Schur {
  const { t, u } = permuted(a);
  toHessenberg(t, u);
  sweepToTriangle(t, u);
  return { t, u };
}

function permuted(a: Matrix): Schur {
  const n = a.rows;
  const coupled = (i: number, j: number): boolean => a.re[i * n + j] !== 0 || a.im[i * n + j] !== 0;
  const all = Array.from({ length: n }, (_, i) => i);
  const order = strongComponents(n, (i) => all.filter((j) => j !== i && coupled(i, j)))
    .reverse()
    .flat();
  const [t, u] = [zeros(n, n), zeros(n, n)];
  order.forEach((i, row) => {
    u.re[i * n + row] = 1;
    order.forEach((j, column) => {
      t.re[row * n + column] = a.re[i * n + j] as number;
      t.im[row * n + column] = a.im[i * n + j] as number;
    });
  });
  return { t, u };
}

/** T <- P T P, U <- U P for reflections P that clear the columns below the subdiagonal. */
function toHessenberg(t: Matrix, u: Matrix): void {
  const n = t.rows;
  for (let k = 0; k + 2 < n; k++) {
    const x = Float64Array.from({ length: n - k - 1 }, (_, i) => t.re[(k + 1 + i) * n + k] as number);
    const y = Float64Array.from({ length: n - k - 1 }, (_, i) => t.im[(k + 1 + i) * n + k] as number);
    let below = 0;
    for (let i = 1; i < x.length; i++) below += (x[i] as number) ** 2 + (y[i] as number) ** 2;
    if (below === 0) continue;
    const first = Math.hypot(x[0] as number, y[0] as number);
    const reflection = reflectionOf(x, y, Math.sqrt(below + first * first));
    reflectRows(t, reflection, k + 1, k);
    reflectColumns(t, reflection, k + 1);
    reflectColumns(u, reflection, k + 1);
    for (let i = k + 2; i < n; i++) t.re[i * n + k] = t.im[i * n + k] = 0;
  }
}

/** QR sweeps on the unreduced block low .. high, which shrinks from below. */
function sweepToTriangle(t: Matrix, u: Matrix): void {
  const n = t.rows;
  const scale = frobenius(t);
  let sweeps = 0;
  for (let high = n - 1; high > 0; ) {
    const low = clearSubdiagonal(t, high, scale);
    if (low === high) {
      high--;
      sweeps = 0;
      continue;
    }
    if (++sweeps > MOST_SWEEPS) {
      throw new NumericsError(`the eigenvalues of a ${n} x ${n} matrix must converge, but do not`);
    }
    const exceptional = sweeps % 11 === 10;
    const [x, y] = exceptional ? exceptionalShift(t, high) : wilkinsonShift(t, high);
    sweep(t, u, low, high, x, y);
  }
}

/** Sets the first negligible subdiagonal element above `high` to zero; returns where the block below it starts. */
function clearSubdiagonal({ rows: n, re, im }: Matrix, high: number, scale: number): number {
  const size = (i: number, j: number): number =>
    Math.abs(re[i * n + j] as number) + Math.abs(im[i * n + j] as number);
  for (let k = high; k > 0; k--) {
    const neighbours = size(k - 1, k - 1) + size(k, k);
    const small = Number.EPSILON * (neighbours === 0 ? scale : neighbours);
    if (size(k, k - 1) > small) continue;
    re[k * n + k - 1] = im[k * n + k - 1] = 0;
    return k;
  }
  return 0;
}

const exceptionalShift = ({ rows: n, re, im }: Matrix, high: number): [number, number] => [
  (re[high * n + high] as number) + Math.abs(re[high * n + high - 1] as number),
  (im[high * n + high] as number) + Math.abs(im[high * n + high - 1] as number),
];

/** The eigenvalue of the last 2 x 2 block that is nearer to its last element d: d - b c / (p +- sqrt(p^2 + b c)). */
function wilkinsonShift({ rows: n, re, im }: Matrix, high: number): [number, number] {
  const at = (i: number, j: number): [number, number] => [re[i * n + j] as number, im[i * n + j] as number];
  const [a, b] = [at(high - 1, high - 1), at(high - 1, high)];
  const [c, d] = [at(high, high - 1), at(high, high)];
  const product = [b[0] * c[0] - b[1] * c[1], b[0] * c[1] + b[1] * c[0]] as const;
  const p = [(a[0] - d[0]) / 2, (a[1] - d[1]) / 2] as const;
  const root = squareRoot(p[0] * p[0] - p[1] * p[1] + product[0], 2 * p[0] * p[1] + product[1]);
  const sign = p[0] * root[0] + p[1] * root[1] < 0 ? -1 : 1;
  const [x, y] = [p[0] + sign * root[0], p[1] + sign * root[1]];
  const size = x * x + y * y;
  if (size === 0) return d;
  return [d[0] - (product[0] * x + product[1] * y) / size, d[1] - (product[1] * x - product[0] * y) / size];
}

/** The root with a real part >= 0. */
function squareRoot(x: number, y: number): [number, number] {
  const size = Math.hypot(x, y);
  if (size === 0) return [0, 0];
  const big = Math.sqrt((size + Math.abs(x)) / 2);
  const small = y / (2 * big);
  return x >= 0 ? [big, small] : [Math.abs(small), y >= 0 ? big : -big];
}

/** T - s = Q R, then R Q + s: all rotations from the left first, then from the right row by row. */
function sweep(t: Matrix, u: Matrix, low: number, high: number, shiftRe: number, shiftIm: number): void {
  const n = t.rows;
  const { re, im } = t;
  const shift = (sign: number): void => {
    for (let k = low; k <= high; k++) {
      re[k * n + k] = (re[k * n + k] as number) + sign * shiftRe;
      im[k * n + k] = (im[k * n + k] as number) + sign * shiftIm;
    }
  };
  shift(-1);
  const rotations = Array.from({ length: high - low }, (_, r) => {
    const k = low + r;
    const [f, g] = [k * n + k, (k + 1) * n + k];
    const rotation = rotationOf(re[f] as number, im[f] as number, re[g] as number, im[g] as number);
    // Outside the block the diagonal is not shifted, but these columns are to its right and untouched by the shift.
    rotateRows(t, k, k, rotation);
    re[g] = im[g] = 0;
    return rotation;
  });
  for (let i = 0; i <= high; i++) rotateRow(t, i, low, Math.max(low, i - 1), rotations);
  for (let i = 0; i < n; i++) rotateRow(u, i, low, low, rotations);
  shift(1);
}

/** In row i: columns k and k + 1 times the adjoint of rotation k, for all rotations of a sweep from `from` on. */
function rotateRow(m: Matrix, i: number, low: number, from: number, rotations: readonly Rotation[]): void {
  for (let k = from; k < low + rotations.length; k++) {
    rotateColumns(m, i * m.columns + k, rotations[k - low] as Rotation);
  }
}
