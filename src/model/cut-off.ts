import type { Operator, Site } from "./model.ts";
import { transition } from "./sites.ts";

/** The highest level of a mode: what is in it would be in higher ones, too, if there were any. */
export interface CutOff {
  readonly site: number;
  /** |top><top| */
  readonly population: Operator;
}

export const cutOffs = (sites: readonly Site[]): CutOff[] =>
  sites.flatMap(({ kind, dimension }, site) =>
    kind === "fock" ? [{ site, population: transition(site, dimension - 1, dimension - 1) }] : [],
  );

/** Populations above this are told to the user. */
const NOTABLE = 1e-9;

/** @param populations of the highest level at all output times */
export function cutOffNote({ name, dimension }: Site, populations: readonly number[]): string[] {
  const most = populations.reduce((largest, population) => Math.max(largest, population), 0);
  if (most <= NOTABLE) return [];
  const share = most.toPrecision(2);
  return [`mode ${name}: its highest level ${dimension - 1} holds up to ${share}; the cut-off may matter`];
}
