import { Accumulator } from "./accumulator.ts";
import { MAX_EXPLICIT_DIMENSION, NEGLIGIBLE } from "./limits.ts";
import type { Generator, Jump, SparseMatrix } from "./program.ts";
import { addProductColumn, productCost, SparseBuilder, type TwoWayMatrix, withColumns } from "./sparse.ts";

/** H in the frame of a space. */
export interface LocalHamiltonian {
  /** <i|H|i> - (energy taken out). */
  readonly detuning: Float64Array;
  /** Calls `visit` with the elements H_ij, i != j, of column j. */
  readonly forEachCoupling: (j: number, visit: (i: number, re: number, im: number) => void) => void;
}

export interface SparseJump extends Jump {
  readonly matrix: SparseMatrix;
}

export interface BuiltGenerator {
  readonly generator: Generator & { readonly matrix: SparseMatrix };
  /** An upper bound of ||H - E||_2. */
  readonly hamiltonianNorm: number;
}

/**
 * A = -i (H - E) - R/2, R = sum_c J_c^+ J_c, as an explicit matrix plus the jumps that stay factored: those whose
 * J^+ J has more than 2 nnz(J) elements, in spaces too big for that not to matter.
 * @param scale elements of R below 1e-14 of it are zero
 */
export function buildGenerator(
  hamiltonian: LocalHamiltonian,
  jumps: readonly SparseJump[],
  scale: number,
): BuiltGenerator {
  const dimension = hamiltonian.detuning.length;
  const sum = new Accumulator(dimension);
  const split = splitJumps(jumps, dimension, sum);
  const parts = new GeneratorParts(dimension);
  for (let j = 0; j < dimension; j++) {
    sum.clear();
    for (const jump of split.explicit) addProductColumn(jump, j, sum);
    parts.beginColumn(j, hamiltonian.detuning[j] as number, split.rates[j] as number);
    sum.forEachKept(scale, parts.addRate);
    hamiltonian.forEachCoupling(j, parts.addCoupling);
    parts.endColumn();
  }
  const factoredBound = split.factored.reduce((bound, c) => bound + squaredNorm(jumps[c] as SparseJump), 0);
  const commonRate = split.factored.length === 0 && parts.ratesDiagonal ? constantOf(split.rates) : null;
  const structure = parts.hamiltonianNorm === 0 ? "decay" : commonRate !== null ? "unitary" : "general";
  const matrix = parts.matrix();
  if (structure === "unitary" && commonRate !== null) setDiagonalRe(matrix, -commonRate / 2);
  return {
    generator: {
      matrix,
      factored: Uint32Array.from(split.factored),
      structure,
      commonRate: structure === "unitary" ? (commonRate ?? 0) : 0,
      norm: twoNormBound(matrix) + factoredBound / 2,
      rateBound: parts.rateBound + factoredBound,
      lowestRate: parts.lowestRate,
      lowestEnergy: parts.lowestEnergy,
      highestEnergy: parts.highestEnergy,
    },
    hamiltonianNorm: parts.hamiltonianNorm,
  };
}

interface SplitJumps {
  /** Explicit jumps that have off-diagonal elements in J^+ J. */
  readonly explicit: readonly TwoWayMatrix[];
  /** Diagonal of the sum of J^+ J over all explicit jumps. */
  readonly rates: Float64Array;
  readonly factored: readonly number[];
}

function splitJumps(jumps: readonly SparseJump[], dimension: number, scratch: Accumulator): SplitJumps {
  const explicit: TwoWayMatrix[] = [];
  const rates = new Float64Array(dimension);
  const factored: number[] = [];
  jumps.forEach(({ matrix }, c) => {
    const elements = matrix.column.length;
    if (productCost(matrix) > elements) {
      const jump = withColumns(matrix);
      if (dimension > MAX_EXPLICIT_DIMENSION && productExceeds(jump, 2 * elements, scratch)) {
        factored.push(c);
        return;
      }
      explicit.push(jump);
    }
    for (let e = 0; e < elements; e++) {
      const column = matrix.column[e] as number;
      rates[column] = (rates[column] as number) + abs2(matrix.values, e);
    }
  });
  return { explicit, rates, factored };
}

/** Whether J^+ J has more than `limit` elements; stops counting as soon as that is known. */
function productExceeds(jump: TwoWayMatrix, limit: number, scratch: Accumulator): boolean {
  let count = 0;
  for (let j = 0; j < jump.columns && count <= limit; j++) {
    scratch.clear();
    addProductColumn(jump, j, scratch);
    scratch.forEachKept(0, () => {
      count++;
    });
  }
  return count > limit;
}

/** Collects A column by column with bounds of its parts (Gershgorin discs) that come for free. */
class GeneratorParts {
  hamiltonianNorm = 0;
  rateBound = 0;
  #lowestRate = Number.POSITIVE_INFINITY;
  lowestEnergy = Number.POSITIVE_INFINITY;
  highestEnergy = Number.NEGATIVE_INFINITY;
  ratesDiagonal = true;
  readonly #dimension: number;
  readonly #column: Accumulator;
  readonly #builder = new SparseBuilder();
  #j = 0;
  #rate = 0;
  #rateSum = 0;
  #detuning = 0;
  #couplings = 0;

  constructor(dimension: number) {
    this.#dimension = dimension;
    this.#column = new Accumulator(dimension);
  }

  beginColumn(j: number, detuning: number, rate: number): void {
    this.#j = j;
    this.#rate = rate;
    this.#rateSum = 0;
    this.#detuning = detuning;
    this.#couplings = 0;
    this.#column.clear();
    this.#column.add(j, -rate / 2, -detuning);
  }

  /** -R_ij / 2; the diagonal is already in. */
  readonly addRate = (i: number, re: number, im: number): void => {
    if (i === this.#j) return;
    this.ratesDiagonal = false;
    this.#rateSum += Math.sqrt(re * re + im * im);
    this.#column.add(i, -re / 2, -im / 2);
  };

  /** -i H_ij */
  readonly addCoupling = (i: number, re: number, im: number): void => {
    this.#couplings += Math.sqrt(re * re + im * im);
    this.#column.add(i, im, -re);
  };

  endColumn(): void {
    this.#column.forEachKept(0, (i, re, im) => this.#builder.push(i, this.#j, re + 0, im + 0));
    const detuning = this.#detuning;
    const couplings = this.#couplings;
    this.rateBound = Math.max(this.rateBound, this.#rate + this.#rateSum);
    this.#lowestRate = Math.min(this.#lowestRate, this.#rate - this.#rateSum);
    this.hamiltonianNorm = Math.max(this.hamiltonianNorm, Math.abs(detuning) + couplings);
    this.lowestEnergy = Math.min(this.lowestEnergy, detuning - couplings);
    this.highestEnergy = Math.max(this.highestEnergy, detuning + couplings);
  }

  get lowestRate(): number {
    return Math.max(0, this.#lowestRate);
  }

  matrix(): SparseMatrix {
    return this.#builder.toRows(this.#dimension, this.#dimension);
  }
}

/** The value that all entries share up to rounding, or null. */
function constantOf(values: Float64Array): number | null {
  let least = values[0] ?? 0;
  let most = least;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least <= NEGLIGIBLE * most ? most : null;
}

function setDiagonalRe(matrix: SparseMatrix, re: number): void {
  for (let row = 0; row < matrix.rows; row++) {
    const end = matrix.rowStart[row + 1] as number;
    for (let e = matrix.rowStart[row] as number; e < end; e++) {
      if (matrix.column[e] === row) matrix.values[2 * e] = re;
    }
  }
}

/** ||J||_2^2 <= ||J||_1 ||J||_inf */
const squaredNorm = ({ matrix }: SparseJump): number => {
  const { row, column } = largestSums(matrix);
  return row * column;
};

const twoNormBound = (matrix: SparseMatrix): number => {
  const { row, column } = largestSums(matrix);
  return Math.sqrt(row * column);
};

/** The largest sums of |element| in a row and in a column. */
function largestSums(matrix: SparseMatrix): { readonly row: number; readonly column: number } {
  const columns = new Float64Array(matrix.columns);
  let row = 0;
  for (let r = 0; r < matrix.rows; r++) {
    let sum = 0;
    const end = matrix.rowStart[r + 1] as number;
    for (let e = matrix.rowStart[r] as number; e < end; e++) {
      const c = matrix.column[e] as number;
      const size = Math.sqrt(abs2(matrix.values, e));
      sum += size;
      columns[c] = (columns[c] as number) + size;
    }
    row = Math.max(row, sum);
  }
  return { row, column: columns.reduce((most, sum) => Math.max(most, sum), 0) };
}

function abs2(values: Float64Array, element: number): number {
  const re = values[2 * element] as number;
  const im = values[2 * element + 1] as number;
  return re * re + im * im;
}
