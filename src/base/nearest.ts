/** Number of single-character edits (insert, delete, replace, swap of neighbours) that make a into b. */
export function editDistance(a: string, b: string): number {
  const from = [...a];
  const to = [...b];
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      let least = Math.min(replaced, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

/** Among equally near names the one of the same length comes first: q4 was meant as q1 rather than q. */
const distanceTo = (name: string, candidate: string): number =>
  editDistance(name, candidate) + (name.length === candidate.length ? 0 : 0.25);

/**
 * The known name nearest in edits, at most a third of the letters (at least one) apart. A single letter resembles all
 * others, so only its other case is a guess.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  // Longer texts are not misspelt names, and edit distance costs the product of the lengths.
  if (name.length > 64) return undefined;
  const lower = name.toLowerCase();
  let best: string | undefined;
  let least = name.length === 1 ? 0.75 : Math.max(1, Math.floor(name.length / 3)) + 0.5;
  for (const candidate of known) {
    if (candidate === name || Math.abs(candidate.length - name.length) > least) continue;
    const distance = candidate.toLowerCase() === lower ? 0.5 : distanceTo(name, candidate);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}
