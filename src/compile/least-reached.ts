import type { SureMove } from "./packed-operator.ts";
import { levelOf, type Packing } from "./packing.ts";
import { UnionFind } from "./union-find.ts";

/** What is sure to happen to kets, for a lower bound of how many are reached. */
export interface SureMoves {
  /** Of H, and of each channel where its own kets are to be counted too. */
  readonly moves: readonly SureMove[];
  /** Sites among which L^+ L moves a quantum: those that one channel lowers, or raises, each by itself. */
  readonly shared: readonly (readonly number[])[];
}

/**
 * A lower bound of the number of kets that are reached from `ket`, without following any. Terms that move a quantum from one
 * site to another make groups of sites in which every distribution of the total number of quanta is reached; all totals that
 * the other terms lead to are reached as well. What moves sites of several groups at once, or only some of the levels, is
 * left out, but for single sites, whose levels are followed one by one.
 */
export function leastReached(
  packing: Packing,
  dimensions: readonly number[],
  { moves, shared }: SureMoves,
  ket: Uint32Array,
): number {
  const levels = dimensions.map((_, site) => levelOf(packing, ket, 0, site));
  const whole = moves.filter((move) =>
    move.every(({ site, elements, shift }) => isWhole(dimensions[site], elements, shift)),
  );
  const groups = new UnionFind();
  groups.extend(dimensions.length);
  for (const move of whole) {
    const [a, b] = move;
    if (a !== undefined && b !== undefined && move.length === 2 && a.shift * b.shift === -1)
      groups.join(a.site, b.site);
  }
  for (const [first = 0, ...others] of shared) for (const site of others) groups.join(first, site);
  const members = new Map<number, number[]>();
  dimensions.forEach((_, site) => {
    const group = groups.find(site);
    members.set(group, [...(members.get(group) ?? []), site]);
  });
  const byGroup = movesByGroup(whole, groups);
  const single = movesByGroup(moves, groups);
  let product = 1;
  for (const [group, sites] of members) {
    product *=
      sites.length === 1
        ? levelsReached(levels[group] as number, single.get(group) ?? [])
        : distributions(sites, dimensions, levels, byGroup.get(group) ?? []);
  }
  return product;
}

/** All levels that a shift leaves within the site are moved. */
const isWhole = (dimension = 0, elements: SureMove[number]["elements"], shift: number): boolean =>
  elements.length === dimension - Math.abs(shift);

/** Moves of sites of one group only. */
function movesByGroup(moves: readonly SureMove[], groups: UnionFind): Map<number, SureMove[]> {
  const byGroup = new Map<number, SureMove[]>();
  for (const move of moves) {
    const touched = new Set(move.map(({ site }) => groups.find(site)));
    const [group = -1] = touched;
    if (touched.size !== 1) continue;
    const own = byGroup.get(group);
    if (own === undefined) byGroup.set(group, [move]);
    else own.push(move);
  }
  return byGroup;
}

function levelsReached(level: number, moves: readonly SureMove[]): number {
  const levels = new Set([level]);
  const steps = moves.flatMap((move) => move[0]?.elements ?? []);
  // A set is walked to what is added on the way.
  for (const from of levels) for (const step of steps) if (step.from === from) levels.add(step.to);
  return levels.size;
}

/** Ways to distribute the totals that are reached over the sites of a group. */
function distributions(
  sites: readonly number[],
  dimensions: readonly number[],
  levels: readonly number[],
  moves: readonly SureMove[],
): number {
  const top = (site: number): number => (dimensions[site] as number) - 1;
  const most = sites.reduce((sum, site) => sum + top(site), 0);
  const steps = new Map<string, { readonly by: number; readonly from: number; readonly to: number }>();
  for (const move of moves) {
    const by = move.reduce((sum, { shift }) => sum + shift, 0);
    const from = move.reduce((sum, { shift }) => sum + Math.max(0, -shift), 0);
    const to = most - move.reduce((sum, { shift }) => sum + Math.max(0, shift), 0);
    steps.set(`${by} ${from} ${to}`, { by, from, to });
  }
  const totals = new Set([sites.reduce((sum, site) => sum + (levels[site] as number), 0)]);
  // Some distribution of a total in between lets the sites of the move have the levels that it needs.
  for (const total of totals) {
    for (const { by, from, to } of steps.values()) if (from <= total && total <= to) totals.add(total + by);
  }
  const ways = waysOf(sites.map(top));
  return [...totals].reduce((sum, total) => sum + (ways[total] ?? 0), 0);
}

/** The coefficients of the product of 1 + x + ... + x^top over all sites. */
function waysOf(tops: readonly number[]): Float64Array {
  let ways = Float64Array.of(1);
  for (const top of tops) {
    const next = new Float64Array(ways.length + top);
    let window = 0;
    for (let total = 0; total < next.length; total++) {
      window += (ways[total] ?? 0) - (ways[total - top - 1] ?? 0);
      next[total] = window;
    }
    ways = next;
  }
  return ways;
}
