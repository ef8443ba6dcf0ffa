// Sums of flips over all bits of a state's number: F = sum_b X_b, (X_b x)_i = x_(i xor 2^b), i < 2^bits, as a field along x on
// qubits makes them. Two bits at a time: of four states that differ in these, 00 and 11 both get x_01 + x_10, and 01 and 10
// get x_00 + x_11: half the additions of one bit after the other.

/** Bits inside one block of amplitudes, whose passes stay in the first-level cache: 4 kB of x and as much of y. */
const BLOCK_BITS: i32 = 8;

/** y = F x */
export function sumFlips(x: usize, y: usize, bits: i32): void {
  const bytes: usize = (<usize>16) << (<usize>bits);
  const inner = min(bits, BLOCK_BITS);
  const block: usize = (<usize>16) << (<usize>inner);
  for (let p: usize = 0; p < bytes; p += block) {
    let bit = 2;
    if (inner & 1) {
      addFlip(x + p, y + p, block, 16, true);
      bit = 1;
    } else addTwoFlips(x + p, y + p, block, 16, true);
    for (; bit < inner; bit += 2) addTwoFlips(x + p, y + p, block, (<usize>16) << (<usize>bit), false);
  }
  let bit = inner;
  for (; bit + 1 < bits; bit += 2) addTwoFlips(x, y, bytes, (<usize>16) << (<usize>bit), false);
  if (bit < bits) addFlip(x, y, bytes, (<usize>16) << (<usize>bit), false);
}

/** y += X_b x, or y = X_b x if it is the `first`; `stride`: bytes from a state to the one that differs in bit b. */
@inline
function addFlip(x: usize, y: usize, bytes: usize, stride: usize, first: bool): void {
  for (let outer: usize = 0; outer < bytes; outer += 2 * stride) {
    let q = y + outer;
    const end = x + outer + stride;
    for (let p = x + outer; p < end; p += 16) {
      const a = v128.load(p), b = v128.load(p + stride);
      v128.store(q, first ? b : f64x2.add(v128.load(q), b));
      v128.store(q + stride, first ? a : f64x2.add(v128.load(q + stride), a));
      q += 16;
    }
  }
}

/** The same for bit b and the next one. */
@inline
function addTwoFlips(x: usize, y: usize, bytes: usize, stride: usize, first: bool): void {
  for (let outer: usize = 0; outer < bytes; outer += 4 * stride) {
    let q = y + outer;
    const end = x + outer + stride;
    for (let p = x + outer; p < end; p += 16) {
      const p2 = p + 2 * stride, q2 = q + 2 * stride;
      const middle = f64x2.add(v128.load(p + stride), v128.load(p2));
      const ends = f64x2.add(v128.load(p), v128.load(p2 + stride));
      v128.store(q, first ? middle : f64x2.add(v128.load(q), middle));
      v128.store(q + stride, first ? ends : f64x2.add(v128.load(q + stride), ends));
      v128.store(q2, first ? ends : f64x2.add(v128.load(q2), ends));
      v128.store(q2 + stride, first ? middle : f64x2.add(v128.load(q2 + stride), middle));
      q += 16;
    }
  }
}

/**
 * Re(v t), t = sum over all bits b and all i without bit b of conj(x_i) x_(i + 2^b). Of four states that differ in two bits,
 * t has Re (x_00 + x_11)* m and Im (x_00 - x_11)* m, m = x_01 + x_10.
 */
export function flipOverlap(x: usize, bits: i32, re: f64, im: f64): f64 {
  const end = x + ((<usize>16) << (<usize>bits));
  let direct = f64x2.splat(0), crossed = direct;
  if (bits & 1) {
    const half = (end - x) >> 1;
    for (let p = x; p < x + half; p += 16) {
      const a = v128.load(p), b = v128.load(p + half);
      direct = f64x2.add(direct, f64x2.mul(a, b));
      crossed = f64x2.add(crossed, f64x2.mul(a, i64x2.shuffle(b, b, 1, 0)));
    }
  }
  for (let bit = 0; bit + 1 < bits; bit += 2) {
    const stride: usize = (<usize>16) << (<usize>bit);
    for (let outer = x; outer < end; outer += 4 * stride) {
      for (let p = outer; p < outer + stride; p += 16) {
        const a = v128.load(p), d = v128.load(p + 3 * stride);
        const m = f64x2.add(v128.load(p + stride), v128.load(p + 2 * stride));
        direct = f64x2.add(direct, f64x2.mul(f64x2.add(a, d), m));
        crossed = f64x2.add(crossed, f64x2.mul(f64x2.sub(a, d), i64x2.shuffle(m, m, 1, 0)));
      }
    }
  }
  const real = f64x2.extract_lane(direct, 0) + f64x2.extract_lane(direct, 1);
  return re * real - im * (f64x2.extract_lane(crossed, 0) - f64x2.extract_lane(crossed, 1));
}

/** The number of bits if n is a power of two, else 0. */
export function bitsOf(n: i32): i32 {
  return n > 1 && (n & (n - 1)) == 0 ? ctz(n) : 0;
}

/** The bits in which the numbers i32[count] at `others` differ from `number`, each in one at most; -1 where one does in more. */
export function flippedBits(number: i32, others: usize, count: i32): i32 {
  let seen = 0;
  for (let k = 0; k < count; k++) {
    const flipped = load<i32>(others + (<usize>k << 2)) ^ number;
    if ((flipped & (flipped - 1)) != 0) return -1;
    seen |= flipped;
  }
  return seen;
}
