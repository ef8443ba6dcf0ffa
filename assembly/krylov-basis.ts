// A basis of psi, A psi, A^2 psi, ... that grows while it is in use: A V_m = V_m H_m + beta v_m e_m^T with unit vectors, each
// orthogonal to the WINDOW before it only (incomplete orthogonalisation, Saad 1980), so that H_m is banded. Nothing rests on
// V_m being orthonormal: norms are taken with its Gram matrix, and the recurrence itself holds to rounding.
import { allocate, vectorBytes } from "./memory";
import { Space } from "./program";
import { addScaled, combine, dot, dotFour, dotReal, norm2, scaleInto } from "./vector";

/** Vectors at most: longer segments are dearer by their orthogonalisation, shorter ones by their number. */
export const MAX_ORDER: i32 = 30;
/** A direction that moves the state by less than this until the last time closes the basis. */
const NEGLIGIBLE: f64 = 1e-13;
const ROUNDING: f64 = 1e-15;
/** Vectors that a new one is made orthogonal to. A real symmetric H_eff and rates need but two. */
const WINDOW: i32 = 2;
/** Elements of a row of H: columns row - 1 .. row + WINDOW - 1. */
const BAND: i32 = WINDOW + 1;
const ROW: usize = <usize>BAND << 4;
/** Bytes of a column of the Gram matrix. */
const COLUMN: usize = <usize>((MAX_ORDER + 3) & ~3) << 4;

export class KrylovBasis {
  /** m, and ||A V_m - V_m H_m||: 0 when the basis is closed. */
  order: i32 = 0;
  beta: f64 = 0;
  /** An upper bound of ||H_m||. */
  norm: f64 = 0;
  private space: Space;
  private remaining: f64 = 0;
  private vectors: usize;
  stride: usize = 0;
  /** complex[MAX_ORDER + 1][BAND]: row after row of H and beta. */
  private rows: usize = allocate(<usize>(MAX_ORDER + 1) * ROW);
  /** complex[MAX_ORDER][MAX_ORDER]: <v_j|v_k> */
  private gram: usize = allocate(<usize>MAX_ORDER * COLUMN);
  private image: usize = allocate(COLUMN);
  /** f64[MAX_ORDER]: sums of |H_jk| over the columns, and the rows. */
  private rowSums: usize = allocate(<usize>(MAX_ORDER + 1) << 3);
  private largestColumn: f64 = 0;
  private largestRow: f64 = 0;

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
    this.largestRow = 0;
    memory.fill(this.rows, 0, ROW);
    this.norm = 0;
    this.order = 0;
    this.beta = 1;
  }

  @inline
  vector(k: i32): usize {
    return this.vectors + <usize>k * this.stride;
  }

  /** Of H. */
  @inline
  private element(row: i32, column: i32): usize {
    return this.rows + <usize>row * ROW + (<usize>(column - row + 1) << 4);
  }

  @inline
  private overlap(row: i32, column: i32): usize {
    return this.gram + <usize>column * COLUMN + (<usize>row << 4);
  }

  /** False where the basis is closed or as large as it gets. */
  get canGrow(): bool {
    return this.beta > 0 && this.order < MAX_ORDER;
  }

  /** Adds a vector; three terms where the generator is Hermitian or anti-Hermitian up to a number (Lanczos). */
  grow(): void {
    const m = this.order;
    const d = this.space.dimension;
    const w = this.vector(m + 1);
    this.measureOverlaps(m);
    this.space.apply(this.vector(m), w);
    memory.fill(this.rows + <usize>(m + 1) * ROW, 0, ROW);
    for (let j = max(0, m + 1 - WINDOW); j <= m; j++) {
      const h = this.element(j, m);
      dot(this.vector(j), w, d, h);
      addScaled(w, this.vector(j), d, -load<f64>(h), -load<f64>(h, 8));
    }
    this.order = m + 1;
    let beta = Math.sqrt(norm2(w, d));
    if (beta * this.remaining <= NEGLIGIBLE || beta <= ROUNDING * <f64>(m + 1) * this.space.norm) beta = 0;
    else scaleInto(w, w, d, 1 / beta);
    this.beta = beta;
    store<f64>(this.element(m + 1, m), beta);
    this.boundNorm();
  }

  /** Row and column m of the Gram matrix. */
  private measureOverlaps(m: i32): void {
    const d = this.space.dimension;
    const v = this.vector(m);
    let j = 0;
    for (; j + 4 <= m; j += 4) dotFour(this.vector(j), this.stride, v, d, this.overlap(j, m));
    for (; j < m; j++) dot(this.vector(j), v, d, this.overlap(j, m));
    for (j = 0; j < m; j++) v128.store(this.overlap(m, j), f64x2.mul(v128.load(this.overlap(j, m)), f64x2(1, -1)));
    v128.store(this.overlap(m, m), f64x2(norm2(v, d), 0));
  }

  /** sqrt(||H||_1 ||H||_inf) >= ||H||_2, the new column and its beta included. */
  private boundNorm(): void {
    const column = this.order - 1;
    let sum: f64 = 0;
    for (let row = max(0, column + 1 - WINDOW); row <= this.order; row++) {
      const size = Math.sqrt(norm2(this.element(row, column), 1));
      const p = this.rowSums + (<usize>row << 3);
      sum += size;
      store<f64>(p, load<f64>(p) + size);
      this.largestRow = max(this.largestRow, load<f64>(p));
    }
    this.largestColumn = max(this.largestColumn, sum);
    this.norm = min(this.space.norm, Math.sqrt(this.largestColumn * this.largestRow));
  }

  /** y = H_m x, m <= order; x must be 0 beyond m. */
  applyProjected(m: i32, x: usize, y: usize): void {
    let row = this.rows + 16;
    let first = x;
    for (let r = 0; r < m; r++) {
      const end = min(r + WINDOW, m);
      let direct = f64x2.splat(0);
      let crossed = direct;
      let h = row;
      for (let p = first; p < x + (<usize>end << 4); p += 16) {
        const v = v128.load(h);
        direct = f64x2.add(direct, f64x2.mul(v, v128.load64_splat(p)));
        crossed = f64x2.add(crossed, f64x2.mul(v, v128.load64_splat(p, 8)));
        h += 16;
      }
      v128.store(y + (<usize>r << 4), f64x2.add(direct, f64x2.mul(i64x2.shuffle(crossed, crossed, 1, 0), f64x2(-1, 1))));
      if (r > 0) first += 16;
      row = this.rows + <usize>(r + 1) * ROW;
    }
  }

  /** ||V_m c||^2 */
  norm2(m: i32, c: usize): f64 {
    combine(this.image, m, this.gram, COLUMN, m, c);
    return dotReal(c, this.image, m);
  }

  /** Re <V_m c|V_m e> of the c that `norm2` was asked for last. */
  projection(m: i32, e: usize): f64 {
    return dotReal(this.image, e, m);
  }

  /** out = V_m c */
  expand(m: i32, c: usize, out: usize): void {
    combine(out, this.space.dimension, this.vectors, this.stride, m, c);
  }
}
