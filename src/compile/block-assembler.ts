import { Uint32List } from "./growable.ts";
import type { BlockMatrix, SparseMatrix } from "./program.ts";

/** Elements that a part must stand for on average: beginning one costs about as much as four elements of a list. */
const MIN_PART = 8;
/** Of the elements, at most this fraction may be in the blocks themselves. */
const MAX_IN_BLOCKS = 0.25;

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
