import { columnsOf, identity, type Matrix, multiply } from "./matrix.ts";
import { type Reflection, reflectColumns, reflectionOf } from "./reflections.ts";

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
   * `threshold`; what remains fulfils c z = 0 for all of them.
   * @param scale what a row is compared with to tell how well its direction is known
   */
  absorb(rows: Matrix, threshold: number, scale: number): void {
    const { basis } = this;
    const rest = multiply(rows, columnsOf(basis, this.rank, basis.columns));
    for (let step = 0; step < Math.min(rest.rows, rest.columns); step++) {
      const { row, norm } = largestRow(rest, step);
      if (norm <= threshold) break;
      this.weakest = Math.min(this.weakest, norm / scale);
      const reflection = reflectionOfRow(rest, row, step, norm);
      reflectColumns(rest, reflection, step);
      reflectColumns(basis, reflection, this.rank);
      this.rank++;
    }
  }
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

/** Turns columns `from` onwards of a row r into a multiple of the first unit row. */
function reflectionOfRow({ columns, re, im }: Matrix, row: number, from: number, norm: number): Reflection {
  const [start, end] = [row * columns + from, (row + 1) * columns];
  return reflectionOf(
    re.slice(start, end),
    im.slice(start, end).map((value) => -value),
    norm,
  );
}
