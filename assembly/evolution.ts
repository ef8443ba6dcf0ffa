// The evolution of one start vector under a small dense generator: where its squared norm reaches a value, and what it
// is at given times. Used for a whole space that is small and for the coefficients in a Krylov basis.
import { multiplyPacked } from "./dense";
import { allocateVector, clearPadding, vectorBytes } from "./memory";
import { NO_JUMP } from "./segment";
import { LEAST_LEFT, Propagator, RESCALE_BELOW } from "./propagator";
import { norm2, scaleInto } from "./vector";

const MAX_NEWTON: i32 = 60;
/** Leaps by Newton's estimate before every second one halves what is left. */
const PATIENCE: i32 = 8;

export class Evolution {
  located: usize;
  /** See Segment. */
  locatedRate: f64 = 0;
  /** State at the cursor; the true squared norm is norm2 * exp(logScale). */
  cursor: usize;
  norm2: f64 = 1;
  logScale: f64 = 0;
  private cursorTime: f64 = 0;
  private start: usize;
  private spare: usize;
  private a: usize;
  private b: usize;
  private stepMatrix: usize = 0;
  private bytes: usize = 0;

  /** `gridStep`: distance of equidistant output times, 0 if there is none or the generator changes. */
  constructor(public propagator: Propagator, capacity: i32, private gridStep: f64) {
    this.start = allocateVector(capacity);
    this.cursor = allocateVector(capacity);
    this.spare = allocateVector(capacity);
    this.located = allocateVector(capacity);
    this.a = allocateVector(capacity);
    this.b = allocateVector(capacity);
  }

  /** Starts from x (normalised, copied). */
  begin(x: usize): void {
    this.bytes = vectorBytes(this.propagator.dimension);
    memory.copy(this.start, x, this.bytes);
    clearPadding(this.start, this.propagator.dimension);
    memory.copy(this.cursor, x, this.bytes);
    this.cursorTime = 0;
    this.norm2 = 1;
    this.logScale = 0;
  }

  /**
   * See Segment.locate. ln of the squared norm is nearly straight between two jumps: Newton on it says how far to leap, and
   * each leap is one product, never beyond where Newton points, until less than one step of the propagator is left.
   */
  locate(ratio: f64, limit: f64): f64 {
    const p = this.propagator;
    let x = this.start;
    let y = this.a;
    let time: f64 = 0;
    let n: f64 = 1;
    let high = limit;
    let highNorm: f64 = -1;
    let k = 0;
    while (true) {
      const wanted = this.distance(x, n, ratio, high - time, highNorm, k++);
      let reached: f64;
      let length: f64;
      if (wanted < p.step) {
        length = min(p.step, limit - time);
        if (length <= 0) return NO_JUMP;
        p.expand(x, length);
        reached = p.series(1, y);
        if (reached <= ratio) return this.refine(ratio, time, length, n, reached);
        if (limit - time <= p.step) return NO_JUMP;
      } else {
        reached = p.leap(wanted, x, y);
        length = p.leaped;
        if (reached < ratio) {
          high = time + length;
          highNorm = reached;
          continue;
        }
      }
      time += length;
      n = reached;
      x = y;
      y = y == this.a ? this.b : this.a;
    }
  }

  /**
   * How far to go from x, of squared norm n, towards the ratio, at most `room`: by the slope of ln n, or by the secant to the
   * norm at the end of the room where that is known. Halving now and then bounds the number of steps.
   */
  private distance(x: usize, n: f64, ratio: f64, room: f64, highNorm: f64, k: i32): f64 {
    if (room <= this.propagator.step) return 0;
    if (k > PATIENCE && (k & 1) != 0) return 0.5 * room;
    const rate = this.propagator.decayRate(x);
    const fall = Math.log(n / ratio);
    const wanted = rate > 0 ? (fall * n) / rate : room;
    if (wanted < room) return wanted;
    return highNorm > 0 ? min((room * fall) / Math.log(n / highNorm), 0.99 * room) : highNorm < 0 ? room : 0.5 * room;
  }

  /** Safeguarded Newton on the polynomial of the last expansion, from `first` > ratio down to `last`: it falls monotonically. */
  private refine(ratio: f64, time: f64, rest: f64, first: f64, last: f64): f64 {
    const p = this.propagator;
    let low: f64 = 0, high: f64 = 1;
    let s = first > ratio ? (first - ratio) / (first - last) : 0;
    for (let k = 0; k <= MAX_NEWTON; k++) {
      const f = p.series(s, this.located) - ratio;
      this.locatedRate = p.decayRate(this.located);
      if (f > 0) low = s;
      else high = s;
      if (abs(f) <= 2e-16 * ratio || k == MAX_NEWTON) break;
      let next = s + f / (this.locatedRate * rest);
      if (!(next > low && next < high)) next = 0.5 * (low + high);
      if (next == s || next == low || next == high) break;
      // Newton converges quadratically: after a step of 1e-8 the next one changes the norm by 1e-16 at most.
      if (abs(next - s) < 1e-8) k = MAX_NEWTON - 1;
      s = next;
    }
    return time + s * rest;
  }

  /** Moves the cursor on to `time`. `gridStepAhead`: it is exactly one grid step after the last call. */
  moveTo(time: f64, gridStepAhead: bool): void {
    const p = this.propagator;
    const ahead = time - this.cursorTime;
    this.cursorTime = time;
    if (ahead <= 0) return;
    if (!(gridStepAhead && this.gridStep > 0 && this.stepOnGrid())) {
      p.advance(this.cursor, ahead);
      this.logScale += p.logScale;
      this.norm2 = norm2(this.cursor, p.dimension);
    }
    if (this.norm2 < RESCALE_BELOW && this.norm2 > 0) {
      scaleInto(this.cursor, this.cursor, p.dimension, 1 / Math.sqrt(this.norm2));
      this.logScale += Math.log(this.norm2);
      this.norm2 = norm2(this.cursor, p.dimension);
    }
  }

  /** Packed exp(A gridStep). */
  get gridMatrix(): usize {
    if (this.stepMatrix == 0) this.stepMatrix = this.propagator.matrix(this.gridStep);
    return this.stepMatrix;
  }

  /** Moves the cursor by one grid step; false, and nothing moved, where the norm would fall too much for one product. */
  private stepOnGrid(): bool {
    const p = this.propagator;
    const x = this.cursor;
    const n = multiplyPacked(this.gridMatrix, p.dimension, x, this.spare);
    if (n < LEAST_LEFT * this.norm2) return false;
    this.norm2 = n;
    this.cursor = this.spare;
    this.spare = x;
    return true;
  }
}
