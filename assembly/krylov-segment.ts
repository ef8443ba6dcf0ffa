// Spaces too big for a dense propagator. V spans psi, A psi, A^2 psi, ...; psi(tau) = V exp(H tau) e_1 up to an error that
// is bounded by beta * integral |e_m . exp(H s) e_1| ds (Saad 1992), which sets the horizon; when the basis closes
// (beta = 0) there is none. One basis serves the grid values, the norm and the jump time.
import { allocatePacked, multiplyPacked, packedElement } from "./dense";
import { Evolution } from "./evolution";
import { allocate, allocateVector, vectorBytes } from "./memory";
import { GENERAL, Space } from "./program";
import { LinearMap, Propagator } from "./propagator";
import { NO_JUMP, Segment } from "./segment";
import { addScaled, combine, dot, dotFour, norm2, scaleInto, subtractFour } from "./vector";

/** Basis vectors at most. 20 to 30 is the cheapest in applications of A (60 against 100 at 20, 180 at 12). */
export const MAX_ORDER: i32 = 30;
/** Error bound of a segment relative to the norm of the state. */
const TOLERANCE: f64 = 1e-13;
const ROUNDING: f64 = 1e-15;

/** The projection of A, packed. */
class ProjectedMap extends LinearMap {
  matrix: usize = allocatePacked(MAX_ORDER);
  order: i32 = 0;
  apply(x: usize, y: usize): void {
    multiplyPacked(this.matrix, this.order, x, y);
  }
}

export class KrylovSegment extends Segment {
  private map: ProjectedMap;
  private propagator: Propagator;
  private evolution: Evolution;
  private basis: usize;
  private stride: usize = 0;
  private combined: usize;
  private order: i32 = 0;
  /** ||A V_m - V_m H_m||: 0 when the basis is closed. */
  private beta: f64 = 0;
  /** Projected matrix while it grows: complex[MAX_ORDER][MAX_ORDER], column after column. */
  private columns: usize = allocate(<usize>(MAX_ORDER * MAX_ORDER) << 4);
  private product: usize = memory.data(64, 16);
  private a: usize = allocateVector(MAX_ORDER);
  private b: usize = allocateVector(MAX_ORDER);

  constructor(largestDimension: i32) {
    super();
    const map = new ProjectedMap();
    const propagator = new Propagator(map, MAX_ORDER, false);
    this.map = map;
    this.propagator = propagator;
    this.evolution = new Evolution(propagator, MAX_ORDER, 0);
    this.basis = allocate(vectorBytes(largestDimension) * <usize>(MAX_ORDER + 1));
    this.combined = allocateVector(largestDimension);
    this.located = allocateVector(largestDimension);
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    this.stride = vectorBytes(space.dimension);
    this.norm2 = 1;
    this.logScale = 0;
    memory.copy(this.basis, psi, this.stride);
    this.project(space, remaining);
    this.pack();
    const norm = min(space.norm, this.projectedNorm());
    this.propagator.configure(this.order, norm, remaining);
    const first = this.combined;
    memory.fill(first, 0, vectorBytes(this.order));
    store<f64>(first, 1);
    this.evolution.begin(first);
    this.horizon = this.beta == 0 ? Infinity : this.findHorizon(remaining);
  }

  @inline
  private vector(k: i32): usize {
    return this.basis + <usize>k * this.stride;
  }

  @inline
  private element(row: i32, column: i32): usize {
    return this.columns + (<usize>(column * MAX_ORDER + row) << 4);
  }

  /** Arnoldi; three terms only where the generator is Hermitian or anti-Hermitian up to a number (Lanczos). */
  private project(space: Space, remaining: f64): void {
    const d = space.dimension;
    const limit = min(MAX_ORDER, d);
    memory.fill(this.columns, 0, <usize>(MAX_ORDER * MAX_ORDER) << 4);
    let m = 0;
    while (true) {
      const w = this.vector(m + 1);
      space.apply(this.vector(m), w);
      const from = space.structure == GENERAL ? 0 : max(0, m - 1);
      const before = norm2(w, d);
      this.orthogonalise(w, from, m, d);
      let after = norm2(w, d);
      // A second pass where the first has cancelled most of w ("twice is enough", Kahan and Parlett).
      if (after < 0.25 * before) {
        this.orthogonalise(w, from, m, d);
        after = norm2(w, d);
      }
      m++;
      this.beta = Math.sqrt(after);
      if (this.beta * remaining <= TOLERANCE || this.beta <= ROUNDING * <f64>m * space.norm) {
        this.beta = 0;
        break;
      }
      if (m == limit) break;
      store<f64>(this.element(m, m - 1), this.beta);
      scaleInto(w, w, d, 1 / this.beta);
    }
    if (m == d) this.beta = 0;
    this.order = m;
  }

  /** w -= V V^+ w for the vectors from .. to, four at a time; the coefficients are added to column `to`. */
  private orthogonalise(w: usize, from: i32, to: i32, d: i32): void {
    let j = from;
    for (; j + 3 <= to; j += 4) {
      dotFour(this.vector(j), this.stride, w, d, this.product);
      subtractFour(w, this.vector(j), this.stride, d, this.product);
      for (let k = 0; k < 4; k++) this.addElement(j + k, to, this.product + (<usize>k << 4));
    }
    for (; j <= to; j++) {
      dot(this.vector(j), w, d, this.product);
      addScaled(w, this.vector(j), d, -load<f64>(this.product), -load<f64>(this.product, 8));
      this.addElement(j, to, this.product);
    }
  }

  @inline
  private addElement(row: i32, column: i32, value: usize): void {
    const e = this.element(row, column);
    v128.store(e, f64x2.add(v128.load(e), v128.load(value)));
  }

  private pack(): void {
    const m = this.order;
    this.map.order = m;
    memory.fill(this.map.matrix, 0, <usize>((m + 3) & ~3) * <usize>m * 16);
    for (let column = 0; column < m; column++) {
      for (let row = 0; row < m; row++) {
        v128.store(packedElement(this.map.matrix, m, row, column), v128.load(this.element(row, column)));
      }
    }
  }

  /** sqrt(||H||_1 ||H||_inf) >= ||H||_2 */
  private projectedNorm(): f64 {
    let columns: f64 = 0;
    let rows: f64 = 0;
    for (let i = 0; i < this.order; i++) {
      let column: f64 = 0;
      let row: f64 = 0;
      for (let j = 0; j < this.order; j++) {
        column += Math.sqrt(norm2(this.element(j, i), 1));
        row += Math.sqrt(norm2(this.element(i, j), 1));
      }
      columns = max(columns, column);
      rows = max(rows, row);
    }
    return Math.sqrt(columns * rows);
  }

  /** |e_m . c| */
  @inline
  private last(c: usize): f64 {
    return Math.sqrt(norm2(c + (<usize>(this.order - 1) << 4), 1));
  }

  /** The longest time (in a binary search on the ladder) at which the error bound is below the tolerance. */
  private findHorizon(remaining: f64): f64 {
    const p = this.propagator;
    let x = this.evolution.cursor;
    let y = this.a;
    let time: f64 = 0;
    let largest: f64 = 0;
    let i = 0;
    let climbing = true;
    while (i >= 0) {
      const end = time + p.length(i);
      if (end <= remaining) {
        const n = p.climb(i, x, y);
        const last = max(largest, this.last(y));
        if (this.beta * end * last <= TOLERANCE * Math.sqrt(n)) {
          largest = last;
          time = end;
          x = y;
          y = y == this.a ? this.b : this.a;
          if (!climbing) i--;
          else if (i < p.top) i++;
          continue;
        }
      }
      climbing = false;
      i--;
    }
    return time;
  }

  locate(ratio: f64, limit: f64): f64 {
    const tau = this.evolution.locate(ratio, limit);
    if (tau != NO_JUMP) this.expand(this.evolution.located, this.located);
    this.locatedRate = this.evolution.locatedRate;
    return tau;
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    this.evolution.moveTo(tau, false);
    this.norm2 = this.evolution.norm2;
    this.logScale = this.evolution.logScale;
    this.expand(this.evolution.cursor, this.combined);
    return this.combined;
  }

  /** out = V c */
  private expand(c: usize, out: usize): void {
    combine(out, <i32>(this.stride >> 4), this.basis, this.stride, this.order, c);
  }
}
