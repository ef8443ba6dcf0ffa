import type { ComplexMatrix } from "./complex-matrix.ts";

/** Diagonal and subdiagonal (one entry shorter) of a real symmetric tridiagonal matrix. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly subdiagonal: Float64Array;
}

/**
 * A tridiagonal matrix with the eigenvalues of a Hermitian one, whose lower triangle is read (Householder; Golub and Van
 * Loan, Matrix Computations, 8.3). A phase a basis state makes the subdiagonal real, so its moduli are enough.
 */
export function tridiagonal(matrix: ComplexMatrix): Tridiagonal {
  const { n } = matrix;
  const re = matrix.re.slice();
  const im = matrix.im.slice();
  const subdiagonal = new Float64Array(Math.max(0, n - 1));
  for (let k = 0; k < n - 1; k++) subdiagonal[k] = reflect(n, re, im, k);
  return { diagonal: Float64Array.from({ length: n }, (_, k) => re[k * n + k] as number), subdiagonal };
}

/**
 * Clears column k below the subdiagonal: A <- P A P, P = 1 - beta v v^+, on the rows and columns after k.
 *
 * @returns the modulus of the subdiagonal element
 */
function reflect(n: number, re: Float64Array, im: Float64Array, k: number): number {
  const size = n - k - 1;
  const v = { re: new Float64Array(size), im: new Float64Array(size) };
  let square = 0;
  for (let i = 0; i < size; i++) {
    const e = (k + 1 + i) * n + k;
    const [x, y] = [re[e] as number, im[e] as number];
    v.re[i] = x;
    v.im[i] = y;
    square += x * x + y * y;
  }
  const length = Math.sqrt(square);
  if (size === 1 || length === 0) return length;
  // v = column / length + (phase of its first element) e_1, which cancels nothing
  for (let i = 0; i < size; i++) {
    v.re[i] = (v.re[i] as number) / length;
    v.im[i] = (v.im[i] as number) / length;
  }
  const [x, y] = [v.re[0] as number, v.im[0] as number];
  const first = Math.sqrt(x * x + y * y);
  v.re[0] = first > 0 ? x + x / first : 1;
  v.im[0] = first > 0 ? y + y / first : 0;
  const beta = 1 / (1 + first);
  const w = lowerProduct(n, re, im, k + 1, v);
  // w = beta A v - (beta^2 / 2) (v^+ A v) v, and A - v w^+ - w v^+ = P A P
  let overlap = 0;
  for (let i = 0; i < size; i++) {
    overlap += (v.re[i] as number) * (w.re[i] as number) + (v.im[i] as number) * (w.im[i] as number);
  }
  const shift = (beta * beta * overlap) / 2;
  for (let i = 0; i < size; i++) {
    w.re[i] = beta * (w.re[i] as number) - shift * (v.re[i] as number);
    w.im[i] = beta * (w.im[i] as number) - shift * (v.im[i] as number);
  }
  for (let i = 0; i < size; i++) {
    const [a, b, c, d] = [v.re[i] as number, v.im[i] as number, w.re[i] as number, w.im[i] as number];
    const row = (k + 1 + i) * n + k + 1;
    for (let j = 0; j <= i; j++) {
      const [p, q, r, s] = [v.re[j] as number, v.im[j] as number, w.re[j] as number, w.im[j] as number];
      re[row + j] = (re[row + j] as number) - (a * r + b * s) - (c * p + d * q);
      im[row + j] = (im[row + j] as number) - (b * r - a * s) - (d * p - c * q);
    }
  }
  return length;
}

interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** A v of the Hermitian matrix whose lower triangle stands in rows and columns `start` to n. */
function lowerProduct(
  n: number,
  re: Float64Array,
  im: Float64Array,
  start: number,
  v: ComplexVector,
): ComplexVector {
  const size = n - start;
  const w = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let i = 0; i < size; i++) {
    const row = (start + i) * n + start;
    const [a, b] = [v.re[i] as number, v.im[i] as number];
    let x = (re[row + i] as number) * a;
    let y = (re[row + i] as number) * b;
    for (let j = 0; j < i; j++) {
      const [p, q] = [re[row + j] as number, im[row + j] as number];
      const [c, d] = [v.re[j] as number, v.im[j] as number];
      x += p * c - q * d;
      y += p * d + q * c;
      w.re[j] = (w.re[j] as number) + p * a + q * b;
      w.im[j] = (w.im[j] as number) + p * b - q * a;
    }
    w.re[i] = (w.re[i] as number) + x;
    w.im[i] = (w.im[i] as number) + y;
  }
  return w;
}

/**
 * Eigenvalues, in no order, by the implicit QL method with Wilkinson's shift (Dubrulle, Martin and Wilkinson, Numer. Math.
 * 12 (1968) 377); subdiagonal elements below rounding of the largest element count as 0.
 */
export function tridiagonalEigenvalues({ diagonal, subdiagonal }: Tridiagonal): Float64Array {
  const n = diagonal.length;
  const d = diagonal.slice();
  const e = new Float64Array(n);
  e.set(subdiagonal);
  let largest = 0;
  for (let k = 0; k < n; k++) {
    largest = Math.max(largest, Math.abs(d[k] as number) + Math.abs(e[k] as number));
  }
  const negligible = Number.EPSILON * largest;
  for (let low = 0; low < n; low++) {
    for (;;) {
      let high = low;
      while (high < n - 1 && Math.abs(e[high] as number) > negligible) high++;
      if (high === low) break;
      sweep(d, e, low, high);
    }
  }
  return d;
}

/** One QL step on the rows `low` to `high`, which nothing couples to the others. */
function sweep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const slope = ((d[low + 1] as number) - (d[low] as number)) / (2 * (e[low] as number));
  const root = Math.sqrt(slope * slope + 1);
  let g =
    (d[high] as number) - (d[low] as number) + (e[low] as number) / (slope + (slope < 0 ? -root : root));
  let [s, c, p] = [1, 1, 0];
  for (let i = high - 1; i >= low; i--) {
    const f = s * (e[i] as number);
    const b = c * (e[i] as number);
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // The matrix has come apart here.
      d[i + 1] = (d[i + 1] as number) - p;
      e[high] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = (d[i + 1] as number) - p;
    const t = ((d[i] as number) - g) * s + 2 * c * b;
    p = s * t;
    d[i + 1] = g + p;
    g = c * t - b;
  }
  d[low] = (d[low] as number) - p;
  e[low] = g;
  e[high] = 0;
}
