import type { JumpBlock, Space } from "./space.ts";
import {
  adjointOf,
  type Element,
  elementCount,
  type SparseMatrix,
  SparseSum,
  sparseMatrix,
} from "./sparse.ts";

/** A = -i(H - energy) - (1/2) sum_c rate_c L_c^+ L_c of one sector. */
export interface SectorGenerator {
  /** The part that is applied as one sparse matrix. */
  readonly explicit: SparseMatrix;
  /** -(1/2) rate L^+ (L x) applied factor by factor. */
  readonly factored: readonly FactoredDecay[];
  /** Upper bounds of ||sum_c rate_c L_c^+ L_c|| and of half the spread of H. */
  readonly rateBound: number;
  readonly energyBound: number;
}

export interface FactoredDecay {
  readonly channel: number;
  readonly target: number;
  readonly rate: number;
  readonly jump: SparseMatrix;
  readonly adjoint: SparseMatrix;
}

/**
 * L^+ L of a collective operator has about the square of the elements of L a row: from this ratio on it costs less
 * to apply L^+ (L x), and L x is needed for the jump term anyway.
 */
const FACTOR_RATIO = 3;

export function sectorGenerator(space: Space, index: number): SectorGenerator {
  const sector = space.sectors[index];
  if (sector === undefined) throw new RangeError(`sector ${index} of ${space.sectors.length}`);
  const n = sector.dimension;
  const factored: FactoredDecay[] = [];
  const columns: { rate: number; jump: SparseMatrix; adjoint: SparseMatrix }[] = [];
  space.channels.forEach(({ rate, jumps }, channel) => {
    for (const { target, matrix: jump } of jumps[index] ?? []) {
      const adjoint = adjointOf(jump);
      if (squaredRows(jump) > FACTOR_RATIO * elementCount(jump)) {
        factored.push({ channel, target, rate, jump, adjoint });
      } else {
        columns.push({ rate, jump, adjoint });
      }
    }
  });
  const elements: Element[] = [];
  const hamiltonian = adjointOf(sector.hamiltonian);
  const sum = new SparseSum();
  for (let column = 0; column < n; column++) {
    // row `column` of H^+ = H, conjugated, is column `column` of H
    addRow(sum, hamiltonian, column, (re, im) => [-im, -re]);
    for (const { rate, jump, adjoint } of columns) addDecayColumn(sum, jump, adjoint, column, -rate / 2);
    const { index: rows, re, im } = sum.drain();
    rows.forEach((row, e) => {
      elements.push({ row, column, re: re[e] as number, im: im[e] as number });
    });
  }
  const explicit = sparseMatrix(n, n, elements);
  return {
    explicit,
    factored,
    ...bounds(sector.hamiltonian, columns, factored, n),
  };
}

function squaredRows(matrix: SparseMatrix): number {
  let squares = 0;
  for (let row = 0; row < matrix.rows; row++) {
    squares += ((matrix.rowStart[row + 1] as number) - (matrix.rowStart[row] as number)) ** 2;
  }
  return squares;
}

function addRow(
  sum: SparseSum,
  matrix: SparseMatrix,
  row: number,
  map: (re: number, im: number) => readonly [number, number],
): void {
  for (let e = matrix.rowStart[row] as number; e < (matrix.rowStart[row + 1] as number); e++) {
    const [re, im] = map(matrix.re[e] as number, matrix.im?.[e] ?? 0);
    sum.add(matrix.column[e] as number, re, im);
  }
}

/** factor * column `column` of L^+ L: sum over t of L_(t,column) conj(L_(t,row)). */
function addDecayColumn(
  sum: SparseSum,
  jump: SparseMatrix,
  adjoint: SparseMatrix,
  column: number,
  factor: number,
): void {
  for (let e = adjoint.rowStart[column] as number; e < (adjoint.rowStart[column + 1] as number); e++) {
    const x = factor * (adjoint.re[e] as number);
    const y = -factor * (adjoint.im?.[e] ?? 0);
    addRow(sum, jump, adjoint.column[e] as number, (re, im) => [x * re + y * im, y * re - x * im]);
  }
}

/** Row sums bound the norms; |L|^+ |L| (1, ..., 1) bounds the rows of L^+ L without forming it. */
function bounds(
  hamiltonian: SparseMatrix,
  explicit: readonly { rate: number; jump: SparseMatrix; adjoint: SparseMatrix }[],
  factored: readonly FactoredDecay[],
  n: number,
): { rateBound: number; energyBound: number } {
  const rates = new Float64Array(n);
  for (const { rate, jump, adjoint } of [...explicit, ...factored]) {
    const sums = absoluteRowSums(jump, null);
    absoluteRowSums(adjoint, sums).forEach((value, row) => {
      rates[row] = (rates[row] as number) + rate * value;
    });
  }
  const energies = absoluteRowSums(hamiltonian, null);
  return {
    rateBound: rates.reduce((a, b) => Math.max(a, b), 0),
    energyBound: energies.reduce((a, b) => Math.max(a, b), 0),
  };
}

/** Upper bound of ||sum_c rate_c L_c L_c^+|| over the whole space. */
export function gainBound(space: Space): number {
  let most = 0;
  const gains = space.sectors.map(({ dimension }) => new Float64Array(dimension));
  for (const { rate, jumps } of space.channels) {
    // row sums of |L| |L|^+: |L|^+ (1, ..., 1) adds up over all targets of a source first
    for (const blocks of jumps) {
      const columns = blocks.map(({ matrix }) => absoluteRowSums(adjointOf(matrix), null));
      const sums = columns.reduce((a, b) => a.map((value, i) => value + (b[i] as number)), zeros(blocks));
      for (const { target, matrix } of blocks) {
        const gain = gains[target] as Float64Array;
        absoluteRowSums(matrix, sums).forEach((value, row) => {
          gain[row] = (gain[row] as number) + rate * value;
          most = Math.max(most, gain[row] as number);
        });
      }
    }
  }
  return most;
}

const zeros = (blocks: readonly JumpBlock[]): Float64Array =>
  new Float64Array(blocks[0]?.matrix.columns ?? 0);

/** |M| x, x = 1 when null. */
function absoluteRowSums(matrix: SparseMatrix, x: Float64Array | null): Float64Array {
  const sums = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    for (let e = matrix.rowStart[row] as number; e < (matrix.rowStart[row + 1] as number); e++) {
      const size = Math.hypot(matrix.re[e] as number, matrix.im?.[e] ?? 0);
      sums[row] = (sums[row] as number) + size * (x === null ? 1 : (x[matrix.column[e] as number] as number));
    }
  }
  return sums;
}
