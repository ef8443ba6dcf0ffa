// The evolution without a jump of one initial state, tabulated once: nodes at equal distances with the state's Taylor
// series, the polynomial of its squared norm and the inverse of that. A jump is then found by a search among the nodes' norms
// and one polynomial, whatever the dimension; by Halley's method where the norm is too flat. Built from the model alone.
import { Interpolation } from "./interpolation";
import { allocate, allocateVector, vectorBytes } from "./memory";
import { Propagator } from "./propagator";
import { Space } from "./program";
import { NO_JUMP, Segment } from "./segment";
import { dot, norm2, scaleInto } from "./vector";

/** Nodes at most, and bytes of all their series (they should stay in the second-level cache). */
const MAX_NODES: i32 = 4096;
const MAX_BYTES: f64 = 2e6;
/** Nodes are 2^-MAX_HALVINGS of the propagator's unit (||A|| unit <= 1) apart where that fits: shorter series. */
const MAX_HALVINGS: i32 = 4;
/** No random number is below 2^-53. */
const SMALLEST_NORM: f64 = 1e-17;
const SERIES_END: f64 = 1e-17;
const MAX_STEPS: i32 = 40;
/** What may be left out of the inverse, as a part of the norm, and by Halley's method, of the distance of two nodes. */
const LAST_ERROR: f64 = 1e-16;
/** Parts of the range of the squared norm, each of which knows which nodes lie in it: one or two as a rule. */
const BINS: i32 = 1024;
const MAX_DEGREE: i32 = 24;
/** Bytes before the polynomial in a row of the inverses. */
const INVERSE: usize = 32;

export class Path extends Segment {
  /** Order of the Taylor series and of the norm's polynomial, the same for all nodes. */
  private degree: i32 = 0;
  private normDegree: i32 = 0;
  private nodes: i32 = 0;
  private step: f64 = 0;
  private perStep: f64 = 0;
  /** f64[nodes]: squared norm at each node. */
  private norms: usize = 0;
  /** i32[BINS + 1]: the last node whose norm is >= b / BINS. */
  private lastNodes: usize = 0;
  /** f64[nodes][pairs][2], relative to the node's norm: coefficients of s^(2 k) and s^(2 k + 1), highest k first. */
  private polynomials: usize = 0;
  private polynomialBytes: usize = 0;
  /**
   * f64[nodes][4 + 2 pairs]: 1 / norm; 2 / (what is lost up to the next node); what the polynomial that follows leaves out,
   * as a part of the norm; ln of the norm. It is the place s as a function of 2 (what is lost up to s) / (up to the next node) - 1.
   */
  private inverses: usize = 0;
  private inverseBytes: usize = 0;
  /** f64[norm's degree + 1]: values to be interpolated. */
  private places: usize = allocate(<usize>(MAX_DEGREE + 1) << 3);
  /** Bound of a sixth of the polynomials' third derivatives. */
  private third: f64 = 0;
  /** complex[nodes][degree + 1][dimension], of the state normalised at the node. */
  private series: usize = 0;
  private stride: usize;
  private cursor: usize;

  constructor(private propagator: Propagator, private dimension: i32) {
    super();
    this.stride = vectorBytes(dimension);
    this.located = allocateVector(dimension);
    this.cursor = allocateVector(dimension);
  }

  begin(space: Space, psi: usize, remaining: f64): void {}

  stateAt(tau: f64, gridStepAhead: bool): usize {
    const place = tau * this.perStep;
    const node = min(<i32>place, this.nodes - 1);
    this.sumSeries(node, place - <f64>node, this.cursor);
    this.norm2 = norm2(this.cursor, this.dimension);
    this.logScale = load<f64>(this.inverses + <usize>node * this.inverseBytes, 24);
    return this.cursor;
  }

  private sumSeries(node: i32, place: f64, out: usize): void {
    const terms = this.series + <usize>node * <usize>(this.degree + 1) * this.stride;
    this.propagator.sumSeries(terms, this.degree, place, out);
  }

  /** Tabulates exp(A t) psi up to `last`; returns false when that would be too long a table. */
  build(psi: usize, last: f64): bool {
    const p = this.propagator;
    const end = this.end(psi, last);
    for (let halvings = MAX_HALVINGS; halvings >= 0; halvings--) {
      this.setStep(p.unit / <f64>(1 << halvings));
      const bytes = <f64>this.stride * <f64>(this.degree + 1) + 16 * <f64>(this.normDegree + 2);
      const nodes = Math.ceil(end / this.step);
      if (nodes <= <f64>MAX_NODES && nodes * bytes <= MAX_BYTES) {
        this.fill(psi, <i32>nodes);
        return true;
      }
    }
    return false;
  }

  private setStep(step: f64): void {
    const norm = this.propagator.norm;
    this.step = step;
    this.perStep = 1 / step;
    this.degree = seriesDegree(norm * step);
    this.normDegree = seriesDegree(2 * norm * step);
  }

  /** The last time, or an earlier one at which the norm is below every random number; Infinity where there are too many steps. */
  private end(psi: usize, last: f64): f64 {
    const p = this.propagator;
    this.setStep(p.unit);
    const steps = Math.ceil(last / this.step);
    const x = this.cursor;
    const terms = allocate(<usize>(this.degree + 1) * this.stride);
    memory.copy(x, psi, this.stride);
    let norm: f64 = 1;
    for (let k = 0; k < MAX_NODES; k++) {
      if (<f64>k >= steps) return last;
      if (norm <= SMALLEST_NORM) return <f64>k * this.step;
      p.seriesInto(x, this.step, this.degree, terms);
      p.sumSeries(terms, this.degree, 1, x);
      const n = norm2(x, this.dimension);
      norm *= n;
      scaleInto(x, x, this.dimension, 1 / Math.sqrt(n));
    }
    return <f64>MAX_NODES >= steps ? last : Infinity;
  }

  /** Tabulates the evolution at so many nodes, or up to where the norm is below every random number. */
  private fill(psi: usize, nodes: i32): void {
    const p = this.propagator;
    const d = this.dimension;
    this.norms = allocate(<usize>(nodes + 1) << 3);
    this.polynomialBytes = <usize>((this.normDegree >> 1) + 1) << 4;
    this.polynomials = allocate(<usize>nodes * this.polynomialBytes);
    this.series = allocate(<usize>nodes * <usize>(this.degree + 1) * this.stride);
    const x = allocateVector(d);
    memory.copy(x, psi, this.stride);
    let norm: f64 = 1;
    let node = 0;
    while (node < nodes && norm > SMALLEST_NORM) {
      store<f64>(this.norms + (<usize>node << 3), norm);
      const terms = this.series + <usize>node * <usize>(this.degree + 1) * this.stride;
      p.seriesInto(x, this.step, this.degree, terms);
      this.expandNorm(node, terms);
      p.sumSeries(terms, this.degree, 1, x);
      const n = norm2(x, d);
      norm *= n;
      scaleInto(x, x, d, 1 / Math.sqrt(n));
      node++;
    }
    this.nodes = node;
    store<f64>(this.norms + (<usize>node << 3), norm);
    const rate = 2 * p.norm * this.step;
    this.third = (rate * rate * rate) / 6;
    this.inverseBytes = INVERSE + this.polynomialBytes;
    this.inverses = allocate(<usize>node * this.inverseBytes);
    const interpolation = new Interpolation(this.normDegree);
    for (let k = 0; k < node; k++) this.invert(k, interpolation);
    this.sortNodes();
  }

  /** Interpolates the place as a function of the norm, between points found by Halley's method. */
  private invert(node: i32, interpolation: Interpolation): void {
    const norm = load<f64>(this.norms + (<usize>node << 3));
    const lost = 1 - load<f64>(this.norms + (<usize>(node + 1) << 3)) / norm;
    const row = this.inverses + <usize>node * this.inverseBytes;
    const places = this.places;
    let steepest: f64 = 0;
    let s: f64 = 1;
    for (let j = 0; j <= this.normDegree; j++) {
      s = this.solve(node, 1 - 0.5 * lost * (1 + interpolation.point(j)), s);
      store<f64>(places + (<usize>j << 3), s);
      steepest = max(steepest, -this.slope);
    }
    store<f64>(row, 1 / norm);
    store<f64>(row, 2 / lost, 8);
    const leftOut = steepest * interpolation.fit(places, row + INVERSE);
    store<f64>(row, lost > 0 ? leftOut : Infinity, 16);
    store<f64>(row, Math.log(norm), 24);
  }

  private sortNodes(): void {
    this.lastNodes = allocate(<usize>(BINS + 1) << 2);
    let node = 0;
    for (let b = BINS; b >= 0; b--) {
      while (node + 1 < this.nodes && load<f64>(this.norms + (<usize>(node + 1) << 3)) >= <f64>b / <f64>BINS) node++;
      store<i32>(this.lastNodes + (<usize>b << 2), node);
    }
  }

  /** The last node whose norm is >= ratio; norms descend. */
  private nodeBefore(ratio: f64): i32 {
    const p = this.lastNodes + (<usize>min(<i32>(ratio * <f64>BINS), BINS - 1) << 2);
    let node = load<i32>(p, 4);
    let last = load<i32>(p);
    while (node < last) {
      const middle = (node + last + 1) >> 1;
      if (load<f64>(this.norms + (<usize>middle << 3)) >= ratio) node = middle;
      else last = middle - 1;
    }
    return node;
  }

  /** Coefficients of ||sum_k s^k v_k||^2. */
  private expandNorm(node: i32, terms: usize): void {
    const product = memory.data(16);
    const row = this.polynomials + <usize>node * this.polynomialBytes;
    for (let n = 0; n <= this.normDegree; n++) {
      let sum: f64 = 0;
      for (let i = max(0, n - this.degree); 2 * i <= n; i++) {
        if (n - i > this.degree) continue;
        dot(terms + <usize>i * this.stride, terms + <usize>(n - i) * this.stride, this.dimension, product);
        sum += (2 * i == n ? 1 : 2) * load<f64>(product);
      }
      store<f64>(row + (<usize>((this.normDegree >> 1) - (n >> 1)) << 4) + (<usize>(n & 1) << 3), sum);
    }
  }

  /** The time at which the squared norm is `ratio`, the state there at `located`; NO_JUMP if that is after `limit`. */
  locate(ratio: f64, limit: f64): f64 {
    if (load<f64>(this.norms + (<usize>this.nodes << 3)) > ratio) return NO_JUMP;
    const node = this.nodeBefore(ratio);
    const relative = ratio * load<f64>(this.inverses + <usize>node * this.inverseBytes);
    const s = this.placeOf(node, relative);
    const time = (<f64>node + s) * this.step;
    if (time > limit) return NO_JUMP;
    this.locatedRate = -this.slope * this.perStep;
    this.locatedNorm2 = relative;
    this.foundNode = node;
    this.foundPlace = s;
    return time;
  }
  /** The node before the last jump, and how far behind it that was. */
  private foundNode: i32 = 0;
  private foundPlace: f64 = 0;

  assembleLocated(): void {
    this.sumSeries(this.foundNode, this.foundPlace, this.located);
  }

  /** The place in [0, 1] after a node at which its norm has fallen to `ratio`. */
  @inline
  private placeOf(node: i32, ratio: f64): f64 {
    const row = this.inverses + <usize>node * this.inverseBytes;
    const last = row + this.inverseBytes;
    const scale = load<f64>(row, 8);
    const x = (1 - ratio) * scale - 1;
    // Even and odd powers side by side, by Horner's rule in x^2, with the first derivative in that.
    const q = f64x2.splat(x * x);
    let p = v128.load(row + INVERSE);
    let d = f64x2.splat(0);
    for (let c = row + INVERSE + 16; c < last; c += 16) {
      d = f64x2.add(f64x2.mul(d, q), p);
      p = f64x2.add(f64x2.mul(p, q), v128.load(c));
    }
    const odd = f64x2.extract_lane(p, 1);
    const s = f64x2.extract_lane(p, 0) + x * odd;
    // Out of bounds by rounding; not a number where the norm is constant.
    const place = s > 0 ? min(s, 1) : 0;
    if (!(load<f64>(row, 16) <= LAST_ERROR)) return this.solve(node, ratio, place);
    this.slope = -1 / (scale * (odd + 2 * x * (f64x2.extract_lane(d, 0) + x * f64x2.extract_lane(d, 1))));
    return place;
  }

  /**
   * Safeguarded Halley iteration for f(s) = polynomial(s) - ratio = 0 in [0, 1], from s on. An error x becomes
   * ((f2 / 2 f1)^2 - f3 / 6 f1) x^3, where f1, f2, f3 are the derivatives.
   */
  private solve(node: i32, ratio: f64, s: f64): f64 {
    const row = this.polynomials + <usize>node * this.polynomialBytes;
    const last = row + this.polynomialBytes;
    let low: f64 = 0, high: f64 = 1;
    for (let k = 0; k < MAX_STEPS; k++) {
      // Even and odd powers side by side, by Horner's rule in q = s^2, with first and (half) second derivatives in q.
      const square = s * s;
      const q = f64x2.splat(square);
      let p = v128.load(row);
      let d = f64x2.splat(0);
      let e = d;
      for (let c = row + 16; c < last; c += 16) {
        e = f64x2.add(f64x2.mul(e, q), d);
        d = f64x2.add(f64x2.mul(d, q), p);
        p = f64x2.add(f64x2.mul(p, q), v128.load(c));
      }
      const odd = f64x2.extract_lane(p, 1), evenSlope = f64x2.extract_lane(d, 0), oddSlope = s * f64x2.extract_lane(d, 1);
      const f = f64x2.extract_lane(p, 0) + s * odd - ratio;
      const slope = odd + 2 * s * (evenSlope + oddSlope);
      const bend = evenSlope + 3 * oddSlope + 4 * square * (f64x2.extract_lane(e, 0) + s * f64x2.extract_lane(e, 1));
      if (f > 0) low = s;
      else high = s;
      let next = s - (f * slope) / (slope * slope - f * bend);
      const safe = next >= low && next <= high;
      if (!safe) next = 0.5 * (low + high);
      const step = next - s;
      s = next;
      this.slope = slope + 2 * bend * step;
      const left = step * step * abs(step) * (bend * bend + this.third * abs(slope));
      if (safe && left <= LAST_ERROR * slope * slope) break;
    }
    return s;
  }
  /** Slope of the polynomial at the last solution. */
  private slope: f64 = 0;
}

/** The order at which x^n / n! has fallen below rounding. */
function seriesDegree(x: f64): i32 {
  let term: f64 = 1;
  let n = 0;
  while (term > SERIES_END && n < MAX_DEGREE) {
    n++;
    term *= x / <f64>n;
  }
  return n;
}
