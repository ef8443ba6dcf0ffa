// Spaces too big for a dense propagator in which the Hamiltonian outweighs the decay. With the field of values of A in a
// rectangle of centre z and half-widths w (decay) <= h (energy), and the smallest ellipse round it, foci z +- i f,
//   exp(A tau) = e^(z tau) sum_k (2 - delta_k0) J_k(f tau) u_k,   u_(k+1) = (2/f)(A - z) u_k + u_(k-1),
// Chebyshev's expansion (Tal-Ezer and Kosloff 1984) for an ellipse. No vector depends on tau: all times of the segment, its
// norms and the jump time come from the same u_k, which are made as they are needed. Against an Arnoldi basis nothing is
// orthogonalised: 4 x 3 Ising sites take 3000 applications and 350 ms a trajectory with Arnoldi.
import { besselJ } from "./bessel";
import { combineReal, combineTwo } from "./combine";
import { allocate, allocateVector, vectorBytes } from "./memory";
import { Space } from "./program";
import { NO_JUMP, Segment } from "./segment";
import { addScaled, addScaledReal, dotReal, norm2, scaleInto } from "./vector";

/**
 * Terms at most. More make longer segments, but every state that is asked costs all of them: with 40 a trajectory of 4 x 3
 * Ising sites takes 1.1 of the time, with 52 the same.
 */
const MAX_TERMS: i32 = 64;
/** Bound of what the cut-off sum leaves out, relative to the norm of the state. */
const TOLERANCE: f64 = 1e-14;
/** The same for all segments up to the last time together, but no less than ROUNDING for each. */
const BUDGET: f64 = 5e-13;
const ROUNDING: f64 = 1e-16;
/** The state may fall this much (as a logarithm) below the largest terms: a factor of 20 in rounding. */
const MAX_LOSS: f64 = 3;
/** ||p(A)|| <= (1 + sqrt 2) max |p| on the field of values (Crouzeix and Palencia 2017). */
const CROUZEIX: f64 = 2.4142135623730951;
/** Bytes between terms, so that they do not all fall on the same few lines of a cache where their size is a power of two. */
const STAGGER: usize = 320;
const MAX_NEWTON: i32 = 60;
/** Where f |step| is below this, the next state is the last one plus its slope, to 5e-17. */
const LINEAR: f64 = 1e-8;

export class ChebyshevSegment extends Segment {
  private space: Space;
  private terms: usize;
  private stride: usize = 0;
  /** How many u_k there are. */
  private count: i32 = 0;
  private focus: f64 = 1;
  private halfRate: f64 = 0;
  private centreRe: f64 = 0;
  private centreIm: f64 = 0;
  /** f64[MAX_TERMS]: bounds of ||u_k||. */
  private bounds: usize = allocate(<usize>MAX_TERMS << 3);
  private bessel: usize = allocate(<usize>(MAX_TERMS + 1) << 3);
  /** complex[MAX_TERMS] (real): coefficients of the u_k, and those of their slopes or of the next time. */
  private coefficients: usize = allocate(<usize>MAX_TERMS << 4);
  private slopes: usize = allocate(<usize>MAX_TERMS << 4);
  private state: usize;
  /** The state one grid step later, and whether it is known: two at once cost half as many passes over the terms. */
  private ahead: usize;
  private isAhead: bool = false;
  /** How often the state will still be asked, a grid step further each time. */
  private wanted: i32 = 0;
  private zero: usize;
  private derivative: usize;
  private planned: Space | null = null;
  private longest: f64 = 0;
  private tolerance: f64 = TOLERANCE;

  /** `space`: any one, to begin with; `last`: the last time of all. */
  constructor(space: Space, largestDimension: i32, private gridStep: f64, private last: f64) {
    super();
    this.space = space;
    this.terms = allocate((vectorBytes(largestDimension) + STAGGER) * <usize>MAX_TERMS);
    this.state = allocateVector(largestDimension);
    this.ahead = allocateVector(largestDimension);
    this.zero = allocateVector(largestDimension);
    this.derivative = allocateVector(largestDimension);
    this.located = allocateVector(largestDimension);
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    this.space = space;
    this.stride = vectorBytes(space.dimension) + STAGGER;
    if (this.planned !== space) this.plan(space);
    memory.copy(this.terms, psi, vectorBytes(space.dimension));
    this.count = 1;
    this.wanted = 0;
    this.isAhead = false;
    this.foundAt = NO_JUMP;
    this.horizon = this.longest;
  }

  /** The ellipse of a space and how long a segment may be there. */
  private plan(space: Space): void {
    const h = 0.5 * (space.highestEnergy - space.lowestEnergy);
    const w = 0.25 * (space.rateBound - space.lowestRate);
    this.halfRate = w;
    this.centreRe = -0.25 * (space.rateBound + space.lowestRate);
    this.centreIm = -0.5 * (space.highestEnergy + space.lowestEnergy);
    // The smallest sum of semi-axes a + b with (h/a)^2 + (w/b)^2 = 1.
    const p = twoThirdsPower(h), q = twoThirdsPower(w);
    const root = Math.sqrt(p + q);
    const a = p * root, b = q * root;
    this.focus = Math.sqrt((a - b) * (a + b));
    const growth = (a + b) / this.focus;
    let power: f64 = 1;
    for (let k = 0; k < MAX_TERMS; k++) {
      store<f64>(this.bounds + (<usize>k << 3), 0.5 * CROUZEIX * (power + 1 / power));
      power *= growth;
    }
    this.tolerance = TOLERANCE;
    this.longest = this.longestTime();
    if (BUDGET * this.longest < TOLERANCE * this.last) {
      this.tolerance = max((BUDGET * this.longest) / this.last, ROUNDING);
      this.longest = this.longestTime();
    }
    this.planned = space;
  }

  /** How long MAX_TERMS keep the tolerance. */
  private longestTime(): f64 {
    let low: f64 = 0, high = <f64>MAX_TERMS / this.focus;
    if (this.halfRate > 0) high = min(high, MAX_LOSS / this.halfRate);
    for (let k = 0; k < 30; k++) {
      const tau = k == 0 ? high : 0.5 * (low + high);
      if (this.termsFor(tau) < MAX_TERMS) {
        low = tau;
        if (k == 0) break;
      } else high = tau;
    }
    return low;
  }

  /** Fills `bessel` for tau; returns how many terms keep the tolerance, MAX_TERMS at most. */
  private termsFor(tau: f64): i32 {
    besselJ(this.focus * tau, MAX_TERMS + 1, this.bessel);
    // The norm is exp(-halfRate tau) at least, in the scale of the sum.
    const allowed = this.tolerance * Math.exp(-this.halfRate * tau);
    let left: f64 = 0;
    let k = MAX_TERMS;
    while (k > 1) {
      left += 2 * abs(load<f64>(this.bessel + (<usize>(k - 1) << 3))) * load<f64>(this.bounds + (<usize>(k - 1) << 3));
      if (left > allowed) break;
      k--;
    }
    return k;
  }

  @inline
  private term(k: i32): usize {
    return this.terms + <usize>k * this.stride;
  }

  private extend(count: i32): void {
    const n = this.space.dimension;
    for (; this.count < count; this.count++) {
      const k = this.count;
      // u_1 is half of what the recurrence makes of u_(-1) = 0.
      const before = k == 1 ? this.zero : this.term(k - 2);
      this.space.recur(this.term(k), this.term(k - 1), before, 2 / this.focus, this.centreRe, this.centreIm);
      if (k == 1) scaleInto(this.term(1), this.term(1), n, 0.5);
    }
  }

  /** Makes the terms for tau and fills complex[MAX_TERMS] (real) `coefficients`; returns the number of terms. */
  private expand(tau: f64, coefficients: usize): i32 {
    const count = this.termsFor(tau);
    this.extend(count);
    memory.fill(coefficients, 0, <usize>MAX_TERMS << 4);
    for (let k = 0; k < count; k++) {
      const value = load<f64>(this.bessel + (<usize>k << 3));
      store<f64>(coefficients + (<usize>k << 4), k == 0 ? value : 2 * value);
    }
    return count;
  }

  prepare(count: i32): void {
    this.wanted = count;
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    this.logScale = 2 * this.centreRe * tau;
    if (tau == this.foundAt) {
      this.norm2 = this.foundNorm2;
      return this.located;
    }
    const n = this.space.dimension;
    if (gridStepAhead && this.isAhead) {
      const state = this.ahead;
      this.ahead = this.state;
      this.state = state;
      this.isAhead = false;
    } else {
      const count = this.expand(tau, this.coefficients);
      this.isAhead = this.wanted > 1 && this.gridStep > 0;
      if (this.isAhead) {
        const both = max(count, this.expand(tau + this.gridStep, this.slopes));
        combineTwo(this.state, this.ahead, n, this.terms, this.stride, both, this.coefficients, this.slopes);
      } else combineReal(this.state, n, this.terms, this.stride, count, this.coefficients);
    }
    this.wanted--;
    this.norm2 = norm2(this.state, n);
    return this.state;
  }

  /** Puts psi(tau) and its derivative, up to the factor e^(z tau), at `located` and `derivative`; fills norm2 and slope. */
  private evaluate(tau: f64): void {
    const n = this.space.dimension;
    const count = this.expand(tau, this.coefficients);
    const b = this.bessel;
    // J_k' = (J_(k-1) - J_(k+1)) / 2, J_0' = -J_1
    for (let k = 0; k < count; k++) {
      const p = b + (<usize>k << 3);
      const slope = k == 0 ? -load<f64>(p, 8) : load<f64>(p - 8) - load<f64>(p, 8);
      store<f64>(this.slopes + (<usize>k << 4), this.focus * slope);
    }
    combineTwo(this.located, this.derivative, n, this.terms, this.stride, count, this.coefficients, this.slopes);
    addScaled(this.derivative, this.located, n, this.centreRe, this.centreIm);
    this.norm2 = norm2(this.located, n);
    this.slope = 2 * dotReal(this.located, this.derivative, n);
    this.logScale = 2 * this.centreRe * tau;
  }
  private slope: f64 = 0;
  /** Where the state is that `locate` ended with. */
  private foundAt: f64 = NO_JUMP;
  private foundNorm2: f64 = 0;

  /** Newton on ln ||psi||^2, which falls, kept inside what is known to hold the crossing. */
  locate(ratio: f64, latest: f64): f64 {
    const limit = this.reach(latest);
    const target = Math.log(ratio);
    const n = this.space.dimension;
    let low: f64 = 0;
    let high = limit;
    let bracketed = false;
    this.extend(2);
    let tau = min(target / (2 * dotReal(this.term(0), this.term(1), n) * this.focus + 2 * this.centreRe), limit);
    if (!(tau > 0)) tau = limit;
    for (let k = 0; k < MAX_NEWTON; k++) {
      this.evaluate(tau);
      const excess = Math.log(this.norm2) + this.logScale - target;
      if (excess > 0) {
        if (tau >= limit) {
          this.foundAt = tau;
          this.foundNorm2 = this.norm2;
          return NO_JUMP;
        }
        low = tau;
      } else {
        high = tau;
        bracketed = true;
      }
      const step = -(excess * this.norm2) / this.slope;
      if (abs(step) * this.focus < LINEAR) {
        addScaledReal(this.located, this.derivative, n, step);
        tau = max(min(tau + step, limit), 0);
        break;
      }
      tau += step;
      if (!(tau > low)) tau = 0.5 * (low + high);
      else if (!(tau < high)) tau = bracketed ? 0.5 * (low + high) : high;
    }
    this.locatedRate = -this.slope;
    return tau;
  }
}

/** x^(2/3) for x >= 0 */
function twoThirdsPower(x: f64): f64 {
  return x > 0 ? Math.pow(x, 2.0 / 3.0) : 0;
}
