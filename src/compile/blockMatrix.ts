import type { Basis } from "./basis.ts";
import { Uint32List } from "./growable.ts";
import type { BlockMatrix, Matrix, SparseMatrix } from "./program.ts";

/**
 * Below this many rows a matrix stays a list of elements: it fits the cache, and short stretches cost more to begin than
 * they save (trajectories of 12, 14, 16 qubits: 1.1, 0.93, 0.92 of the time with lists).
 */
const MIN_ROWS = 1500;
/** Elements that a part must stand for on average: beginning one costs about as much as four elements of a list. */
const MIN_PART = 8;
/** Of the elements, at most this fraction may be in the blocks themselves. */
const MAX_IN_BLOCKS = 0.25;

/** Where the stretches of some kets begin, and their number: runs of one sector that agree in the first half of the sites. */
export function stretchesOf({ packing, index, sectorOf }: Basis, kets: Uint32Array): Uint32Array | null {
  const first = packing.word.length >> 1;
  if (packing.words > 1 || first === 0 || kets.length < MIN_ROWS) return null;
  const shift = packing.shift[first - 1] as number;
  const starts = new Uint32List();
  let key = -1;
  let sector = -1;
  kets.forEach((ket, i) => {
    const head = (index.kets[ket] as number) >>> shift;
    if (head === key && sectorOf[ket] === sector) return;
    key = head;
    sector = sectorOf[ket] as number;
    starts.push(i);
  });
  starts.push(kets.length);
  return starts.toArray();
}

/** The same matrix in parts, where that is smaller and faster; else the matrix itself. */
export function packMatrix(
  matrix: SparseMatrix,
  rows: Uint32Array | null,
  columns: Uint32Array | null,
): Matrix {
  if (rows === null || columns === null || matrix.column.length === 0) return matrix;
  const packer = new Packer(matrix, rows, columns);
  for (let r = 0; r + 1 < rows.length; r++) if (!packer.addStretch(r)) return matrix;
  return packer.result() ?? matrix;
}

/** The matrix as a list of elements. */
export function unpackMatrix(matrix: Matrix): SparseMatrix {
  if (!("blocks" in matrix)) return matrix;
  const rowsOf: [number, number, number][][] = Array.from({ length: matrix.rows }, () => []);
  const { rowStretch, columnStretch, partStart, source, block, factor, blocks, diagonal } = matrix;
  for (let i = 0; 2 * i < diagonal.length; i++) {
    rowsOf[i]?.push([i, diagonal[2 * i] as number, diagonal[2 * i + 1] as number]);
  }
  for (let r = 0; r + 1 < rowStretch.length; r++) {
    const first = rowStretch[r] as number;
    const count = (rowStretch[r + 1] as number) - first;
    for (let k = partStart[r] as number; k < (partStart[r + 1] as number); k++) {
      const from = columnStretch[source[k] as number] as number;
      const [re, im] = [factor[2 * k] as number, factor[2 * k + 1] as number];
      const part = blocks[(block[k] as number) - 1];
      for (let i = 0; i < count; i++) {
        if (part === undefined) rowsOf[first + i]?.push([from + i, re, im]);
        const end = part?.rowStart[i + 1] ?? 0;
        for (let e = part?.rowStart[i] ?? 0; e < end; e++) {
          const [a, b] = [part?.values[2 * e] as number, part?.values[2 * e + 1] as number];
          rowsOf[first + i]?.push([from + (part?.column[e] as number), re * a - im * b, re * b + im * a]);
        }
      }
    }
  }
  const rowStart = new Uint32Array(matrix.rows + 1);
  rowsOf.forEach((row, i) => {
    row.sort(([a], [b]) => a - b);
    rowStart[i + 1] = (rowStart[i] as number) + row.length;
  });
  const elements = rowsOf.flat().filter(([, re, im]) => re !== 0 || im !== 0);
  return {
    rows: matrix.rows,
    columns: matrix.columns,
    rowStart,
    column: Uint32Array.from(elements, ([column]) => column),
    values: Float64Array.from(elements.flatMap(([, re, im]) => [re, im])),
  };
}

/** The elements between one stretch of the rows and one of the columns, row by row. */
class Patch {
  source = 0;
  readonly row: number[] = [];
  readonly column: number[] = [];
  readonly re: number[] = [];
  readonly im: number[] = [];

  clear(source: number): void {
    this.source = source;
    this.row.length = 0;
    this.column.length = 0;
    this.re.length = 0;
    this.im.length = 0;
  }

  /** The first element: what the others are measured in. */
  get factor(): readonly [number, number] {
    return [this.re[0] as number, this.im[0] as number];
  }

  isIdentity(rows: number, columns: number): boolean {
    if (rows !== columns || this.row.length !== rows) return false;
    const [re, im] = this.factor;
    return this.row.every(
      (i, k) => i === k && this.column[k] === k && this.re[k] === re && this.im[k] === im,
    );
  }

  /** The patch divided by its factor. */
  normalised(rows: number, columns: number): SparseMatrix {
    const [re, im] = this.factor;
    const size = re * re + im * im;
    const values = new Float64Array(2 * this.row.length);
    const rowStart = new Uint32Array(rows + 1);
    this.row.forEach((i, k) => {
      const [a, b] = [this.re[k] as number, this.im[k] as number];
      const same = a === re && b === im;
      values[2 * k] = same ? 1 : (a * re + b * im) / size;
      values[2 * k + 1] = same ? 0 : (b * re - a * im) / size;
      rowStart[i + 1] = (rowStart[i + 1] as number) + 1;
    });
    for (let i = 0; i < rows; i++) rowStart[i + 1] = (rowStart[i + 1] as number) + (rowStart[i] as number);
    return { rows, columns, rowStart, column: Uint32Array.from(this.column), values };
  }
}

class Packer {
  readonly #matrix: SparseMatrix;
  readonly #rows: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #stretchOf: Uint32Array;
  readonly #diagonal: Float64Array;
  #diagonalElements = 0;
  readonly #patches: Patch[] = [];
  #open = 0;
  /** For each stretch of the columns its patch, valid where `#usedBy` is the stretch of the rows. */
  readonly #patchOf: Int32Array;
  readonly #usedBy: Int32Array;
  readonly #partStart: Uint32Array;
  readonly #source = new Uint32List();
  readonly #block = new Uint32List();
  readonly #factor: number[] = [];
  readonly #blocks = new BlockCatalogue();

  constructor(matrix: SparseMatrix, rows: Uint32Array, columns: Uint32Array) {
    this.#matrix = matrix;
    this.#rows = rows;
    this.#columns = columns;
    this.#stretchOf = new Uint32Array(matrix.columns);
    for (let c = 0; c + 1 < columns.length; c++) this.#stretchOf.fill(c, columns[c], columns[c + 1]);
    this.#diagonal = new Float64Array(rows === columns ? 2 * matrix.rows : 0);
    this.#patchOf = new Int32Array(columns.length);
    this.#usedBy = new Int32Array(columns.length).fill(-1);
    this.#partStart = new Uint32Array(rows.length);
  }

  /** False when it is clear that parts do not pay. */
  addStretch(r: number): boolean {
    this.#open = 0;
    const first = this.#rows[r] as number;
    const end = this.#rows[r + 1] as number;
    for (let i = first; i < end; i++) this.#collect(r, i, i - first);
    const parts: { readonly block: number; readonly patch: Patch }[] = [];
    for (let p = 0; p < this.#open; p++) {
      const patch = this.#patches[p] as Patch;
      const columns = (this.#columns[patch.source + 1] as number) - (this.#columns[patch.source] as number);
      const identity = patch.isIdentity(end - first, columns);
      const block = identity ? 0 : this.#blocks.find(patch.normalised(end - first, columns)) + 1;
      parts.push({ block, patch });
    }
    parts.sort((a, b) => a.block - b.block || a.patch.source - b.patch.source);
    for (const { block, patch } of parts) {
      this.#block.push(block);
      this.#source.push(patch.source);
      this.#factor.push(...patch.factor);
    }
    this.#partStart[r + 1] = this.#block.length;
    return this.#blocks.elements <= MAX_IN_BLOCKS * this.#matrix.column.length;
  }

  #collect(r: number, row: number, place: number): void {
    const { rowStart, column, values } = this.#matrix;
    const end = rowStart[row + 1] as number;
    for (let e = rowStart[row] as number; e < end; e++) {
      const j = column[e] as number;
      const re = values[2 * e] as number;
      const im = values[2 * e + 1] as number;
      if (j === row && this.#diagonal.length > 0) {
        this.#diagonal[2 * row] = re;
        this.#diagonal[2 * row + 1] = im;
        this.#diagonalElements++;
        continue;
      }
      const patch = this.#patchFor(r, this.#stretchOf[j] as number);
      patch.row.push(place);
      patch.column.push(j - (this.#columns[patch.source] as number));
      patch.re.push(re);
      patch.im.push(im);
    }
  }

  #patchFor(r: number, source: number): Patch {
    if (this.#usedBy[source] !== r) {
      this.#usedBy[source] = r;
      this.#patchOf[source] = this.#open;
      if (this.#open === this.#patches.length) this.#patches.push(new Patch());
      (this.#patches[this.#open] as Patch).clear(source);
      this.#open++;
    }
    return this.#patches[this.#patchOf[source] as number] as Patch;
  }

  result(): BlockMatrix | null {
    const { rows, columns, column } = this.#matrix;
    const elements = column.length - this.#diagonalElements;
    if (this.#block.length * MIN_PART > elements) return null;
    return {
      rows,
      columns,
      rowStretch: this.#rows,
      columnStretch: this.#columns,
      partStart: this.#partStart,
      source: this.#source.toArray(),
      block: this.#block.toArray(),
      factor: Float64Array.from(this.#factor),
      blocks: this.#blocks.all,
      diagonal: this.#diagonalElements === 0 ? new Float64Array(0) : this.#diagonal,
    };
  }
}

/** Different blocks, found again by a hash of their elements. */
class BlockCatalogue {
  readonly all: SparseMatrix[] = [];
  elements = 0;
  readonly #byHash = new Map<number, number[]>();

  find(block: SparseMatrix): number {
    const hash = hashOf(block);
    const candidates = this.#byHash.get(hash) ?? [];
    const known = candidates.find((b) => equal(this.all[b] as SparseMatrix, block));
    if (known !== undefined) return known;
    const number = this.all.push(block) - 1;
    this.elements += block.column.length;
    this.#byHash.set(hash, [...candidates, number]);
    return number;
  }
}

function hashOf({ rows, column, values, rowStart }: SparseMatrix): number {
  let hash = rows;
  const bits = new Uint32Array(values.buffer);
  for (const numbers of [rowStart, column, bits])
    for (const x of numbers) hash = Math.imul(hash ^ x, 0x01000193);
  return hash;
}

function equal(a: SparseMatrix, b: SparseMatrix): boolean {
  return (
    a.rows === b.rows &&
    a.columns === b.columns &&
    same(a.rowStart, b.rowStart) &&
    same(a.column, b.column) &&
    same(a.values, b.values)
  );
}

function same(a: Uint32Array | Float64Array, b: Uint32Array | Float64Array): boolean {
  return a.length === b.length && a.every((x, k) => x === b[k]);
}
