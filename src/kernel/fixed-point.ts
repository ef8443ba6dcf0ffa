import type { Program } from "../compile/program.ts";

/** A moment at its bound becomes 2^50 at most: batches of 2^12 trajectories a replicate still fit 63 bits. */
const BITS = 50;

/**
 * Sums are integers in units of 2^-exponent. The unit is 2^-50 of the moment's bound (rounded up to a power of two),
 * so rounding a value to it is an error of 2^-51 of that bound at most.
 */
export function momentExponents(program: Program): Int32Array {
  return Int32Array.from(program.moments, ({ lower, upper }) => {
    const bound = Math.max(Math.abs(lower), Math.abs(upper));
    return BITS - (bound > 0 ? exponentAbove(bound) : 0);
  });
}

/** 2^exponent, exact for the normal range. */
export function powerOfTwo(exponent: number): number {
  const view = new DataView(new ArrayBuffer(8));
  const clamped = Math.max(-1022, Math.min(1023, exponent));
  view.setUint32(0, (clamped + 1023) << 20);
  return view.getFloat64(0);
}

/** The smallest e with 2^e > x, from the bits of x. */
function exponentAbove(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return ((view.getUint32(0) >>> 20) & 0x7ff) - 1022;
}
