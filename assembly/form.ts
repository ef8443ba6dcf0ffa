// What is measured: quadratic forms <psi|O|psi>.
import { complexAt, f64At } from "./memory";
import { bitsOf, flipOverlap } from "./flips";
import { packedWords } from "./packed-real";
import { addScaled } from "./vector";

/** |<phi|psi>|^2 with a weight; phi sparse. */
export class Projector {
  constructor(public weight: f64, public count: i32, public index: usize, public values: usize) {}

  value(psi: usize): f64 {
    this.overlap(psi);
    return this.weight * (this.re * this.re + this.im * this.im);
  }

  /** y += weight |phi><phi|x> */
  apply(x: usize, y: usize): void {
    this.overlap(x);
    for (let k: usize = 0; k < <usize>this.count; k++) {
      const target = y + (<usize>load<u32>(this.index + (k << 2)) << 4);
      addScaled(target, this.values + (k << 4), 1, this.weight * this.re, this.weight * this.im);
    }
  }

  /** y += Re(weight |phi><phi|) x for packed reals */
  applyPacked(x: usize, y: usize): void {
    let re: f64 = 0, im: f64 = 0;
    for (let k: usize = 0; k < <usize>this.count; k++) {
      const value = load<f64>(x + (<usize>load<u32>(this.index + (k << 2)) << 3));
      re += load<f64>(this.values + (k << 4)) * value;
      im += load<f64>(this.values + (k << 4), 8) * value;
    }
    re *= this.weight;
    im *= this.weight;
    for (let k: usize = 0; k < <usize>this.count; k++) {
      const target = y + (<usize>load<u32>(this.index + (k << 2)) << 3);
      const v = this.values + (k << 4);
      store<f64>(target, load<f64>(target) + re * load<f64>(v) + im * load<f64>(v, 8));
    }
  }

  /** <phi|psi> */
  private overlap(psi: usize): void {
    let re: f64 = 0;
    let im: f64 = 0;
    for (let k: usize = 0; k < <usize>this.count; k++) {
      const p = psi + (<usize>load<u32>(this.index + (k << 2)) << 4);
      const v = this.values + (k << 4);
      const a = load<f64>(v), b = load<f64>(v, 8), c = load<f64>(p), d = load<f64>(p, 8);
      re += a * c + b * d;
      im += a * d - b * c;
    }
    this.re = re;
    this.im = im;
  }
  private re: f64 = 0;
  private im: f64 = 0;
}

/** <psi|O|psi> for Hermitian O: diagonal, strictly upper triangle, projectors. */
export class HermitianForm {
  projectors: Projector[] = [];
  /** The upper triangle is one number at all pairs of states that differ in one of so many bits; else 0. */
  private flips: i32;

  constructor(
    public dimension: i32,
    /** f64[dimension], or 0 */
    public diagonal: usize,
    public count: i32,
    public row: usize,
    public column: usize,
    public values: usize,
  ) {
    this.flips = this.findFlips();
  }

  private findFlips(): i32 {
    const bits = bitsOf(this.dimension);
    if (bits == 0 || this.count != bits << (bits - 1)) return 0;
    let before: u64 = 0;
    for (let k: usize = 0; k < <usize>this.count; k++) {
      const row = load<u32>(this.row + (k << 2)), column = load<u32>(this.column + (k << 2));
      const place = ((<u64>row) << 32) | column;
      // In order, so that none comes twice, and they must be all.
      if (row >= column || popcnt(row ^ column) != 1 || place <= before) return 0;
      before = place;
      const p = this.values + (k << 4);
      if (load<f64>(p) != load<f64>(this.values) || load<f64>(p, 8) != load<f64>(this.values, 8)) return 0;
    }
    return bits;
  }

  value(psi: usize): f64 {
    let sum = this.diagonal == 0 ? 0 : diagonalValue(this.diagonal, psi, this.dimension);
    if (this.count > 0) sum += this.upperValue(psi);
    for (let k = 0; k < this.projectors.length; k++) sum += unchecked(this.projectors[k]).value(psi);
    return sum;
  }

  /** y = O x */
  apply(x: usize, y: usize): void {
    memory.fill(y, 0, <usize>this.dimension << 4);
    if (this.diagonal != 0) {
      for (let i: usize = 0; i < <usize>this.dimension; i++) {
        v128.store(y + (i << 4), f64x2.mul(v128.load(x + (i << 4)), v128.load64_splat(this.diagonal + (i << 3))));
      }
    }
    for (let k: usize = 0; k < <usize>this.count; k++) {
      const i = <usize>load<u32>(this.row + (k << 2)) << 4;
      const j = <usize>load<u32>(this.column + (k << 2)) << 4;
      const re = load<f64>(this.values + (k << 4)), im = load<f64>(this.values + (k << 4), 8);
      addScaled(y + i, x + j, 1, re, im);
      addScaled(y + j, x + i, 1, re, -im);
    }
    for (let k = 0; k < this.projectors.length; k++) unchecked(this.projectors[k]).apply(x, y);
  }

  /** y = Re(O) x for packed reals, padded like x */
  applyPacked(x: usize, y: usize): void {
    const d = <usize>this.dimension;
    memory.fill(y, 0, <usize>packedWords(this.dimension) << 4);
    if (this.diagonal != 0) {
      for (let i: usize = 0; i < d << 3; i += 8) store<f64>(y + i, load<f64>(this.diagonal + i) * load<f64>(x + i));
    }
    for (let k: usize = 0; k < <usize>this.count; k++) {
      const i = <usize>load<u32>(this.row + (k << 2)) << 3;
      const j = <usize>load<u32>(this.column + (k << 2)) << 3;
      const re = load<f64>(this.values + (k << 4));
      store<f64>(y + i, load<f64>(y + i) + re * load<f64>(x + j));
      store<f64>(y + j, load<f64>(y + j) + re * load<f64>(x + i));
    }
    for (let k = 0; k < this.projectors.length; k++) unchecked(this.projectors[k]).applyPacked(x, y);
  }

  /** The number c if the form is c times the identity, else NaN. */
  get constant(): f64 {
    if (this.count > 0 || this.projectors.length > 0) return NaN;
    if (this.diagonal == 0) return 0;
    const first = load<f64>(this.diagonal);
    for (let i = 1; i < this.dimension; i++) if (load<f64>(f64At(this.diagonal, i)) != first) return NaN;
    return first;
  }

  /** 2 sum Re conj(psi_i) O_ij psi_j */
  private upperValue(psi: usize): f64 {
    if (this.flips > 0) return 2 * flipOverlap(psi, this.flips, load<f64>(this.values), load<f64>(this.values, 8));
    let row = this.row, column = this.column, values = this.values;
    const end = row + (<usize>this.count << 2);
    let direct = f64x2.splat(0);
    let crossed = direct;
    while (row < end) {
      const p = v128.load(psi + (<usize>load<u32>(row) << 4));
      const q = v128.load(psi + (<usize>load<u32>(column) << 4));
      direct = f64x2.add(direct, f64x2.mul(v128.load64_splat(values), f64x2.mul(p, q)));
      crossed = f64x2.add(crossed, f64x2.mul(v128.load64_splat(values, 8), f64x2.mul(p, i64x2.shuffle(q, q, 1, 0))));
      row += 4;
      column += 4;
      values += 16;
    }
    const re = f64x2.extract_lane(direct, 0) + f64x2.extract_lane(direct, 1);
    return 2 * (re - (f64x2.extract_lane(crossed, 0) - f64x2.extract_lane(crossed, 1)));
  }
}

function diagonalValue(diagonal: usize, psi: usize, dimension: i32): f64 {
  const end = complexAt(psi, dimension);
  let a = f64x2.splat(0);
  while (psi < end) {
    const u = v128.load(psi);
    a = f64x2.add(a, f64x2.mul(f64x2.mul(u, u), v128.load64_splat(diagonal)));
    psi += 16;
    diagonal += 8;
  }
  return f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
}
