/** From this evenness on a sample is even: its own spread tells how large events are. */
export const FEWEST_EVEN = 0.4;

/**
 * Median absolute deviation of the replicates from their median, over their standard deviation: 0.67 for a normal law
 * (below 0.4 in 1 % of 32 replicates), close to 0 where fewer than about 20 events make up the whole spread, because
 * then most replicates have seen none and are alike. Unlike the kurtosis it also tells of events that fell into
 * different replicates. 0 where there is no spread to judge.
 *
 * @param means of the replicates
 * @param nothing standard error of their common mean below which no event has been seen at all
 */
export function evenness(means: Float64Array, nothing: number): number {
  const count = means.length;
  // Measured from the first value, so that equal values have no spread.
  const origin = means[0] ?? 0;
  const values = means.map((mean) => mean - origin);
  const average = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - average) * (value - average), 0);
  const deviation = Math.sqrt(squares / Math.max(1, count - 1));
  if (deviation === 0 || deviation / Math.sqrt(count) < nothing) return 0;
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle))) / deviation;
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
