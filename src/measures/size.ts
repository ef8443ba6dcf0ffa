import { SizeError } from "../base/errors.ts";
import type { Measure } from "../model/model.ts";
import { type DensityMatrix, partialTrace } from "./density.ts";
import { LARGEST_BLOCK, largestBlock } from "./hermitian.ts";
import { keptSites } from "./measures.ts";
import { matrixOf, partialTranspose } from "./negativity.ts";

/** Kets of a density matrix of which measures are taken or which is printed: 16 million elements. */
export const MOST_KETS = 4096;

/**
 * Refuses a measure that could not be taken of rho in the end, before any work is done.
 * @param pattern not 0 wherever rho may be; at most MOST_KETS kets
 * @throws SizeError naming the largest block whose eigenvalues would be needed
 */
export function checkMeasure(measure: Measure, pattern: DensityMatrix): void {
  const { kind, name, sides } = measure;
  if (kind !== "entropy" && kind !== "logNegativity") return;
  const reduced = partialTrace(pattern, keptSites(measure, pattern.sites));
  const size = kind === "entropy" ? blockOf(reduced) : transposedBlock(reduced, sides[0] ?? []);
  if (size <= LARGEST_BLOCK) return;
  throw new SizeError(
    `measures.${name}`,
    `must need the eigenvalues of blocks of at most ${LARGEST_BLOCK} x ${LARGEST_BLOCK}, but needs ${size} x ${size}`,
  );
}

const blockOf = ({ kets, re, im }: DensityMatrix): number => largestBlock({ n: kets.length, re, im });

/** Too large to be laid out counts as one block. */
function transposedBlock(pattern: DensityMatrix, side: readonly number[]): number {
  const transposed = partialTranspose(pattern, side);
  return transposed.size > MOST_KETS ? transposed.size : largestBlock(matrixOf(transposed));
}
