import type { Matrix } from "./matrix.ts";

/** A Householder reflection P = 1 - factor v v^+, factor = 2 / (v^+ v). */
export interface Reflection {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly factor: number;
}

/** Turns x + i y, of the given norm, into a multiple of e_1: v = x + i y + phase * norm * e_1. Takes both arrays over. */
export function reflectionOf(x: Float64Array, y: Float64Array, norm: number): Reflection {
  const first = Math.hypot(x[0] as number, y[0] as number);
  const [c, s] = first === 0 ? [1, 0] : [(x[0] as number) / first, (y[0] as number) / first];
  x[0] = (x[0] as number) + c * norm;
  y[0] = (y[0] as number) + s * norm;
  return { re: x, im: y, factor: 1 / (norm * (norm + first)) };
}

/** A <- A P on the columns from `from`. */
export function reflectColumns({ rows, columns, re, im }: Matrix, v: Reflection, from: number): void {
  const n = v.re.length;
  for (let i = 0; i < rows; i++) {
    const start = i * columns + from;
    let x = 0;
    let y = 0;
    for (let j = 0; j < n; j++) {
      const a = re[start + j] as number;
      const b = im[start + j] as number;
      const c = v.re[j] as number;
      const d = v.im[j] as number;
      x += a * c - b * d;
      y += a * d + b * c;
    }
    if (x === 0 && y === 0) continue;
    x *= v.factor;
    y *= v.factor;
    for (let j = 0; j < n; j++) {
      const c = v.re[j] as number;
      const d = v.im[j] as number;
      re[start + j] = (re[start + j] as number) - (x * c + y * d);
      im[start + j] = (im[start + j] as number) - (y * c - x * d);
    }
  }
}

/** A <- P A on the rows from `from`, in the columns from `firstColumn` on. */
export function reflectRows(
  { columns, re, im }: Matrix,
  v: Reflection,
  from: number,
  firstColumn: number,
): void {
  const p = new Float64Array(columns);
  const q = new Float64Array(columns);
  for (let i = 0; i < v.re.length; i++) {
    const [a, b] = [v.re[i] as number, -(v.im[i] as number)];
    const start = (from + i) * columns;
    for (let j = firstColumn; j < columns; j++) {
      const c = re[start + j] as number;
      const d = im[start + j] as number;
      p[j] = (p[j] as number) + a * c - b * d;
      q[j] = (q[j] as number) + a * d + b * c;
    }
  }
  for (let i = 0; i < v.re.length; i++) {
    const [a, b] = [v.factor * (v.re[i] as number), v.factor * (v.im[i] as number)];
    const start = (from + i) * columns;
    for (let j = firstColumn; j < columns; j++) {
      const c = p[j] as number;
      const d = q[j] as number;
      re[start + j] = (re[start + j] as number) - (a * c - b * d);
      im[start + j] = (im[start + j] as number) - (a * d + b * c);
    }
  }
}
