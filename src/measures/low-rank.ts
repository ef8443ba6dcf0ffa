import type { ComplexMatrix } from "./complex-matrix.ts";

/** Smaller matrices are diagonalised sooner than their rank is known. */
const SMALL = 32;
/** From this part of the size on, the search for the rank costs more than it spares. */
const MOST_RANK = 1 / 8;
/** Columns shorter than this part of the norm, times the root of the size, are rounding. */
const NEGLIGIBLE = Number.EPSILON;

/**
 * Q^+ A Q for an orthonormal basis Q of the columns of a Hermitian matrix A of low rank, the other eigenvalues of which are 0;
 * any other as it stands. Density matrices of few distinct states have ranks of a few, whatever their size, and eigenvalues
 * take time with the cube of the size: |10...0> of 400 qubits under collective decay has rank 2 (log-negativity of one
 * against the rest 8 s without this, 0.5 s with it).
 *
 * Gram-Schmidt with pivoting, each vector again until nothing of the others is left in it (columns at the limit consist of
 * rounding, mostly along the vectors before them; once is then not enough, and eigenvalues would be wrong by percents).
 */
export function compressed(matrix: ComplexMatrix): ComplexMatrix {
  const { n } = matrix;
  const basis = n <= SMALL ? null : columnBasis(matrix, Math.floor(MOST_RANK * n));
  if (basis === null) return matrix;
  const images = basis.map((vector) => product(matrix, vector));
  const rank = basis.length;
  const values = { n: rank, re: new Float64Array(rank * rank), im: new Float64Array(rank * rank) };
  // The lower triangle is all that eigenvalues are taken of.
  basis.forEach((left, i) => {
    images.slice(0, i + 1).forEach((right, j) => {
      const [re, im] = overlap(left, right);
      values.re[i * rank + j] = re;
      values.im[i * rank + j] = im;
    });
  });
  return values;
}

interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** null where there are more than `most`. */
function columnBasis(matrix: ComplexMatrix, most: number): ComplexVector[] | null {
  const { n } = matrix;
  // The columns of a Hermitian matrix are its rows, conjugate.
  const rest = { re: matrix.re.slice(), im: matrix.im.map((y) => -y) };
  const column = (i: number) => ({
    re: rest.re.subarray(i * n, (i + 1) * n),
    im: rest.im.subarray(i * n, (i + 1) * n),
  });
  const limit = n * NEGLIGIBLE ** 2 * square(rest);
  const basis: ComplexVector[] = [];
  const lengths = Float64Array.from({ length: n }, (_, i) => square(column(i)));
  for (;;) {
    const pivot = lengths.indexOf(lengths.reduce((a, b) => Math.max(a, b), 0));
    if (!((lengths[pivot] as number) > limit)) return basis;
    if (basis.length === most) return null;
    const vector = orthogonal(column(pivot), basis, limit);
    if (vector === null) {
      lengths[pivot] = 0;
      continue;
    }
    basis.push(vector);
    for (let i = 0; i < n; i++) {
      const own = column(i);
      removePart(own, vector);
      lengths[i] = square(own);
    }
  }
}

/** The unit vector of what is orthogonal to the basis; null where that is rounding. */
function orthogonal(
  column: ComplexVector,
  basis: readonly ComplexVector[],
  limit: number,
): ComplexVector | null {
  const vector = { re: column.re.slice(), im: column.im.slice() };
  let before = Number.POSITIVE_INFINITY;
  let length = square(vector);
  while (length < before / 2) {
    if (length <= limit) return null;
    for (const known of basis) removePart(vector, known);
    before = length;
    length = square(vector);
  }
  const scale = 1 / Math.sqrt(length);
  return { re: vector.re.map((x) => x * scale), im: vector.im.map((y) => y * scale) };
}

/** vector -= <unit|vector> unit */
function removePart({ re, im }: ComplexVector, unit: ComplexVector): void {
  const [a, b] = overlap(unit, { re, im });
  for (let i = 0; i < re.length; i++) {
    const [c, d] = [unit.re[i] as number, unit.im[i] as number];
    re[i] = (re[i] as number) - (a * c - b * d);
    im[i] = (im[i] as number) - (a * d + b * c);
  }
}

/** <left|right> */
function overlap(left: ComplexVector, right: ComplexVector): readonly [re: number, im: number] {
  let [re, im] = [0, 0];
  for (let i = 0; i < left.re.length; i++) {
    const [a, b] = [left.re[i] as number, left.im[i] as number];
    const [c, d] = [right.re[i] as number, right.im[i] as number];
    re += a * c + b * d;
    im += a * d - b * c;
  }
  return [re, im];
}

function square({ re, im }: ComplexVector): number {
  let sum = 0;
  for (let i = 0; i < re.length; i++) sum += (re[i] as number) ** 2 + (im[i] as number) ** 2;
  return sum;
}

/** A v */
function product({ n, re, im }: ComplexMatrix, vector: ComplexVector): ComplexVector {
  const image = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let i = 0; i < n; i++) {
    let [x, y] = [0, 0];
    for (let j = 0; j < n; j++) {
      const [a, b] = [re[i * n + j] as number, im[i * n + j] as number];
      const [c, d] = [vector.re[j] as number, vector.im[j] as number];
      x += a * c - b * d;
      y += a * d + b * c;
    }
    image.re[i] = x;
    image.im[i] = y;
  }
  return image;
}
