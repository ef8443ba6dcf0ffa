// A matrix in parts. A sum over sites of one-site operators has parts that are whole rows (sites of the first half: additions
// without any index) and gathers inside a row (second half: a block that fits the first-level cache, its indices read once for
// four rows). Trajectories of 14 and 16 qubits take 0.93 of the time with lists of elements, Ising sites (complex) 0.73; 20
// qubits half the memory.
import { allocateVector, complexAt, f64At } from "./memory";
import { Matrix } from "./matrix";
import { packedWords } from "./packed-real";
import { integer, Parts } from "./parts";
import { addRows } from "./add-rows";
import { addScaled, norm2 } from "./vector";

let scratchVector: usize = 0;
let scratchLength: i32 = 0;

/** Room for n amplitudes that lasts until it is asked for again. */
export function scratch(n: i32): usize {
  if (n > scratchLength) {
    scratchLength = n;
    scratchVector = allocateVector(n);
  }
  return scratchVector;
}

export class BlockMatrix extends Matrix {
  private allReal: bool;
  /** Room for one stretch. */
  private partImage: usize = 0;

  constructor(protected parts: Parts) {
    super(parts.rows, parts.columns);
    this.allReal = parts.real;
  }

  get real(): bool {
    return this.allReal;
  }

  protected transpose(): Matrix {
    return new BlockMatrix(this.parts.adjoint());
  }

  multiply(x: usize, y: usize): void {
    memory.fill(y, 0, <usize>this.rows << 4);
    this.addProduct(x, y, 1);
  }

  addProduct(x: usize, y: usize, s: f64): void {
    const parts = this.parts;
    for (let r = 0; r < parts.stretches; r++) {
      const first = integer(parts.rowStretch, r);
      const n = integer(parts.rowStretch, r + 1) - first;
      const end = integer(parts.partStart, r + 1);
      for (let k = integer(parts.partStart, r); k < end; k++) this.addPart(k, x, complexAt(y, first), n, s);
    }
    this.addDiagonal(x, y, s);
  }

  private addPart(k: i32, x: usize, out: usize, n: i32, s: f64): void {
    const p = complexAt(this.parts.factor, k);
    const re = s * load<f64>(p), im = s * load<f64>(p, 8);
    const from = this.parts.read(k, x, 4);
    const number = integer(this.parts.block, k);
    if (number == 0) {
      addScaled(out, from, n, re, im);
      return;
    }
    const block = unchecked(this.parts.blocks[number - 1]);
    if (im == 0) {
      block.addProduct(from, out, re);
      return;
    }
    if (this.partImage == 0) this.partImage = allocateVector(this.parts.longest);
    block.multiply(from, this.partImage);
    addScaled(out, this.partImage, n, re, im);
  }

  imageNorm2(x: usize): f64 {
    const image = scratch(this.rows);
    this.multiply(x, image);
    return norm2(image, this.rows);
  }

  columnNorm2(j: i32): f64 {
    return this.parts.columnNorm2(j);
  }

  multiplyPacked(x: usize, y: usize): void {
    memory.fill(y, 0, <usize>packedWords(this.rows) << 4);
    this.addProductPacked(x, y, 1);
  }

  addProductPacked(x: usize, y: usize, s: f64): void {
    const parts = this.parts;
    for (let r = 0; r < parts.stretches; r++) {
      const first = integer(parts.rowStretch, r);
      const n = integer(parts.rowStretch, r + 1) - first;
      const out = f64At(y, first);
      const end = integer(parts.partStart, r + 1);
      for (let k = integer(parts.partStart, r); k < end; k++) {
        const factor = s * load<f64>(complexAt(parts.factor, k));
        const from = parts.read(k, x, 3);
        const number = integer(parts.block, k);
        if (number == 0) addRows(out, from, from, from, from, 1, n, factor, false);
        else unchecked(parts.blocks[number - 1]).addProductPacked(from, out, factor);
      }
    }
    this.addDiagonalPacked(x, y, s);
  }

  /** y += s D x */
  protected addDiagonal(x: usize, y: usize, s: f64): void {
    const diagonal = this.parts.diagonal;
    if (diagonal == 0) return;
    const factor = f64x2.splat(s), signs = f64x2(-1, 1);
    for (let i: usize = 0; i < <usize>this.rows << 4; i += 16) {
      const v = f64x2.mul(factor, v128.load(diagonal + i));
      const direct = f64x2.mul(v, v128.load64_splat(x + i));
      const crossed = f64x2.mul(v, v128.load64_splat(x + i, 8));
      const product = f64x2.add(direct, f64x2.mul(signs, i64x2.shuffle(crossed, crossed, 1, 0)));
      v128.store(y + i, f64x2.add(v128.load(y + i), product));
    }
  }

  protected addDiagonalPacked(x: usize, y: usize, s: f64): void {
    const diagonal = this.parts.diagonal;
    if (diagonal == 0) return;
    for (let i: usize = 0; i < <usize>this.rows << 3; i += 8) {
      store<f64>(y + i, load<f64>(y + i) + s * load<f64>(diagonal + (i << 1)) * load<f64>(x + i));
    }
  }
}
