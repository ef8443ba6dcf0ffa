/** Complex sparse matrix in compressed rows, real and imaginary parts apart; `im` is null when all are real. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly re: Float64Array;
  readonly im: Float64Array | null;
}

/** Sparse vector: parallel arrays of place and value. */
export interface SparseVector {
  readonly index: readonly number[];
  readonly re: readonly number[];
  readonly im: readonly number[];
}

export interface Element {
  readonly row: number;
  readonly column: number;
  readonly re: number;
  readonly im: number;
}

export const elementCount = (matrix: SparseMatrix): number => matrix.column.length;

/** Elements may come in any order; equal places must have been added up before. */
export function sparseMatrix(rows: number, columns: number, elements: readonly Element[]): SparseMatrix {
  const rowStart = new Int32Array(rows + 1);
  for (const { row } of elements) rowStart[row + 1] = (rowStart[row + 1] as number) + 1;
  for (let row = 0; row < rows; row++) {
    rowStart[row + 1] = (rowStart[row + 1] as number) + (rowStart[row] as number);
  }
  const next = rowStart.slice();
  const column = new Int32Array(elements.length);
  const re = new Float64Array(elements.length);
  const im = new Float64Array(elements.length);
  let real = true;
  for (const element of elements) {
    const place = next[element.row] as number;
    next[element.row] = place + 1;
    column[place] = element.column;
    re[place] = element.re;
    im[place] = element.im;
    if (element.im !== 0) real = false;
  }
  return { rows, columns, rowStart, column, re, im: real ? null : im };
}

/** Hermitian conjugate. */
export function adjointOf(matrix: SparseMatrix): SparseMatrix {
  const elements: Element[] = [];
  forEachElement(matrix, (row, column, re, im) => elements.push({ row: column, column: row, re, im: -im }));
  return sparseMatrix(matrix.columns, matrix.rows, elements);
}

export function forEachElement(
  matrix: SparseMatrix,
  visit: (row: number, column: number, re: number, im: number) => void,
): void {
  for (let row = 0; row < matrix.rows; row++) {
    for (let e = matrix.rowStart[row] as number; e < (matrix.rowStart[row + 1] as number); e++) {
      visit(row, matrix.column[e] as number, matrix.re[e] as number, matrix.im?.[e] ?? 0);
    }
  }
}

/** What is left of terms that cancel: below this part of the sum of their absolute values a sum counts as zero. */
export const CANCELLATION = 1e-14;

/**
 * Adds up a sparse vector over any set of places, and drops what has cancelled to rounding. Real and imaginary parts
 * cancel apart: beside a detuning of 10^14 decay rates the rates must stay.
 */
export class SparseSum {
  #re: Float64Array = new Float64Array(64);
  #im: Float64Array = new Float64Array(64);
  /** Absolute values of all terms that have a real part, and of all that have an imaginary part. */
  #sizeRe: Float64Array = new Float64Array(64);
  #sizeIm: Float64Array = new Float64Array(64);
  readonly #touched: number[] = [];

  add(index: number, re: number, im: number): void {
    if (re === 0 && im === 0) return;
    if (index >= this.#re.length) this.#grow(index + 1);
    if (this.magnitude(index) === 0) this.#touched.push(index);
    const size = Math.abs(re) + Math.abs(im);
    this.#re[index] = (this.#re[index] as number) + re;
    this.#im[index] = (this.#im[index] as number) + im;
    if (re !== 0) this.#sizeRe[index] = (this.#sizeRe[index] as number) + size;
    if (im !== 0) this.#sizeIm[index] = (this.#sizeIm[index] as number) + size;
  }

  /** About the sum of the absolute values that were added at one place. */
  magnitude(index: number): number {
    return Math.max(this.#sizeRe[index] ?? 0, this.#sizeIm[index] ?? 0);
  }

  /** The sum without what has cancelled; leaves this sum empty. */
  drain(): SparseVector {
    const index: number[] = [];
    const re: number[] = [];
    const im: number[] = [];
    for (const place of this.#touched) {
      const x = this.#re[place] as number;
      const y = this.#im[place] as number;
      const hasRe = Math.abs(x) > CANCELLATION * (this.#sizeRe[place] as number);
      const hasIm = Math.abs(y) > CANCELLATION * (this.#sizeIm[place] as number);
      if (hasRe || hasIm) {
        index.push(place);
        re.push(hasRe ? x : 0);
        im.push(hasIm ? y : 0);
      }
      this.#re[place] = 0;
      this.#im[place] = 0;
      this.#sizeRe[place] = 0;
      this.#sizeIm[place] = 0;
    }
    this.#touched.length = 0;
    return { index, re, im };
  }

  #grow(size: number): void {
    const grown = (old: Float64Array): Float64Array => {
      const bigger = new Float64Array(2 * size);
      bigger.set(old);
      return bigger;
    };
    this.#re = grown(this.#re);
    this.#im = grown(this.#im);
    this.#sizeRe = grown(this.#sizeRe);
    this.#sizeIm = grown(this.#sizeIm);
  }
}
