// Generators that are Hermitian ("decay": A = S) or anti-Hermitian up to a number ("unitary": A = -i S - g/2), S Hermitian.
// Lanczos: S V = V T + beta v_m e_m^T with T real tridiagonal, T = Q theta Q^T. All that is asked is then a sum of
// exponentials: psi(tau) = sum_j d_j(tau) V q_j with d_j = Q_0j exp(theta_j tau) or Q_0j exp(-i theta_j tau - g tau / 2).
// A start vector with few distinct eigenvalues (identical emitters: at most min(k, N - k) + 1) closes the basis: exact.
import { combine, combineReal } from "./combine";
import { DecayForms } from "./decay-forms";
import { DecaySum } from "./decay-sum";
import { LadderRoom, LadderSegment } from "./ladder-segment";
import { LanczosBasis, MAX_ORDER, ROUNDING, TOLERANCE } from "./lanczos-basis";
import { allocate, allocateVector, f64At } from "./memory";
import { unpackReal } from "./packed-real";
import { Space } from "./program";
import { ReducedForms } from "./reduced-forms";
import { NO_JUMP, Segment } from "./segment";
import { solveTridiagonal } from "./tridiagonal";
import { norm2, rotate } from "./vector";

/**
 * "decay": what segments may add to the squared norm, times its fall and times the fraction of all time that they cover; see
 * KrylovPath. A fraction 1e-16 beta tau of it is rounding's.
 */
const BUDGET: f64 = 5e-13;
/** Grid steps by multiplication before the exponentials are taken anew: their rounding adds up to 1e-14 at most. */
const MAX_STEPS: i32 = 64;

export class LanczosSegment extends Segment {
  private space: Space;
  readonly basis: LanczosBasis;
  private order: i32 = 0;
  private decay: bool = true;
  private commonRate: f64 = 0;
  /** "decay": the squared norm */
  private sum: DecaySum;
  /** f64[order]: eigenvalues theta */
  private theta: usize;
  /** f64[order][order]: eigenvector after eigenvector */
  private vectors: usize = allocate(<usize>(MAX_ORDER * MAX_ORDER) << 3);
  /** complex[order]: coefficients d_j, and then those of the basis vectors */
  private eigen: usize = allocate(<usize>MAX_ORDER << 4);
  private coefficients: usize = allocate(<usize>MAX_ORDER << 4);
  private state: usize;
  private packedState: usize;
  private forms: ReducedForms;
  private decayForms: DecayForms;
  /** complex[order]: d_j(tau + gridStep) / d_j(tau) */
  private factors: usize = allocate(<usize>MAX_ORDER << 4);
  private stepsTaken: i32 = 0;

  /** `space`: any one, to begin with; `last`: the last time of all. */
  constructor(space: Space, largestDimension: i32, private gridStep: f64, private last: f64) {
    super();
    this.space = space;
    const sum = new DecaySum(MAX_ORDER);
    this.sum = sum;
    this.theta = sum.theta;
    this.forms = new ReducedForms(space, MAX_ORDER, largestDimension);
    this.decayForms = new DecayForms(space, MAX_ORDER, allocateVector(largestDimension), allocateVector(largestDimension));
    this.packedState = allocateVector((largestDimension + 1) >> 1);
    this.basis = new LanczosBasis(space, largestDimension, sum.theta);
    this.state = allocateVector(largestDimension);
    this.located = allocateVector(largestDimension);
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    this.space = space;
    const basis = this.basis;
    basis.build(space, psi, remaining, this.leastNorm2);
    this.order = basis.order;
    this.decay = basis.decay;
    this.commonRate = space.commonRate;
    // With one vector T is its own eigenvalue, free of cancellation: a dark state has exactly no rate.
    if (this.order == 1 && this.decay) store<f64>(this.theta, -0.5 * space.jumpRate(psi));
    solveTridiagonal(this.order, this.theta, basis.off, this.vectors);
    if (this.decay) this.clearRounding(space.norm);
    this.sum.order = this.order;
    this.sum.findSlowest();
    for (let j = 0; j < this.order; j++) {
      store<f64>(f64At(this.sum.weights, j), load<f64>(f64At(this.vectors, j * this.order)));
    }
    this.horizon = this.basis.beta == 0 ? Infinity : this.findHorizon(remaining);
    this.stationary = this.order == 1 && !space.moving;
    this.reduced = false;
  }

  /**
   * Eigenvalues are known to rounding of the largest: what is below is none. A dark state would otherwise fade, or grow,
   * over times of 2^53 / ||A||.
   */
  private clearRounding(norm: f64): void {
    const least = -ROUNDING * <f64>this.order * norm;
    for (let j = 0; j < this.order; j++) {
      if (this.order > 1 && load<f64>(f64At(this.theta, j)) > least) store<f64>(f64At(this.theta, j), 0);
    }
  }

  /** True when the basis is closed: the segment then holds for all times and may be kept. */
  get exact(): bool {
    return this.basis.beta == 0;
  }

  /** The same evolution in its eigenbasis, to be kept; null where it is not exact, or not real. */
  ladder(spaces: Space[], number: i32, room: LadderRoom, last: f64): LadderSegment | null {
    if (this.basis.beta != 0 || !this.basis.packed || this.space.moving) return null;
    const m = this.order;
    const basis = this.basis;
    const eigenvectors = allocate(basis.stride * <usize>m);
    const segment = new LadderSegment(spaces, number, m, eigenvectors, this.gridStep, room);
    for (let k = 0; k < m; k++) {
      const j = this.placeOf(k);
      for (let i = 0; i < m; i++) {
        store<f64>(this.coefficients + (<usize>i << 4), load<f64>(f64At(this.vectors, j * m + i)));
      }
      const out = eigenvectors + <usize>k * basis.stride;
      combineReal(out, basis.words, basis.start, basis.stride, m, this.coefficients);
      store<f64>(f64At(segment.sum.theta, k), load<f64>(f64At(this.theta, j)));
      store<f64>(f64At(segment.sum.weights, k), load<f64>(f64At(this.vectors, j * m)));
    }
    segment.finish(last, 0);
    return segment;
  }

  /** Which eigenvalue has k below it. */
  private placeOf(k: i32): i32 {
    let j = 0;
    while (this.rank(j) != k) j++;
    return j;
  }

  private rank(j: i32): i32 {
    const theta = load<f64>(f64At(this.theta, j));
    let below = 0;
    for (let i = 0; i < this.order; i++) {
      const other = load<f64>(f64At(this.theta, i));
      if (other < theta || (other == theta && i < j)) below++;
    }
    return below;
  }

  /** d_j(tau) / d_j(0) without the common factor exp(logScale / 2), written to `out`. */
  @inline
  private phase(j: i32, tau: f64, out: usize): void {
    const theta = load<f64>(f64At(this.theta, j));
    store<f64>(out, this.decay ? Math.exp((theta - this.sum.slowest) * tau) : Math.cos(theta * tau));
    store<f64>(out, this.decay ? 0 : -Math.sin(theta * tau), 8);
  }

  /** Fills `eigen` with d_j(tau), without the common factor. */
  private evolve(tau: f64): void {
    for (let j = 0; j < this.order; j++) {
      const p = this.eigen + (<usize>j << 4);
      this.phase(j, tau, p);
      v128.store(p, f64x2.mul(v128.load(p), v128.load64_splat(f64At(this.vectors, j * this.order))));
    }
    this.logScale = this.decayRate * tau;
  }

  /** What the common factor taken out of `eigen` does to the logarithm of the squared norm. */
  private get decayRate(): f64 {
    return this.decay ? 2 * this.sum.slowest : -this.commonRate;
  }

  /** |<v_(m-1)|psi(tau)>| in the scale of `eigen`, which has been filled for tau. */
  private lastCoefficient(): f64 {
    const m = this.order;
    let re: f64 = 0, im: f64 = 0;
    for (let j = 0; j < m; j++) {
      const q = load<f64>(f64At(this.vectors, j * m + m - 1));
      re += q * load<f64>(this.eigen + (<usize>j << 4));
      im += q * load<f64>(this.eigen + (<usize>j << 4), 8);
    }
    return Math.sqrt(re * re + im * im);
  }

  /**
   * integral_0^tau exp(-g (tau - s) / 2) <v_(m-1)|psi(s)> ds of "decay" in the scale of `eigen`, g being the lowest rate. The
   * integrand is not negative: T has positive elements beside its diagonal.
   */
  private lastIntegral(tau: f64): f64 {
    const m = this.order;
    const lowest = 0.5 * this.space.lowestRate;
    let sum: f64 = 0;
    for (let j = 0; j < m; j++) {
      const rate = load<f64>(f64At(this.theta, j)) + lowest;
      const integral = rate == 0 ? tau : Math.expm1(rate * tau) / rate;
      sum += load<f64>(f64At(this.vectors, j * m)) * load<f64>(f64At(this.vectors, j * m + m - 1)) * integral;
    }
    return abs(sum) * Math.exp(-(lowest + this.sum.slowest) * tau);
  }

  /**
   * Whether the error at tau is allowed: at most beta integral |<v_(m-1)|psi(s)>| ds, errors decaying at the lowest rate at
   * least, and at most what `LanczosBasis.error` says. "unitary": the integrand is taken where it ends, as it grows while it is that
   * small (seen, not proven); neither squared norms nor jump times rest on that.
   */
  private isWithin(tau: f64, remaining: f64): bool {
    this.evolve(tau);
    const n = norm2(this.eigen, this.order);
    const series = this.basis.error * Math.pow(tau / remaining, <f64>this.order) * Math.exp(-0.5 * this.logScale);
    const integral = this.basis.beta * (this.decay ? this.lastIntegral(tau) : tau * this.lastCoefficient());
    const share = 1 / (n * Math.exp(this.logScale)) - 1 + tau / this.last;
    const allowed = this.decay ? min(TOLERANCE, max(0.5 * BUDGET * share, 1e-16 * this.basis.beta * tau)) : TOLERANCE;
    return min(series, integral) <= allowed * Math.sqrt(n);
  }

  /** The longest time, to a few per cent, at which the error is allowed. */
  private findHorizon(remaining: f64): f64 {
    let low: f64 = 0;
    let high: f64 = remaining;
    for (let k = 0; k < 40; k++) {
      const tau = k == 0 ? remaining : low > 0 && high < 4 * low ? 0.5 * (low + high) : Math.sqrt(max(low, 1e-9 * high) * high);
      if (this.isWithin(tau, remaining)) low = tau;
      else high = tau;
      if (high <= 1.05 * low || low == remaining) break;
    }
    return low;
  }

  locate(ratio: f64, latest: f64): f64 {
    const limit = this.reach(latest);
    const tau = this.decay ? this.sum.crossing(ratio, limit) : -Math.log(ratio) / this.commonRate;
    if (!(tau >= 0 && tau <= limit)) return NO_JUMP;
    this.assemble(tau, this.located);
    if (this.decay) this.locatedRate = -this.sum.slope * Math.exp(-this.logScale);
    else this.locatedRate = this.commonRate * norm2(this.eigen, this.order);
    return tau;
  }

  /** out = V Q d(tau) */
  private assemble(tau: f64, out: usize): void {
    const m = this.order;
    this.evolve(tau);
    for (let i = 0; i < m; i++) {
      let re: f64 = 0, im: f64 = 0;
      for (let j = 0; j < m; j++) {
        const q = load<f64>(f64At(this.vectors, j * m + i));
        re += q * load<f64>(this.eigen + (<usize>j << 4));
        im += q * load<f64>(this.eigen + (<usize>j << 4), 8);
      }
      store<f64>(this.coefficients + (<usize>i << 4), re);
      store<f64>(this.coefficients + (<usize>i << 4), im, 8);
    }
    const basis = this.basis;
    const n = basis.words;
    if (basis.packed) {
      combineReal(this.packedState, n, basis.start, basis.stride, m, this.coefficients);
      unpackReal(this.packedState, this.space.dimension, out);
    } else if (this.decay) combineReal(out, n, basis.start, basis.stride, m, this.coefficients);
    else combine(out, n, basis.start, basis.stride, m, this.coefficients);
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    this.assemble(tau, this.state);
    this.norm2 = norm2(this.state, this.space.dimension);
    return this.state;
  }

  /** Worth it when there are more values to come than half the basis: then forms are taken on the basis once. */
  prepare(count: i32): void {
    if (this.reduced || this.space.moving || this.order == 1 || 2 * count <= this.order) return;
    this.reduced = true;
    const basis = this.basis;
    if (this.decay) {
      this.decayForms.build(this.space, basis.start, basis.stride, basis.words, basis.packed, this.order, this.vectors);
    } else this.forms.build(this.space, basis.start, basis.stride, this.order, this.vectors);
    if (this.gridStep == 0) return;
    for (let j = 0; j < this.order; j++) this.phase(j, this.gridStep, this.factors + (<usize>j << 4));
  }

  reducedValues(tau: f64, gridStepAhead: bool, values: usize): void {
    if (gridStepAhead && this.gridStep > 0 && this.stepsTaken < MAX_STEPS) {
      this.stepsTaken++;
      for (let j = 0; j < this.order; j++) {
        const factor = this.factors + (<usize>j << 4);
        rotate(this.eigen + (<usize>j << 4), 1, load<f64>(factor), load<f64>(factor, 8));
      }
    } else {
      this.stepsTaken = 0;
      this.evolve(tau);
    }
    this.logScale = this.decayRate * tau;
    if (this.decay) {
      this.norm2 = this.decayForms.values(this.eigen, values);
      return;
    }
    this.norm2 = norm2(this.eigen, this.order);
    this.forms.values(this.eigen, this.norm2, values);
  }
}
