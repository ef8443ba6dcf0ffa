import { Accumulator } from "./accumulator.ts";
import { MAX_EXPLICIT_DIMENSION, NEGLIGIBLE } from "./limits.ts";
import { addSums, elementCount, productCost, unpackMatrix } from "./matrix.ts";
import type { BlockMatrix, Generator, Jump, Matrix, SparseMatrix } from "./program.ts";
import { addProductColumn, SparseBuilder, type TwoWayMatrix, withColumns } from "./sparse.ts";

/** H in the frame of a space. */
export interface LocalHamiltonian {
  /** <i|H|i> - (energy taken out). */
  readonly detuning: Float64Array;
  /** Calls `visit` with the elements H_ij, i != j, of column j. */
  readonly forEachCoupling: (j: number, visit: (i: number, re: number, im: number) => void) => void;
  /** -i H without its diagonal in parts, or null where they do not pay. */
  readonly blocks: () => BlockMatrix | null;
}

export interface LocalJump extends Jump {
  /** J^+ J is sure to be diagonal. */
  readonly injective: boolean;
  /** Whether J^+ J has more than `limit` elements. */
  readonly productExceeds: (limit: number) => boolean;
}

export interface BuiltGenerator {
  readonly generator: Generator;
  /** An upper bound of ||H - E||_2. */
  readonly hamiltonianNorm: number;
}

/**
 * A = -i (H - E) - R/2, R = sum_c J_c^+ J_c, as an explicit matrix plus the jumps that stay factored: those whose
 * J^+ J has more than 2 nnz(J) elements, in spaces too big for that not to matter.
 * @param scale elements of R below 1e-14 of it are zero
 * @param check is told how long a list is about to get, and may throw
 */
export function buildGenerator(
  hamiltonian: LocalHamiltonian,
  jumps: readonly LocalJump[],
  scale: number,
  check: (elements: number) => void,
): BuiltGenerator {
  const dimension = hamiltonian.detuning.length;
  const split = splitJumps(jumps, dimension, check);
  const { rates } = split;
  const bounds = new Bounds(hamiltonian.detuning, rates);
  const blocks = split.explicit.length === 0 ? hamiltonian.blocks() : null;
  const explicit =
    blocks === null ? columnByColumn(hamiltonian, split, scale, bounds, check) : inBlocks(blocks, bounds);
  const factoredBound = split.factored.reduce(
    (sum, c) => sum + squaredNorm((jumps[c] as LocalJump).matrix),
    0,
  );
  const { hamiltonianNorm, rateBound, lowestRate, lowestEnergy, highestEnergy } = bounds.found();
  const commonRate = split.factored.length === 0 && bounds.ratesDiagonal ? constantOf(rates) : null;
  const structure = hamiltonianNorm === 0 ? "decay" : commonRate !== null ? "unitary" : "general";
  if (structure === "unitary" && commonRate !== null) setDiagonalRe(explicit, -commonRate / 2);
  return {
    generator: {
      matrix: explicit,
      factored: Uint32Array.from(split.factored),
      structure,
      commonRate: structure === "unitary" ? (commonRate ?? 0) : 0,
      norm: Math.sqrt(squaredNorm(explicit)) + factoredBound / 2,
      rateBound: rateBound + factoredBound,
      lowestRate,
      lowestEnergy,
      highestEnergy,
    },
    hamiltonianNorm,
  };
}

/** See Space.diagonalRates. */
export function diagonalRates(jumps: readonly Jump[], dimension: number): Float64Array {
  const diagonal = jumps.filter((jump) => jump.diagonal);
  const rates = new Float64Array(diagonal.length === 0 ? 0 : dimension);
  for (const { matrix } of diagonal) addSums(matrix, abs2, null, rates);
  return rates;
}

interface SplitJumps {
  /** Explicit jumps that have off-diagonal elements in J^+ J. */
  readonly explicit: readonly TwoWayMatrix[];
  /** Diagonal of the sum of J^+ J over all explicit jumps. */
  readonly rates: Float64Array;
  readonly factored: readonly number[];
}

function splitJumps(
  jumps: readonly LocalJump[],
  dimension: number,
  check: (elements: number) => void,
): SplitJumps {
  const explicit: TwoWayMatrix[] = [];
  const rates = new Float64Array(dimension);
  const factored: number[] = [];
  jumps.forEach(({ matrix, injective, productExceeds }, c) => {
    const elements = injective ? 0 : elementCount(matrix);
    if (!injective && productCost(matrix) > elements) {
      if (dimension > MAX_EXPLICIT_DIMENSION && productExceeds(2 * elements)) {
        factored.push(c);
        return;
      }
      check(elements);
      explicit.push(withColumns(unpackMatrix(matrix)));
    }
    addSums(matrix, abs2, null, rates);
  });
  return { explicit, rates, factored };
}

/** Bounds of the parts of A (Gershgorin discs), from what is collected of the columns. */
class Bounds {
  ratesDiagonal = true;
  readonly detuning: Float64Array;
  readonly rates: Float64Array;
  /** Sums of |element| off the diagonal in each column, of R and of H. */
  readonly rateSums: Float64Array;
  readonly couplings: Float64Array;

  constructor(detuning: Float64Array, rates: Float64Array) {
    this.detuning = detuning;
    this.rates = rates;
    this.rateSums = new Float64Array(rates.length);
    this.couplings = new Float64Array(rates.length);
  }

  addRate(column: number, re: number, im: number): void {
    this.ratesDiagonal = false;
    this.rateSums[column] = (this.rateSums[column] as number) + Math.sqrt(re * re + im * im);
  }

  addCoupling(column: number, re: number, im: number): void {
    this.couplings[column] = (this.couplings[column] as number) + Math.sqrt(re * re + im * im);
  }

  found() {
    let hamiltonianNorm = 0;
    let rateBound = 0;
    let lowestRate = Number.POSITIVE_INFINITY;
    let lowestEnergy = Number.POSITIVE_INFINITY;
    let highestEnergy = Number.NEGATIVE_INFINITY;
    this.detuning.forEach((detuning, j) => {
      const [rate, rateSum] = [this.rates[j] as number, this.rateSums[j] as number];
      const couplings = this.couplings[j] as number;
      rateBound = Math.max(rateBound, rate + rateSum);
      lowestRate = Math.min(lowestRate, rate - rateSum);
      hamiltonianNorm = Math.max(hamiltonianNorm, Math.abs(detuning) + couplings);
      lowestEnergy = Math.min(lowestEnergy, detuning - couplings);
      highestEnergy = Math.max(highestEnergy, detuning + couplings);
    });
    lowestRate = Math.max(0, lowestRate);
    return { hamiltonianNorm, rateBound, lowestRate, lowestEnergy, highestEnergy };
  }
}

/** The explicit part of A as a list of elements. */
function columnByColumn(
  { forEachCoupling }: LocalHamiltonian,
  { explicit }: SplitJumps,
  scale: number,
  bounds: Bounds,
  check: (elements: number) => void,
): SparseMatrix {
  const { detuning, rates } = bounds;
  const dimension = detuning.length;
  const sum = new Accumulator(dimension);
  const whole = new Accumulator(dimension);
  const builder = new SparseBuilder();
  for (let j = 0; j < dimension; j++) {
    sum.clear();
    for (const jump of explicit) addProductColumn(jump, j, sum);
    whole.clear();
    whole.add(j, -(rates[j] as number) / 2, -(detuning[j] as number));
    sum.forEachKept(scale, (i, re, im) => {
      if (i === j) return;
      bounds.addRate(j, re, im);
      whole.add(i, -re / 2, -im / 2);
    });
    forEachCoupling(j, (i, re, im) => {
      bounds.addCoupling(j, re, im);
      whole.add(i, im, -re);
    });
    whole.forEachKept(0, (i, re, im) => builder.push(i, j, re + 0, im + 0));
    check(builder.count);
  }
  return builder.toRows(dimension, dimension);
}

/** The same in parts, where R is diagonal. */
function inBlocks(coupling: BlockMatrix, bounds: Bounds): Matrix {
  const { detuning, rates } = bounds;
  const diagonal = new Float64Array(2 * detuning.length);
  let empty = true;
  detuning.forEach((energy, j) => {
    const rate = rates[j] as number;
    if (rate === 0 && energy === 0) return;
    empty = false;
    diagonal[2 * j] = -rate / 2 + 0;
    diagonal[2 * j + 1] = -energy + 0;
  });
  addSums(coupling, abs, null, bounds.couplings);
  if (!empty) return { ...coupling, diagonal };
  return coupling.block.length > 0 ? coupling : new SparseBuilder().toRows(coupling.rows, coupling.columns);
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

/** Of the elements of the diagonal that are there. */
function setDiagonalRe(matrix: Matrix, re: number): void {
  if ("blocks" in matrix) {
    const { diagonal } = matrix;
    for (let i = 0; i < diagonal.length; i += 2) {
      if (diagonal[i] !== 0 || diagonal[i + 1] !== 0) diagonal[i] = re;
    }
    return;
  }
  for (let row = 0; row < matrix.rows; row++) {
    const end = matrix.rowStart[row + 1] as number;
    for (let e = matrix.rowStart[row] as number; e < end; e++) {
      if (matrix.column[e] === row) matrix.values[2 * e] = re;
    }
  }
}

/** A bound of ||J||_2^2 <= ||J||_1 ||J||_inf: the largest sums of |element| in a row and in a column. */
function squaredNorm(matrix: Matrix): number {
  const rows = new Float64Array(matrix.rows);
  const columns = new Float64Array(matrix.columns);
  addSums(matrix, abs, rows, columns);
  return largest(rows) * largest(columns);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}

const abs2 = (re: number, im: number): number => re * re + im * im;
const abs = (re: number, im: number): number => Math.sqrt(abs2(re, im));
