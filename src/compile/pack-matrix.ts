import { BlockAssembler, normalised } from "./block-assembler.ts";
import type { Matrix, SparseMatrix } from "./program.ts";

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
