import { NumericsError } from "../base/errors.ts";
import { type Rotation, rotationOf } from "./rotations.ts";

/** Interleaved complex vector: re, im, re, im, ... */
export type ComplexVector = Float64Array;

/** Numbers that the Krylov basis may hold: 0.3 GB. */
const MOST_NUMBERS = 40_000_000;
const LONGEST_CYCLE = 300;
const MOST_CYCLES = 40;
/** Residual to reach, and the one that is still accepted where rounding stops it, relative to the right-hand side. */
const TARGET = 1e-14;
const ACCEPTED = 1e-11;

/**
 * Solves x - M x = b by GMRES (Saad and Schultz 1986).
 * @throws NumericsError when the residual stays above 1e-11 of |b|
 */
export function solveFixedPoint(apply: (x: ComplexVector) => ComplexVector, b: ComplexVector): ComplexVector {
  const size = norm(b);
  if (size === 0) return b;
  const cycle = Math.max(2, Math.min(LONGEST_CYCLE, Math.floor(MOST_NUMBERS / b.length)));
  let x = new Float64Array(b.length);
  let residual = b;
  let reached = 1;
  for (let c = 0; c < MOST_CYCLES; c++) {
    x = sum(x, correction(apply, residual, Math.min(cycle, b.length / 2), TARGET * size));
    const image = apply(x);
    residual = b.map((value, i) => value - (x[i] as number) + (image[i] as number));
    const next = norm(residual) / size;
    if (next <= TARGET || (next <= ACCEPTED && next > reached / 2)) return x;
    reached = next;
  }
  if (reached <= ACCEPTED) return x;
  throw new NumericsError(
    `the way into the dark subspace must be found to ${ACCEPTED}, but only ${reached.toPrecision(2)} is reached`,
  );
}

/** One cycle: the y in the Krylov space that minimises |r - (1 - M) y|. */
function correction(
  apply: (x: ComplexVector) => ComplexVector,
  r: ComplexVector,
  steps: number,
  enough: number,
): ComplexVector {
  const start = norm(r);
  const basis = [r.map((value) => value / start)];
  /** Column k of the triangular factor, interleaved. */
  const triangle: number[][] = [];
  const rotations: Rotation[] = [];
  const right = [start, 0];
  for (let k = 0; k < steps; k++) {
    const v = basis[k] as ComplexVector;
    const image = apply(v);
    const w = v.map((value, i) => value - (image[i] as number));
    const column = new Array<number>(2 * basis.length).fill(0);
    // Twice, since once is not orthogonal enough.
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((q, j) => {
        const [x, y] = inner(q, w);
        column[2 * j] = (column[2 * j] as number) + x;
        column[2 * j + 1] = (column[2 * j + 1] as number) + y;
        subtract(w, x, y, q);
      });
    }
    const below = norm(w);
    rotations.forEach((before, j) => {
      rotate(column, j, before);
    });
    const turn = rotationOf(column[2 * k] as number, column[2 * k + 1] as number, below, 0);
    column.push(below, 0);
    rotate(column, k, turn);
    right.push(0, 0);
    rotate(right, k, turn);
    rotations.push(turn);
    triangle.push(column);
    if (below <= Number.EPSILON * Math.hypot(...column)) break;
    if (Math.hypot(right[2 * k + 2] as number, right[2 * k + 3] as number) <= enough) break;
    basis.push(w.map((value) => value / below));
  }
  return combination(basis, backSubstitute(triangle, right));
}

function rotate(column: number[], j: number, { c, sRe, sIm }: Rotation): void {
  const [a, b, p, q] = column.slice(2 * j, 2 * j + 4) as [number, number, number, number];
  column[2 * j] = c * a + sRe * p - sIm * q;
  column[2 * j + 1] = c * b + sRe * q + sIm * p;
  column[2 * j + 2] = c * p - (sRe * a + sIm * b);
  column[2 * j + 3] = c * q - (sRe * b - sIm * a);
}

function backSubstitute(triangle: readonly (readonly number[])[], right: readonly number[]): number[] {
  const y = right.slice(0, 2 * triangle.length);
  for (let k = triangle.length - 1; k >= 0; k--) {
    const column = triangle[k] as readonly number[];
    const [a, b] = [column[2 * k] as number, column[2 * k + 1] as number];
    const size = a * a + b * b;
    const [p, q] = [y[2 * k] as number, y[2 * k + 1] as number];
    const [x, z] = size === 0 ? [0, 0] : [(p * a + q * b) / size, (q * a - p * b) / size];
    y[2 * k] = x;
    y[2 * k + 1] = z;
    for (let j = 0; j < k; j++) {
      const [c, d] = [column[2 * j] as number, column[2 * j + 1] as number];
      y[2 * j] = (y[2 * j] as number) - (c * x - d * z);
      y[2 * j + 1] = (y[2 * j + 1] as number) - (c * z + d * x);
    }
  }
  return y;
}

function combination(basis: readonly ComplexVector[], y: readonly number[]): ComplexVector {
  const result = new Float64Array(basis[0]?.length ?? 0);
  for (let k = 0; 2 * k < y.length; k++) {
    subtract(result, -(y[2 * k] as number), -(y[2 * k + 1] as number), basis[k] as ComplexVector);
  }
  return result;
}

function norm(x: ComplexVector): number {
  let total = 0;
  for (const value of x) total += value * value;
  return Math.sqrt(total);
}

const sum = (x: ComplexVector, y: ComplexVector): Float64Array<ArrayBuffer> =>
  Float64Array.from(x, (value, i) => value + (y[i] as number));

/** <q|w> */
function inner(q: ComplexVector, w: ComplexVector): [number, number] {
  let [re, im] = [0, 0];
  for (let i = 0; i < q.length; i += 2) {
    const [a, b] = [q[i] as number, q[i + 1] as number];
    const [c, d] = [w[i] as number, w[i + 1] as number];
    re += a * c + b * d;
    im += a * d - b * c;
  }
  return [re, im];
}

/** w <- w - (re + i im) q */
function subtract(w: ComplexVector, re: number, im: number, q: ComplexVector): void {
  for (let i = 0; i < q.length; i += 2) {
    const [a, b] = [q[i] as number, q[i + 1] as number];
    w[i] = (w[i] as number) - (re * a - im * b);
    w[i + 1] = (w[i + 1] as number) - (re * b + im * a);
  }
}
