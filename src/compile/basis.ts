import type { Dynamics } from "./dynamics.ts";
import { Uint32List } from "./growable.ts";
import { KetIndex } from "./ketIndex.ts";
import { KetSum } from "./ketSum.ts";
import { compareKets, type Packing } from "./packing.ts";
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
  dynamics: Dynamics,
  index: KetIndex,
  links: UnionFind,
  initial: readonly Uint32Array[],
): Basis {
  const components = listComponents(index.count, links);
  const walk = walkComponents(dynamics, index, components, initial);
  const sizes = walk.order.map((component) => components.members[component]?.length ?? 0);
  const count = sizes.reduce((sum, size) => sum + size, 0);
  const ordered = new KetIndex(index.words, count);
  const sectorStart = new Uint32Array(walk.order.length + 1);
  const sectorOf = new Uint32Array(count);
  walk.order.forEach((component, s) => {
    addSorted(ordered, index, components.members[component] ?? new Uint32Array(0));
    sectorStart[s + 1] = ordered.count;
    sectorOf.fill(s, sectorStart[s], ordered.count);
  });
  return { packing: dynamics.packing, index: ordered, sectorStart, sectorOf, jumps: walk.graph };
}

interface Components {
  readonly of: Uint32Array;
  readonly members: readonly Uint32Array[];
}

function listComponents(count: number, links: UnionFind): Components {
  const of = new Uint32Array(count);
  const sizes: number[] = [];
  for (let ket = 0; ket < count; ket++) {
    const root = links.find(ket);
    const component = root === ket ? sizes.push(0) - 1 : (of[root] as number);
    of[ket] = component;
    sizes[component] = (sizes[component] as number) + 1;
  }
  const all = new Uint32Array(count);
  let end = 0;
  const members = sizes.map((size) => {
    end += size;
    return all.subarray(end - size, end);
  });
  const filled = new Uint32Array(sizes.length);
  for (let ket = 0; ket < count; ket++) {
    const component = of[ket] as number;
    const place = filled[component] as number;
    filled[component] = place + 1;
    (members[component] as Uint32Array)[place] = ket;
  }
  return { of, members };
}

function walkComponents(
  { channels }: Dynamics,
  index: KetIndex,
  { of, members }: Components,
  initial: readonly Uint32Array[],
): { readonly order: readonly number[]; readonly graph: SectorGraph } {
  const order: number[] = [];
  const sector = new Int32Array(members.length).fill(-1);
  const sectorOf = (component: number): number => {
    if (sector[component] === -1) sector[component] = order.push(component) - 1;
    return sector[component] as number;
  };
  for (const ket of initial) sectorOf(of[index.find(ket, 0)] as number);

  const images = new KetSum(index.words);
  const seen = new Uint32Array(members.length);
  const start = new Uint32List();
  const channel = new Uint32List();
  const target = new Uint32List();
  let stamp = 0;
  start.push(0);
  for (let s = 0; s < order.length; s++) {
    channels.forEach(({ operator }, c) => {
      stamp++;
      for (const ket of members[order[s] as number] ?? []) {
        operator.apply(index.kets, ket * index.words, images);
        for (let i = 0; i < images.count; i++) {
          const component = of[index.find(images.kets, i * index.words)] as number;
          if (seen[component] === stamp) continue;
          seen[component] = stamp;
          channel.push(c);
          target.push(sectorOf(component));
        }
      }
    });
    start.push(channel.length);
  }
  return {
    order,
    graph: { start: start.toArray(), channel: channel.toArray(), target: target.toArray() },
  };
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
