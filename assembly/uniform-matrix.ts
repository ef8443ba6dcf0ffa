// A matrix in parts that all have one factor, with blocks that are patterns of ones: the factor is taken out, whole rows are
// added up four at a time, and each block is applied to four stretches at a time.
import { BlockMatrix, scratch } from "./block-matrix";
import { sumFlips } from "./flips";
import { allocate, i32At } from "./memory";
import { Matrix } from "./matrix";
import { integer, Parts } from "./parts";
import { addRows } from "./add-rows";
import { addScaled, rotate } from "./vector";

/** Where the element begins whose number is at p; `shift`: of an element's bytes. */
@inline
function at(x: usize, p: usize, shift: usize): usize {
  return x + (<usize>load<i32>(p) << shift);
}

export class UniformMatrix extends BlockMatrix {
  private re: f64;
  private im: f64;
  /** All parts together are the flips of so many bits of the state's number; else 0. */
  private flips: i32;
  /** (first column, first row) of the parts that use block b, from gatherStart[b] on. */
  private gathers: usize = 0;
  private gatherStart: usize = 0;
  /** f64[rows][3]: Im d, -Im d, Re d of d = s (D - re - i im), see `recur`; made when first needed. */
  private shifted: usize = 0;

  constructor(parts: Parts) {
    super(parts);
    this.re = load<f64>(parts.factor);
    this.im = load<f64>(parts.factor, 8);
    this.flips = parts.flips;
    this.listGathers();
  }

  private listGathers(): void {
    const parts = this.parts;
    const blocks = parts.blocks.length;
    const start = allocate(<usize>(blocks + 2) << 2);
    for (let k = 0; k < parts.count; k++) {
      const p = i32At(start, integer(parts.block, k) + 1);
      if (integer(parts.block, k) > 0) store<i32>(p, load<i32>(p) + 1);
    }
    for (let b = 1; b < blocks + 2; b++) store<i32>(i32At(start, b), integer(start, b) + integer(start, b - 1));
    this.gathers = allocate(<usize>integer(start, blocks + 1) << 3);
    for (let r = 0; r < parts.stretches; r++) {
      for (let k = integer(parts.partStart, r); k < integer(parts.partStart, r + 1); k++) {
        const number = integer(parts.block, k);
        if (number == 0) continue;
        const p = i32At(start, number);
        const place = this.gathers + (<usize>load<i32>(p) << 3);
        store<i32>(p, load<i32>(p) + 1);
        store<i32>(place, integer(parts.firstColumns, k));
        store<i32>(place, integer(parts.rowStretch, r), 4);
      }
    }
    this.gatherStart = start;
  }

  protected transpose(): Matrix {
    return new UniformMatrix(this.parts.adjoint());
  }

  multiply(x: usize, y: usize): void {
    if (this.im == 0 && this.flips == 0) {
      this.addOnes(x, y, this.re, true);
      this.addDiagonal(x, y, 1);
      return;
    }
    if (this.flips > 0) sumFlips(x, y, this.flips);
    else this.addOnes(x, y, 1, true);
    if (this.parts.diagonal == 0) rotate(y, this.rows, this.re, this.im);
    else this.turnAndAddDiagonal(x, y);
  }

  addProduct(x: usize, y: usize, s: f64): void {
    if (this.im == 0) this.addOnes(x, y, s * this.re, false);
    else {
      const sum = scratch(this.rows);
      this.addOnes(x, sum, 1, true);
      addScaled(y, sum, this.rows, s * this.re, s * this.im);
    }
    this.addDiagonal(x, y, s);
  }

  multiplyPacked(x: usize, y: usize): void {
    if (this.rows & 1) store<f64>(y + (<usize>this.rows << 3), 0);
    this.addPackedOnes(x, y, this.re, true);
    this.addDiagonalPacked(x, y, 1);
  }

  addProductPacked(x: usize, y: usize, s: f64): void {
    this.addPackedOnes(x, y, s * this.re, false);
    this.addDiagonalPacked(x, y, s);
  }

  recur(w: usize, v: usize, u: usize, s: f64, re: f64, im: f64): void {
    if (this.flips == 0 || this.re != 0 || this.parts.diagonal == 0) {
      super.recur(w, v, u, s, re, im);
      return;
    }
    if (this.shifted == 0) this.shiftDiagonal(s, re, im);
    sumFlips(v, w, this.flips);
    const factor = f64x2.replace_lane(f64x2.splat(s * this.im), 1, -s * this.im);
    let d = this.shifted;
    const end = w + (<usize>this.rows << 4);
    while (w < end) {
      const x = v128.load(v);
      const direct = f64x2.add(f64x2.mul(v128.load64_splat(d, 16), x), v128.load(u));
      const crossed = f64x2.add(f64x2.mul(v128.load(d), x), f64x2.mul(factor, v128.load(w)));
      v128.store(w, f64x2.add(direct, i64x2.shuffle(crossed, crossed, 1, 0)));
      w += 16;
      v += 16;
      u += 16;
      d += 24;
    }
  }

  private shiftDiagonal(s: f64, re: f64, im: f64): void {
    const shifted = allocate(<usize>this.rows * 24), diagonal = this.parts.diagonal;
    for (let i: usize = 0; i < <usize>this.rows; i++) {
      const real = load<f64>(diagonal + (i << 4)) - re, imaginary = load<f64>(diagonal + (i << 4), 8) - im;
      store<f64>(shifted + 24 * i, s * imaginary);
      store<f64>(shifted + 24 * i, -s * imaginary, 8);
      store<f64>(shifted + 24 * i, s * real, 16);
    }
    this.shifted = shifted;
  }

  /** y = factor y + D x */
  private turnAndAddDiagonal(x: usize, y: usize): void {
    const re = f64x2.splat(this.re), im = f64x2.splat(this.im), signs = f64x2(-1, 1), diagonal = this.parts.diagonal;
    for (let i: usize = 0; i < <usize>this.rows << 4; i += 16) {
      const v = v128.load(diagonal + i), u = v128.load(y + i);
      const direct = f64x2.add(f64x2.mul(v, v128.load64_splat(x + i)), f64x2.mul(re, u));
      const crossed = f64x2.add(f64x2.mul(v, v128.load64_splat(x + i, 8)), f64x2.mul(im, u));
      v128.store(y + i, f64x2.add(direct, f64x2.mul(signs, i64x2.shuffle(crossed, crossed, 1, 0))));
    }
  }

  /** y += s * (all parts without their factors), y = that if `fresh`. */
  private addOnes(x: usize, y: usize, s: f64, fresh: bool): void {
    this.sumOnes(x, y, s, fresh, false);
  }

  private addPackedOnes(x: usize, y: usize, s: f64, fresh: bool): void {
    this.sumOnes(x, y, s, fresh, true);
  }

  /** `addOnes` where it is put in: whole rows stretch by stretch, then block by block four stretches at once. */
  @inline
  private sumOnes(x: usize, y: usize, s: f64, fresh: bool, packed: bool): void {
    const parts = this.parts, shift: usize = packed ? 3 : 4;
    for (let r = 0; r < parts.stretches; r++) {
      const first = integer(parts.rowStretch, r);
      const n = (integer(parts.rowStretch, r + 1) - first) << (packed ? 0 : 1);
      this.addRows(r, x, shift, y + (<usize>first << shift), n, s, fresh);
    }
    for (let b = 0; b < parts.blocks.length; b++) {
      const block = unchecked(parts.blocks[b]);
      const end = this.gathers + (<usize>integer(this.gatherStart, b + 1) << 3);
      let p = this.gathers + (<usize>integer(this.gatherStart, b) << 3);
      for (; p + 8 < end; p += 32) {
        // Where only two or three are left the last one is done again.
        const q = p + 8, u = min(p + 16, end - 8), v = min(p + 24, end - 8);
        const x0 = at(x, p, shift), x1 = at(x, q, shift), x2 = at(x, u, shift), x3 = at(x, v, shift);
        const y0 = at(y, p + 4, shift), y1 = at(y, q + 4, shift), y2 = at(y, u + 4, shift), y3 = at(y, v + 4, shift);
        if (packed) block.addPackedOnesToFour(x0, x1, x2, x3, y0, y1, y2, y3, s);
        else block.addOnesToFour(x0, x1, x2, x3, y0, y1, y2, y3, s);
      }
      if (p >= end) continue;
      if (packed) block.addProductPacked(at(x, p, shift), at(y, p + 4, shift), s);
      else block.addProduct(at(x, p, shift), at(y, p + 4, shift), s);
    }
  }

  /**
   * out += s * (the parts of stretch r that are whole rows of n reals), which come first; out = that if `fresh`.
   * `shift`: of an element's bytes.
   */
  @inline
  private addRows(r: i32, x: usize, shift: usize, out: usize, n: i32, s: f64, fresh: bool): void {
    const parts = this.parts;
    let k = integer(parts.partStart, r);
    let end = k;
    const last = integer(parts.partStart, r + 1);
    while (end < last && integer(parts.block, end) == 0) end++;
    if (fresh && k == end) memory.fill(out, 0, <usize>n << 3);
    for (; k < end; k += 4, fresh = false) {
      const count = min(end - k, 4), last = end - 1;
      const a = parts.read(k, x, shift), b = parts.read(min(k + 1, last), x, shift);
      const c = parts.read(min(k + 2, last), x, shift), d = parts.read(min(k + 3, last), x, shift);
      addRows(out, a, b, c, d, count, n, s, fresh);
    }
  }
}
