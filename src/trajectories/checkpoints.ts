/** The first index at which a tolerance is checked: two trajectories in each replicate. */
const FIRST = 64;

/**
 * Stopping at a tolerance is decided only at n = 64 * 2^k * {1, 5/4, 3/2, 7/4}: indices that depend on nothing, so that
 * the same run stops at the same place whatever the workers. Returns the first of them that is > n.
 */
export function checkpointAfter(n: number): number {
  if (n < FIRST) return FIRST;
  let octave = FIRST;
  while (2 * octave <= n) octave *= 2;
  const quarter = octave / 4;
  return (Math.floor(n / quarter) + 1) * quarter;
}
