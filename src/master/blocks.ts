import { SizeError } from "../base/errors.ts";
import type { Model } from "../model/model.ts";
import type { Functional } from "./functional.ts";
import type { Space } from "./space.ts";
import { CANCELLATION } from "./sparse.ts";

/**
 * The parts of the density matrix that are stored: blocks between two sectors that are reached from rho(0) and
 * that reach something that is asked for. rho is Hermitian, so only blocks with row sector <= column sector.
 *
 * Block b holds exp(i frequency t) <a|rho|b>: the frequency that all elements of its connected group of blocks
 * share is taken out and put back exactly in the results.
 */
export interface Layout {
  readonly blocks: readonly Block[];
  /** Elements in all blocks. */
  readonly size: number;
  find(rowSector: number, columnSector: number): Block | null;
}

export interface Block {
  readonly rowSector: number;
  readonly columnSector: number;
  readonly rows: number;
  readonly columns: number;
  /** First element; row by row. */
  readonly offset: number;
  readonly frequency: number;
  /** What the sectors' energies leave beyond `frequency`. */
  readonly residual: number;
}

export interface LayoutRequest {
  /** Their blocks are kept. */
  readonly means: readonly Functional[];
  /** Their blocks must not rotate, because their integrals are wanted. */
  readonly integrated: readonly Functional[];
  /** Keep everything that is reached. */
  readonly everything: boolean;
  /** Refuse more elements than that. */
  readonly maxElements: number;
}

type BlockKey = number;

/**
 * How a block feeds another: as it is (1), as its adjoint because that is what is stored (-1), which turns in the
 * opposite sense, or in both ways (0).
 */
type Sense = 1 | -1 | 0;
type Feeds = ReadonlyMap<BlockKey, ReadonlyMap<BlockKey, Sense>>;

/** Bookkeeping of more blocks than that would not fit either. */
const MAX_BLOCKS = 1 << 22;

/** @throws SizeError naming the size when the blocks do not fit. */
export function layOut(model: Model, space: Space, request: LayoutRequest): Layout {
  const sectors = space.sectors.length;
  const keyOf = (s: number, u: number): BlockKey => Math.min(s, u) * sectors + Math.max(s, u);
  const wanted = request.everything
    ? null
    : wantedBlocks(space, [...request.means, ...request.integrated], keyOf);
  const feeds = reachedBlocks(model, space, wanted, keyOf);
  const keys = [...feeds.keys()].sort((a, b) => a - b);
  const still = new Set(
    request.integrated.flatMap((f) => f.map((t) => keyOf(t.row.sector, t.column.sector))),
  );
  const frames = framesOf(keys, feeds, space, still);
  let size = 0;
  const index = new Map<BlockKey, Block>();
  for (const key of keys) {
    const rowSector = Math.floor(key / sectors);
    const columnSector = key % sectors;
    const rows = space.sectors[rowSector]?.dimension ?? 0;
    const columns = space.sectors[columnSector]?.dimension ?? 0;
    const frame = frames.get(key) ?? { frequency: 0, residual: 0 };
    index.set(key, { rowSector, columnSector, rows, columns, offset: size, ...frame });
    size += rows * columns;
  }
  if (size > request.maxElements) {
    throw new SizeError(
      "sites",
      `must make at most ${request.maxElements} elements of the density matrix for the exact solver, but make ${size}`,
    );
  }
  return {
    blocks: [...index.values()],
    size,
    find: (s, u) => index.get(keyOf(s, u)) ?? null,
  };
}

/**
 * All blocks from which something that is asked for can be reached. Going back from there before going forth from
 * rho(0) matters: a product of superpositions has 4^N coherences, of which populations need none.
 */
function wantedBlocks(
  space: Space,
  functionals: readonly Functional[],
  keyOf: (s: number, u: number) => BlockKey,
): Set<BlockKey> {
  const sources = space.channels.map(({ jumps }) => {
    const bySector: number[][] = space.sectors.map(() => []);
    jumps.forEach((blocks, source) => {
      for (const { target } of blocks) bySector[target]?.push(source);
    });
    return bySector;
  });
  const wanted = new Set<BlockKey>();
  const queue: (readonly [number, number])[] = [];
  const want = (s: number, u: number): void => {
    const key = keyOf(s, u);
    if (wanted.has(key)) return;
    wanted.add(key);
    refuseTooMany(wanted.size);
    queue.push([s, u]);
  };
  for (const functional of functionals) {
    for (const { row, column } of functional) want(row.sector, column.sector);
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [t, v] = next;
    for (const bySector of sources) {
      for (const s of bySector[t] ?? []) for (const u of bySector[v] ?? []) want(s, u);
    }
  }
  return wanted;
}

/** Closure of the blocks of rho(0) under the jumps, among the allowed ones: for each block those that it feeds. */
function reachedBlocks(
  model: Model,
  space: Space,
  allowed: ReadonlySet<BlockKey> | null,
  keyOf: (s: number, u: number) => BlockKey,
): Feeds {
  const feeds = new Map<BlockKey, Map<BlockKey, Sense>>();
  const queue: (readonly [number, number])[] = [];
  const reach = (s: number, u: number): void => {
    const key = keyOf(s, u);
    if (feeds.has(key) || allowed?.has(key) === false) return;
    feeds.set(key, new Map());
    refuseTooMany(feeds.size);
    queue.push([Math.min(s, u), Math.max(s, u)]);
  };
  for (const sectors of initialSectors(model, space)) {
    for (const s of sectors) for (const u of sectors) reach(s, u);
  }
  for (let next = 0; next < queue.length; next++) {
    const [s, u] = queue[next] as readonly [number, number];
    const fed = feeds.get(keyOf(s, u));
    for (const { jumps } of space.channels) {
      for (const row of jumps[s] ?? []) {
        for (const column of jumps[u] ?? []) {
          reach(row.target, column.target);
          const key = keyOf(row.target, column.target);
          if (!feeds.has(key)) continue;
          const sense = row.target <= column.target ? 1 : -1;
          fed?.set(key, (fed.get(key) ?? sense) === sense ? sense : 0);
        }
      }
    }
  }
  return feeds;
}

function refuseTooMany(blocks: number): void {
  if (blocks > MAX_BLOCKS) {
    throw new SizeError(
      "sites",
      `must make at most ${MAX_BLOCKS} blocks of the density matrix for the exact solver, but make more`,
    );
  }
}

/** For every component of the mixture the sectors that it occupies. */
function initialSectors(model: Model, space: Space): Set<number>[] {
  return model.initial.map(({ state }) => {
    const occupied = new Set<number>();
    for (const term of state) {
      const place = space.locate(term);
      if (place !== null) occupied.add(place.sector);
    }
    return occupied;
  });
}

/**
 * Groups blocks that feed each other, and gives each group the frequency that its elements share, with the opposite
 * sign in those that turn the other way: none where a population is among them, which does not rotate, where a block
 * feeds its own adjoint, or where an integral over time is wanted.
 */
function framesOf(
  keys: readonly BlockKey[],
  feeds: Feeds,
  space: Space,
  still: ReadonlySet<BlockKey>,
): Map<BlockKey, { frequency: number; residual: number }> {
  const sectors = space.sectors.length;
  const neighbours = neighboursOf(keys, feeds);
  const frames = new Map<BlockKey, { frequency: number; residual: number }>();
  for (const start of keys) {
    if (frames.has(start)) continue;
    const { senses, torn } = groupOf(start, neighbours);
    const group = [...senses].map(([key, sense]) => {
      const row = space.sectors[Math.floor(key / sectors)];
      const column = space.sectors[key % sectors];
      return {
        key,
        sense,
        energy: key % (sectors + 1) === 0 ? 0 : (row?.energy ?? 0) - (column?.energy ?? 0),
        noise: (row?.energyNoise ?? 0) + (column?.energyNoise ?? 0),
      };
    });
    const fixed = torn || group.some(({ key }) => key % (sectors + 1) === 0 || still.has(key));
    const shared = fixed ? 0 : sharedFrequency(group.map(({ sense, energy }) => sense * energy));
    for (const { key, sense, energy, noise } of group) {
      const frequency = sense * shared;
      const residual = energy - frequency;
      frames.set(key, { frequency, residual: Math.abs(residual) <= noise ? 0 : residual });
    }
  }
  return frames;
}

function neighboursOf(keys: readonly BlockKey[], feeds: Feeds): Map<BlockKey, [BlockKey, Sense][]> {
  const neighbours = new Map<BlockKey, [BlockKey, Sense][]>(keys.map((key) => [key, []]));
  for (const key of keys) {
    for (const [other, sense] of feeds.get(key) ?? []) {
      neighbours.get(key)?.push([other, sense]);
      neighbours.get(other)?.push([key, sense]);
    }
  }
  return neighbours;
}

/** What hangs together with a block, and in which sense each turns; torn where one would have to turn both ways. */
function groupOf(
  start: BlockKey,
  neighbours: ReadonlyMap<BlockKey, readonly (readonly [BlockKey, Sense])[]>,
): { senses: Map<BlockKey, Sense>; torn: boolean } {
  const senses = new Map<BlockKey, Sense>([[start, 1]]);
  let torn = false;
  for (const [key, own] of senses) {
    for (const [other, sense] of neighbours.get(key) ?? []) {
      const expected = (own * sense) as Sense;
      const known = senses.get(other);
      if (known === undefined) senses.set(other, expected);
      torn ||= sense === 0 || (known ?? expected) !== expected;
    }
  }
  return { senses, torn };
}

/** The common one, exactly, where they are the same up to rounding; otherwise the middle of their range. */
function sharedFrequency(energies: readonly number[]): number {
  const low = energies.reduce((least, energy) => Math.min(least, energy), Number.POSITIVE_INFINITY);
  const high = energies.reduce((most, energy) => Math.max(most, energy), Number.NEGATIVE_INFINITY);
  const first = energies[0] ?? 0;
  const middle = low / 2 + high / 2;
  return Math.abs(first - middle) <= CANCELLATION * Math.max(Math.abs(low), Math.abs(high)) ? first : middle;
}
