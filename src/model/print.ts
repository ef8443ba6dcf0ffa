import type { Site } from "./model.ts";

/**
 * Prints product kets of the given sites: "100" where every label of every site is one character, else labels
 * joined by commas, "e,-1/2,3". One style for all kets, so that they line up and are read back the same way.
 * @returns a function from the level of each site, in order, to the printed ket
 */
export function ketPrinter(sites: readonly Site[]): (levels: ArrayLike<number>) => string {
  const short = sites.every(({ labels }) => labels.every((label) => [...label].length === 1));
  const separator = short ? "" : ",";
  return (levels) => sites.map(({ labels }, s) => labels[levels[s] ?? 0] ?? "?").join(separator);
}
