/** The bits of a double, for the elementary functions. The numbers do not depend on the machine's byte order. */

const view = new DataView(new ArrayBuffer(8));

/** Sign, exponent and the upper 20 bits of the fraction, as a signed 32-bit integer. */
export function highWord(x: number): number {
  view.setFloat64(0, x);
  return view.getInt32(0);
}

export function fromWords(high: number, low: number): number {
  view.setInt32(0, high);
  view.setInt32(4, low);
  return view.getFloat64(0);
}

export function lowWord(x: number): number {
  view.setFloat64(0, x);
  return view.getInt32(4);
}

/** x with the lower 32 bits cleared: products of two such numbers of 21 bits are exact. */
export const upperPart = (x: number): number => fromWords(highWord(x), 0);

/** 2^k for -1022 <= k <= 1023. */
export const powerOfTwo = (k: number): number => fromWords((k + 1023) << 20, 0);

/** x * 2^k, rounded once, for any whole k between -2000 and 2000 (also where 2^k itself is not a double). */
export function timesPowerOfTwo(x: number, k: number): number {
  let y = x;
  let n = k;
  while (n > 1023) {
    y *= powerOfTwo(1023);
    n -= 1023;
  }
  // Down in steps that leave 53 bits above the subnormal numbers, so that only the last step rounds.
  while (n < -1022) {
    y *= powerOfTwo(-969);
    n += 969;
  }
  return y * powerOfTwo(n);
}
