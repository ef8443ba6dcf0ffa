import type { Exploration, KetJumps } from "./explore.ts";
import { Uint32List } from "./growable.ts";
import { KetIndex } from "./ketIndex.ts";
import { compareKets, type Packing } from "./packing.ts";
import { countingStarts, sortedPlaces } from "./sparse.ts";
import type { UnionFind } from "./unionFind.ts";

/** The reached kets, numbered sector by sector, in a sector in the order of the tensor product. */
export interface Basis {
  readonly packing: Packing;
  readonly index: KetIndex;
  /** Sector s holds the kets sectorStart[s] .. sectorStart[s + 1] - 1. Sectors in the order of being reached. */
  readonly sectorStart: Uint32Array;
  /** The sector of each ket. */
  readonly sectorOf: Uint32Array;
  readonly jumps: SectorGraph;
}

/** Which channel leads from sector s into which sectors: entries start[s] .. start[s + 1] - 1, by channel. */
export interface SectorGraph {
  readonly start: Uint32Array;
  readonly channel: Uint32Array;
  readonly target: Uint32Array;
}

/**
 * Sectors are the linked components that jumps reach from the components of the initial kets, breadth first. The
 * explored kets may hold more: there a sum of channels can cancel that one channel alone would have followed.
 */
export function createBasis(
  packing: Packing,
  { index, jumps }: Pick<Exploration, "index" | "jumps">,
  links: UnionFind,
  initial: readonly Uint32Array[],
): Basis {
  const components = listComponents(index.count, links);
  const first = initial.map((ket) => components.of[index.find(ket, 0)] as number);
  const { order, graph } = walkComponents(jumps, components, first);
  const count = order.reduce((sum, c) => sum + membersOf(components, c).length, 0);
  const ordered = new KetIndex(packing, count);
  const sectorStart = new Uint32Array(order.length + 1);
  const sectorOf = new Uint32Array(count);
  order.forEach((component, s) => {
    addSorted(ordered, index, membersOf(components, component));
    sectorStart[s + 1] = ordered.count;
    sectorOf.fill(s, sectorStart[s], ordered.count);
  });
  return { packing, index: ordered, sectorStart, sectorOf, jumps: graph };
}

interface Components {
  readonly of: Uint32Array;
  /** Component c has the kets member[start[c]] .. member[start[c + 1] - 1]. */
  readonly start: Uint32Array;
  readonly member: Uint32Array;
}

function membersOf({ start, member }: Components, component: number): Uint32Array {
  return member.subarray(start[component], start[component + 1]);
}

/** Components numbered by their first ket. */
function listComponents(kets: number, links: UnionFind): Components {
  const of = new Uint32Array(kets);
  let count = 0;
  for (let ket = 0; ket < kets; ket++) {
    const root = links.find(ket);
    of[ket] = root === ket ? count++ : (of[root] as number);
  }
  return { of, start: countingStarts(of, kets, count), member: sortedPlaces(of, kets, count, null) };
}

function walkComponents(
  jumps: KetJumps,
  components: Components,
  initial: readonly number[],
): { readonly order: readonly number[]; readonly graph: SectorGraph } {
  const { of, start, member } = components;
  const order: number[] = [];
  const number = new Int32Array(start.length - 1).fill(-1);
  const sectorOf = (component: number): number => {
    if (number[component] === -1) number[component] = order.push(component) - 1;
    return number[component] as number;
  };
  initial.forEach(sectorOf);
  const graph = { start: new Uint32List(), channel: new Uint32List(), target: new Uint32List() };
  const found = new Set<number>();
  graph.start.push(0);
  for (let s = 0; s < order.length; s++) {
    const component = order[s] as number;
    found.clear();
    for (let m = start[component] as number; m < (start[component + 1] as number); m++) {
      collectJumps(jumps, member[m] as number, of, number.length, found);
    }
    for (const key of Float64Array.from(found).sort()) {
      graph.channel.push(Math.floor(key / number.length));
      graph.target.push(sectorOf(key % number.length));
    }
    graph.start.push(graph.target.length);
  }
  const { channel, target } = graph;
  return {
    order,
    graph: { start: graph.start.toArray(), channel: channel.toArray(), target: target.toArray() },
  };
}

/** Adds channel * components + (component of the target) for each jump of the ket. */
function collectJumps(
  { start, channel, target }: KetJumps,
  ket: number,
  componentOf: Uint32Array,
  components: number,
  found: Set<number>,
): void {
  let last = -1;
  const end = start.data[ket + 1] as number;
  for (let e = start.data[ket] as number; e < end; e++) {
    const component = componentOf[target.data[e] as number] as number;
    const key = (channel.data[e] as number) * components + component;
    if (key !== last) found.add(key);
    last = key;
  }
}

/** Neighbours in the order of the product are neighbours in memory for the operators of the last sites. */
function addSorted(ordered: KetIndex, index: KetIndex, members: Uint32Array): void {
  const { words, kets } = index;
  if (words === 1) {
    const packed = members.map((ket) => kets[ket] as number).sort();
    for (let k = 0; k < packed.length; k++) ordered.add(packed, k);
    return;
  }
  const sorted = members.slice().sort((a, b) => compareKets(kets, words, a * words, b * words));
  for (const ket of sorted) ordered.add(kets, ket * words);
}
