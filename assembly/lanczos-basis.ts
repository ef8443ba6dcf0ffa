// The basis of a Krylov space by three terms: S V = V T + beta v_m e_m^T, S Hermitian, T real and tridiagonal.
import { allocate, f64At, vectorBytes } from "./memory";
import { Overlaps } from "./overlaps";
import { isReal, packedWords, packReal } from "./packed-real";
import { DECAY, Space } from "./program";
import { addScaled, addScaledReal, dot, dotReal, norm2, scaleInto, threeTerms, timesI } from "./vector";

export const MAX_ORDER: i32 = 30;
/** Error bound of a segment relative to the norm of the state. */
export const TOLERANCE: f64 = 1e-13;
/** Of eigenvalues and of a direction, in units of ||A|| and the order. */
export const ROUNDING: f64 = 1e-15;
/**
 * Below this fraction of ||A|| a new direction is cleaned of all others: three terms alone would let noise in. At 1e-6 20
 * qubits take 38 products a trajectory, at 1e-2 31.
 */
const NEARLY_CLOSED: f64 = 1e-2;
/**
 * Overlap of a new direction with another at which it is cleaned of all: the recurrence then misses no more than that. Only
 * the sum of exponentials for the norm stands a loss of orthogonality.
 */
const MAX_OVERLAP: f64 = 1e-11;

export class LanczosBasis {
  /** Basis vectors v_0 .. v_order, `stride` apart, of so many words. */
  readonly start: usize;
  stride: usize = 0;
  words: i32 = 0;
  /** The state and the generator are real: vectors are packed reals. */
  packed: bool = false;
  /** "decay": A = S; else A = -i S - commonRate / 2. */
  decay: bool = true;
  order: i32 = 0;
  /** 0 where the basis is closed. */
  beta: f64 = 0;
  /** See `isSmall`. */
  error: f64 = 1;
  /** Every new direction is cleaned of all others: for a basis that is kept. */
  careful: bool = false;
  /** f64[order]: what is beside the diagonal of T. */
  readonly off: usize = allocate(<usize>MAX_ORDER << 3);
  private overlaps: Overlaps = new Overlaps(MAX_ORDER + 1);
  private product: usize = memory.data(16);

  /** `diagonal`: f64[MAX_ORDER], that of T. */
  constructor(private space: Space, largestDimension: i32, private diagonal: usize) {
    this.start = allocate(vectorBytes(largestDimension) * <usize>(MAX_ORDER + 1));
  }

  /** Of the space that S spans from `psi`, as far as exp(A t) psi, t <= remaining, reaches; see Segment for `leastNorm2`. */
  build(space: Space, psi: usize, remaining: f64, leastNorm2: f64): void {
    const d = space.dimension;
    this.space = space;
    this.decay = space.structure == DECAY;
    this.packed = this.decay && space.real && isReal(psi, d);
    this.words = this.packed ? packedWords(d) : d;
    this.stride = vectorBytes(this.words);
    if (this.packed) packReal(psi, d, this.start);
    else memory.copy(this.start, psi, this.stride);
    this.project(space, remaining, TOLERANCE * Math.sqrt(leastNorm2));
  }

  @inline
  private vector(k: i32): usize {
    return this.start + <usize>k * this.stride;
  }

  /**
   * Whether the basis may end. `error` = product_{j <= m} (beta_j remaining / j) bounds the part of the state that m
   * vectors leave out: by f[z_1 .. z_m] = f^(m-1)/(m-1)! for divided differences of exp at Ritz values, Re z <= 0.
   * Trajectories of 14 qubits take 13 products when it ends where that is `small`, not 34: few directions reach the state
   * after a jump.
   */
  private project(space: Space, remaining: f64, small: f64): void {
    const n = this.words;
    const limit = min(MAX_ORDER, space.dimension);
    let m = 0;
    let beta: f64 = 0;
    let error: f64 = 1;
    let again = false;
    this.overlaps.begin();
    while (true) {
      const v = this.vector(m);
      const w = this.vector(m + 1);
      this.apply(space, v, w);
      const alpha = dotReal(v, w, n);
      store<f64>(f64At(this.diagonal, m), alpha);
      beta = Math.sqrt(threeTerms(w, v, m > 0 ? this.vector(m - 1) : v, n, alpha, beta));
      const lost = this.overlaps.step(m, this.diagonal, this.off, beta, space.norm) > MAX_OVERLAP;
      if (this.careful || lost || again || beta <= NEARLY_CLOSED * space.norm) {
        beta = this.clean(w, m);
        this.overlaps.clear(m);
      }
      // What the last but one has lost would come back.
      again = lost;
      store<f64>(f64At(this.off, m), beta);
      m++;
      error *= (beta * remaining) / <f64>m;
      if (error <= small || beta * remaining <= TOLERANCE || beta <= ROUNDING * <f64>m * space.norm || m == space.dimension) {
        beta = 0;
        break;
      }
      if (m == limit) break;
      scaleInto(w, w, n, 1 / beta);
    }
    this.order = m;
    this.beta = beta;
    this.error = error;
  }

  /** w = S v */
  @inline
  private apply(space: Space, v: usize, w: usize): void {
    if (this.packed) space.applyPacked(v, w);
    else space.apply(v, w);
    if (!this.decay) timesI(w, v, this.words, 0.5 * this.space.commonRate);
  }

  /** Orthogonalises w against all basis vectors; returns its norm. */
  private clean(w: usize, last: i32): f64 {
    const n = this.words;
    for (let k = 0; k <= last; k++) {
      const v = this.vector(k);
      if (this.packed) {
        addScaledReal(w, v, n, -dotReal(v, w, n));
        continue;
      }
      dot(v, w, n, this.product);
      addScaled(w, v, n, -load<f64>(this.product), -load<f64>(this.product, 8));
    }
    return Math.sqrt(norm2(w, n));
  }
}
