/** Dense complex matrix, row by row. A vector is a matrix with one column. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, re: new Float64Array(rows * columns), im: new Float64Array(rows * columns) };
}

export function identity(size: number): Matrix {
  const matrix = zeros(size, size);
  for (let i = 0; i < size; i++) matrix.re[i * size + i] = 1;
  return matrix;
}

/** A column from re, im, re, im, ... */
export const columnVector = (interleaved: Float64Array): Matrix => ({
  rows: interleaved.length / 2,
  columns: 1,
  re: interleaved.filter((_, e) => e % 2 === 0),
  im: interleaved.filter((_, e) => e % 2 === 1),
});

export const copy = ({ rows, columns, re, im }: Matrix): Matrix => ({
  rows,
  columns,
  re: re.slice(),
  im: im.slice(),
});

/** Columns from .. to - 1. */
export function columnsOf(matrix: Matrix, from: number, to: number): Matrix {
  const part = zeros(matrix.rows, to - from);
  for (let i = 0; i < matrix.rows; i++) {
    const start = i * matrix.columns;
    part.re.set(matrix.re.subarray(start + from, start + to), i * part.columns);
    part.im.set(matrix.im.subarray(start + from, start + to), i * part.columns);
  }
  return part;
}

/** The columns of several matrices side by side. */
export function beside(matrices: readonly Matrix[], rows: number): Matrix {
  const whole = zeros(
    rows,
    matrices.reduce((sum, { columns }) => sum + columns, 0),
  );
  let place = 0;
  for (const { columns, re, im } of matrices) {
    for (let i = 0; i < rows; i++) {
      whole.re.set(re.subarray(i * columns, (i + 1) * columns), i * whole.columns + place);
      whole.im.set(im.subarray(i * columns, (i + 1) * columns), i * whole.columns + place);
    }
    place += columns;
  }
  return whole;
}

export function adjoint(a: Matrix): Matrix {
  const result = zeros(a.columns, a.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) {
      result.re[j * a.rows + i] = a.re[i * a.columns + j] as number;
      result.im[j * a.rows + i] = -(a.im[i * a.columns + j] as number);
    }
  }
  return result;
}

/** to[row] += (re + i im) * from[source], rows of equal length. */
export function addRow(to: Matrix, row: number, re: number, im: number, from: Matrix, source: number): void {
  const n = to.columns;
  const t = row * n;
  const f = source * n;
  for (let j = 0; j < n; j++) {
    const x = from.re[f + j] as number;
    const y = from.im[f + j] as number;
    to.re[t + j] = (to.re[t + j] as number) + re * x - im * y;
    to.im[t + j] = (to.im[t + j] as number) + re * y + im * x;
  }
}

/** A B */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const product = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const re = a.re[i * a.columns + k] as number;
      const im = a.im[i * a.columns + k] as number;
      if (re !== 0 || im !== 0) addRow(product, i, re, im, b, k);
    }
  }
  return product;
}

/** A^+ B */
export function adjointTimes(a: Matrix, b: Matrix): Matrix {
  const product = zeros(a.columns, b.columns);
  for (let k = 0; k < a.rows; k++) {
    for (let i = 0; i < a.columns; i++) {
      const re = a.re[k * a.columns + i] as number;
      const im = -(a.im[k * a.columns + i] as number);
      if (re !== 0 || im !== 0) addRow(product, i, re, im, b, k);
    }
  }
  return product;
}

/** a A + b B */
export function combine(
  [aRe, aIm]: readonly [number, number],
  a: Matrix,
  [bRe, bIm]: readonly [number, number],
  b: Matrix,
): Matrix {
  const sum = zeros(a.rows, a.columns);
  for (let e = 0; e < a.re.length; e++) {
    const [x, y, u, v] = [a.re[e], a.im[e], b.re[e], b.im[e]] as [number, number, number, number];
    sum.re[e] = aRe * x - aIm * y + bRe * u - bIm * v;
    sum.im[e] = aRe * y + aIm * x + bRe * v + bIm * u;
  }
  return sum;
}

/** sqrt(sum |a_ij|^2), an upper bound of the 2-norm. */
export function frobenius({ re, im }: Matrix): number {
  let sum = 0;
  for (let e = 0; e < re.length; e++) sum += (re[e] as number) ** 2 + (im[e] as number) ** 2;
  return Math.sqrt(sum);
}

/** Tr A for a square matrix. */
export function trace({ rows, re, im }: Matrix): readonly [re: number, im: number] {
  let [x, y] = [0, 0];
  for (let i = 0; i < rows; i++) {
    x += re[i * rows + i] as number;
    y += im[i * rows + i] as number;
  }
  return [x, y];
}

/** Re Tr(V^+ A V) for a Hermitian A */
export function expectation(a: Matrix, v: Matrix): number {
  const { re, im } = multiply(a, v);
  let sum = 0;
  for (let e = 0; e < re.length; e++) {
    sum += (v.re[e] as number) * (re[e] as number) + (v.im[e] as number) * (im[e] as number);
  }
  return sum;
}

/** A^T, without conjugation */
export function transpose(a: Matrix): Matrix {
  const { rows, columns, re, im } = adjoint(a);
  return { rows, columns, re, im: im.map((value) => -value) };
}

/** A without mean * 1, the scalar matrix nearest to it. */
export function withoutMean(a: Matrix): { readonly mean: readonly [number, number]; readonly rest: Matrix } {
  const rest = copy(a);
  const [x, y] = trace(a);
  const mean = a.rows === 0 ? ([0, 0] as const) : ([x / a.rows, y / a.rows] as const);
  for (let i = 0; i < a.rows; i++) {
    const e = i * a.rows + i;
    rest.re[e] = (rest.re[e] as number) - mean[0];
    rest.im[e] = (rest.im[e] as number) - mean[1];
  }
  return { mean, rest };
}
