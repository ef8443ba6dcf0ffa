// A matrix over states that come in stretches (see BlockMatrix in src/compile/program.ts): stretch r of the image is a sum of
// parts, each a stretch of x times a number, either as it is or through one of a few small blocks that many parts share.
// A sum over sites of one-site operators has parts that are whole rows (sites of the first half: additions without any index)
// and gathers inside a row (second half: a block that fits the first-level cache, its indices read once for four rows). Trajectories of 14 and 16 qubits
// take 0.93 of the time with lists of elements, Ising sites (complex) 0.73; 20 qubits half the memory.
import { bitsOf, flippedBits, sumFlips } from "./flips";
import { allocate, allocateVector } from "./memory";
import { Matrix } from "./matrix";
import { packedWords } from "./packed-real";
import { SparseMatrix } from "./sparse";
import { abs2, addRows, addScaled, norm2, rotate } from "./vector";

@inline
function integer(base: usize, i: i32): i32 {
  return load<i32>(base + (<usize>i << 2));
}

/** Bytes of the element whose number is at p. */
@inline
function at(p: usize, shift: usize): usize {
  return <usize>load<i32>(p) << shift;
}

let scratchVector: usize = 0;
let scratchLength: i32 = 0;

/** Room for n amplitudes that lasts until it is asked for again. */
function scratch(n: i32): usize {
  if (n > scratchLength) {
    scratchLength = n;
    scratchVector = allocateVector(n);
  }
  return scratchVector;
}

export class BlockMatrix extends Matrix {
  private allReal: bool;
  /** All parts have one factor and all blocks are patterns of ones: the factor is taken out. */
  private uniform: bool;
  private re: f64 = 1;
  private im: f64 = 0;
  /** Uniform, and all parts together are the flips of so many bits of the state's number; else 0. */
  private flips: i32 = 0;
  /** For each block the parts that use it: (first column, first row) of each, those of block b from gatherStart[b] on. */
  private gathers: usize = 0;
  private gatherStart: usize = 0;
  /** u32[parts]: the first column that a part reads */
  private from: usize = 0;
  /** Room for one stretch, where parts have factors of their own. */
  private partImage: usize = 0;

  constructor(
    rows: i32,
    columns: i32,
    public stretches: i32,
    /** u32[stretches + 1] */
    public rowStretch: usize,
    public columnStretches: i32,
    public columnStretch: usize,
    /** u32[stretches + 1] */
    public partStart: usize,
    /** u32[parts]: which stretch of the columns */
    public source: usize,
    /** u32[parts]: 0 for the identity, else number + 1 in `blocks` */
    public block: usize,
    /** complex[parts] */
    public factor: usize,
    public blocks: SparseMatrix[],
    /** complex[rows], or 0 */
    public diagonal: usize,
  ) {
    super(rows, columns);
    this.allReal = this.findReal();
    this.from = allocate(<usize>this.parts << 2);
    for (let k = 0; k < this.parts; k++) store<i32>(this.from + (<usize>k << 2), integer(columnStretch, integer(source, k)));
    this.uniform = this.findUniform();
    if (this.uniform) {
      this.listGathers();
      this.flips = this.findFlips();
    } else this.makeRoom();
  }

  private makeRoom(): void {
    let longest = 0;
    for (let r = 0; r < this.stretches; r++) {
      longest = max(longest, integer(this.rowStretch, r + 1) - integer(this.rowStretch, r));
    }
    this.partImage = allocateVector(longest);
  }

  private listGathers(): void {
    const blocks = this.blocks.length;
    const start = allocate(<usize>(blocks + 2) << 2);
    for (let k = 0; k < this.parts; k++) {
      const p = start + (<usize>(integer(this.block, k) + 1) << 2);
      if (integer(this.block, k) > 0) store<i32>(p, load<i32>(p) + 1);
    }
    for (let b = 1; b < blocks + 2; b++) {
      const p = start + (<usize>b << 2);
      store<i32>(p, load<i32>(p) + integer(start, b - 1));
    }
    this.gathers = allocate(<usize>integer(start, blocks + 1) << 3);
    for (let r = 0; r < this.stretches; r++) {
      for (let k = integer(this.partStart, r); k < integer(this.partStart, r + 1); k++) {
        const number = integer(this.block, k);
        if (number == 0) continue;
        const p = start + (<usize>number << 2);
        const place = this.gathers + (<usize>load<i32>(p) << 3);
        store<i32>(p, load<i32>(p) + 1);
        store<i32>(place, integer(this.from, k));
        store<i32>(place, integer(this.rowStretch, r), 4);
      }
    }
    this.gatherStart = start;
  }

  private get parts(): i32 {
    return integer(this.partStart, this.stretches);
  }

  private findReal(): bool {
    for (let k = 0; k < this.parts; k++) if (load<f64>(this.factor + (<usize>k << 4), 8) != 0) return false;
    for (let b = 0; b < this.blocks.length; b++) if (!this.blocks[b].real) return false;
    if (this.diagonal == 0) return true;
    for (let i = 0; i < this.rows; i++) if (load<f64>(this.diagonal + (<usize>i << 4), 8) != 0) return false;
    return true;
  }

  private findUniform(): bool {
    if (this.parts == 0) return false;
    const re = load<f64>(this.factor), im = load<f64>(this.factor, 8);
    for (let k = 1; k < this.parts; k++) {
      const p = this.factor + (<usize>k << 4);
      if (load<f64>(p) != re || load<f64>(p, 8) != im) return false;
    }
    for (let b = 0; b < this.blocks.length; b++) if (!this.blocks[b].hasOnes) return false;
    this.re = re;
    this.im = im;
    return true;
  }

  /** The number of bits, where row i has ones in the columns i xor 2^b for each bit b, and nowhere else. */
  private findFlips(): i32 {
    const bits = bitsOf(this.rows);
    const inner = bitsOf(integer(this.rowStretch, 1));
    const outer = bits - inner;
    if (inner == 0 || this.columns != this.rows || this.columnStretches != this.stretches || this.blocks.length != 1) return 0;
    for (let r = 0; r < this.stretches; r++) {
      const first = integer(this.partStart, r);
      if (integer(this.rowStretch, r) != r << inner || integer(this.columnStretch, r) != r << inner) return 0;
      if (integer(this.partStart, r + 1) - first != outer + 1) return 0;
      for (let k = first; k <= first + outer; k++) {
        if (integer(this.block, k) != (integer(this.source, k) == r ? 1 : 0)) return 0;
      }
      if (flippedBits(r, this.source + (<usize>first << 2), outer + 1) != this.stretches - 1) return 0;
    }
    return this.blocks[0].flips ? bits : 0;
  }

  get real(): bool {
    return this.allReal;
  }

  protected transpose(): BlockMatrix {
    const parts = this.parts;
    const start = allocate(<usize>(this.columnStretches + 2) << 2);
    const source = allocate(<usize>parts << 2);
    const block = allocate(<usize>parts << 2);
    const factor = allocate(<usize>parts << 4);
    for (let k = 0; k < parts; k++) {
      const p = start + (<usize>(integer(this.source, k) + 2) << 2);
      store<i32>(p, load<i32>(p) + 1);
    }
    for (let c = 0; c < this.columnStretches; c++) {
      const p = start + (<usize>c << 2);
      store<i32>(p, load<i32>(p, 4) + load<i32>(p, 8), 8);
    }
    // Identities first, as in every stretch.
    this.transposeParts(true, start, source, block, factor);
    this.transposeParts(false, start, source, block, factor);
    const blocks: SparseMatrix[] = [];
    for (let b = 0; b < this.blocks.length; b++) blocks.push(this.blocks[b].adjoint as SparseMatrix);
    let diagonal: usize = 0;
    if (this.diagonal != 0) {
      diagonal = allocate(<usize>this.rows << 4);
      for (let i: usize = 0; i < <usize>this.rows << 4; i += 16) {
        store<f64>(diagonal + i, load<f64>(this.diagonal + i));
        store<f64>(diagonal + i, -load<f64>(this.diagonal + i, 8), 8);
      }
    }
    return new BlockMatrix(
      this.columns, this.rows, this.columnStretches, this.columnStretch, this.stretches, this.rowStretch, start, source, block,
      factor, blocks, diagonal,
    );
  }

  private transposeParts(identities: bool, start: usize, source: usize, block: usize, factor: usize): void {
    for (let r = 0; r < this.stretches; r++) {
      for (let k = integer(this.partStart, r); k < integer(this.partStart, r + 1); k++) {
        if ((integer(this.block, k) == 0) != identities) continue;
        const p = start + (<usize>(integer(this.source, k) + 1) << 2);
        const at = load<i32>(p);
        store<i32>(p, at + 1);
        store<i32>(source + (<usize>at << 2), r);
        store<i32>(block + (<usize>at << 2), integer(this.block, k));
        store<f64>(factor + (<usize>at << 4), load<f64>(this.factor + (<usize>k << 4)));
        store<f64>(factor + (<usize>at << 4), -load<f64>(this.factor + (<usize>k << 4), 8), 8);
      }
    }
  }

  multiply(x: usize, y: usize): void {
    if (!this.uniform) {
      memory.fill(y, 0, <usize>this.rows << 4);
      this.addParts(x, y, 1);
    } else if (this.im == 0 && this.flips == 0) this.addOnes(x, y, this.re, true);
    else {
      if (this.flips > 0) sumFlips(x, y, this.flips);
      else this.addOnes(x, y, 1, true);
      if (this.diagonal == 0) rotate(y, this.rows, this.re, this.im);
      else this.turnAndAddDiagonal(x, y);
      return;
    }
    this.addDiagonal(x, y, 1);
  }

  recur(w: usize, v: usize, u: usize, s: f64, re: f64, im: f64): void {
    if (this.flips == 0 || this.re != 0 || this.diagonal == 0) {
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
  /** f64[rows][3]: Im d, -Im d, Re d of d = s (D - re - i im), made when first needed. */
  private shifted: usize = 0;

  private shiftDiagonal(s: f64, re: f64, im: f64): void {
    const shifted = allocate(<usize>this.rows * 24);
    for (let i: usize = 0; i < <usize>this.rows; i++) {
      const real = load<f64>(this.diagonal + (i << 4)) - re, imaginary = load<f64>(this.diagonal + (i << 4), 8) - im;
      store<f64>(shifted + 24 * i, s * imaginary);
      store<f64>(shifted + 24 * i, -s * imaginary, 8);
      store<f64>(shifted + 24 * i, s * real, 16);
    }
    this.shifted = shifted;
  }

  /** y = factor y + D x */
  private turnAndAddDiagonal(x: usize, y: usize): void {
    const re = f64x2.splat(this.re), im = f64x2.splat(this.im), signs = f64x2(-1, 1);
    for (let i: usize = 0; i < <usize>this.rows << 4; i += 16) {
      const v = v128.load(this.diagonal + i), u = v128.load(y + i);
      const direct = f64x2.add(f64x2.mul(v, v128.load64_splat(x + i)), f64x2.mul(re, u));
      const crossed = f64x2.add(f64x2.mul(v, v128.load64_splat(x + i, 8)), f64x2.mul(im, u));
      v128.store(y + i, f64x2.add(direct, f64x2.mul(signs, i64x2.shuffle(crossed, crossed, 1, 0))));
    }
  }

  addProduct(x: usize, y: usize, s: f64): void {
    if (!this.uniform) this.addParts(x, y, s);
    else if (this.im == 0) this.addOnes(x, y, s * this.re, false);
    else {
      const sum = scratch(this.rows);
      this.addOnes(x, sum, 1, true);
      addScaled(y, sum, this.rows, s * this.re, s * this.im);
    }
    this.addDiagonal(x, y, s);
  }

  imageNorm2(x: usize): f64 {
    const image = scratch(this.rows);
    this.multiply(x, image);
    return norm2(image, this.rows);
  }

  columnNorm2(j: i32): f64 {
    let sum: f64 = this.diagonal == 0 ? 0 : abs2(this.diagonal + (<usize>j << 4));
    for (let k = 0; k < this.parts; k++) {
      const i = j - integer(this.from, k);
      if (i < 0 || j >= integer(this.columnStretch, integer(this.source, k) + 1)) continue;
      const number = integer(this.block, k);
      const column = number == 0 ? 1 : unchecked(this.blocks[number - 1]).columnNorm2(i);
      sum += column * abs2(this.factor + (<usize>k << 4));
    }
    return sum;
  }

  multiplyPacked(x: usize, y: usize): void {
    if (!this.uniform) {
      memory.fill(y, 0, <usize>packedWords(this.rows) << 4);
      this.addPartsPacked(x, y, 1);
    } else {
      if (this.rows & 1) store<f64>(y + (<usize>this.rows << 3), 0);
      this.addOnesPacked(x, y, this.re, true);
    }
    this.addDiagonalPacked(x, y, 1);
  }

  addProductPacked(x: usize, y: usize, s: f64): void {
    if (this.uniform) this.addOnesPacked(x, y, s * this.re, false);
    else this.addPartsPacked(x, y, s);
    this.addDiagonalPacked(x, y, s);
  }

  private addDiagonalPacked(x: usize, y: usize, s: f64): void {
    if (this.diagonal == 0) return;
    for (let i: usize = 0; i < <usize>this.rows << 3; i += 8) {
      store<f64>(y + i, load<f64>(y + i) + s * load<f64>(this.diagonal + (i << 1)) * load<f64>(x + i));
    }
  }

  /** y += s * (all parts without their factors): whole rows stretch by stretch, then block by block four stretches at once. */
  private addOnes(x: usize, y: usize, s: f64, fresh: bool): void {
    for (let r = 0; r < this.stretches; r++) {
      const first = integer(this.rowStretch, r);
      this.addRows(r, x, 4, y + (<usize>first << 4), 2 * (integer(this.rowStretch, r + 1) - first), s, fresh);
    }
    for (let b = 0; b < this.blocks.length; b++) {
      const block = unchecked(this.blocks[b]);
      const end = this.gathers + (<usize>integer(this.gatherStart, b + 1) << 3);
      let p = this.gathers + (<usize>integer(this.gatherStart, b) << 3);
      for (; p + 8 < end; p += 32) {
        // Where only two or three are left the last one is done again.
        const q = p + 8, u = min(p + 16, end - 8), v = min(p + 24, end - 8);
        block.addOnesToFour(
          x + at(p, 4), x + at(q, 4), x + at(u, 4), x + at(v, 4),
          y + at(p + 4, 4), y + at(q + 4, 4), y + at(u + 4, 4), y + at(v + 4, 4), s,
        );
      }
      if (p < end) block.addProduct(x + at(p, 4), y + at(p + 4, 4), s);
    }
  }

  private addOnesPacked(x: usize, y: usize, s: f64, fresh: bool): void {
    for (let r = 0; r < this.stretches; r++) {
      const first = integer(this.rowStretch, r);
      this.addRows(r, x, 3, y + (<usize>first << 3), integer(this.rowStretch, r + 1) - first, s, fresh);
    }
    for (let b = 0; b < this.blocks.length; b++) {
      const block = unchecked(this.blocks[b]);
      const end = this.gathers + (<usize>integer(this.gatherStart, b + 1) << 3);
      let p = this.gathers + (<usize>integer(this.gatherStart, b) << 3);
      for (; p + 8 < end; p += 32) {
        // Where only two or three are left the last one is done again.
        const q = p + 8, u = min(p + 16, end - 8), v = min(p + 24, end - 8);
        block.addPackedOnesToFour(
          x + at(p, 3), x + at(q, 3), x + at(u, 3), x + at(v, 3),
          y + at(p + 4, 3), y + at(q + 4, 3), y + at(u + 4, 3), y + at(v + 4, 3), s,
        );
      }
      if (p < end) block.addProductPacked(x + at(p, 3), y + at(p + 4, 3), s);
    }
  }

  /**
   * out += s * (the parts of stretch r that are whole rows of n reals), which come first; out = that if `fresh`.
   * `shift`: of an element's bytes.
   */
  @inline
  private addRows(r: i32, x: usize, shift: usize, out: usize, n: i32, s: f64, fresh: bool): void {
    let k = integer(this.partStart, r);
    let end = k;
    const last = integer(this.partStart, r + 1);
    while (end < last && integer(this.block, end) == 0) end++;
    if (fresh && k == end) memory.fill(out, 0, <usize>n << 3);
    for (; k < end; k += 4, fresh = false) {
      const count = min(end - k, 4), last = end - 1;
      const a = this.stretch(k, x, shift), b = this.stretch(min(k + 1, last), x, shift);
      const c = this.stretch(min(k + 2, last), x, shift), d = this.stretch(min(k + 3, last), x, shift);
      addRows(out, a, b, c, d, count, n, s, fresh);
    }
  }

  /** Where the stretch of x that part k reads begins. */
  @inline
  private stretch(k: i32, x: usize, shift: usize): usize {
    return x + (<usize>integer(this.from, k) << shift);
  }

  private addParts(x: usize, y: usize, s: f64): void {
    for (let r = 0; r < this.stretches; r++) {
      const first = integer(this.rowStretch, r);
      const n = integer(this.rowStretch, r + 1) - first;
      const end = integer(this.partStart, r + 1);
      for (let k = integer(this.partStart, r); k < end; k++) this.addPart(k, x, y + (<usize>first << 4), n, s);
    }
  }

  private addPart(k: i32, x: usize, out: usize, n: i32, s: f64): void {
    const p = this.factor + (<usize>k << 4);
    const re = s * load<f64>(p), im = s * load<f64>(p, 8);
    const from = this.stretch(k, x, 4);
    const number = integer(this.block, k);
    if (number == 0) {
      addScaled(out, from, n, re, im);
      return;
    }
    const block = unchecked(this.blocks[number - 1]);
    if (im == 0) {
      block.addProduct(from, out, re);
      return;
    }
    block.multiply(from, this.partImage);
    addScaled(out, this.partImage, n, re, im);
  }

  private addPartsPacked(x: usize, y: usize, s: f64): void {
    for (let r = 0; r < this.stretches; r++) {
      const first = integer(this.rowStretch, r);
      const n = integer(this.rowStretch, r + 1) - first;
      const out = y + (<usize>first << 3);
      const end = integer(this.partStart, r + 1);
      for (let k = integer(this.partStart, r); k < end; k++) {
        const factor = s * load<f64>(this.factor + (<usize>k << 4));
        const from = this.stretch(k, x, 3);
        const number = integer(this.block, k);
        if (number == 0) addRows(out, from, from, from, from, 1, n, factor, false);
        else unchecked(this.blocks[number - 1]).addProductPacked(from, out, factor);
      }
    }
  }

  /** y += s D x */
  private addDiagonal(x: usize, y: usize, s: f64): void {
    if (this.diagonal == 0) return;
    const factor = f64x2.splat(s), signs = f64x2(-1, 1);
    for (let i: usize = 0; i < <usize>this.rows << 4; i += 16) {
      const v = f64x2.mul(factor, v128.load(this.diagonal + i));
      const direct = f64x2.mul(v, v128.load64_splat(x + i));
      const crossed = f64x2.mul(v, v128.load64_splat(x + i, 8));
      const product = f64x2.add(direct, f64x2.mul(signs, i64x2.shuffle(crossed, crossed, 1, 0)));
      v128.store(y + i, f64x2.add(v128.load(y + i), product));
    }
  }
}
