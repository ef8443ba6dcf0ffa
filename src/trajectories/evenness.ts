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
  const values = new Float64Array(count);
  // Measured from the first value, so that equal values have no spread. Loops, as it is asked for every observable and time
  // (3.3 us; with functions of arrays 9.9, a third of what a short run does besides sampling).
  let sum = 0;
  for (let r = 0; r < count; r++) {
    const value = (means[r] ?? 0) - (means[0] ?? 0);
    values[r] = value;
    sum += value;
  }
  const average = sum / count;
  let squares = 0;
  for (const value of values) squares += (value - average) * (value - average);
  const deviation = Math.sqrt(squares / Math.max(1, count - 1));
  if (deviation === 0 || deviation / Math.sqrt(count) < nothing) return 0;
  const middle = medianOf(values);
  for (let r = 0; r < count; r++) values[r] = Math.abs((values[r] ?? 0) - middle);
  return medianOf(values) / deviation;
}

/** Sorts the values. */
function medianOf(values: Float64Array): number {
  values.sort();
  const half = values.length / 2;
  return ((values[Math.ceil(half) - 1] ?? 0) + (values[Math.floor(half)] ?? 0)) / 2;
}
