// The matrices that the host has told the kernel of, by number.
import { BlockMatrix } from "./block-matrix";
import { Matrix } from "./matrix";
import { Parts } from "./parts";
import { SparseMatrix } from "./sparse";
import { UniformMatrix } from "./uniform-matrix";

export const matrices: Matrix[] = [];

/** Compressed sparse rows. Returns the number of the matrix, by which spaces, jumps and block matrices refer to it. */
export function addSparseMatrix(rows: i32, columns: i32, rowStart: usize, column: usize, values: usize): i32 {
  return matrices.push(new SparseMatrix(rows, columns, rowStart, column, values)) - 1;
}

/** See Parts; its blocks are the `blockCount` matrices that were added last. */
export function addBlockMatrix(
  rows: i32,
  columns: i32,
  stretches: i32,
  rowStretch: usize,
  columnStretches: i32,
  columnStretch: usize,
  partStart: usize,
  source: usize,
  block: usize,
  factor: usize,
  blockCount: i32,
  diagonal: usize,
): i32 {
  const blocks: SparseMatrix[] = [];
  for (let b = matrices.length - blockCount; b < matrices.length; b++) blocks.push(matrices[b] as SparseMatrix);
  const parts = new Parts(
    rows, columns, stretches, rowStretch, columnStretches, columnStretch, partStart, source, block, factor, blocks, diagonal,
  );
  const matrix: Matrix = parts.uniform ? new UniformMatrix(parts) : new BlockMatrix(parts);
  return matrices.push(matrix) - 1;
}
