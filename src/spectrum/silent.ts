import { hermitianEigen } from "./hermitian.ts";
import { simpleBasis } from "./kets.ts";
import { adjointTimes, columnsOf, frobenius, type Matrix, multiply } from "./matrix.ts";
import { levelsOf } from "./open.ts";

/** States of one energy that never emit. */
export interface SilentLevel {
  /** Relative to the energy that was taken out of the sector. */
  readonly energy: number;
  /** Orthonormal eigenvectors of H, over the kets of the sector. */
  readonly vectors: Matrix;
}

/** A degenerate level of more states is left in the basis in which it was found: nobody reads that many. */
const LARGEST_SIMPLIFIED = 400;

/** Eigenstates of H in a subspace that H maps into itself, level by level, energies ascending. */
export function silentLevels(subspace: Matrix, hamiltonian: Matrix): SilentLevel[] {
  if (subspace.columns === 0) return [];
  const { values, vectors } = hermitianEigen(adjointTimes(subspace, multiply(hamiltonian, subspace)));
  return levelsOf(values, frobenius(hamiltonian)).map(({ from, to, value }) => {
    const states = multiply(subspace, columnsOf(vectors, from, to));
    return { energy: value, vectors: to - from <= LARGEST_SIMPLIFIED ? simpleBasis(states) : states };
  });
}
