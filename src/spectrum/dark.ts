import { pushTo } from "../base/lists.ts";
import type { TwoWayMatrix } from "../compile/sparse.ts";
import {
  adjoint,
  adjointTimes,
  columnsOf,
  frobenius,
  identity,
  type Matrix,
  multiply,
  zeros,
} from "./matrix.ts";
import type { Sector, System } from "./sectors.ts";
import { Split } from "./split.ts";

/** A sector split by what becomes of its states; the columns of the three bases together are unitary. */
export interface Decomposition {
  readonly hamiltonian: Matrix;
  /** The rows <f|J_c of all channels, m x n. */
  readonly jumps: Matrix;
  /** sum_c J_c^+ J_c */
  readonly rates: Matrix;
  /**
   * The part that H_eff depletes, n x q. H_eff maps it into itself, since H and the rates are Hermitian and leave the
   * other part alone. The identity if nothing is dark, so that the pattern of H_eff is kept.
   */
  readonly open: Matrix;
  /** The dark subspace without its stable kets, n x d. */
  readonly dark: Matrix;
  /** Kets that nothing changes, or only among each other, n x s: the ground state, an emitter that is decoupled. */
  readonly stable: Matrix;
}

/** A jump or coupling whose amplitude is below this fraction of the largest counts as rounding. */
const ROUNDING = 1e-13;
/** Where rounding has been amplified, by at most this. */
const LOOSEST = 1e-7;

/**
 * Splits a sector. Its dark subspace is the largest one that all J_c send to zero and that H maps into itself: the
 * complement of the smallest H-invariant subspace that holds the vectors J_c^+ |f>.
 */
export function decompose(system: System, sector: Sector): Decomposition {
  const n = sector.dimension;
  const hamiltonian = sector.hamiltonian();
  const jumps = jumpRows(system, sector);
  const rates = adjointTimes(jumps, jumps);
  const split = new Split(n);
  const size = frobenius(jumps);
  split.absorb(jumps, ROUNDING * size, size);
  closeUnder(split, hamiltonian);
  if (split.rank === n) {
    return { hamiltonian, jumps, rates, open: identity(n), dark: zeros(n, 0), stable: zeros(n, 0) };
  }
  const open = columnsOf(split.basis, 0, split.rank);
  const rest = columnsOf(split.basis, split.rank, n);
  const stable = stablePart(open, hamiltonian);
  return { hamiltonian, jumps, rates, open, dark: without(rest, stable), stable };
}

/** Absorbs H y for every direction y, until nothing is new. */
function closeUnder(split: Split, hamiltonian: Matrix): void {
  const size = frobenius(hamiltonian);
  if (size === 0) return;
  let done = 0;
  while (done < split.rank && split.rank < split.basis.rows) {
    const fresh = columnsOf(split.basis, done, split.rank);
    done = split.rank;
    const threshold = Math.min(LOOSEST, ROUNDING / split.weakest) * size;
    split.absorb(adjoint(multiply(hamiltonian, fresh)), threshold, size);
  }
}

/** Kets orthogonal to everything open, as far as H keeps them among themselves. */
function stablePart(open: Matrix, hamiltonian: Matrix): Matrix {
  const n = open.rows;
  const other: number[] = [];
  for (let i = 0; i < n; i++) {
    let overlap = 0;
    for (let e = i * open.columns; e < (i + 1) * open.columns; e++) {
      overlap = Math.max(overlap, Math.abs(open.re[e] as number), Math.abs(open.im[e] as number));
    }
    if (overlap > LOOSEST) other.push(i);
  }
  if (other.length === n) return zeros(n, 0);
  const rows = zeros(other.length, n);
  other.forEach((i, row) => {
    rows.re[row * n + i] = 1;
  });
  const split = new Split(n);
  split.absorb(rows, ROUNDING, 1);
  closeUnder(split, hamiltonian);
  return columnsOf(split.basis, split.rank, n);
}

/** An orthonormal basis of span(space) without span(part), which lies in it. */
function without(space: Matrix, part: Matrix): Matrix {
  if (part.columns === 0) return space;
  const split = new Split(space.columns);
  split.absorb(adjointTimes(part, space), 1 / 2, 1);
  return multiply(space, columnsOf(split.basis, split.rank, space.columns));
}

interface Element {
  readonly column: number;
  readonly re: number;
  readonly im: number;
}

/**
 * The rows <f|J_c of all channels on the kets of a sector. Rows with one element each, from emitters that share
 * nothing, are merged column by column: sqrt(sum |.|^2) constrains and decays the same.
 */
function jumpRows({ jumps }: System, { start, dimension: n }: Sector): Matrix {
  const rows: (readonly Element[])[] = [];
  const single = new Float64Array(n);
  for (const matrix of jumps) {
    for (const row of rowsWithin(matrix, start, start + n)) {
      const [only] = row;
      if (only !== undefined && row.length === 1) {
        single[only.column] = (single[only.column] as number) + only.re ** 2 + only.im ** 2;
      } else rows.push(row);
    }
  }
  single.forEach((sum, column) => {
    if (sum > 0) rows.push([{ column, re: Math.sqrt(sum), im: 0 }]);
  });
  const stacked = zeros(rows.length, n);
  rows.forEach((row, r) => {
    for (const { column, re, im } of row) {
      stacked.re[r * n + column] = re;
      stacked.im[r * n + column] = im;
    }
  });
  return stacked;
}

/** Non-empty rows restricted to columns from .. to - 1, which are then counted from 0. */
function rowsWithin(matrix: TwoWayMatrix, from: number, to: number): Iterable<readonly Element[]> {
  const rows = new Map<number, Element[]>();
  for (let column = from; column < to; column++) {
    const end = matrix.columnStart[column + 1] as number;
    for (let c = matrix.columnStart[column] as number; c < end; c++) {
      const place = 2 * (matrix.place[c] as number);
      const [re, im] = [matrix.values[place] as number, matrix.values[place + 1] as number];
      pushTo(rows, matrix.row[c] as number, { column: column - from, re, im });
    }
  }
  return rows.values();
}
