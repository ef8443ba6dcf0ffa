// c(tau) = exp(H tau) e_1 in a basis that grows on the way: pieces, each the Taylor polynomial of c from where the last one
// ended. The error of psi = V c is bounded by beta * integral |c_(m-1)(s)| ds (Saad 1992); where a piece would exceed it the
// basis grows, and what has been computed stays: the coefficients of the new vectors were below the bound so far.
import { evaluatePolynomial } from "./combine";
import { KrylovBasis, MAX_ORDER } from "./krylov-basis";
import { allocate } from "./memory";
import { norm2, scaleInto } from "./vector";

/** Error bound of a piece relative to the norm of the state. */
const TOLERANCE: f64 = 1e-13;
/** ||H - shift|| times the length of a piece: exp(3) of cancellation at most, 31 terms. */
const PIECE: f64 = 3;
/** |shift| times the length of a piece: a norm that underflows could not be compared with anything. */
const MAX_FALL: f64 = 100;
const MAX_DEGREE: i32 = 36;
const SERIES_END: f64 = 1e-18;
const MAX_PIECES: i32 = 64;
/** A piece may end early, at this fraction at least. */
const SHORTEST: f64 = 1.0 / 4;
/** Vectors that are added at once. */
const GROWTH: i32 = 3;
const FIRST_ORDER: i32 = 8;
/** Below this squared norm a new path begins; no random number is smaller. */
const LOWEST_NORM: f64 = 1e-30;
const MAX_NEWTON: i32 = 60;
/** Of ||c||^2 / ||V c||^2: what vectors that are nearly dependent may cost. */
const MAX_CANCELLATION: f64 = 1e3;
/** One element more than there are vectors. */
const STRIDE: usize = <usize>((MAX_ORDER + 4) & ~3) << 4;

/** A stretch of time on which c(tau) is an exponential times one polynomial. */
class Piece {
  start: f64 = 0;
  /** The polynomial is in s = (tau - start) / length, the exponential exp(shift length s). */
  length: f64 = 0;
  end: f64 = 0;
  /** Squared norm at the start. */
  norm: f64 = 1;
  order: i32 = 0;
  degree: i32 = 0;
  shift: f64 = 0;
  /** complex[degree + 1][order] */
  terms: usize = allocate(STRIDE * <usize>(MAX_DEGREE + 1));

  /** out = c at the fraction s */
  evaluate(s: f64, out: usize): void {
    evaluatePolynomial(out, this.order, this.terms, STRIDE, this.degree, s);
    scaleInto(out, out, this.order, Math.exp(this.shift * this.length * s));
  }
}

export class KrylovPath {
  private pieces: Piece[] = [];
  private count: i32 = 0;
  private remaining: f64 = 0;
  /** Where the last piece ends: time, squared norm and coefficients. */
  end: f64 = 0;
  private endNorm: f64 = 1;
  private last: usize = allocate(STRIDE);
  private trial: usize = allocate(STRIDE);
  private derivative: usize = allocate(STRIDE);
  /** The path cannot be made longer. */
  private complete: bool = false;
  /** Number of the piece that was read last. */
  private cursor: i32 = 0;

  constructor(private basis: KrylovBasis) {}

  /** Starts anew, with what the basis was given. */
  begin(remaining: f64): void {
    this.remaining = remaining;
    this.count = 0;
    this.cursor = 0;
    this.end = 0;
    this.endNorm = 1;
    this.complete = false;
    memory.fill(this.last, 0, STRIDE);
    store<f64>(this.last, 1);
  }

  /**
   * Goes on until `time` or until the squared norm is `ratio`, by a piece at least; returns false when it had to stop before.
   */
  follow(time: f64, ratio: f64): bool {
    while (this.count == 0 || (this.end < time && this.endNorm > ratio)) {
      if (this.complete || !this.addPiece(ratio)) return false;
    }
    return true;
  }

  hasFallenTo(ratio: f64): bool {
    return this.endNorm <= ratio;
  }

  private addPiece(ratio: f64): bool {
    const basis = this.basis;
    if (this.count == MAX_PIECES || this.endNorm < LOWEST_NORM) return this.stop();
    while (basis.order < FIRST_ORDER && basis.canGrow) basis.grow();
    const piece = this.room();
    while (true) {
      const rest = this.remaining - this.end;
      const length = min(rest, min(PIECE / basis.norm, MAX_FALL / abs(basis.shift)));
      this.expand(piece, length);
      // A short piece is worth it where the norm comes down to the ratio on it, or where the basis cannot grow.
      for (let s: f64 = 1; s >= SHORTEST; s *= 0.5) {
        if (!this.isWithin(piece, s)) continue;
        if (s < 1 && basis.canGrow && this.trialNorm > ratio) break;
        this.accept(piece, s, s == 1 && length == rest);
        return true;
      }
      if (!basis.canGrow) return this.stop();
      for (let k = 0; k < GROWTH && basis.canGrow; k++) basis.grow();
    }
  }

  private stop(): bool {
    this.complete = true;
    return false;
  }

  private room(): Piece {
    if (this.count == this.pieces.length) this.pieces.push(new Piece());
    return unchecked(this.pieces[this.count]);
  }

  /** Terms ((H - shift) length)^k c / k! from the end of the path. */
  private expand(piece: Piece, length: f64): void {
    const m = this.basis.order;
    let term = piece.terms;
    memory.copy(term, this.last, STRIDE);
    const end = SERIES_END * SERIES_END * this.endNorm;
    let k = 0;
    while (k < MAX_DEGREE) {
      k++;
      this.basis.applyProjected(m, this.basis.shift, term, term + STRIDE);
      term += STRIDE;
      scaleInto(term, term, m, length / <f64>k);
      if (norm2(term, m) <= end) break;
    }
    piece.degree = k;
    piece.order = m;
    piece.shift = this.basis.shift;
    piece.start = this.end;
    piece.length = length;
    piece.norm = this.endNorm;
  }

  /** Whether the error stays below the tolerance up to the fraction s; leaves the coefficients there in `trial`. */
  private isWithin(piece: Piece, s: f64): bool {
    const m = piece.order;
    piece.evaluate(s, this.trial);
    this.trialNorm = this.basis.norm2(m, this.trial);
    const offset = <usize>(m - 1) << 4;
    // Taken at both ends: |c_(m-1)| grows where it is so small (seen in all engines' tests, not proven).
    const most = Math.sqrt(max(norm2(this.last + offset, 1), norm2(this.trial + offset, 1)));
    if (norm2(this.trial, m) > MAX_CANCELLATION * this.trialNorm) return false;
    return this.basis.beta * s * piece.length * most <= TOLERANCE * Math.sqrt(this.trialNorm);
  }
  private trialNorm: f64 = 0;

  private accept(piece: Piece, s: f64, whole: bool): void {
    piece.end = whole ? this.remaining : piece.start + s * piece.length;
    this.count++;
    this.end = piece.end;
    this.endNorm = this.trialNorm;
    memory.fill(this.last, 0, STRIDE);
    memory.copy(this.last, this.trial, <usize>piece.order << 4);
  }

  /** c at a time <= end, written to `out`; returns the number of coefficients. Quick for ascending times. */
  at(time: f64, out: usize): i32 {
    if (this.count == 0) {
      v128.store(out, f64x2(1, 0));
      return 1;
    }
    let k = this.cursor;
    while (k > 0 && unchecked(this.pieces[k]).start > time) k--;
    while (k < this.count - 1 && unchecked(this.pieces[k]).end < time) k++;
    this.cursor = k;
    const piece = unchecked(this.pieces[k]);
    piece.evaluate(time > piece.start ? (time - piece.start) / piece.length : 0, out);
    return piece.order;
  }

  /**
   * The time at which ||c||^2 = ratio, which the end of the path has reached; c there at `out`, of `located` coefficients.
   * Safeguarded Newton on a piece: the norm falls monotonically.
   */
  locate(ratio: f64, out: usize): f64 {
    let k = this.count - 1;
    while (k > 0 && unchecked(this.pieces[k]).norm <= ratio) k--;
    const piece = unchecked(this.pieces[k]);
    const lastNorm = k + 1 < this.count ? unchecked(this.pieces[k + 1]).norm : this.endNorm;
    const m = piece.order;
    let low: f64 = 0, high = (piece.end - piece.start) / piece.length;
    let s = piece.norm > ratio ? high * (piece.norm - ratio) / (piece.norm - lastNorm) : 0;
    for (let round = 0; round <= MAX_NEWTON; round++) {
      piece.evaluate(s, out);
      const f = this.basis.norm2(m, out) - ratio;
      this.basis.applyProjected(m, 0, out, this.derivative);
      this.rate = -2 * this.basis.projection(m, this.derivative);
      if (f > 0) low = s;
      else high = s;
      if (abs(f) <= 2e-16 * ratio || round == MAX_NEWTON) break;
      let next = s + f / (this.rate * piece.length);
      if (!(next > low && next < high)) next = 0.5 * (low + high);
      if (next == s || next == low || next == high) break;
      // Newton converges quadratically: after a step of 1e-8 the next one changes the norm by 1e-16 at most.
      if (abs(next - s) < 1e-8) round = MAX_NEWTON - 1;
      s = next;
    }
    this.located = m;
    return piece.start + s * piece.length;
  }
  located: i32 = 0;
  /** -d||c||^2/dtau where the last `locate` ended. */
  rate: f64 = 0;
}
