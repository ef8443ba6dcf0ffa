import { studentTwoSided } from "../base/statistics.ts";
import type { Evidence } from "./evidence.ts";

/** The exact solver keeps 1e-10; a mean may be off by ten times that, in units of the largest value. */
export const NUMERICAL = 1e-9;

/**
 * Student's t between a mean and its exact value, over the replicates; without meaning where `error` is 0.
 * @param unseen the most that unseen events may have changed the mean, as a standard error
 * @param tolerance what the two may differ by for numerical reasons alone
 * @returns `error`: the standard error and `unseen`, added in squares; `z`: what is beyond the tolerance over `error`;
 * `pValue`: probability to be as far off by chance
 */
export function studentTest(
  {
    mean,
    exact,
    standardError,
  }: { readonly mean: number; readonly exact: number; readonly standardError: number | null },
  unseen: number,
  tolerance: number,
  evidence: Evidence,
): { readonly error: number; readonly z: number; readonly pValue: number } {
  const error = Math.hypot(standardError ?? 0, unseen);
  const beyond = Math.max(0, Math.abs(mean - exact) - tolerance);
  const z = (Math.sign(mean - exact) * beyond) / error;
  return { error, z, pValue: studentTwoSided(z, degreesOf(evidence)) };
}

/** |z| from which on Student's two-sided probability is below the level. */
export function studentLimit(level: number, evidence: Evidence): number {
  const degrees = degreesOf(evidence);
  let high = 1;
  while (studentTwoSided(high, degrees) > level) high *= 2;
  let low = 0;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > level) low = middle;
    else high = middle;
  }
  return high;
}

const degreesOf = ({ replicates }: Evidence): number => Math.max(1, replicates - 1);
