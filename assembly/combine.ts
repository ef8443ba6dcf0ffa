// Sums of vectors with coefficients of their own: v_k at basis + k * stride, n amplitudes each.
import { complexAt } from "./memory";
import { addFour, addScaled, addScaledReal } from "./vector";

/** y = sum_{k < count} c_k v_k with complex c_k at `coefficients`, v_k at basis + k * stride. */
export function combine(y: usize, n: i32, basis: usize, stride: usize, count: i32, coefficients: usize): void {
  memory.fill(y, 0, <usize>n << 4);
  let k = 0;
  for (; k + 4 <= count; k += 4) addFour(y, basis + <usize>k * stride, stride, n, complexAt(coefficients, k), 1);
  for (; k < count; k++) {
    const c = complexAt(coefficients, k);
    addScaled(y, basis + <usize>k * stride, n, load<f64>(c), load<f64>(c, 8));
  }
}

/** `combine` for real c_k (their imaginary parts at `coefficients` are not read); four vectors a pass over y. */
export function combineReal(y: usize, n: i32, basis: usize, stride: usize, count: i32, coefficients: usize): void {
  combineOneOrTwo(y, y, n, basis, stride, count, coefficients, coefficients, false);
}

/** Amplitudes of two vectors that stay in the first-level cache while others pass: 16 kB. */
const CHUNK: i32 = 512;

/** y = sum_k c_k v_k and z = sum_k d_k v_k for real c_k and d_k: `combineReal` twice in one pass over the v_k. */
export function combineTwo(
  y: usize,
  z: usize,
  n: i32,
  basis: usize,
  stride: usize,
  count: i32,
  first: usize,
  second: usize,
): void {
  for (let i = 0; i < n; i += CHUNK) {
    const at = <usize>i << 4;
    combineOneOrTwo(y + at, z + at, min(n - i, CHUNK), basis + at, stride, count, first, second, true);
  }
}

@inline
function combineOneOrTwo(
  y: usize,
  z: usize,
  n: i32,
  basis: usize,
  stride: usize,
  count: i32,
  first: usize,
  second: usize,
  two: bool,
): void {
  const bytes = <usize>n << 4;
  memory.fill(y, 0, bytes);
  if (two) memory.fill(z, 0, bytes);
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const c = complexAt(first, k), d = complexAt(second, k);
    const c0 = v128.load64_splat(c), c1 = v128.load64_splat(c, 16), c2 = v128.load64_splat(c, 32), c3 = v128.load64_splat(c, 48);
    const d0 = v128.load64_splat(d), d1 = v128.load64_splat(d, 16), d2 = v128.load64_splat(d, 32), d3 = v128.load64_splat(d, 48);
    const v0 = basis + <usize>k * stride, v1 = v0 + stride, v2 = v1 + stride, v3 = v2 + stride;
    for (let i: usize = 0; i < bytes; i += 16) {
      const p = v128.load(v0 + i), q = v128.load(v1 + i), r = v128.load(v2 + i), s = v128.load(v3 + i);
      v128.store(y + i, f64x2.add(v128.load(y + i), fourTerms(c0, p, c1, q, c2, r, c3, s)));
      if (two) v128.store(z + i, f64x2.add(v128.load(z + i), fourTerms(d0, p, d1, q, d2, r, d3, s)));
    }
  }
  for (; k < count; k++) {
    addScaledReal(y, basis + <usize>k * stride, n, load<f64>(complexAt(first, k)));
    if (two) addScaledReal(z, basis + <usize>k * stride, n, load<f64>(complexAt(second, k)));
  }
}

@inline
function fourTerms(a: v128, p: v128, b: v128, q: v128, c: v128, r: v128, d: v128, s: v128): v128 {
  return f64x2.add(f64x2.add(f64x2.mul(a, p), f64x2.mul(b, q)), f64x2.add(f64x2.mul(c, r), f64x2.mul(d, s)));
}

/** y = sum_{k <= degree} s^k v_k by Horner's rule, v_k at basis + k * stride. */
export function evaluatePolynomial(y: usize, n: i32, basis: usize, stride: usize, degree: i32, s: f64): void {
  const factor = f64x2.splat(s);
  const top = <usize>degree * stride;
  const end = complexAt(basis, n);
  while (basis < end) {
    let k = basis + top;
    let a = v128.load(k);
    while (k > basis) {
      k -= stride;
      a = f64x2.add(f64x2.mul(a, factor), v128.load(k));
    }
    v128.store(y, a);
    y += 16;
    basis += 16;
  }
}
