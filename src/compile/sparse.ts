import type { Accumulator } from "./accumulator.ts";
import type { SparseMatrix } from "./program.ts";

/** Elements (row, column, value) of a sparse matrix in the order in which they are found; reused without allocation. */
export class SparseBuilder {
  count = 0;
  #row = new Uint32Array(64);
  #column = new Uint32Array(64);
  #values = new Float64Array(128);

  clear(): void {
    this.count = 0;
  }

  push(row: number, column: number, re: number, im: number): void {
    const at = this.count;
    if (at === this.#row.length) this.#grow();
    this.#row[at] = row;
    this.#column[at] = column;
    this.#values[2 * at] = re;
    this.#values[2 * at + 1] = im;
    this.count = at + 1;
  }

  /** The matrix, if elements were pushed column by column in ascending order, no place twice. */
  toRows(rows: number, columns: number): SparseMatrix {
    const rowStart = countingStarts(this.#row, this.count, rows);
    const next = rowStart.slice();
    const column = new Uint32Array(this.count);
    const values = new Float64Array(2 * this.count);
    for (let e = 0; e < this.count; e++) {
      const row = this.#row[e] as number;
      const to = next[row] as number;
      next[row] = to + 1;
      column[to] = this.#column[e] as number;
      values[2 * to] = this.#values[2 * e] as number;
      values[2 * to + 1] = this.#values[2 * e + 1] as number;
    }
    return { rows, columns, rowStart, column, values };
  }

  /** Visits the elements by row, then column, whatever the order in which they were pushed (stable radix sort). */
  forEachSorted(
    rows: number,
    columns: number,
    visit: (row: number, column: number, re: number, im: number) => void,
  ): void {
    const byColumn = sortedPlaces(this.#column, this.count, columns, null);
    for (const e of sortedPlaces(this.#row, this.count, rows, byColumn)) {
      const re = this.#values[2 * e] as number;
      visit(this.#row[e] as number, this.#column[e] as number, re, this.#values[2 * e + 1] as number);
    }
  }

  #grow(): void {
    const capacity = 2 * this.#row.length;
    const row = new Uint32Array(capacity);
    const column = new Uint32Array(capacity);
    const values = new Float64Array(2 * capacity);
    row.set(this.#row);
    column.set(this.#column);
    values.set(this.#values);
    this.#row = row;
    this.#column = column;
    this.#values = values;
  }
}

/** Where each key's elements start when sorted by key; keys + 1 entries. */
export function countingStarts(key: Uint32Array, count: number, keys: number): Uint32Array {
  const start = new Uint32Array(keys + 1);
  for (let e = 0; e < count; e++) {
    const k = (key[e] as number) + 1;
    start[k] = (start[k] as number) + 1;
  }
  for (let k = 0; k < keys; k++) start[k + 1] = (start[k + 1] as number) + (start[k] as number);
  return start;
}

/** The places 0 .. count - 1, or those of `order`, sorted by key < keys; stable. */
export function sortedPlaces(
  key: Uint32Array,
  count: number,
  keys: number,
  order: Uint32Array | null,
): Uint32Array {
  const next = countingStarts(key, count, keys);
  const sorted = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const e = order === null ? i : (order[i] as number);
    const k = key[e] as number;
    const to = next[k] as number;
    next[k] = to + 1;
    sorted[to] = e;
  }
  return sorted;
}

/** A matrix that can also be read by columns. */
export interface TwoWayMatrix extends SparseMatrix {
  /** columns + 1 */
  readonly columnStart: Uint32Array;
  /** Rows of the elements, column by column, ascending; and where their values are. */
  readonly row: Uint32Array;
  readonly place: Uint32Array;
}

export function withColumns(matrix: SparseMatrix): TwoWayMatrix {
  const count = matrix.column.length;
  const columnStart = countingStarts(matrix.column, count, matrix.columns);
  const place = sortedPlaces(matrix.column, count, matrix.columns, null);
  const rowOf = new Uint32Array(count);
  for (let r = 0; r < matrix.rows; r++) rowOf.fill(r, matrix.rowStart[r], matrix.rowStart[r + 1]);
  return { ...matrix, columnStart, row: place.map((e) => rowOf[e] as number), place };
}

/** sum += column `column` of J^+ J */
export function addProductColumn(jump: TwoWayMatrix, column: number, sum: Accumulator): void {
  const end = jump.columnStart[column + 1] as number;
  for (let c = jump.columnStart[column] as number; c < end; c++) {
    const row = jump.row[c] as number;
    const place = jump.place[c] as number;
    const re = jump.values[2 * place] as number;
    const im = jump.values[2 * place + 1] as number;
    const last = jump.rowStart[row + 1] as number;
    for (let e = jump.rowStart[row] as number; e < last; e++) {
      const a = jump.values[2 * e] as number;
      const b = jump.values[2 * e + 1] as number;
      sum.add(jump.column[e] as number, a * re + b * im, a * im - b * re);
    }
  }
}
