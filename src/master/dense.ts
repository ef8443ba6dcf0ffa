/**
 * Dense real n x n matrices, row by row, as unevaluated sums hi + lo of two doubles (106 bits), or of one (lo
 * null). Repeated squaring multiplies the error of every step: exp(G t) is only known to about 2^-53 ||G|| t in
 * doubles, 1e-10 at ||G|| t = 10^6.
 */
export interface DenseMatrix {
  readonly n: number;
  readonly hi: Float64Array;
  readonly lo: Float64Array | null;
}

export function zeroMatrix(n: number, wide: boolean): DenseMatrix {
  return { n, hi: new Float64Array(n * n), lo: wide ? new Float64Array(n * n) : null };
}

/** out = a b; out must be another matrix. */
function multiplyInto(a: DenseMatrix, b: DenseMatrix, out: DenseMatrix): void {
  out.hi.fill(0);
  if (a.lo === null || b.lo === null || out.lo === null) {
    multiplyNarrow(a.n, a.hi, b.hi, out.hi);
  } else {
    out.lo.fill(0);
    multiplyWide(a.n, a.hi, a.lo, b.hi, b.lo, out.hi, out.lo);
  }
}

function multiplyNarrow(n: number, a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const value = a[i * n + k] as number;
      if (value === 0) continue;
      const row = k * n;
      const to = i * n;
      for (let j = 0; j < n; j++) out[to + j] = (out[to + j] as number) + value * (b[row + j] as number);
    }
  }
}

/** 2^27 + 1 splits a double into two halves whose products are exact (Dekker 1971). */
const SPLITTER = 134217729;

function multiplyWide(
  n: number,
  aHi: Float64Array,
  aLo: Float64Array,
  bHi: Float64Array,
  bLo: Float64Array,
  outHi: Float64Array,
  outLo: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const x = aHi[i * n + k] as number;
      const xLo = aLo[i * n + k] as number;
      if (x === 0 && xLo === 0) continue;
      const t = SPLITTER * x;
      const x1 = t - (t - x);
      const x2 = x - x1;
      for (let j = 0; j < n; j++) {
        const y = bHi[k * n + j] as number;
        if (y === 0) continue;
        const u = SPLITTER * y;
        const y1 = u - (u - y);
        const y2 = y - y1;
        // product + error = x y exactly, and the small cross terms
        const product = x * y;
        const error =
          x1 * y1 - product + x1 * y2 + x2 * y1 + x2 * y2 + (x * (bLo[k * n + j] as number) + xLo * y);
        addWide(outHi, outLo, i * n + j, product, error);
      }
    }
  }
}

/** (hi, lo)[at] += (product, error), renormalised (Knuth's two-sum). */
function addWide(hi: Float64Array, lo: Float64Array, at: number, product: number, error: number): void {
  const old = hi[at] as number;
  const sum = old + product;
  const part = sum - old;
  const rest = old - (sum - part) + (product - part) + (lo[at] as number) + error;
  const top = sum + rest;
  hi[at] = top;
  lo[at] = rest - (top - sum);
}

/** matrix = matrix * factor + identity; factor a double. */
function scaleAddIdentity(matrix: DenseMatrix, divisor: number): void {
  const { n, hi, lo } = matrix;
  for (let e = 0; e < n * n; e++) {
    const x = hi[e] as number;
    const quotient = x / divisor;
    hi[e] = quotient;
    if (lo === null) continue;
    lo[e] = (remainder(x, quotient, divisor) + (lo[e] as number)) / divisor;
  }
  for (let i = 0; i < n; i++) {
    if (lo === null) hi[i * n + i] = (hi[i * n + i] as number) + 1;
    else addWide(hi, lo, i * n + i, 1, 0);
  }
}

/** x - quotient * divisor exactly, divisor a small whole number. */
function remainder(x: number, quotient: number, divisor: number): number {
  const t = SPLITTER * quotient;
  const q1 = t - (t - quotient);
  const q2 = quotient - q1;
  return x - q1 * divisor - q2 * divisor;
}

/**
 * exp(G t) by scaling and squaring of a Taylor polynomial (Horner). The scaled norm is at most 1/4: degree 13 ends
 * below 2^-53 and degree 23 below 2^-106 relative to it.
 */
export function exponential(generator: DenseMatrix, time: number, wide: boolean): DenseMatrix {
  const { n } = generator;
  const norm = oneNorm(generator) * time;
  const squarings = Math.max(0, Math.ceil(Math.log2(Math.max(norm, 1e-300)) + 2));
  const scaled = zeroMatrix(n, wide);
  const factor = time / 2 ** squarings;
  for (let e = 0; e < n * n; e++) {
    const x = generator.hi[e] as number;
    scaled.hi[e] = 0;
    if (scaled.lo === null) scaled.hi[e] = x * factor;
    else addWide(scaled.hi, scaled.lo, e, x * factor, productError(x, factor));
  }
  let sum = zeroMatrix(n, wide);
  let other = zeroMatrix(n, wide);
  for (let i = 0; i < n; i++) sum.hi[i * n + i] = 1;
  for (let k = wide ? 23 : 13; k > 0; k--) {
    multiplyInto(scaled, sum, other);
    scaleAddIdentity(other, k);
    [sum, other] = [other, sum];
  }
  for (let s = 0; s < squarings; s++) {
    multiplyInto(sum, sum, other);
    [sum, other] = [other, sum];
  }
  return sum;
}

function productError(x: number, y: number): number {
  const t = SPLITTER * x;
  const x1 = t - (t - x);
  const x2 = x - x1;
  const u = SPLITTER * y;
  const y1 = u - (u - y);
  const y2 = y - y1;
  return x1 * y1 - x * y + x1 * y2 + x2 * y1 + x2 * y2;
}

/** Largest sum of absolute values in a column. */
export function oneNorm({ n, hi }: DenseMatrix): number {
  let norm = 0;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.abs(hi[i * n + j] as number);
    norm = Math.max(norm, sum);
  }
  return norm;
}

/** out = a x in the leading doubles. */
export function applyMatrix({ n, hi }: DenseMatrix, x: Float64Array, out: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += (hi[i * n + j] as number) * (x[j] as number);
    out[i] = sum;
  }
}
