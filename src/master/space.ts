import type { KetTerm, Operator } from "../model/model.ts";
import type { SparseMatrix } from "./sparse.ts";

/**
 * The kets that the dynamics can reach, in sectors: the connected components of the pattern of
 * A = -iH - (1/2) sum_c rate_c L_c^+ L_c. Below, a ket is (sector, place in the sector).
 */
export interface Space {
  readonly sectors: readonly Sector[];
  readonly channels: readonly ActiveChannel[];
  /** Where a product ket is; null when it is not reached. */
  locate(ket: KetTerm): Place | null;
  /** Matrix elements of any operator between reached kets: visit(<row|O|column>). */
  forEachElement(
    operator: Operator,
    visit: (row: Place, column: Place, re: number, im: number) => void,
  ): void;
}

export interface Place {
  readonly sector: number;
  readonly index: number;
}

export interface Sector {
  readonly dimension: number;
  /** Levels of every ket. */
  readonly kets: readonly Uint16Array[];
  /** Middle of the range of <a|H|a>, taken out of H. */
  readonly energy: number;
  /** Rounding noise of `energy`. */
  readonly energyNoise: number;
  /** H - energy. */
  readonly hamiltonian: SparseMatrix;
}

/** A channel with a rate > 0. */
export interface ActiveChannel {
  readonly name: string;
  readonly rate: number;
  /** [source sector]: the parts of L by target sector. */
  readonly jumps: readonly (readonly JumpBlock[])[];
}

export interface JumpBlock {
  readonly target: number;
  /** L: target rows, source columns. */
  readonly matrix: SparseMatrix;
}

/** Order of the tensor product: 00, 01, 10, 11. */
export function compareLevels(a: Uint16Array, b: Uint16Array): number {
  for (let site = 0; site < a.length; site++) {
    const difference = (a[site] as number) - (b[site] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
