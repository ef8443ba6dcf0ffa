import type { SectorGraph } from "./basis.ts";
import { Uint32List } from "./growable.ts";
import { MAX_SPACES } from "./limits.ts";

/** A set of sectors that carries a trajectory between two jumps, and where each channel leads. */
export interface SpacePlan {
  /** Ascending. */
  readonly sectors: Uint32Array;
  readonly dimension: number;
  readonly jumps: readonly { readonly channel: number; readonly target: number }[];
}

export interface SpacePlans {
  readonly spaces: readonly SpacePlan[];
  /** The space of each initial state. */
  readonly initial: readonly number[];
}

/**
 * Spaces, closed under jumps from the supports of the initial states. In this order, until there are at most
 * MAX_SPACES: one space for each support that occurs (a support inside an existing space of at most twice its
 * dimension uses that one); one for each number of jumps, holding all supports together; one for everything.
 */
export function planSpaces(
  graph: SectorGraph,
  sectorStart: Uint32Array,
  supports: readonly Uint32Array[],
): SpacePlans {
  const everything = Uint32Array.from({ length: sectorStart.length - 1 }, (_, s) => s);
  return (
    closeSupports(graph, new Registry(sectorStart, 2), supports) ??
    closeLevels(graph, new Registry(sectorStart, Number.POSITIVE_INFINITY), supports) ??
    closeWhole(graph, new Registry(sectorStart, 1), everything, supports.length)
  );
}

function closeSupports(
  graph: SectorGraph,
  registry: Registry,
  supports: readonly Uint32Array[],
): SpacePlans | null {
  const initial = supports.map((support) => registry.spaceFor(support));
  for (let s = 0; s < registry.spaces.length; s++) {
    if (registry.spaces.length > MAX_SPACES) return null;
    const { sectors, jumps } = registry.space(s);
    for (const [channel, image] of imagesOf(graph, sectors)) {
      jumps.push({ channel, target: registry.spaceFor(image) });
    }
  }
  return { spaces: registry.spaces, initial };
}

function closeLevels(
  graph: SectorGraph,
  registry: Registry,
  supports: readonly Uint32Array[],
): SpacePlans | null {
  const first = registry.spaceFor(union(supports));
  for (let s = 0; s < registry.spaces.length; s++) {
    if (registry.spaces.length > MAX_SPACES) return null;
    const { sectors, jumps } = registry.space(s);
    const images = imagesOf(graph, sectors);
    if (images.length === 0) continue;
    const target = registry.spaceFor(union(images.map(([, image]) => image)));
    for (const [channel] of images) jumps.push({ channel, target });
  }
  return { spaces: registry.spaces, initial: supports.map(() => first) };
}

function closeWhole(
  graph: SectorGraph,
  registry: Registry,
  everything: Uint32Array,
  components: number,
): SpacePlans {
  const { sectors, jumps } = registry.space(registry.spaceFor(everything));
  for (const [channel] of imagesOf(graph, sectors)) jumps.push({ channel, target: 0 });
  return { spaces: registry.spaces, initial: Array.from({ length: components }, () => 0) };
}

/** For each channel that acts on some of the sectors: the sectors that it leads into. Channels ascending. */
function imagesOf(graph: SectorGraph, sectors: Uint32Array): [number, Uint32Array][] {
  const images = new Map<number, Uint32List>();
  for (const sector of sectors) {
    const end = graph.start[sector + 1] as number;
    for (let e = graph.start[sector] as number; e < end; e++) {
      const channel = graph.channel[e] as number;
      let image = images.get(channel);
      if (image === undefined) {
        image = new Uint32List(1);
        images.set(channel, image);
      }
      image.push(graph.target[e] as number);
    }
  }
  return [...images]
    .sort((a, b) => a[0] - b[0])
    .map(([channel, image]) => [channel, distinct(image.toArray())]);
}

function union(sets: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(sets.reduce((sum, set) => sum + set.length, 0));
  let place = 0;
  for (const set of sets) {
    all.set(set, place);
    place += set.length;
  }
  return distinct(all);
}

/** Sorts in place; gives the distinct values, ascending. */
function distinct(values: Uint32Array): Uint32Array {
  values.sort();
  return values.filter((value, i) => i === 0 || value !== values[i - 1]);
}

interface Draft extends SpacePlan {
  readonly jumps: { channel: number; target: number }[];
}

/** The spaces so far, and which of them hold a sector: linked lists, as there may be a million sectors. */
class Registry {
  readonly spaces: Draft[] = [];
  readonly #sectorStart: Uint32Array;
  /** A support may use a space of at most this many times its dimension. */
  readonly #slack: number;
  /** For each sector the last entry of its list, or -1; an entry is a space and the entry before. */
  readonly #last: Int32Array;
  readonly #holder = new Uint32List();
  readonly #before = new Uint32List();

  constructor(sectorStart: Uint32Array, slack: number) {
    this.#sectorStart = sectorStart;
    this.#slack = slack;
    this.#last = new Int32Array(sectorStart.length - 1).fill(-1);
  }

  space(s: number): Draft {
    const draft = this.spaces[s];
    if (draft === undefined) throw new RangeError(`there is no space ${s}`);
    return draft;
  }

  /** The smallest space that holds the support within the slack (the first of equals), or a new one. */
  spaceFor(sectors: Uint32Array): number {
    const dimension = sectors.reduce((sum, s) => sum + this.#sectorDimension(s), 0);
    let best = -1;
    let smallest = dimension * this.#slack;
    for (const s of this.#holding(sectors[0] as number).reverse()) {
      const candidate = this.space(s).dimension;
      if (best === -1 ? candidate > smallest : candidate >= smallest) continue;
      if (!sectors.every((sector) => this.#holding(sector).includes(s))) continue;
      best = s;
      smallest = candidate;
    }
    return best === -1 ? this.#create(sectors, dimension) : best;
  }

  #create(sectors: Uint32Array, dimension: number): number {
    const s = this.spaces.push({ sectors, dimension, jumps: [] }) - 1;
    for (const sector of sectors) {
      this.#before.push((this.#last[sector] as number) + 1);
      this.#holder.push(s);
      this.#last[sector] = this.#holder.length - 1;
    }
    return s;
  }

  /** The spaces that hold a sector, latest first. */
  #holding(sector: number): number[] {
    const holding: number[] = [];
    for (let e = this.#last[sector] as number; e >= 0; e = (this.#before.data[e] as number) - 1) {
      holding.push(this.#holder.data[e] as number);
    }
    return holding;
  }

  #sectorDimension(sector: number): number {
    return (this.#sectorStart[sector + 1] as number) - (this.#sectorStart[sector] as number);
  }
}
