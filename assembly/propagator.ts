// exp(A t) for a small dense space: matrices exp(A h m 16^l), m < 16, h a power of two with ||A|| h <= 1, each made when it
// is first needed, and below h the Taylor series of exp(A s) applied to the state, which is at the same time the polynomial
// that locates a jump. Works for every A, diagonalisable or not; nothing is inverted.
//
// Kept is E = exp(A h m 16^l) - I, joined by E + F + E F: what is slow beside ||A|| keeps its relative accuracy. Products
// of exp itself would put an error of 2^-53 ||A|| into every rate (rates of 1e9 and 3.6e-6: 0.7 % of the slow one).
import { evaluatePolynomial } from "./combine";
import { addPackedProduct, allocatePacked, composeIncrements, packedBytes, packedElement, setColumn } from "./dense";
import { allocate, allocateVector, clearPadding, vectorBytes } from "./memory";
import { dotReal, norm2, scaleInto } from "./vector";

/** 1/24! = 1.6e-24: the series of exp(x), |x| <= 1, has ended long before. */
const MAX_DEGREE: i32 = 24;
/** Terms below this fraction of the state end the series (the rest is smaller still by 1/degree). */
const SERIES_END: f64 = 1e-18;
const MAX_RUNGS: i32 = 60;
/** Bits of a digit. */
const DIGIT: i32 = 4;
const MAX_STEPS: f64 = 1e18;
/** Steps of a time that is shorter, or 0, would be no numbers. */
const SHORTEST: f64 = 1e-290;
/**
 * Doubling a time that changes exp(A t) by less than this fraction changes nothing, see `settles`. Above the rounding that
 * ten doublings gather (1e-13). A rate below 3e-14 of the largest counts as none where its states decay by both.
 */
const SETTLED: f64 = 1e-12;
/** Squared norms below this are taken out of the state and kept as a logarithm. */
export const RESCALE_BELOW: f64 = 1e-100;
/**
 * A step in which the squared norm falls to less than this fraction is made of shorter ones: E adds 2^-53 of the state as it
 * was, which would soon be all that is left.
 */
export const LEAST_LEFT: f64 = 1e-6;
/**
 * What has a squared norm of less than exp(-LOST) is not followed any further: its weight is 0 in every result, and at a rate
 * of 1e12 beside times of 1 the steps before underflow would be 10^10.
 */
const LOST: f64 = 1e5;

/** y = A x */
export abstract class LinearMap {
  abstract apply(x: usize, y: usize): void;
}

export class Propagator {
  dimension: i32 = 0;
  /** Upper bound of ||A||. */
  norm: f64 = 0;
  /** The largest power of two with ||A|| unit <= 1, or the longest time. */
  unit: f64 = 0;
  /**
   * Length of rung 0; rung i is step * 2^i. Where matrices are kept, one digit below the unit: a product more, but half
   * as many terms in the series and in each evaluation of it.
   */
  step: f64 = 0;
  private rungCount: i32 = 0;
  /** E of digit m at level l, at (l << DIGIT) + m; 0 until it was needed once. */
  private matrices: StaticArray<usize> = new StaticArray<usize>((MAX_RUNGS / DIGIT) << DIGIT);
  /** Which `configure` each of them was made for. */
  private madeFor: StaticArray<i32> = new StaticArray<i32>((MAX_RUNGS / DIGIT) << DIGIT);
  private generation: i32 = 0;
  /** exp(A t) is the same for all t >= settledLength: its matrix. */
  private settledLength: f64 = Infinity;
  private settled: usize = 0;
  private terms: usize;
  private stride: usize = 0;
  private degree: i32 = 0;
  private a: usize;
  private b: usize;
  private c: usize;
  // Only for making matrices, which happens while the others are in use.
  private d: usize;
  private e: usize;
  /** Logarithm of the squared norm taken out by rescaling in `advance`. */
  logScale: f64 = 0;

  /**
   * For matrices of up to `capacity` rows; `configure` says which. `kept`: the same generator is used so often that
   * matrices for all digits are worth making, not only for powers of two.
   */
  constructor(private map: LinearMap, private capacity: i32, private kept: bool) {
    this.terms = allocate(vectorBytes(capacity) * <usize>(MAX_DEGREE + 1));
    this.a = allocateVector(capacity);
    this.b = allocateVector(capacity);
    this.c = allocateVector(capacity);
    this.d = allocateVector(capacity);
    this.e = allocateVector(capacity);
  }

  /** `norm` >= ||A||; `longest`: no longer time will be asked. */
  configure(dimension: i32, norm: f64, longest: f64): void {
    this.dimension = dimension;
    this.norm = norm;
    this.stride = vectorBytes(dimension);
    this.generation++;
    this.unit = powerOfTwoBelow(norm * longest > 1 ? 1 / norm : max(longest, SHORTEST));
    this.step = this.kept ? this.unit / <f64>(1 << DIGIT) : this.unit;
    let count = 1;
    let length = this.step;
    while (count < MAX_RUNGS && 2 * length <= longest) {
      length *= 2;
      count++;
    }
    this.rungCount = count;
    this.settledLength = Infinity;
  }

  /** Length of rung i. */
  @inline
  length(i: i32): f64 {
    return this.step * <f64>((<u64>1) << (<u64>i));
  }

  get top(): i32 {
    return this.rungCount - 1;
  }

  /**
   * y = exp(A leaped) x, where `leaped` <= t (t >= step) is the longest time that one matrix covers; returns ||y||^2.
   */
  leap(t: f64, x: usize, y: usize): f64 {
    if (t >= this.settledLength) {
      this.leaped = t;
      return addPackedProduct(this.settled, this.dimension, x, y);
    }
    const steps = <u64>min(t / this.step, MAX_STEPS);
    const bit = 63 - <i32>clz<u64>(steps);
    const top = min(bit, this.top);
    const level = top / DIGIT;
    const digit = this.kept && bit == top ? <i32>(steps >> <u64>(level * DIGIT)) : 1 << (top % DIGIT);
    this.leaped = <f64>digit * this.length(level * DIGIT);
    return addPackedProduct(this.matrixOf(level, digit), this.dimension, x, y);
  }
  leaped: f64 = 0;

  /** Packed exp(A t) for any t, made column by column. */
  matrix(t: f64): usize {
    const d = this.dimension;
    const result = allocatePacked(d);
    const x = this.c;
    for (let column = 0; column < d; column++) {
      memory.fill(x, 0, this.stride);
      store<f64>(x + (<usize>column << 4), 1);
      this.advance(x, t);
      scaleInto(x, x, d, Math.exp(0.5 * this.logScale));
      setColumn(result, d, column, x);
    }
    return result;
  }

  /**
   * x = exp(A t) x in place up to a factor: `logScale` is set to the logarithm of the squared norm taken out. Below -LOST the
   * state stays what it was when it got there.
   */
  advance(x: usize, t: f64): void {
    this.logScale = 0;
    clearPadding(x, this.dimension);
    let from = x;
    let to = this.a;
    let longest = t;
    let before = norm2(x, this.dimension);
    while (t >= this.step && this.logScale > -LOST) {
      const n = this.leap(min(t, longest), from, to);
      if (n < LEAST_LEFT * before && this.leaped > this.step) {
        longest = max(0.5 * this.leaped, this.step);
        continue;
      }
      longest *= 2;
      t -= this.leaped;
      before = n;
      if (n < RESCALE_BELOW) before = this.rescale(to, n);
      from = to;
      to = to == this.a ? this.b : this.a;
    }
    if (t > 0 && t < this.step) {
      this.expand(from, t);
      this.series(1, x);
    } else if (from != x) memory.copy(x, from, this.stride);
  }

  /** Normalises x of squared norm n; returns the squared norm then. */
  private rescale(x: usize, n: f64): f64 {
    if (n <= 0) return 0;
    scaleInto(x, x, this.dimension, 1 / Math.sqrt(n));
    this.logScale += Math.log(n);
    return 1;
  }

  /** Taylor terms (A t)^k x / k!, so that exp(A s t) x = sum_k s^k term_k for 0 <= s <= 1. Needs ||A|| t <= 1. */
  expand(x: usize, t: f64): void {
    const d = this.dimension;
    let term = this.terms;
    memory.copy(term, x, this.stride);
    const end = SERIES_END * SERIES_END * norm2(x, d);
    let k = 0;
    while (k < MAX_DEGREE) {
      k++;
      this.nextTerm(term, k, t);
      term += this.stride;
      if (norm2(term, d) <= end) break;
    }
    this.degree = k;
  }

  private nextTerm(term: usize, k: i32, t: f64): void {
    const next = term + this.stride;
    this.map.apply(term, next);
    scaleInto(next, next, this.dimension, t / <f64>k);
  }

  /** The terms of `expand` up to a given degree, kept at `terms`: complex[degree + 1][dimension]. */
  seriesInto(x: usize, t: f64, degree: i32, terms: usize): void {
    memory.copy(terms, x, this.stride);
    for (let k = 1; k <= degree; k++) this.nextTerm(terms + <usize>(k - 1) * this.stride, k, t);
  }

  /** y = sum_k s^k term_k of `seriesInto`. */
  sumSeries(terms: usize, degree: i32, s: f64, y: usize): void {
    evaluatePolynomial(y, this.dimension, terms, this.stride, degree, s);
  }

  /** y = exp(A s t) x of the last `expand`; returns ||y||^2. */
  series(s: f64, y: usize): f64 {
    this.sumSeries(this.terms, this.degree, s, y);
    return norm2(y, this.dimension);
  }

  /** -d||x||^2/dt = -2 Re <x|A x>, not below 0. */
  decayRate(x: usize): f64 {
    this.map.apply(x, this.c);
    return max(0, -2 * dotReal(x, this.c, this.dimension));
  }

  private matrixOf(level: i32, digit: i32): usize {
    const length = <f64>digit * this.length(level * DIGIT);
    const place = (level << DIGIT) + digit;
    if (length < this.settledLength && unchecked(this.madeFor[place]) != this.generation) this.make(level, digit, place);
    return length < this.settledLength ? unchecked(this.matrices[place]) : this.settled;
  }

  private make(level: i32, digit: i32, place: i32): void {
    const d = this.dimension;
    let matrix = unchecked(this.matrices[place]);
    if (matrix == 0) {
      matrix = allocatePacked(this.capacity);
      unchecked((this.matrices[place] = matrix));
    }
    // Left over from another dimension, what pads the last panel would count in the norms.
    else memory.fill(matrix, 0, packedBytes(d));
    if (place == 1) this.makeFirst(matrix);
    else if (digit == 1) {
      this.double(matrix, this.matrixOf(level - 1, 1 << (DIGIT - 1)), this.length(level * DIGIT));
    } else if ((digit & (digit - 1)) == 0) {
      this.double(matrix, this.matrixOf(level, digit >> 1), <f64>digit * this.length(level * DIGIT));
    } else {
      const high = 1 << (31 - clz<i32>(digit));
      composeIncrements(matrix, this.matrixOf(level, high), this.matrixOf(level, digit - high), d, this.d, this.e);
    }
    unchecked((this.madeFor[place] = this.generation));
  }

  /** matrix = E of a length, from `half`, that of half the length. */
  private double(matrix: usize, half: usize, length: f64): void {
    if (length >= this.settledLength) return; // found while `half` was made
    composeIncrements(matrix, half, half, this.dimension, this.d, this.e);
    if (!this.settles(half, matrix)) return;
    this.settledLength = length;
    this.settled = matrix;
  }

  /**
   * Whether b = exp(2 A t) - I is a = exp(A t) - I to rounding: what decays has decayed, the rest is dark and has no energy
   * (in the frame). Every further doubling would double the rounding error that a dark state has gathered: after 2^53
   * steps nothing would be left of it. A state of its own that decays slowly shows in the diagonal, where the change is
   * compared with the element itself.
   */
  private settles(a: usize, b: usize): bool {
    const d = this.dimension;
    let largest: f64 = 0, change: f64 = 0;
    for (let row = 0; row < d; row++) {
      for (let column = 0; column < d; column++) {
        const x = v128.load(packedElement(a, d, row, column));
        const y = v128.load(packedElement(b, d, row, column));
        const moved = length2(f64x2.sub(y, x));
        const size = length2(x);
        if (row == column && moved > SETTLED * SETTLED * size) return false;
        largest = max(largest, size);
        change = max(change, moved);
      }
    }
    return change <= SETTLED * SETTLED * largest;
  }

  private makeFirst(matrix: usize): void {
    const x = this.d;
    const y = this.e;
    for (let column = 0; column < this.dimension; column++) {
      memory.fill(x, 0, this.stride);
      store<f64>(x + (<usize>column << 4), 1);
      this.expand(x, this.step);
      // Without the first term, which is the identity's column.
      this.sumSeries(this.terms + this.stride, this.degree - 1, 1, y);
      setColumn(matrix, this.dimension, column, y);
    }
  }
}

@inline
function length2(z: v128): f64 {
  const squares = f64x2.mul(z, z);
  return f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
}

/** The largest power of two <= x (x > 0, finite), by its exponent bits. */
function powerOfTwoBelow(x: f64): f64 {
  return reinterpret<f64>(reinterpret<u64>(x) & 0x7ff0000000000000);
}
