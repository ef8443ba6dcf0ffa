import type { BlockMatrix, Matrix, SparseMatrix } from "./program.ts";
import { SparseBuilder } from "./sparse.ts";

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
