import { powerOfTwo } from "./floats.ts";

/*
 * sin, cos and atan2 after fdlibm (k_sin.c, k_cos.c, e_rem_pio2.c, s_atan.c, e_atan2.c):
 *
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 * Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
 * preserved.
 *
 * Arguments above 2^20 pi/2 are reduced with whole numbers of any length instead (Payne and Hanek's method).
 */

/** x = quadrant * pi/2 + high + low, |high + low| <= pi/4; quadrant modulo 4. */
interface Reduced {
  readonly quadrant: number;
  readonly high: number;
  readonly low: number;
}

const INVERSE_HALF_PI = 0.6366197723675814;
// pi/2 in pieces of 33 bits; each TAIL is all that follows its piece.
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_1_TAIL = 6.077100506506192e-11;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_2_TAIL = 2.0222662487959506e-21;
const HALF_PI_3 = 2.0222662487111665e-21;
const HALF_PI_3_TAIL = 8.4784276603689e-32;
const LARGE = 1647099;

function reduce(x: number): Reduced {
  if (Math.abs(x) > LARGE) return reduceLarge(x);
  const q = Math.round(x * INVERSE_HALF_PI);
  let rest = x - q * HALF_PI_1;
  let tail = q * HALF_PI_1_TAIL;
  let high = rest - tail;
  // Each further piece where subtraction has cancelled the bits that the piece before it was good for.
  if (Math.abs(high) < Math.abs(x) * powerOfTwo(-16)) {
    let before = rest;
    tail = q * HALF_PI_2;
    rest = before - tail;
    tail = q * HALF_PI_2_TAIL - (before - rest - tail);
    high = rest - tail;
    if (Math.abs(high) < Math.abs(x) * powerOfTwo(-49)) {
      before = rest;
      tail = q * HALF_PI_3;
      rest = before - tail;
      tail = q * HALF_PI_3_TAIL - (before - rest - tail);
      high = rest - tail;
    }
  }
  return { quadrant: ((q % 4) + 4) % 4, high, low: rest - high - tail };
}

/** floor(2/pi * 2^1200): enough for the largest double (2^1024) with 170 bits to spare. */
const INVERSE_BITS = 1200n;
const INVERSE = BigInt(
  "0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921cfe1deb1cb129" +
    "a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27" +
    "cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b",
);
/** pi/2 * 2^192 */
const HALF_PI = BigInt("0x1921fb54442d18469898cc51701b839a252049c1114cf98e8");
const FRACTION_BITS = 256n;

function reduceLarge(x: number): Reduced {
  let exponent = 0;
  let significand = Math.abs(x);
  while (significand >= powerOfTwo(53)) {
    significand /= 2;
    exponent++;
  }
  while (!Number.isInteger(significand)) {
    significand *= 2;
    exponent--;
  }
  // |x| 2/pi = product / 2^bits; cut to FRACTION_BITS binary places.
  const bits = INVERSE_BITS - BigInt(exponent);
  const turns = (BigInt(significand) * INVERSE) >> (bits - FRACTION_BITS);
  const quotient = (turns + (1n << (FRACTION_BITS - 1n))) >> FRACTION_BITS;
  const angle = (turns - (quotient << FRACTION_BITS)) * HALF_PI;
  const unit = powerOfTwo(-448); // FRACTION_BITS + 192
  const high = Number(angle);
  const low = Number(angle - BigInt(high));
  const quadrant = Number(quotient & 3n);
  return x < 0
    ? { quadrant: (4 - quadrant) % 4, high: -high * unit, low: -low * unit }
    : { quadrant, high: high * unit, low: low * unit };
}

/** sin(x + y), |x| <= pi/4, y tiny. */
function sineKernel(x: number, y: number): number {
  const z = x * x;
  const r =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * 2.7557313707070068e-6) +
    z * (z * z) * (-2.5050760253406863e-8 + z * 1.58969099521155e-10);
  const v = z * x;
  return x - (z * (0.5 * y - v * r) - y - v * -0.16666666666666632);
}

/** cos(x + y), |x| <= pi/4, y tiny. */
function cosineKernel(x: number, y: number): number {
  const z = x * x;
  const w = z * z;
  const r =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 2.480158728947673e-5)) +
    w * w * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
  const half = 0.5 * z;
  const rounded = 1 - half;
  return rounded + (1 - rounded - half + (z * r - x * y));
}

/** [cos x, sin x], each to less than 1 ulp, for every finite x; NaN otherwise. */
export function cosSin(x: number): readonly [cos: number, sin: number] {
  if (!Number.isFinite(x)) return [Number.NaN, Number.NaN];
  if (Math.abs(x) < powerOfTwo(-27)) return [1, x];
  const { quadrant, high, low } = reduce(x);
  const sine = sineKernel(high, low);
  const cosine = cosineKernel(high, low);
  if (quadrant === 0) return [cosine, sine];
  if (quadrant === 1) return [-sine, cosine];
  if (quadrant === 2) return [-cosine, -sine];
  return [sine, -cosine];
}

export const sin = (x: number): number => cosSin(x)[1];
export const cos = (x: number): number => cosSin(x)[0];

/** atan of 1/2, 1, 3/2 and infinity, in two pieces. */
const ATAN_HIGH = [0.4636476090008061, 0.7853981633974483, 0.982793723247329, 1.5707963267948966] as const;
const ATAN_LOW = [
  2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17,
] as const;

/** atan(x) for x >= 0. */
function arctangent(x: number): number {
  if (x >= powerOfTwo(66)) return ATAN_HIGH[3];
  if (x < powerOfTwo(-27)) return x;
  if (x < 0.4375) return x - arctangentSeries(x);
  const [piece, t] =
    x < 0.6875
      ? ([0, (2 * x - 1) / (2 + x)] as const)
      : x < 1.1875
        ? ([1, (x - 1) / (x + 1)] as const)
        : x < 2.4375
          ? ([2, (x - 1.5) / (1 + 1.5 * x)] as const)
          : ([3, -1 / x] as const);
  return ATAN_HIGH[piece] - (arctangentSeries(t) - ATAN_LOW[piece] - t);
}

/** x - atan(x), |x| < 7/16 */
function arctangentSeries(x: number): number {
  const z = x * x;
  const w = z * z;
  const odd =
    z *
    (0.3333333333333293 +
      w *
        (0.14285714272503466 +
          w *
            (0.09090887133436507 +
              w * (0.06661073137387531 + w * (0.049768779946159324 + w * 0.016285820115365782)))));
  const even =
    w *
    (-0.19999999999876483 +
      w *
        (-0.11111110405462356 +
          w * (-0.0769187620504483 + w * (-0.058335701337905735 + w * -0.036531572744216916))));
  return x * (odd + even);
}

/** The angle of x + iy in [-pi, pi], for finite x and y; 0 for x = y = 0. */
export function atan2(y: number, x: number): number {
  if (y === 0) return x < 0 ? Math.PI : 0;
  const ratio = Math.abs(y / x);
  const acute = x === 0 || ratio === Number.POSITIVE_INFINITY ? ATAN_HIGH[3] : arctangent(ratio);
  const angle = x < 0 ? Math.PI - (acute - 1.2246467991473532e-16) : acute;
  return y < 0 ? -angle : angle;
}
