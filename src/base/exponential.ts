import { fromWords, highWord, lowWord, powerOfTwo, timesPowerOfTwo, upperPart } from "./floats.ts";

/*
 * exp, log and pow after fdlibm (e_exp.c, e_log.c, e_pow.c):
 *
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;

/** x - (r coth(r/2) - r) polynomial of exp on [-ln2/2, ln2/2]: t - t^2 (P1 + t^2 ...) */
function expRemainder(t: number, t2: number): number {
  return (
    t -
    t2 *
      (0.16666666666666602 +
        t2 *
          (-0.0027777777777015593 +
            t2 * (6.613756321437934e-5 + t2 * (-1.6533902205465252e-6 + t2 * 4.1381367970572385e-8))))
  );
}

/** e^x to less than 1 ulp. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > OVERFLOW) return Number.POSITIVE_INFINITY;
  if (x < UNDERFLOW) return 0;
  const size = Math.abs(x);
  if (size < powerOfTwo(-28)) return 1 + x;
  // x = k ln2 + high - low, |high - low| <= ln2 / 2
  const k = size > 0.5 * (LN2_HIGH + LN2_LOW) ? Math.trunc(INVERSE_LN2 * x + (x < 0 ? -0.5 : 0.5)) : 0;
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const t = high - low;
  const c = expRemainder(t, t * t);
  return timesPowerOfTwo(1 - (low - (t * c) / (2 - c) - high), k);
}

/** Natural logarithm to less than 1 ulp; log(0) = -Infinity, NaN below 0. */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const subnormal = x < powerOfTwo(-1022);
  const scaled = subnormal ? x * powerOfTwo(54) : x;
  // x = 2^k (1 + f), sqrt(2)/2 < 1 + f < sqrt(2)
  const shifted = highWord(scaled) + (0x3ff00000 - 0x3fe6a09e);
  const k = (shifted >> 20) - 1023 - (subnormal ? 54 : 0);
  const f = fromWords((shifted & 0x000fffff) + 0x3fe6a09e, lowWord(scaled)) - 1;
  const halfSquare = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  return s * (halfSquare + odd + even) + k * LN2_LOW - halfSquare + f + k * LN2_HIGH;
}

/** A number as the unevaluated sum of two doubles. */
type Pair = readonly [high: number, low: number];

/** log2(x) of a normal or subnormal x > 0, to about 2^-70. */
function log2Pair(x: number): Pair {
  const subnormal = x < powerOfTwo(-1022);
  const scaled = subnormal ? x * powerOfTwo(53) : x;
  const word = highWord(scaled);
  const fraction = word & 0x000fffff;
  // The nearest of 1 and 3/2 to the fraction, or 1 of the next power of two.
  const nextPower = fraction >= 0xbb67a;
  const k = fraction > 0x3988e && !nextPower ? 1 : 0;
  const n = (word >> 20) - 1023 - (subnormal ? 53 : 0) + (nextPower ? 1 : 0);
  const high = (fraction | 0x3ff00000) - (nextPower ? 0x00100000 : 0);
  const ax = fromWords(high, lowWord(scaled));
  const bp = k === 1 ? 1.5 : 1;
  // ss = (ax - bp) / (ax + bp), split
  const u = ax - bp;
  const v = 1 / (ax + bp);
  const ss = u * v;
  const sHigh = upperPart(ss);
  const sumHigh = fromWords(((high >> 1) | 0x20000000) + 0x00080000 + (k << 18), 0);
  const sumLow = ax - (sumHigh - bp);
  const sLow = v * (u - sHigh * sumHigh - sHigh * sumLow);
  // log(ax / bp) = 2 ss + ss^3 (2/3 + ...), in units of ln 2
  const s2 = ss * ss;
  const series =
    s2 *
      s2 *
      (0.5999999999999946 +
        s2 *
          (0.4285714285785502 +
            s2 *
              (0.33333332981837743 +
                s2 * (0.272728123808534 + s2 * (0.23066074577556175 + s2 * 0.20697501780033842))))) +
    sLow * (sHigh + ss);
  const sHigh2 = sHigh * sHigh;
  const tHigh = upperPart(3 + sHigh2 + series);
  const tLow = series - (tHigh - 3 - sHigh2);
  const p = sHigh * tHigh;
  const q = sLow * tHigh + tLow * ss;
  const pHigh = upperPart(p + q);
  const pLow = q - (pHigh - p);
  const zHigh = 0.9617967009544373 * pHigh;
  const zLow =
    -7.028461650952758e-9 * pHigh + pLow * 0.9617966939259756 + (k === 1 ? 1.350039202129749e-8 : 0);
  const step = k === 1 ? 0.5849624872207642 : 0;
  const logHigh = upperPart(zHigh + zLow + step + n);
  return [logHigh, zLow - (logHigh - n - step - zHigh)];
}

/** 2^(high + low) */
function exp2Pair([high, low]: Pair): number {
  const n = Math.round(high + low);
  const rest = high - n;
  const t = upperPart(low + rest);
  const u = t * 0.6931471824645996;
  const v = (low - (t - rest)) * Math.LN2 + t * -1.904654299957768e-9;
  const z = u + v;
  const w = v - (z - u);
  const t1 = expRemainder(z, z * z);
  return timesPowerOfTwo(1 - ((z * t1) / (t1 - 2) - (w + z * w) - z), n);
}

/** base^exponent for base > 0 (finite) and a finite exponent, to less than 1 ulp. */
export function pow(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  if (exponent === 1) return base;
  if (exponent === 0.5) return Math.sqrt(base);
  const [logHigh, logLow] = log2Pair(base);
  // Beyond these, whatever the rounding: overflow and underflow.
  const rough = exponent * logHigh;
  if (rough > 1025) return Number.POSITIVE_INFINITY;
  if (rough < -1080) return 0;
  const upper = upperPart(exponent);
  return exp2Pair([upper * logHigh, (exponent - upper) * logHigh + exponent * logLow]);
}

/** (e^x - e^-x) / 2, also to full relative precision near 0. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (size >= 1) {
    const half = 0.5 * exp(0.5 * size) * exp(0.5 * size);
    const value = size < 40 ? 0.5 * (exp(size) - exp(-size)) : half;
    return x < 0 ? -value : value;
  }
  // Taylor series; the first term left out is x^19 / 19! < 1e-17.
  const square = x * x;
  let sum = 1;
  for (let k = 17; k >= 3; k -= 2) sum = 1 + (square / (k * (k - 1))) * sum;
  return x * sum;
}

/** (e^x + e^-x) / 2 */
export function cosh(x: number): number {
  const size = Math.abs(x);
  return size < 40 ? 0.5 * (exp(size) + exp(-size)) : 0.5 * exp(0.5 * size) * exp(0.5 * size);
}
