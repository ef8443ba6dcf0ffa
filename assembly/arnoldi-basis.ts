// Arnoldi's basis of psi, A psi, A^2 psi, ..., which grows while it is in use: A V_m = V_m H_m + beta v_m e_m^T, V_m
// orthonormal, H_m upper Hessenberg.
import { allocate, vectorBytes } from "./memory";
import { GENERAL, Space } from "./program";
import { addScaled, addFour, combine, dot, dotFour, norm2, scaleInto } from "./vector";

/** Vectors at most: longer segments are dearer by their orthogonalisation, shorter ones by their number. */
export const MAX_ORDER: i32 = 30;
/** A direction that moves the state by less than this until the last time closes the basis. */
const NEGLIGIBLE: f64 = 1e-13;
const ROUNDING: f64 = 1e-15;
/** A second pass where the first leaves less than this of ||w||^2: what noise is in the rest grows by a factor of 5 at most. */
const CANCELLED: f64 = 0.04;
/** Rows of a column of H: one more for beta; even, so that columns are cache-aligned in pairs. */
const COLUMN: usize = <usize>(MAX_ORDER + 2) << 4;

export class ArnoldiBasis {
  /** m, and ||A V_m - V_m H_m||: 0 when the basis is closed. */
  order: i32 = 0;
  beta: f64 = 0;
  /** An upper bound of ||H_m||. */
  norm: f64 = 0;
  private space: Space;
  private remaining: f64 = 0;
  private vectors: usize;
  stride: usize = 0;
  /** complex[MAX_ORDER][MAX_ORDER + 2]: column after column of H and beta. */
  private columns: usize = allocate(<usize>MAX_ORDER * COLUMN);
  /** f64[MAX_ORDER]: sums of |H_jk| over the columns, and the rows. */
  private rowSums: usize = allocate(<usize>(MAX_ORDER + 1) << 3);
  private largestColumn: f64 = 0;
  private product: usize = memory.data(64, 16);

  /** `space`: any one, to begin with. */
  constructor(space: Space, largestDimension: i32) {
    this.space = space;
    this.vectors = allocate(vectorBytes(largestDimension) * <usize>(MAX_ORDER + 1));
  }

  /** Starts from psi (normalised, copied); `remaining`: no later time will be asked. */
  begin(space: Space, psi: usize, remaining: f64): void {
    this.space = space;
    this.remaining = remaining;
    this.stride = vectorBytes(space.dimension);
    memory.copy(this.vectors, psi, this.stride);
    memory.fill(this.rowSums, 0, <usize>(MAX_ORDER + 1) << 3);
    this.largestColumn = 0;
    this.norm = 0;
    this.order = 0;
    this.beta = 1;
  }

  @inline
  vector(k: i32): usize {
    return this.vectors + <usize>k * this.stride;
  }

  @inline
  private element(row: i32, column: i32): usize {
    return this.columns + <usize>column * COLUMN + (<usize>row << 4);
  }

  /** False where the basis is closed or as large as it gets. */
  get canGrow(): bool {
    return this.beta > 0 && this.order < MAX_ORDER;
  }

  /** Adds a vector; three terms only where the generator is Hermitian or anti-Hermitian up to a number (Lanczos). */
  grow(): void {
    const m = this.order;
    const d = this.space.dimension;
    const w = this.vector(m + 1);
    this.space.apply(this.vector(m), w);
    memory.fill(this.element(0, m), 0, COLUMN);
    const from = this.space.structure == GENERAL ? 0 : max(0, m - 1);
    const before = norm2(w, d);
    this.orthogonalise(w, from, m, d);
    let after = norm2(w, d);
    if (after < CANCELLED * before) {
      // "Twice is enough" (Kahan and Parlett).
      this.orthogonalise(w, from, m, d);
      after = norm2(w, d);
    }
    this.order = m + 1;
    let beta = Math.sqrt(after);
    if (beta * this.remaining <= NEGLIGIBLE || beta <= ROUNDING * <f64>(m + 1) * this.space.norm || m + 1 == d) beta = 0;
    else scaleInto(w, w, d, 1 / beta);
    this.beta = beta;
    store<f64>(this.element(m + 1, m), beta);
    this.boundNorm();
  }

  /** w -= V V^+ w for the vectors from .. to, four at a time; the coefficients are added to column `to`. */
  private orthogonalise(w: usize, from: i32, to: i32, d: i32): void {
    let j = from;
    for (; j + 3 <= to; j += 4) {
      dotFour(this.vector(j), this.stride, w, d, this.product);
      addFour(w, this.vector(j), this.stride, d, this.product, -1);
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

  /** sqrt(||H||_1 ||H||_inf) >= ||H||_2, the new column and its beta included. */
  private boundNorm(): void {
    const column = this.order - 1;
    let sum: f64 = 0;
    let largestRow: f64 = 0;
    for (let row = 0; row <= this.order; row++) {
      const size = Math.sqrt(norm2(this.element(row, column), 1));
      const p = this.rowSums + (<usize>row << 3);
      sum += size;
      store<f64>(p, load<f64>(p) + size);
      largestRow = max(largestRow, load<f64>(p));
    }
    this.largestColumn = max(this.largestColumn, sum);
    this.norm = min(this.space.norm, Math.sqrt(this.largestColumn * largestRow));
  }

  /** y = H_m x, m <= order: column k reaches down to row k + 1. */
  applyProjected(m: i32, x: usize, y: usize): void {
    memory.fill(y, 0, <usize>m << 4);
    let k = 0;
    for (; k + 4 <= m; k += 4) addFour(y, this.element(0, k), COLUMN, min(k + 5, m), x + (<usize>k << 4), 1);
    for (; k < m; k++) {
      const c = x + (<usize>k << 4);
      addScaled(y, this.element(0, k), min(k + 2, m), load<f64>(c), load<f64>(c, 8));
    }
  }

  /** out = V_m c */
  expand(m: i32, c: usize, out: usize): void {
    combine(out, this.space.dimension, this.vectors, this.stride, m, c);
  }
}
