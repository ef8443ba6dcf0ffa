// The evolution without a jump of one initial state, tabulated once: nodes at equal distances with the state's Taylor
// series and the polynomial of its squared norm. A jump is then found by a binary search over the nodes' norms and
// Newton on one polynomial, whatever the dimension; built from the model alone.
import { allocate, allocateVector, vectorBytes } from "./memory";
import { Propagator } from "./propagator";
import { Space } from "./program";
import { NO_JUMP, Segment } from "./segment";
import { dot, norm2, scaleInto } from "./vector";

/** Nodes at most, and bytes of all their series (they should stay in the second-level cache). */
const MAX_NODES: i32 = 4096;
const MAX_BYTES: f64 = 2e6;
/** Nodes are 2^-MAX_HALVINGS of the propagator's unit (||A|| unit <= 1) apart where that fits: shorter series. */
const MAX_HALVINGS: i32 = 3;
/** No random number is below 2^-53. */
const SMALLEST_NORM: f64 = 1e-17;
const SERIES_END: f64 = 1e-17;
const MAX_NEWTON: i32 = 40;

export class Path extends Segment {
  /** Order of the Taylor series and of the norm's polynomial, the same for all nodes. */
  private degree: i32 = 0;
  private normDegree: i32 = 0;
  private nodes: i32 = 0;
  private step: f64 = 0;
  /** f64[nodes]: squared norm at each node. */
  private norms: usize = 0;
  /** f64[nodes][normDegree + 1], highest power first, relative to the node's norm. */
  private polynomials: usize = 0;
  /** complex[nodes][degree + 1][dimension], of the state normalised at the node. */
  private series: usize = 0;
  private stride: usize;

  constructor(private propagator: Propagator, private dimension: i32) {
    super();
    this.stride = vectorBytes(dimension);
    this.located = allocateVector(dimension);
  }

  begin(space: Space, psi: usize, remaining: f64): void {}

  /** Not tabulated: what is measured on the way is known already where a path is kept. */
  stateAt(tau: f64, gridStepAhead: bool): usize {
    return 0;
  }

  /** Tabulates exp(A t) psi up to `last`; returns false when that would be too long a table. */
  build(psi: usize, last: f64): bool {
    const p = this.propagator;
    const norm = p.norm;
    let halvings = MAX_HALVINGS;
    while (halvings >= 0) {
      this.step = p.unit / <f64>(1 << halvings);
      this.degree = seriesDegree(norm * this.step);
      this.normDegree = seriesDegree(2 * norm * this.step);
      const bytes = <f64>this.stride * <f64>(this.degree + 1) + 8 * <f64>(this.normDegree + 2);
      const nodes = Math.ceil(last / this.step);
      if (nodes <= <f64>MAX_NODES && nodes * bytes <= MAX_BYTES) {
        this.fill(psi, <i32>nodes);
        return true;
      }
      halvings--;
    }
    return false;
  }

  private fill(psi: usize, nodes: i32): void {
    const p = this.propagator;
    const d = this.dimension;
    this.norms = allocate(<usize>(nodes + 1) << 3);
    this.polynomials = allocate(<usize>(nodes * (this.normDegree + 1)) << 3);
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
  }

  /** Coefficients of ||sum_k s^k v_k||^2. */
  private expandNorm(node: i32, terms: usize): void {
    const product = memory.data(16);
    const row = this.polynomials + (<usize>(node * (this.normDegree + 1)) << 3);
    for (let n = 0; n <= this.normDegree; n++) {
      let sum: f64 = 0;
      for (let i = max(0, n - this.degree); 2 * i <= n; i++) {
        if (n - i > this.degree) continue;
        dot(terms + <usize>i * this.stride, terms + <usize>(n - i) * this.stride, this.dimension, product);
        sum += (2 * i == n ? 1 : 2) * load<f64>(product);
      }
      store<f64>(row + (<usize>(this.normDegree - n) << 3), sum);
    }
  }

  /** The time at which the squared norm is `ratio`, the state there at `located`; NO_JUMP if that is after `limit`. */
  locate(ratio: f64, limit: f64): f64 {
    if (load<f64>(this.norms + (<usize>this.nodes << 3)) > ratio) return NO_JUMP;
    // The last node whose norm is >= ratio; norms descend.
    let base = this.norms;
    let length = this.nodes;
    while (length > 1) {
      const half = length >> 1;
      const middle = base + (<usize>half << 3);
      base = select<usize>(middle, base, load<f64>(middle) >= ratio);
      length -= half;
    }
    const node = <i32>((base - this.norms) >> 3);
    const s = this.newton(node, ratio / load<f64>(base), load<f64>(base, 8) / load<f64>(base));
    this.locatedRate = -this.slope / this.step;
    const time = (<f64>node + s) * this.step;
    if (time > limit) return NO_JUMP;
    const terms = this.series + <usize>node * <usize>(this.degree + 1) * this.stride;
    this.propagator.sumSeries(terms, this.degree, s, this.located);
    return time;
  }

  /** Safeguarded Newton for polynomial(s) = ratio in [0, 1]; `end` = polynomial(1) <= ratio. */
  private newton(node: i32, ratio: f64, end: f64): f64 {
    const row = this.polynomials + (<usize>(node * (this.normDegree + 1)) << 3);
    const last = row + (<usize>this.normDegree << 3);
    let low: f64 = 0, high: f64 = 1;
    let slope: f64 = 0;
    let s = end < 1 ? min((1 - ratio) / (1 - end), 1) : 0;
    for (let k = 0; k < MAX_NEWTON; k++) {
      let value = load<f64>(row);
      slope = 0;
      for (let c = row + 8; c <= last; c += 8) {
        slope = slope * s + value;
        value = value * s + load<f64>(c);
      }
      const f = value - ratio;
      if (f > 0) low = s;
      else high = s;
      let next = s - f / slope;
      if (!(next >= low && next <= high)) next = 0.5 * (low + high);
      // Newton converges quadratically: after a step of 1e-8 the next one is rounding.
      const done = abs(next - s) < 1e-8;
      s = next;
      if (done) break;
    }
    this.slope = slope;
    return s;
  }
  /** Slope of the polynomial where the last `newton` ended. */
  private slope: f64 = 0;
}

/** The order at which x^n / n! has fallen below rounding. */
function seriesDegree(x: f64): i32 {
  let term: f64 = 1;
  let n = 0;
  while (term > SERIES_END && n < 24) {
    n++;
    term *= x / <f64>n;
  }
  return n;
}
