import { NumericsError } from "../base/errors.ts";
import { strongComponents } from "./graph.ts";
import { frobenius, type Matrix, zeros } from "./matrix.ts";

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

/** T <- P T P, U <- U P for reflections P = 1 - factor v v^+ that clear the columns below the subdiagonal. */
function toHessenberg(t: Matrix, u: Matrix): void {
  const n = t.rows;
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k + 2 < n; k++) {
    let below = 0;
    for (let i = k + 1; i < n; i++) {
      x[i] = t.re[i * n + k] as number;
      y[i] = t.im[i * n + k] as number;
      if (i > k + 1) below += (x[i] as number) ** 2 + (y[i] as number) ** 2;
    }
    if (below === 0) continue;
    const first = Math.hypot(x[k + 1] as number, y[k + 1] as number);
    const norm = Math.sqrt(below + first * first);
    const [c, s] = first === 0 ? [1, 0] : [(x[k + 1] as number) / first, (y[k + 1] as number) / first];
    x[k + 1] = (x[k + 1] as number) + c * norm;
    y[k + 1] = (y[k + 1] as number) + s * norm;
    const factor = 1 / (norm * (norm + first));
    reflectFromLeft(t, x, y, k + 1, factor, k);
    reflectFromRight(t, x, y, k + 1, factor);
    reflectFromRight(u, x, y, k + 1, factor);
    for (let i = k + 2; i < n; i++) t.re[i * n + k] = t.im[i * n + k] = 0;
  }
}

function reflectFromLeft(
  { rows: n, re, im }: Matrix,
  x: Float64Array,
  y: Float64Array,
  from: number,
  factor: number,
  firstColumn: number,
): void {
  const [p, q] = [new Float64Array(n), new Float64Array(n)];
  for (let i = from; i < n; i++) {
    const [a, b] = [x[i] as number, -(y[i] as number)];
    for (let j = firstColumn; j < n; j++) {
      const c = re[i * n + j] as number;
      const d = im[i * n + j] as number;
      p[j] = (p[j] as number) + a * c - b * d;
      q[j] = (q[j] as number) + a * d + b * c;
    }
  }
  for (let i = from; i < n; i++) {
    const [a, b] = [factor * (x[i] as number), factor * (y[i] as number)];
    for (let j = firstColumn; j < n; j++) {
      const c = p[j] as number;
      const d = q[j] as number;
      re[i * n + j] = (re[i * n + j] as number) - (a * c - b * d);
      im[i * n + j] = (im[i * n + j] as number) - (a * d + b * c);
    }
  }
}

function reflectFromRight(
  { rows: n, re, im }: Matrix,
  x: Float64Array,
  y: Float64Array,
  from: number,
  factor: number,
): void {
  for (let i = 0; i < n; i++) {
    let p = 0;
    let q = 0;
    for (let j = from; j < n; j++) {
      const a = re[i * n + j] as number;
      const b = im[i * n + j] as number;
      p += a * (x[j] as number) - b * (y[j] as number);
      q += a * (y[j] as number) + b * (x[j] as number);
    }
    if (p === 0 && q === 0) continue;
    p *= factor;
    q *= factor;
    for (let j = from; j < n; j++) {
      const c = x[j] as number;
      const d = -(y[j] as number);
      re[i * n + j] = (re[i * n + j] as number) - (p * c - q * d);
      im[i * n + j] = (im[i * n + j] as number) - (p * d + q * c);
    }
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
  const count = high - low;
  const cosine = new Float64Array(count);
  const sineRe = new Float64Array(count);
  const sineIm = new Float64Array(count);
  shift(-1);
  for (let k = low; k < high; k++) {
    const { c, sRe, sIm } = rotation(t, k * n + k, (k + 1) * n + k);
    [cosine[k - low], sineRe[k - low], sineIm[k - low]] = [c, sRe, sIm];
    // Outside the block the diagonal is not shifted, but these columns are to its right and untouched by the shift.
    rotateRows(t, k, k, c, sRe, sIm);
    re[(k + 1) * n + k] = im[(k + 1) * n + k] = 0;
  }
  for (let i = 0; i <= high; i++) rotateRow(t, i, low, Math.max(low, i - 1), cosine, sineRe, sineIm);
  for (let i = 0; i < n; i++) rotateRow(u, i, low, low, cosine, sineRe, sineIm);
  shift(1);
}

/** [c s; -s* c] (f, g) = (r, 0) */
function rotation(
  { re, im }: Matrix,
  f: number,
  g: number,
): { readonly c: number; readonly sRe: number; readonly sIm: number } {
  return rotationOf(re[f] as number, im[f] as number, re[g] as number, im[g] as number);
}

export function rotationOf(
  fRe: number,
  fIm: number,
  gRe: number,
  gIm: number,
): { readonly c: number; readonly sRe: number; readonly sIm: number } {
  const f = Math.hypot(fRe, fIm);
  const g = Math.hypot(gRe, gIm);
  if (g === 0) return { c: 1, sRe: 0, sIm: 0 };
  if (f === 0) return { c: 0, sRe: gRe / g, sIm: -gIm / g };
  const r = Math.hypot(f, g);
  const [pRe, pIm] = [fRe / f, fIm / f];
  return { c: f / r, sRe: (pRe * gRe + pIm * gIm) / r, sIm: (pIm * gRe - pRe * gIm) / r };
}

/** Rows k and k + 1 from column `from`: x <- c x + s y, y <- c y - s* x. */
export function rotateRows(t: Matrix, k: number, from: number, c: number, sRe: number, sIm: number): void {
  const { columns: n, re, im } = t;
  for (let x = k * n + from, y = (k + 1) * n + from; x < (k + 1) * n; x++, y++) {
    const a = re[x] as number;
    const b = im[x] as number;
    const p = re[y] as number;
    const q = im[y] as number;
    re[x] = c * a + sRe * p - sIm * q;
    im[x] = c * b + sRe * q + sIm * p;
    re[y] = c * p - (sRe * a + sIm * b);
    im[y] = c * q - (sRe * b - sIm * a);
  }
}

/** In row i: columns k and k + 1 times the adjoint of rotation k, for all rotations of a sweep from `from` on. */
function rotateRow(
  { columns: n, re, im }: Matrix,
  i: number,
  low: number,
  from: number,
  cosine: Float64Array,
  sineRe: Float64Array,
  sineIm: Float64Array,
): void {
  for (let r = from - low; r < cosine.length; r++) {
    const x = i * n + low + r;
    const [c, s, t] = [cosine[r] as number, sineRe[r] as number, sineIm[r] as number];
    const a = re[x] as number;
    const b = im[x] as number;
    const p = re[x + 1] as number;
    const q = im[x + 1] as number;
    re[x] = c * a + s * p + t * q;
    im[x] = c * b + s * q - t * p;
    re[x + 1] = c * p - (s * a - t * b);
    im[x + 1] = c * q - (s * b + t * a);
  }
}
