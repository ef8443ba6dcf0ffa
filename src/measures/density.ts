import { pushTo } from "../base/lists.ts";
import type { Site } from "../model/model.ts";

/**
 * Density matrix of some sites of a model, over those product kets that occur: everything else is zero, and the
 * product space is never filled in.
 */
export interface DensityMatrix {
  /** Site indices, ascending. */
  readonly sites: readonly number[];
  /** Levels of `sites` in each basis ket; the kets differ. */
  readonly kets: readonly (readonly number[])[];
  /** <ket i|rho|ket j> at i * kets.length + j. */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Traces out all sites but `kept` (ascending, among the sites of rho). */
export function partialTrace(rho: DensityMatrix, kept: readonly number[]): DensityMatrix {
  if (kept.length === rho.sites.length) return rho;
  const places = kept.map((site) => {
    const place = rho.sites.indexOf(site);
    if (place < 0) throw new RangeError(`site ${site} is not among ${rho.sites.join()}`);
    return place;
  });
  const basis = new Map<string, number>();
  const kets: number[][] = [];
  const groups = new Map<string, { ket: number; reduced: number }[]>();
  rho.kets.forEach((levels, ket) => {
    const mine = places.map((place) => levels[place] as number);
    const reduced = basis.get(mine.join()) ?? kets.push(mine) - 1;
    basis.set(mine.join(), reduced);
    const rest = levels.filter((_, place) => !places.includes(place)).join();
    pushTo(groups, rest, { ket, reduced });
  });
  const n = rho.kets.length;
  const m = kets.length;
  const re = new Float64Array(m * m);
  const im = new Float64Array(m * m);
  for (const group of groups.values()) {
    for (const row of group) {
      for (const column of group) {
        const to = row.reduced * m + column.reduced;
        const from = row.ket * n + column.ket;
        re[to] = (re[to] as number) + (rho.re[from] as number);
        im[to] = (im[to] as number) + (rho.im[from] as number);
      }
    }
  }
  return { sites: kept, kets, re, im };
}

/** Levels of printed kets (see model/print.ts), for the given sites. */
export function readKets(printed: readonly string[], sites: readonly Site[]): number[][] {
  const short = sites.every(({ labels }) => labels.every((label) => [...label].length === 1));
  return printed.map((ket) => {
    const labels = short ? [...ket] : ket.split(",");
    return sites.map((site, place) => {
      const level = site.labels.indexOf(labels[place] ?? "");
      if (level < 0 || labels.length !== sites.length)
        throw new RangeError(`"${ket}" is not a ket of the sites`);
      return level;
    });
  });
}
