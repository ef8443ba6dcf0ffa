// The evolution of one start vector under a small dense generator: where its squared norm reaches a value, and what it
// is at given times. Used for a whole space that is small and for the coefficients in a Krylov basis.
import { multiplyPacked } from "./dense";
import { allocateVector, clearPadding, vectorBytes } from "./memory";
import { NO_JUMP } from "./segment";
import { Propagator, RESCALE_BELOW, UNDERFLOW_BELOW } from "./propagator";
import { norm2, scaleInto } from "./vector";

const MAX_NEWTON: i32 = 60;

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
  /** Packed exp(A gridStep), 0 until it is needed. */
  private gridMatrix: usize = 0;
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

  /** See Segment.locate. `guess`: the time where to begin to look. */
  locate(ratio: f64, limit: f64, guess: f64): f64 {
    const p = this.propagator;
    let x = this.start;
    let y = this.a;
    let time: f64 = 0;
    let i = 0;
    while (i < p.top && p.length(i + 1) <= guess) i++;
    // Up the ladder while the norm stays above, then down: what remains is one interval of length `step`.
    let climbing = true;
    while (i >= 0) {
      const length = p.length(i);
      if (time + length <= limit && p.climb(i, x, y) >= ratio) {
        time += length;
        x = y;
        y = y == this.a ? this.b : this.a;
        if (!climbing) i--;
        else if (i < p.top) i++;
      } else {
        climbing = false;
        i--;
      }
    }
    const rest = min(p.step, limit - time);
    if (rest <= 0) return NO_JUMP;
    p.expand(x, rest);
    return this.refine(ratio, time, rest);
  }

  /** Safeguarded Newton on the polynomial of the last expansion: the squared norm falls monotonically in s. */
  private refine(ratio: f64, time: f64, rest: f64): f64 {
    const p = this.propagator;
    const last = p.series(1, this.located) - ratio;
    if (last > 0) return NO_JUMP;
    let low: f64 = 0, high: f64 = 1;
    const first = p.series(0, this.located) - ratio;
    if (first <= 0) {
      this.locatedRate = -p.seriesSlope(0) / rest;
      return time;
    }
    let s = first / (first - last);
    for (let k = 0; k < MAX_NEWTON; k++) {
      const f = p.series(s, this.located) - ratio;
      if (f > 0) low = s;
      else high = s;
      if (abs(f) <= 2e-16 * ratio) break;
      let next = s - f / p.seriesSlope(s);
      if (!(next > low && next < high)) next = 0.5 * (low + high);
      if (next == s || next == low || next == high) break;
      s = next;
    }
    p.series(s, this.located);
    this.locatedRate = -p.seriesSlope(s) / rest;
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

  /** Moves the cursor by one grid step; false, and nothing moved, where the state would get too small for one product. */
  private stepOnGrid(): bool {
    const p = this.propagator;
    if (this.gridMatrix == 0) this.gridMatrix = p.matrix(this.gridStep);
    const x = this.cursor;
    const n = multiplyPacked(this.gridMatrix, p.dimension, x, this.spare);
    if (n < UNDERFLOW_BELOW) return false;
    this.norm2 = n;
    this.cursor = this.spare;
    this.spare = x;
    return true;
  }
}
