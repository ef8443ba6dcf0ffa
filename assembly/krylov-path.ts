// c(tau) = exp(H tau) e_1 in a basis that grows on the way: pieces, each exp(shift tau) times a polynomial, from where the last
// one ended. psi = V c leaves the residual beta c_(m-1) v_m, whether or not V is orthonormal (Saad 1992), and errors decay at
// the lowest rate g at least (A + A^+ <= -g). That of a piece of length l is therefore
//   beta integral_0^l exp(-g (l - tau) / 2) |c_(m-1)(tau)| dtau <= beta l exp(max(shift, -g/2) l) sum_k |t_k| / (k + 1)
// at most, t_k being the last coefficients of the polynomial's terms. Where a piece would exceed its allowance the basis
// grows, and what has been computed stays.
//
// The allowance is for the squared norm, which jump times come from: BUDGET times its fall since the basis began, and BUDGET
// times the fraction of all time. Over a segment of many bases both add up to BUDGET at most.
import { evaluatePolynomial } from "./combine";
import { KrylovBasis, MAX_ORDER } from "./krylov-basis";
import { allocate } from "./memory";
import { norm2, scaleInto } from "./vector";

/** See above. */
const BUDGET: f64 = 5e-13;
/** Largest error of a piece relative to the norm of the state. */
const TOLERANCE: f64 = 1e-13;
/** Error of the squared norm that every piece may have, however many there are: it is rounding's, too. */
const ROUNDING: f64 = 1e-16;
/** ||H - shift|| or -shift - g/2 times the length of a piece: exp(3) of cancellation at most, 31 terms. */
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
const MAX_CANCELLATION: f64 = 30;
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

  /** A bound of the error up to the fraction s, for beta = 1; `slowest`: -g/2. */
  unitError(s: f64, slowest: f64): f64 {
    let p = this.terms + (<usize>(this.order - 1) << 4);
    let power = s, sum: f64 = 0;
    for (let k = 1; k <= this.degree + 1; k++) {
      sum += (Math.sqrt(norm2(p, 1)) * power) / <f64>k;
      power *= s;
      p += STRIDE;
    }
    return sum * this.length * Math.exp(max(this.shift, slowest) * this.length * s);
  }

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
  private from: usize = allocate(STRIDE);
  private trial: usize = allocate(STRIDE);
  private derivative: usize = allocate(STRIDE);
  /** The path cannot be made longer. */
  private complete: bool = false;
  /** Bound of the error of the squared norm so far. */
  private error: f64 = 0;
  /** Number of the piece that was read last. */
  private cursor: i32 = 0;

  /** `last`: the time that all bases together have to cover at most. */
  constructor(private basis: KrylovBasis, private last: f64) {}

  /** Starts anew, with what the basis was given. */
  begin(remaining: f64): void {
    this.remaining = remaining;
    this.count = 0;
    this.cursor = 0;
    this.end = 0;
    this.endNorm = 1;
    this.error = 0;
    this.complete = false;
    memory.fill(this.from, 0, STRIDE);
    store<f64>(this.from, 1);
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
      const length = min(min(rest, PIECE / max(basis.norm, basis.slowest - basis.shift)), MAX_FALL / abs(basis.shift));
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
    memory.copy(term, this.from, STRIDE);
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

  /** Whether the error stays within what is allowed up to the fraction s; leaves the coefficients there in `trial`. */
  private isWithin(piece: Piece, s: f64): bool {
    const m = piece.order;
    const error = this.basis.beta * piece.unitError(s, this.basis.slowest);
    // The norm does not grow: most are refused before they are evaluated.
    if (error > TOLERANCE * Math.sqrt(piece.norm)) return false;
    piece.evaluate(s, this.trial);
    const n = this.basis.norm2(m, this.trial);
    this.trialNorm = n;
    this.trialError = this.error + 2 * error * Math.sqrt(n);
    if (error > TOLERANCE * Math.sqrt(n) || norm2(this.trial, m) > MAX_CANCELLATION * n) return false;
    const end = piece.start + s * piece.length;
    return this.trialError <= this.error + ROUNDING * n || this.trialError <= BUDGET * (1 - n + (n * end) / this.last);
  }
  private trialNorm: f64 = 0;
  private trialError: f64 = 0;

  private accept(piece: Piece, s: f64, whole: bool): void {
    piece.end = whole ? this.remaining : piece.start + s * piece.length;
    this.count++;
    this.end = piece.end;
    this.endNorm = this.trialNorm;
    this.error = this.trialError;
    memory.fill(this.from, 0, STRIDE);
    memory.copy(this.from, this.trial, <usize>piece.order << 4);
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
    const bend = PIECE + piece.length * abs(piece.shift);
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
      // Newton converges quadratically: after a step that changes the norm by 1e-8 the next one changes it by 1e-16.
      if (abs(next - s) * bend < 1e-8) round = MAX_NEWTON - 1;
      s = next;
    }
    this.located = m;
    return piece.start + s * piece.length;
  }
  located: i32 = 0;
  /** -d||c||^2/dtau where the last `locate` ended. */
  rate: f64 = 0;
}
