// A basis of psi, A psi, A^2 psi, ... that grows while it is in use: A V_m = V_m H_m + beta v_m e_m^T with unit vectors, each
// orthogonal to the WINDOW before it only (incomplete orthogonalisation, Saad 1980), so that H_m is banded. Nothing rests on
// V_m being orthonormal: norms are taken with its Gram matrix, and the recurrence itself holds to rounding.
import { combine } from "./combine";
import { allocate, vectorBytes } from "./memory";
import { Space } from "./program";
import { addScaled, dot, dotFour, dotReal, norm2, scaleInto } from "./vector";

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
  /** Where the real parts of the diagonal of H_m have their middle, and a bound of ||H_m - shift||. */
  shift: f64 = 0;
  norm: f64 = 0;
  /** -g/2: no state decays slower than its exponential. */
  slowest: f64 = 0;
  private space: Space;
  private remaining: f64 = 0;
  /** One more than there may be: overlaps are taken with four at a time. */
  private vectors: usize;
  stride: usize = 0;
  /** complex[MAX_ORDER + 1][BAND]: row after row of H and beta. */
  private rows: usize = allocate(<usize>(MAX_ORDER + 1) * ROW);
  /** complex[MAX_ORDER][MAX_ORDER]: <v_j|v_k> */
  private gram: usize = allocate(<usize>MAX_ORDER * COLUMN);
  private image: usize = allocate(COLUMN);
  /** f64[MAX_ORDER + 1]: sums of |H_jk| off the diagonal, over rows and columns. */
  private rowSums: usize = allocate(<usize>(MAX_ORDER + 1) << 3);
  private columnSums: usize = allocate(<usize>(MAX_ORDER + 1) << 3);
  private lowest: f64 = 0;
  private highest: f64 = 0;

  /** `space`: any one, to begin with. */
  constructor(space: Space, largestDimension: i32) {
    this.space = space;
    this.vectors = allocate(vectorBytes(largestDimension) * <usize>(MAX_ORDER + 2));
  }

  /** Starts from psi (normalised, copied); `remaining`: no later time will be asked. */
  begin(space: Space, psi: usize, remaining: f64): void {
    this.space = space;
    this.slowest = -0.5 * space.lowestRate;
    this.remaining = remaining;
    this.stride = vectorBytes(space.dimension);
    memory.copy(this.vectors, psi, this.stride);
    memory.fill(this.rowSums, 0, <usize>(MAX_ORDER + 1) << 3);
    this.lowest = Infinity;
    this.highest = -Infinity;
    this.shift = 0;
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

  /** Row and column m of the Gram matrix; what lies beyond m in it is not used before its own turn. */
  private measureOverlaps(m: i32): void {
    const d = this.space.dimension;
    for (let j = 0; j <= m; j += 4) dotFour(this.vector(j), this.stride, this.vector(m), d, this.overlap(j, m));
    for (let j = 0; j < m; j++) v128.store(this.overlap(m, j), f64x2.mul(v128.load(this.overlap(j, m)), f64x2(1, -1)));
  }

  /** sqrt(||B||_1 ||B||_inf) >= ||B||_2 for B = H - shift, the beta of the last column included. */
  private boundNorm(): void {
    const column = this.order - 1;
    let sum: f64 = 0;
    for (let row = max(0, column + 1 - WINDOW); row <= column + 1; row++) {
      if (row == column) continue;
      const size = Math.sqrt(norm2(this.element(row, column), 1));
      const p = this.rowSums + (<usize>row << 3);
      store<f64>(p, load<f64>(p) + size);
      sum += size;
    }
    store<f64>(this.columnSums + (<usize>column << 3), sum);
    const diagonal = load<f64>(this.element(column, column));
    this.lowest = min(this.lowest, diagonal);
    this.highest = max(this.highest, diagonal);
    this.shift = 0.5 * (this.lowest + this.highest);
    let largestRow: f64 = load<f64>(this.rowSums + (<usize>this.order << 3)), largestColumn: f64 = 0;
    for (let k = 0; k < this.order; k++) {
      const h = this.element(k, k);
      const re = load<f64>(h) - this.shift, im = load<f64>(h, 8);
      const size = Math.sqrt(re * re + im * im);
      largestRow = max(largestRow, size + load<f64>(this.rowSums + (<usize>k << 3)));
      largestColumn = max(largestColumn, size + load<f64>(this.columnSums + (<usize>k << 3)));
    }
    this.norm = Math.sqrt(largestRow * largestColumn);
  }

  /** y = (H_m - s) x, m <= order. Room for one more element is needed at the end of both. */
  applyProjected(m: i32, s: f64, x: usize, y: usize): void {
    const shift = f64x2.splat(s), signs = f64x2(-1, 1);
    v128.store(x + (<usize>m << 4), f64x2.splat(0));
    let row = this.rows;
    const end = x + (<usize>m << 4);
    let before = f64x2.splat(0), here = v128.load(x);
    while (x < end) {
      x += 16;
      const after = v128.load(x);
      const a = v128.load(row), b = v128.load(row, 16), c = v128.load(row, 32);
      const direct = f64x2.add(f64x2.mul(a, f64x2.splat(f64x2.extract_lane(before, 0))), f64x2.mul(b, f64x2.splat(f64x2.extract_lane(here, 0))));
      const crossed = f64x2.add(f64x2.mul(a, f64x2.splat(f64x2.extract_lane(before, 1))), f64x2.mul(b, f64x2.splat(f64x2.extract_lane(here, 1))));
      const re = f64x2.add(f64x2.sub(direct, f64x2.mul(shift, here)), f64x2.mul(c, f64x2.splat(f64x2.extract_lane(after, 0))));
      const im = f64x2.add(crossed, f64x2.mul(c, f64x2.splat(f64x2.extract_lane(after, 1))));
      v128.store(y, f64x2.add(re, f64x2.mul(signs, i64x2.shuffle(im, im, 1, 0))));
      before = here;
      here = after;
      row += ROW;
      y += 16;
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
