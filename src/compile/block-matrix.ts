import { Uint32List } from "./growable.ts";
import type { BlockMatrix, Matrix, SparseMatrix } from "./program.ts";
import { SparseBuilder } from "./sparse.ts";

/** Elements that a part must stand for on average: beginning one costs about as much as four elements of a list. */
const MIN_PART = 8;
/** Of the elements, at most this fraction may be in the blocks themselves. */
const MAX_IN_BLOCKS = 0.25;

/** The same matrix in parts, where that is smaller and faster; else the matrix itself. rows, columns: where stretches begin. */
export function packMatrix(
  matrix: SparseMatrix,
  rows: Uint32Array | null,
  columns: Uint32Array | null,
): Matrix {
  if (rows === null || columns === null || matrix.column.length === 0) return matrix;
  const packer = new Packer(matrix, rows, columns);
  for (let r = 0; r + 1 < rows.length; r++) if (!packer.addStretch(r)) return matrix;
  return packer.assembler.result() ?? matrix;
}

export type Visit = (row: number, column: number, re: number, im: number) => void;

/** Calls `visit` with all elements: of a list row by row, of parts part by part and then the diagonal. */
export function forEachElement(matrix: Matrix, visit: Visit): void {
  if ("blocks" in matrix) {
    forEachInParts(matrix, visit);
    return;
  }
  const { rows, rowStart, column, values } = matrix;
  for (let row = 0; row < rows; row++) {
    const end = rowStart[row + 1] as number;
    for (let e = rowStart[row] as number; e < end; e++) {
      visit(row, column[e] as number, values[2 * e] as number, values[2 * e + 1] as number);
    }
  }
}

function forEachInParts(matrix: BlockMatrix, visit: Visit): void {
  const { rowStretch, columnStretch, partStart, source, block, factor, blocks, diagonal } = matrix;
  for (let r = 0; r + 1 < rowStretch.length; r++) {
    const first = rowStretch[r] as number;
    const count = (rowStretch[r + 1] as number) - first;
    for (let k = partStart[r] as number; k < (partStart[r + 1] as number); k++) {
      const from = columnStretch[source[k] as number] as number;
      const [re, im] = [factor[2 * k] as number, factor[2 * k + 1] as number];
      const part = blocks[(block[k] as number) - 1];
      if (part === undefined) for (let i = 0; i < count; i++) visit(first + i, from + i, re, im);
      else forEachElement(part, (i, j, a, b) => visit(first + i, from + j, re * a - im * b, re * b + im * a));
    }
  }
  for (let i = 0; 2 * i < diagonal.length; i++) {
    const [re, im] = [diagonal[2 * i] as number, diagonal[2 * i + 1] as number];
    if (re !== 0 || im !== 0) visit(i, i, re, im);
  }
}

/** Non-zero elements that a matrix stands for. */
export function elementCount(matrix: Matrix): number {
  if (!("blocks" in matrix)) return matrix.column.length;
  const { rowStretch, partStart, block, blocks, diagonal } = matrix;
  let count = 0;
  for (let r = 0; r + 1 < rowStretch.length; r++) {
    const rows = (rowStretch[r + 1] as number) - (rowStretch[r] as number);
    for (let k = partStart[r] as number; k < (partStart[r + 1] as number); k++) {
      count += blocks[(block[k] as number) - 1]?.column.length ?? rows;
    }
  }
  for (let i = 0; i < diagonal.length; i += 2) if (diagonal[i] !== 0 || diagonal[i + 1] !== 0) count++;
  return count;
}

/**
 * Adds the sums of `weight` over the elements in each row and in each column, where weight(x y) = weight(x) weight(y): 1, |x|
 * or |x|^2. A block is summed up once for all parts.
 */
export function addSums(
  matrix: Matrix,
  weight: (re: number, im: number) => number,
  rows: Float64Array | null,
  columns: Float64Array | null,
): void {
  if (!("blocks" in matrix)) {
    forEachElement(matrix, (row, column, re, im) => {
      const size = weight(re, im);
      if (rows !== null) rows[row] = (rows[row] as number) + size;
      if (columns !== null) columns[column] = (columns[column] as number) + size;
    });
    return;
  }
  const { rowStretch, columnStretch, partStart, source, block, factor, diagonal } = matrix;
  const blocks = matrix.blocks.map((part) => {
    const sums = { rows: new Float64Array(part.rows), columns: new Float64Array(part.columns) };
    addSums(part, weight, sums.rows, sums.columns);
    return sums;
  });
  for (let r = 0; r + 1 < rowStretch.length; r++) {
    const first = rowStretch[r] as number;
    const count = (rowStretch[r + 1] as number) - first;
    for (let k = partStart[r] as number; k < (partStart[r + 1] as number); k++) {
      const from = columnStretch[source[k] as number] as number;
      const size = weight(factor[2 * k] as number, factor[2 * k + 1] as number);
      const part = blocks[(block[k] as number) - 1];
      if (rows !== null) addScaled(rows, first, part?.rows ?? count, size);
      if (columns !== null) addScaled(columns, from, part?.columns ?? count, size);
    }
  }
  for (let i = 0; 2 * i < diagonal.length; i++) {
    const size = weight(diagonal[2 * i] as number, diagonal[2 * i + 1] as number);
    if (rows !== null) rows[i] = (rows[i] as number) + size;
    if (columns !== null) columns[i] = (columns[i] as number) + size;
  }
}

/** sum[first + i] += factor part[i]; instead of the part, the length of one that is all ones. */
function addScaled(sum: Float64Array, first: number, part: Float64Array | number, factor: number): void {
  if (typeof part === "number") {
    for (let i = first; i < first + part; i++) sum[i] = (sum[i] as number) + factor;
    return;
  }
  for (let i = 0; i < part.length; i++) {
    sum[first + i] = (sum[first + i] as number) + factor * (part[i] as number);
  }
}

/** Multiplications that J^+ J costs: sum over rows of (elements in the row)^2. */
export function productCost(jump: Matrix): number {
  const rows = new Float64Array(jump.rows);
  addSums(jump, () => 1, rows, null);
  return rows.reduce((cost, elements) => cost + elements * elements, 0);
}

/** Numbers (of 20 bytes or so) that are kept for a matrix: elements, or parts, their blocks and the diagonal. */
export function storedCount(matrix: Matrix): number {
  if (!("blocks" in matrix)) return matrix.column.length;
  const inBlocks = matrix.blocks.reduce((sum, { column }) => sum + column.length, 0);
  return matrix.block.length + inBlocks + matrix.diagonal.length / 2;
}

/** The matrix as a list of elements. */
export function unpackMatrix(matrix: Matrix): SparseMatrix {
  if (!("blocks" in matrix)) return matrix;
  const elements = new SparseBuilder();
  forEachElement(matrix, (row, column, re, im) => elements.push(row, column, re, im));
  const sorted = new SparseBuilder();
  elements.forEachSorted(matrix.rows, matrix.columns, (row, column, re, im) => {
    if (re !== 0 || im !== 0) sorted.push(row, column, re, im);
  });
  return sorted.toRows(matrix.rows, matrix.columns);
}

/** What lies between one stretch of the rows and one of the columns: a factor times a block, or times the identity (null). */
export interface Patch {
  readonly factor: readonly [number, number];
  readonly block: SparseMatrix | null;
}

/** The elements, of which there is at least one, measured in the first of them. */
export function normalised(matrix: SparseMatrix): Patch {
  const { values } = matrix;
  const [re, im] = [values[0] as number, values[1] as number];
  if (isIdentity(matrix, re, im)) return { factor: [re, im], block: null };
  const size = re * re + im * im;
  const divided = new Float64Array(values.length);
  for (let k = 0; k < values.length; k += 2) {
    const [a, b] = [values[k] as number, values[k + 1] as number];
    const same = a === re && b === im;
    divided[k] = same ? 1 : (a * re + b * im) / size;
    divided[k + 1] = same ? 0 : (b * re - a * im) / size;
  }
  return { factor: [re, im], block: { ...matrix, values: divided } };
}

function isIdentity(
  { rows, columns, rowStart, column, values }: SparseMatrix,
  re: number,
  im: number,
): boolean {
  if (rows !== columns || column.length !== rows) return false;
  return column.every(
    (j, e) => j === e && rowStart[e] === e && values[2 * e] === re && values[2 * e + 1] === im,
  );
}

/** A block matrix under construction, stretch of rows by stretch. */
export class BlockAssembler {
  readonly #rows: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #diagonal: Float64Array;
  #diagonalElements = 0;
  #elements = 0;
  readonly #parts: { block: number; source: number; factor: readonly [number, number] }[] = [];
  readonly #partStart = new Uint32List();
  readonly #source = new Uint32List();
  readonly #block = new Uint32List();
  readonly #factor: number[] = [];
  readonly #blocks = new BlockCatalogue();

  /** Where stretches begin; the same array twice for a matrix with a diagonal. */
  constructor(rows: Uint32Array, columns: Uint32Array) {
    this.#rows = rows;
    this.#columns = columns;
    this.#diagonal = new Float64Array(rows === columns ? 2 * (rows.at(-1) ?? 0) : 0);
    this.#partStart.push(0);
  }

  /** Adds a patch of so many elements to the stretch. */
  add(source: number, { factor, block }: Patch, elements: number): void {
    this.#elements += elements;
    this.#parts.push({ block: block === null ? 0 : this.#blocks.find(block) + 1, source, factor });
  }

  setDiagonal(row: number, re: number, im: number): void {
    this.#diagonal[2 * row] = re;
    this.#diagonal[2 * row + 1] = im;
    this.#diagonalElements++;
  }

  endStretch(): void {
    if (this.#parts.length > 1) this.#parts.sort((a, b) => a.block - b.block || a.source - b.source);
    for (const { block, source, factor } of this.#parts) {
      this.#block.push(block);
      this.#source.push(source);
      this.#factor.push(factor[0], factor[1]);
    }
    this.#parts.length = 0;
    this.#partStart.push(this.#block.length);
  }

  /** Whether the blocks are few enough beside so many elements in all. */
  pays(elements: number): boolean {
    return this.#blocks.elements <= MAX_IN_BLOCKS * elements;
  }

  /** Null where parts do not pay. */
  result(): BlockMatrix | null {
    if (this.#block.length * MIN_PART > this.#elements) return null;
    if (!this.pays(this.#elements + this.#diagonalElements)) return null;
    return {
      rows: this.#rows.at(-1) ?? 0,
      columns: this.#columns.at(-1) ?? 0,
      rowStretch: this.#rows,
      columnStretch: this.#columns,
      partStart: this.#partStart.toArray(),
      source: this.#source.toArray(),
      block: this.#block.toArray(),
      factor: Float64Array.from(this.#factor),
      blocks: this.#blocks.all,
      diagonal: this.#diagonalElements === 0 ? new Float64Array(0) : this.#diagonal,
    };
  }
}

/** The elements between one stretch of the rows and one of the columns, row by row. */
class OpenPatch {
  source = 0;
  readonly row: number[] = [];
  readonly column: number[] = [];
  readonly values: number[] = [];

  clear(source: number): void {
    this.source = source;
    this.row.length = 0;
    this.column.length = 0;
    this.values.length = 0;
  }

  toMatrix(rows: number, columns: number): SparseMatrix {
    const rowStart = new Uint32Array(rows + 1);
    for (const i of this.row) rowStart[i + 1] = (rowStart[i + 1] as number) + 1;
    for (let i = 0; i < rows; i++) rowStart[i + 1] = (rowStart[i + 1] as number) + (rowStart[i] as number);
    const values = Float64Array.from(this.values);
    return { rows, columns, rowStart, column: Uint32Array.from(this.column), values };
  }
}

/** Cuts a list of elements into patches. */
class Packer {
  readonly assembler: BlockAssembler;
  readonly #matrix: SparseMatrix;
  readonly #rows: Uint32Array;
  readonly #columns: Uint32Array;
  readonly #stretchOf: Uint32Array;
  readonly #patches: OpenPatch[] = [];
  #open = 0;
  /** For each stretch of the columns its patch, valid where `#usedBy` is the stretch of the rows. */
  readonly #patchOf: Int32Array;
  readonly #usedBy: Int32Array;

  constructor(matrix: SparseMatrix, rows: Uint32Array, columns: Uint32Array) {
    this.assembler = new BlockAssembler(rows, columns);
    this.#matrix = matrix;
    this.#rows = rows;
    this.#columns = columns;
    this.#stretchOf = new Uint32Array(matrix.columns);
    for (let c = 0; c + 1 < columns.length; c++) this.#stretchOf.fill(c, columns[c], columns[c + 1]);
    this.#patchOf = new Int32Array(columns.length);
    this.#usedBy = new Int32Array(columns.length).fill(-1);
  }

  /** False when it is clear that parts do not pay. */
  addStretch(r: number): boolean {
    this.#open = 0;
    const first = this.#rows[r] as number;
    const end = this.#rows[r + 1] as number;
    for (let i = first; i < end; i++) this.#collect(r, i, i - first);
    for (let p = 0; p < this.#open; p++) {
      const patch = this.#patches[p] as OpenPatch;
      const columns = (this.#columns[patch.source + 1] as number) - (this.#columns[patch.source] as number);
      this.assembler.add(patch.source, normalised(patch.toMatrix(end - first, columns)), patch.row.length);
    }
    this.assembler.endStretch();
    return this.assembler.pays(this.#matrix.column.length);
  }

  #collect(r: number, row: number, place: number): void {
    const { rowStart, column, values } = this.#matrix;
    const end = rowStart[row + 1] as number;
    for (let e = rowStart[row] as number; e < end; e++) {
      const j = column[e] as number;
      const re = values[2 * e] as number;
      const im = values[2 * e + 1] as number;
      if (j === row && this.#rows === this.#columns) {
        this.assembler.setDiagonal(row, re, im);
        continue;
      }
      const patch = this.#patchFor(r, this.#stretchOf[j] as number);
      patch.row.push(place);
      patch.column.push(j - (this.#columns[patch.source] as number));
      patch.values.push(re, im);
    }
  }

  #patchFor(r: number, source: number): OpenPatch {
    if (this.#usedBy[source] !== r) {
      this.#usedBy[source] = r;
      this.#patchOf[source] = this.#open;
      if (this.#open === this.#patches.length) this.#patches.push(new OpenPatch());
      (this.#patches[this.#open] as OpenPatch).clear(source);
      this.#open++;
    }
    return this.#patches[this.#patchOf[source] as number] as OpenPatch;
  }
}

/** Different blocks, found again by identity or by a hash of their elements. */
class BlockCatalogue {
  readonly all: SparseMatrix[] = [];
  elements = 0;
  readonly #known = new WeakMap<SparseMatrix, number>();
  readonly #byHash = new Map<number, number[]>();

  find(block: SparseMatrix): number {
    let number = this.#known.get(block);
    if (number === undefined) {
      number = this.#findEqual(block);
      this.#known.set(block, number);
    }
    return number;
  }

  #findEqual(block: SparseMatrix): number {
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
