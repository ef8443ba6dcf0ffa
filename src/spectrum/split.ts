import { identity, type Matrix } from "./matrix.ts";

/**
 * A unitary basis of C^n in two parts that grows: columns 0 .. rank - 1 span everything absorbed so far, the others its
 * orthogonal complement. Householder reflections with the largest remaining row first reveal the rank.
 */
export class Split {
  /** n x n */
  readonly basis: Matrix;
  rank = 0;
  /** The smallest accepted row as a fraction of its scale: how far rounding has been amplified. */
  weakest = 1;

  constructor(size: number) {
    this.basis = identity(size);
  }

  /**
   * Absorbs the vectors c^+ of the rows c of a matrix, as far as they stick out of what was absorbed by more than
   * `threshold`; what remains fulfils c z = 0 for all of them. Returns how many directions are new.
   * @param scale what a row is compared with to tell how well its direction is known
   */
  absorb(rows: Matrix, threshold: number, scale: number): number {
    const { basis } = this;
    const before = this.rank;
    const rest = timesColumns(rows, basis, this.rank);
    const known = rest.columns;
    for (let step = 0; step < Math.min(rest.rows, known); step++) {
      const { row, norm } = largestRow(rest, step);
      if (norm <= threshold) break;
      this.weakest = Math.min(this.weakest, norm / scale);
      const reflector = makeReflector(rest, row, step, norm);
      reflectRows(rest, reflector, step);
      reflectRows(basis, reflector, this.rank);
      this.rank++;
    }
    return this.rank - before;
  }
}

/** rows * (columns `from` onwards of the basis) */
function timesColumns(rows: Matrix, basis: Matrix, from: number): Matrix {
  const n = basis.columns;
  const width = n - from;
  const re = new Float64Array(rows.rows * width);
  const im = new Float64Array(rows.rows * width);
  for (let i = 0; i < rows.rows; i++) {
    for (let k = 0; k < n; k++) {
      const a = rows.re[i * n + k] as number;
      const b = rows.im[i * n + k] as number;
      if (a === 0 && b === 0) continue;
      const [t, f] = [i * width, k * n + from];
      for (let j = 0; j < width; j++) {
        const x = basis.re[f + j] as number;
        const y = basis.im[f + j] as number;
        re[t + j] = (re[t + j] as number) + a * x - b * y;
        im[t + j] = (im[t + j] as number) + a * y + b * x;
      }
    }
  }
  return { rows: rows.rows, columns: width, re, im };
}

function largestRow({ rows, columns, re, im }: Matrix, from: number): { row: number; norm: number } {
  let [row, largest] = [0, -1];
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let e = i * columns + from; e < (i + 1) * columns; e++) {
      sum += (re[e] as number) ** 2 + (im[e] as number) ** 2;
    }
    if (sum > largest) [row, largest] = [i, sum];
  }
  return { row, norm: Math.sqrt(largest) };
}

/** v of 1 - 2 v v^+ / (v^+ v), and 2 / (v^+ v). */
interface Reflector {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly factor: number;
}

/** Turns columns `from` onwards of a row r into a multiple of the first unit row: v = r^+ + phase * |r| e_1. */
function makeReflector({ columns, re, im }: Matrix, row: number, from: number, norm: number): Reflector {
  const start = row * columns;
  const x = re.slice(start + from, start + columns);
  const y = im.slice(start + from, start + columns).map((value) => -value);
  const first = Math.hypot(x[0] as number, y[0] as number);
  const [c, s] = first === 0 ? [1, 0] : [(x[0] as number) / first, (y[0] as number) / first];
  x[0] = (x[0] as number) + c * norm;
  y[0] = (y[0] as number) + s * norm;
  return { re: x, im: y, factor: 1 / (norm * (norm + first)) };
}

/** A <- A (1 - factor v v^+) on the columns from `from`. */
function reflectRows({ rows, columns, re, im }: Matrix, v: Reflector, from: number): void {
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
