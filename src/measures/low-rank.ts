/** Smaller matrices are diagonalised sooner than their rank is known. */
const SMALL = 32;
/** From this part of the size on, the search for the rank costs more than it spares. */
const MOST_RANK = 1 / 8;
/** Columns shorter than this part of the norm, times the root of the size, are rounding. */
const NEGLIGIBLE = Number.EPSILON;

/** Q^T A Q for an orthonormal basis Q of the columns of A, row by row; the other eigenvalues of A are 0. */
export interface Compressed {
  readonly rank: number;
  readonly values: Float64Array;
}

/**
 * A real symmetric matrix of low rank in the basis of its columns; any other as it stands. Density matrices of few distinct
 * states have ranks of a few, whatever their size, and eigenvalue libraries take time with the cube of the size: |10...0>
 * of 400 qubits under collective decay has rank 2 (log-negativity of one against the rest 8 s without this, 0.5 s with it).
 *
 * Gram-Schmidt with pivoting, each vector again until nothing of the others is left in it (columns at the limit consist of
 * rounding, mostly along the vectors before them; once is then not enough, and eigenvalues would be wrong by percents).
 */
export function compressed(matrix: Float64Array, size: number): Compressed {
  const basis = size <= SMALL ? null : columnBasis(matrix, size, Math.floor(MOST_RANK * size));
  if (basis === null) return { rank: size, values: matrix };
  const images = basis.map((vector) => product(matrix, size, vector));
  const rank = basis.length;
  const values = new Float64Array(rank * rank);
  basis.forEach((left, i) => {
    images.forEach((right, j) => {
      values[i * rank + j] = dot(left, right);
    });
  });
  // Rounding must not leave it unsymmetric.
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < i; j++) {
      const mean = ((values[i * rank + j] as number) + (values[j * rank + i] as number)) / 2;
      values[i * rank + j] = mean;
      values[j * rank + i] = mean;
    }
  }
  return { rank, values };
}

/** null where there are more than `most`. */
function columnBasis(matrix: Float64Array, size: number, most: number): Float64Array[] | null {
  const rest = matrix.slice();
  const row = (i: number) => rest.subarray(i * size, (i + 1) * size);
  const limit = size * NEGLIGIBLE ** 2 * dot(matrix, matrix);
  const basis: Float64Array[] = [];
  // Rows are columns, the matrix being symmetric.
  const lengths = Float64Array.from({ length: size }, (_, i) => dot(row(i), row(i)));
  for (;;) {
    const pivot = lengths.indexOf(lengths.reduce((a, b) => Math.max(a, b), 0));
    if (!((lengths[pivot] as number) > limit)) return basis;
    if (basis.length === most) return null;
    const vector = orthogonal(row(pivot), basis, limit);
    if (vector === null) {
      lengths[pivot] = 0;
      continue;
    }
    basis.push(vector);
    for (let i = 0; i < size; i++) {
      const own = row(i);
      subtract(own, vector, dot(own, vector));
      lengths[i] = dot(own, own);
    }
  }
}

/** The unit vector of what is orthogonal to the basis; null where that is rounding. */
function orthogonal(
  column: Float64Array,
  basis: readonly Float64Array[],
  limit: number,
): Float64Array | null {
  const vector = column.slice();
  let before = Number.POSITIVE_INFINITY;
  let length = dot(vector, vector);
  while (length < before / 2) {
    if (length <= limit) return null;
    for (const known of basis) subtract(vector, known, dot(vector, known));
    before = length;
    length = dot(vector, vector);
  }
  return vector.map((value) => value / Math.sqrt(length));
}

function subtract(from: Float64Array, vector: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i++) from[i] = (from[i] as number) - factor * (vector[i] as number);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

const product = (matrix: Float64Array, size: number, vector: Float64Array): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => dot(matrix.subarray(i * size, (i + 1) * size), vector));
