import type { ReplicateWeights } from "./spread.ts";

export interface Jackknifed {
  /** Free of the bias of order 1/n. */
  readonly corrected: number;
  /** One for each replicate; their weighted mean is `corrected`. */
  readonly pseudo: Float64Array;
}

/**
 * A nonlinear function f of means over all replicates, from its values without one of them each:
 * pseudo-values f / w_r - (1 / w_r - 1) f_without_r, w_r = n_r / n. Source: F. Busing, E. Meijer and R. van der Leeden,
 * Stat. Comput. 9 (1999) 3, for unequal groups.
 */
export function jackknife(
  full: number,
  weights: ReplicateWeights,
  without: (replicate: number) => number,
): Jackknifed {
  const pseudo = weights.mean.map((weight, left) => full / weight - (1 / weight - 1) * without(left));
  const corrected = pseudo.reduce((sum, value, r) => sum + value * (weights.mean[r] ?? 0), 0);
  return { corrected, pseudo };
}
