import type { SparseMatrix } from "./sparse.ts";

/**
 * Dense complex blocks inside a longer array: real parts row by row from `offset`, imaginary parts the same way
 * from `offset + gap`. gap = 0 says that there are no imaginary parts.
 */
export interface Planes {
  readonly data: Float64Array;
  readonly gap: number;
}

/** y += scale * M x; x is M.columns x width, y is M.rows x width. */
export function addProduct(
  matrix: SparseMatrix,
  scale: number,
  x: Planes,
  xOffset: number,
  y: Planes,
  yOffset: number,
  width: number,
): void {
  addPlaneProduct(matrix, matrix.re, scale, x.data, xOffset, y.data, yOffset, width);
  if (x.gap === 0) return;
  const xIm = xOffset + x.gap;
  const yIm = yOffset + y.gap;
  addPlaneProduct(matrix, matrix.re, scale, x.data, xIm, y.data, yIm, width);
  if (matrix.im === null) return;
  addPlaneProduct(matrix, matrix.im, -scale, x.data, xIm, y.data, yOffset, width);
  addPlaneProduct(matrix, matrix.im, scale, x.data, xOffset, y.data, yIm, width);
}

/** One real part of the product. Four source rows a pass: a third of the loads and stores of one at a time. */
function addPlaneProduct(
  matrix: SparseMatrix,
  values: Float64Array,
  scale: number,
  x: Float64Array,
  xOffset: number,
  y: Float64Array,
  yOffset: number,
  width: number,
): void {
  const { rows, rowStart, column } = matrix;
  for (let row = 0; row < rows; row++) {
    const out = yOffset + row * width;
    const end = rowStart[row + 1] as number;
    let e = rowStart[row] as number;
    for (; e + 3 < end; e += 4) {
      const v0 = scale * (values[e] as number);
      const v1 = scale * (values[e + 1] as number);
      const v2 = scale * (values[e + 2] as number);
      const v3 = scale * (values[e + 3] as number);
      const p0 = xOffset + (column[e] as number) * width;
      const p1 = xOffset + (column[e + 1] as number) * width;
      const p2 = xOffset + (column[e + 2] as number) * width;
      const p3 = xOffset + (column[e + 3] as number) * width;
      for (let j = 0; j < width; j++) {
        y[out + j] =
          (y[out + j] as number) +
          (v0 * (x[p0 + j] as number) + v1 * (x[p1 + j] as number)) +
          (v2 * (x[p2 + j] as number) + v3 * (x[p3 + j] as number));
      }
    }
    for (; e < end; e++) {
      const value = scale * (values[e] as number);
      const from = xOffset + (column[e] as number) * width;
      for (let j = 0; j < width; j++) y[out + j] = (y[out + j] as number) + value * (x[from + j] as number);
    }
  }
}

/** Where a rows x columns block is added: element (i, j) goes to offset + i * rowStride + j * columnStride. */
export interface Destination {
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
  /** Adds the complex conjugate. */
  readonly conjugate: boolean;
}

const TILE = 32;

/** y[destination] += x, tile by tile: a transposition by whole rows would miss the cache at every element. */
export function addBlock(
  x: Planes,
  xOffset: number,
  rows: number,
  columns: number,
  y: Planes,
  to: Destination,
): void {
  addPlane(x.data, xOffset, rows, columns, y.data, to, to.offset, 1);
  if (x.gap !== 0) {
    addPlane(x.data, xOffset + x.gap, rows, columns, y.data, to, to.offset + y.gap, to.conjugate ? -1 : 1);
  }
}

function addPlane(
  x: Float64Array,
  xOffset: number,
  rows: number,
  columns: number,
  y: Float64Array,
  to: Destination,
  yOffset: number,
  sign: number,
): void {
  const { rowStride, columnStride } = to;
  for (let top = 0; top < rows; top += TILE) {
    const bottom = Math.min(top + TILE, rows);
    for (let left = 0; left < columns; left += TILE) {
      const right = Math.min(left + TILE, columns);
      for (let i = top; i < bottom; i++) {
        const from = xOffset + i * columns;
        let out = yOffset + i * rowStride + left * columnStride;
        for (let j = left; j < right; j++) {
          y[out] = (y[out] as number) + sign * (x[from + j] as number);
          out += columnStride;
        }
      }
    }
  }
}

/** y = x^+, x being rows x columns. */
export function adjointBlock(
  x: Planes,
  xOffset: number,
  rows: number,
  columns: number,
  y: Planes,
  yOffset: number,
): void {
  y.data.fill(0, yOffset, yOffset + rows * columns);
  if (y.gap !== 0) y.data.fill(0, yOffset + y.gap, yOffset + y.gap + rows * columns);
  addBlock(x, xOffset, rows, columns, y, {
    offset: yOffset,
    rowStride: 1,
    columnStride: rows,
    conjugate: true,
  });
}

/** y = (y + y^+) / 2 for the n x n block at `offset`. */
export function symmetriseBlock(y: Planes, offset: number, n: number): void {
  symmetrisePlane(y.data, offset, n, 1);
  if (y.gap !== 0) symmetrisePlane(y.data, offset + y.gap, n, -1);
}

function symmetrisePlane(y: Float64Array, offset: number, n: number, sign: number): void {
  for (let top = 0; top < n; top += TILE) {
    const bottom = Math.min(top + TILE, n);
    for (let left = 0; left <= top; left += TILE) {
      for (let i = top; i < bottom; i++) {
        const right = Math.min(left + TILE, i + 1);
        for (let j = left; j < right; j++) {
          const here = offset + i * n + j;
          const there = offset + j * n + i;
          const mean = ((y[here] as number) + sign * (y[there] as number)) / 2;
          y[here] = mean;
          y[there] = sign * mean;
        }
      }
    }
  }
}
