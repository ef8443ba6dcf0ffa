import type { ActiveChannel, Dynamics } from "./dynamics.ts";
import type { FlatTerms } from "./flat-terms.ts";
import { Uint32List } from "./growable.ts";
import { KetIndex } from "./ket-index.ts";
import { KetSum } from "./ket-sum.ts";
import type { PackedOperator } from "./packed-operator.ts";
import { compareKets, type Packing } from "./packing.ts";
import { countingStarts, sortedPlaces } from "./sparse.ts";
import type { UnionFind } from "./union-find.ts";

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
  { packing, channels }: Pick<Dynamics, "packing" | "channels">,
  index: KetIndex,
  links: UnionFind,
  initial: readonly Uint32Array[],
): Basis {
  const components = listComponents(index.count, links);
  const first = initial.map((ket) => components.of[index.find(ket, 0)] as number);
  const { order, graph } = walkComponents(
    new JumpFinder(channels, index, components.of),
    channels.length,
    components,
    first,
  );
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
  finder: JumpFinder,
  channels: number,
  components: Components,
  initial: readonly number[],
): { readonly order: readonly number[]; readonly graph: SectorGraph } {
  const { start } = components;
  const order: number[] = [];
  const number = new Int32Array(start.length - 1).fill(-1);
  const sectorOf = (component: number): number => {
    if (number[component] === -1) number[component] = order.push(component) - 1;
    return number[component] as number;
  };
  initial.forEach(sectorOf);
  const graph = { start: new Uint32List(), channel: new Uint32List(), target: new Uint32List() };
  graph.start.push(0);
  for (let s = 0; s < order.length; s++) {
    const kets = membersOf(components, order[s] as number);
    for (let c = 0; c < channels; c++) {
      for (const component of finder.targets(c, kets)) {
        graph.channel.push(c);
        graph.target.push(sectorOf(component));
      }
    }
    graph.start.push(graph.target.length);
  }
  const { channel, target } = graph;
  return {
    order,
    graph: { start: graph.start.toArray(), channel: channel.toArray(), target: target.toArray() },
  };
}

/** Into which components channels lead. */
class JumpFinder {
  readonly #channels: readonly ActiveChannel[];
  readonly #index: KetIndex;
  readonly #componentOf: Uint32Array;
  readonly #images: KetSum;
  readonly #moved: Uint32Array;
  readonly #found = new Set<number>();
  /** For each channel the number of components that it led into when it was asked last. */
  readonly #counts: Uint32Array;
  #last = -1;

  constructor(channels: readonly ActiveChannel[], index: KetIndex, componentOf: Uint32Array) {
    this.#channels = channels;
    this.#index = index;
    this.#componentOf = componentOf;
    this.#images = new KetSum(index.words);
    const most = channels.reduce((sum, { operator }) => Math.max(sum, operator.moves?.most ?? 0), 0);
    this.#moved = new Uint32Array(most);
    this.#counts = new Uint32Array(channels.length);
  }

  /** The components that the channel leads into from some of the kets, ascending; channels are asked in their order. */
  targets(channel: number, kets: Uint32Array): Iterable<number> {
    const { operator, within } = this.#channels[channel] as ActiveChannel;
    this.#found.clear();
    this.#last = -1;
    const most = within < 0 ? Number.POSITIVE_INFINITY : (this.#counts[within] as number);
    if (operator.moves !== null) this.#follow(operator.moves, kets, most);
    else this.#apply(operator, kets);
    this.#counts[channel] = this.#found.size;
    return this.#found.size < 2 ? this.#found : Uint32Array.from(this.#found).sort();
  }

  /** Until `most` components are found. */
  #follow(moves: FlatTerms, kets: Uint32Array, most: number): void {
    const index = this.#index;
    for (let k = 0; k < kets.length && this.#found.size < most; k++) {
      const count = moves.imagesOf(index.kets[kets[k] as number] as number, this.#moved);
      for (let i = 0; i < count; i++) this.#note(index.findWord(this.#moved[i] as number));
    }
  }

  #apply(operator: PackedOperator, kets: Uint32Array): void {
    const { words } = this.#index;
    const images = this.#images;
    for (const ket of kets) {
      operator.apply(this.#index.kets, ket * words, images);
      for (let i = 0; i < images.count; i++) this.#note(this.#index.find(images.kets, i * words));
    }
  }

  #note(target: number): void {
    const component = this.#componentOf[target] as number;
    if (component === this.#last) return;
    this.#last = component;
    this.#found.add(component);
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
