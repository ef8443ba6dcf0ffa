// The flat program as the kernel holds it. The host fills the arrays; nothing here is ever changed afterwards.
import { Constant } from "./constant";
import { DiagonalJumps } from "./diagonal-jumps";
import { HermitianForm } from "./form";
import { Matrix } from "./matrix";
import { allocate, allocateVector, COMPLEX } from "./memory";
import { chebyshevStep, norm2 } from "./vector";

/** Above this fraction of ||A|| the slope of the norm gives the total rate to 1e-10. */
const SURE_RATE: f64 = 1e-6;

/** psi -> J psi in the space `target`. */
export class Jump {
  /** The number of the evolution that follows, where that is the same whatever came before (see Resets); else -1. */
  reset: i32 = -1;

  constructor(
    public channel: i32,
    public target: i32,
    public matrix: Matrix,
    /** One of the space's `diagonalJumps`. */
    public diagonal: bool,
  ) {}
}

/** The frame of a space with several sectors: their energies, and which states each one holds. */
export class Sectors {
  constructor(public count: i32, /** u32[count + 1] */ public start: usize, /** f64[count] */ public energies: usize) {}

  /** psi_i *= exp(-i E_s(i) time) */
  rotate(psi: usize, time: f64): void {
    for (let s = 0; s < this.count; s++) {
      const energy = load<f64>(this.energies + (<usize>s << 3));
      if (energy == 0) continue;
      const first = load<u32>(this.start + (<usize>s << 2));
      const end = load<u32>(this.start + (<usize>s << 2), 4);
      const angle = energy * time;
      const c = Math.cos(angle), d = -Math.sin(angle);
      for (let p = psi + <usize>first * COMPLEX; p < psi + <usize>end * COMPLEX; p += COMPLEX) {
        const re = load<f64>(p), im = load<f64>(p, 8);
        store<f64>(p, re * c - im * d);
        store<f64>(p, re * d + im * c, 8);
      }
    }
  }

  get moving(): bool {
    for (let s = 0; s < this.count; s++) if (load<f64>(this.energies + (<usize>s << 3)) != 0) return true;
    return false;
  }
}

export const GENERAL: i32 = 0;
export const DECAY: i32 = 1;
export const UNITARY: i32 = 2;

/** One space: the generator A of the evolution without a jump, the jumps that leave it, and what is measured. */
export class Space {
  jumps: Jump[] = [];
  diagonalJumps: DiagonalJumps;
  forms: HermitianForm[] = [];
  /** Indices into `jumps` that A applies as -(1/2) J^+ (J psi). */
  factored: i32[] = [];
  /** f64[moments]: the value of each form that is a number times the identity; the others are in `varying`. */
  constants: usize = 0;
  varying: i32[] = [];
  /** For a space of one state that has no segments; else null. */
  constant: Constant | null = null;
  /** True when the phases between sectors move: then an eigenstate of A is not a constant state. */
  moving: bool;
  /** The generator is a real matrix: states that are real stay real. */
  real: bool = false;
  private images: usize[] = [];

  constructor(
    public dimension: i32,
    public sectors: Sectors,
    public matrix: Matrix,
    public structure: i32,
    /** "unitary": A + commonRate / 2 is anti-Hermitian. */
    public commonRate: f64,
    /** Upper bound of ||A||. */
    public norm: f64,
    /** Upper bound of the total jump rate. */
    public rateBound: f64,
    /** Lower bound of the total jump rate. */
    public lowestRate: f64,
    /** Bounds of the energies of H in its frame. */
    public lowestEnergy: f64,
    public highestEnergy: f64,
    /** See DiagonalJumps. */
    diagonalRates: usize,
  ) {
    this.diagonalJumps = new DiagonalJumps(dimension, diagonalRates);
    this.moving = sectors.moving;
  }

  addJump(jump: Jump): void {
    if (jump.diagonal) this.diagonalJumps.add(this.jumps.length, jump.matrix);
    this.jumps.push(jump);
  }

  /** Whether the total jump rate may be taken from the slope of the squared norm n: that has an error of 2^-53 ||A||. */
  @inline
  isSure(rate: f64, n: f64): bool {
    return rate > SURE_RATE * (this.norm + this.rateBound) * n;
  }

  /** Called once all jumps and forms are there. */
  finish(dimensions: i32[]): void {
    this.constants = allocate(<usize>this.forms.length << 3);
    for (let m = 0; m < this.forms.length; m++) {
      const value = this.forms[m].constant;
      if (isNaN(value)) this.varying.push(m);
      else store<f64>(this.constants + (<usize>m << 3), value);
    }
    for (let k = 0; k < this.factored.length; k++) {
      this.images.push(allocateVector(dimensions[this.jumps[this.factored[k]].target]));
    }
    this.real = this.matrix.real;
    for (let k = 0; k < this.factored.length; k++) {
      this.real = this.real && this.jumps[this.factored[k]].matrix.real;
    }
  }

  /** y = A x for packed reals; only where A is real. */
  applyPacked(x: usize, y: usize): void {
    this.matrix.multiplyPacked(x, y);
    for (let k = 0; k < this.factored.length; k++) {
      const matrix = unchecked(this.jumps[unchecked(this.factored[k])]).matrix;
      const image = unchecked(this.images[k]);
      matrix.multiplyPacked(x, image);
      matrix.adjoint.addProductPacked(image, y, -0.5);
    }
  }

  /** y = A x */
  apply(x: usize, y: usize): void {
    this.matrix.multiply(x, y);
    for (let k = 0; k < this.factored.length; k++) {
      const matrix = unchecked(this.jumps[unchecked(this.factored[k])]).matrix;
      const image = unchecked(this.images[k]);
      matrix.multiply(x, image);
      matrix.adjoint.addProduct(image, y, -0.5);
    }
  }

  /** w = s (A - re - i im) v + u; see Matrix. */
  recur(w: usize, v: usize, u: usize, s: f64, re: f64, im: f64): void {
    if (this.factored.length == 0) {
      this.matrix.recur(w, v, u, s, re, im);
      return;
    }
    this.apply(v, w);
    chebyshevStep(w, v, u, this.dimension, s, re, im);
  }

  /** sum_c ||J_c psi||^2 for a normalised psi: free of cancellation, so a dark state gives (rounding)^2. */
  jumpRate(psi: usize): f64 {
    let sum = this.diagonalJumps.rate(psi);
    for (let k = 0; k < this.jumps.length; k++) {
      const jump = unchecked(this.jumps[k]);
      if (!jump.diagonal) sum += jump.matrix.imageNorm2(psi);
    }
    return sum;
  }

  norm2(psi: usize): f64 {
    return norm2(psi, this.dimension);
  }
}
