// How a matrix over states that come in stretches is put together (see BlockMatrix in src/compile/program.ts): stretch r of
// the image is a sum of parts, each a stretch of x times a number, either as it is or through one of a few small blocks that
// many parts share.
import { bitsOf, flippedBits } from "./flips";
import { allocate, complexAt, i32At } from "./memory";
import { SparseMatrix } from "./sparse";
import { abs2 } from "./vector";

@inline
export function integer(base: usize, i: i32): i32 {
  return load<i32>(i32At(base, i));
}

export class Parts {
  /** u32[parts]: the first column that a part reads */
  private from: usize;

  constructor(
    public rows: i32,
    public columns: i32,
    public stretches: i32,
    /** u32[stretches + 1] */
    public rowStretch: usize,
    public columnStretches: i32,
    public columnStretch: usize,
    /** u32[stretches + 1]: parts of stretch r; those that are whole rows come first. */
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
    this.from = allocate(<usize>this.count << 2);
    for (let k = 0; k < this.count; k++) store<i32>(i32At(this.from, k), integer(columnStretch, integer(source, k)));
  }

  get count(): i32 {
    return integer(this.partStart, this.stretches);
  }

  /** Where the stretch of x that part k reads begins; `shift`: of an element's bytes. */
  @inline
  read(k: i32, x: usize, shift: usize): usize {
    return x + (<usize>integer(this.from, k) << shift);
  }

  get firstColumns(): usize {
    return this.from;
  }

  /** Rows of the longest stretch. */
  get longest(): i32 {
    let longest = 0;
    for (let r = 0; r < this.stretches; r++) longest = max(longest, integer(this.rowStretch, r + 1) - integer(this.rowStretch, r));
    return longest;
  }

  get real(): bool {
    for (let k = 0; k < this.count; k++) if (load<f64>(complexAt(this.factor, k), 8) != 0) return false;
    for (let b = 0; b < this.blocks.length; b++) if (!this.blocks[b].real) return false;
    if (this.diagonal == 0) return true;
    for (let i = 0; i < this.rows; i++) if (load<f64>(complexAt(this.diagonal, i), 8) != 0) return false;
    return true;
  }

  /** All parts have one factor and all blocks are patterns of ones. */
  get uniform(): bool {
    if (this.count == 0) return false;
    const re = load<f64>(this.factor), im = load<f64>(this.factor, 8);
    for (let k = 1; k < this.count; k++) {
      const p = complexAt(this.factor, k);
      if (load<f64>(p) != re || load<f64>(p, 8) != im) return false;
    }
    for (let b = 0; b < this.blocks.length; b++) if (!this.blocks[b].hasOnes) return false;
    return true;
  }

  /** The number of bits, where row i has elements in the columns i xor 2^b for each bit b, and nowhere else; else 0. */
  get flips(): i32 {
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
      if (flippedBits(r, i32At(this.source, first), outer + 1) != this.stretches - 1) return 0;
    }
    return this.blocks[0].flips ? bits : 0;
  }

  /** ||M e_j||^2 */
  columnNorm2(j: i32): f64 {
    let sum: f64 = this.diagonal == 0 ? 0 : abs2(complexAt(this.diagonal, j));
    for (let k = 0; k < this.count; k++) {
      const i = j - integer(this.from, k);
      if (i < 0 || j >= integer(this.columnStretch, integer(this.source, k) + 1)) continue;
      const number = integer(this.block, k);
      const column = number == 0 ? 1 : unchecked(this.blocks[number - 1]).columnNorm2(i);
      sum += column * abs2(complexAt(this.factor, k));
    }
    return sum;
  }

  /** The parts of M^+. */
  adjoint(): Parts {
    const count = this.count;
    const start = allocate(<usize>(this.columnStretches + 2) << 2);
    const source = allocate(<usize>count << 2);
    const block = allocate(<usize>count << 2);
    const factor = allocate(<usize>count << 4);
    for (let k = 0; k < count; k++) {
      const p = i32At(start, integer(this.source, k) + 2);
      store<i32>(p, load<i32>(p) + 1);
    }
    for (let c = 0; c < this.columnStretches; c++) {
      const p = i32At(start, c);
      store<i32>(p, load<i32>(p, 4) + load<i32>(p, 8), 8);
    }
    this.turn(true, start, source, block, factor);
    this.turn(false, start, source, block, factor);
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
    return new Parts(
      this.columns, this.rows, this.columnStretches, this.columnStretch, this.stretches, this.rowStretch, start, source, block,
      factor, blocks, diagonal,
    );
  }

  /** Writes the adjoints of the parts that are whole rows, or of the others, where the next ones of their stretches belong. */
  private turn(wholeRows: bool, start: usize, source: usize, block: usize, factor: usize): void {
    for (let r = 0; r < this.stretches; r++) {
      for (let k = integer(this.partStart, r); k < integer(this.partStart, r + 1); k++) {
        if ((integer(this.block, k) == 0) != wholeRows) continue;
        const p = i32At(start, integer(this.source, k) + 1);
        const place = load<i32>(p);
        store<i32>(p, place + 1);
        store<i32>(i32At(source, place), r);
        store<i32>(i32At(block, place), integer(this.block, k));
        store<f64>(complexAt(factor, place), load<f64>(complexAt(this.factor, k)));
        store<f64>(complexAt(factor, place), -load<f64>(complexAt(this.factor, k), 8), 8);
      }
    }
  }
}
