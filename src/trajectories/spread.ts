/** What independent replicates tell about the error of their common mean. */
export interface Spread {
  /** Unbiased estimate of the variance of the weighted mean; NaN for fewer than two replicates. */
  readonly variance: number;
  /** Excess kurtosis of the replicates over the normal law's, not below 0. About 32 / (number of rare events seen). */
  readonly excessKurtosis: number;
}

/** A residual spread, and the slope that was taken out. */
export interface ResidualSpread {
  readonly spread: Spread;
  /** null where the second quantity is the same in all replicates or nearly so, or not known. */
  readonly slope: number | null;
  /** What is left of the values. */
  readonly residuals: Float64Array;
}

/** How replicates enter the common mean and its error; depends on their numbers of trajectories alone. */
export interface ReplicateWeights {
  /** w_r, adding up to 1 */
  readonly mean: Float64Array;
  /** a_r of spreadOfMean */
  readonly variance: Float64Array;
}

/** @param counts trajectories in each replicate */
export function replicateWeights(counts: Float64Array): ReplicateWeights {
  const replicates = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const mean = counts.map((count) => count / total);
  const first = counts[0] ?? 0;
  if (counts.every((count) => count === first)) {
    return { mean, variance: new Float64Array(replicates).fill(1 / (replicates * (replicates - 1))) };
  }
  const b = mean.reduce((sum, w) => sum + (w * w) / (1 - 2 * w), 0);
  return { mean, variance: mean.map((w) => (w * w) / ((1 - 2 * w) * (1 + b))) };
}

/**
 * Variance of m = sum_r w_r m_r estimated from independent m_r with the same expectation but any variances v_r
 * (a randomised low-discrepancy replicate with two points is much better than twice as good as one with one):
 * sum_r a_r (m_r - m)^2 with a_r = w_r^2 / ((1 - 2 w_r)(1 + B)), B = sum_r w_r^2 / (1 - 2 w_r), is exactly unbiased
 * for sum_r w_r^2 v_r (Horn, Horn and Duncan, J. Am. Stat. Assoc. 70 (1975) 380). Equal weights give the usual
 * sum_r (m_r - m)^2 / (R (R - 1)).
 *
 * @param values m_r
 */
export function spreadOfMean(values: Float64Array, weights: ReplicateWeights): Spread {
  const replicates = values.length;
  if (replicates < 2) return { variance: Number.NaN, excessKurtosis: 0 };
  // Measured from the first value, so that equal values have a variance of exactly 0.
  const origin = values[0] ?? 0;
  let mean = 0;
  for (let r = 0; r < replicates; r++) mean += (weights.mean[r] ?? 0) * ((values[r] ?? 0) - origin);
  let variance = 0;
  let square = 0;
  let fourth = 0;
  for (let r = 0; r < replicates; r++) {
    const deviation = (values[r] ?? 0) - origin - mean;
    const squared = deviation * deviation;
    variance += (weights.variance[r] ?? 0) * squared;
    square += squared;
    fourth += squared * squared;
  }
  // 3 (R - 1) / (R + 1) is the expectation of the sample kurtosis of R normal values.
  const normal = (3 * (replicates - 1)) / (replicates + 1);
  const kurtosis = square * square > 0 ? (fourth * replicates) / (square * square) : 0;
  return { variance, excessKurtosis: Math.max(0, kurtosis - normal) };
}

/** Fewer replicates do not tell a slope. */
const FEWEST_FOR_SLOPE = 4;
/** Fractions that differ by less are equal but for rounding. */
const SAME = 1e-14;
/**
 * Nor do fractions whose spread is below this part of their known variance. Replicates of 62 and of 63 trajectories with one
 * undisturbed each have nearly the same fraction, by luck; the slope against that difference is noise, and slope^2 times the
 * known variance made errors ten times too long. From this part on it adds a quarter to the variance at most.
 */
const LEAST_SPREAD = 1 / 8;

/**
 * Spread of values - slope * fractions, the slope by least squares (one degree of freedom less).
 *
 * @param variance of the weighted mean of the fractions, as it is known
 */
export function residualSpread(
  values: Float64Array,
  fractions: Float64Array | null,
  weights: ReplicateWeights,
  variance: number,
): ResidualSpread {
  const replicates = values.length;
  const whole = { spread: spreadOfMean(values, weights), slope: null, residuals: values };
  if (fractions === null || replicates < FEWEST_FOR_SLOPE) return whole;
  const meanOf = (x: Float64Array) => x.reduce((sum, value, r) => sum + (weights.mean[r] ?? 0) * value, 0);
  const middle = meanOf(fractions);
  if (fractions.every((fraction) => Math.abs(fraction - (fractions[0] ?? 0)) < SAME)) return whole;
  const average = meanOf(values);
  let square = 0;
  let product = 0;
  fractions.forEach((fraction, r) => {
    const weighted = (weights.variance[r] ?? 0) * (fraction - middle);
    square += weighted * (fraction - middle);
    product += weighted * ((values[r] ?? 0) - average);
  });
  if (square < LEAST_SPREAD * variance) return whole;
  const slope = product / square;
  const residuals = values.map((value, r) => value - average - slope * ((fractions[r] ?? 0) - middle));
  const left = spreadOfMean(residuals, weights);
  const degrees = (replicates - 1) / (replicates - 2);
  return { spread: { ...left, variance: degrees * left.variance }, slope, residuals };
}

/**
 * Deviations from the mean of the replicates with the same number of trajectories; there are two such numbers at most. Where
 * stratified draws give every replicate the same count of events, replicates of different size differ all the same, and that
 * would look like a spread.
 */
export function withinSizes(values: Float64Array, { mean }: ReplicateWeights): Float64Array {
  const larger = mean[0] ?? 0;
  const centre = (inside: (weight: number) => boolean) => {
    const chosen = values.filter((_, r) => inside(mean[r] ?? 0));
    // Measured from the first value, so that equal values have deviations of exactly 0.
    const origin = chosen[0] ?? 0;
    return origin + chosen.reduce((sum, value) => sum + value - origin, 0) / Math.max(1, chosen.length);
  };
  const centres = [centre((weight) => weight === larger), centre((weight) => weight !== larger)] as const;
  return values.map((value, r) => value - centres[mean[r] === larger ? 0 : 1]);
}
