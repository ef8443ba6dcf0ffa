import { pushTo } from "../base/lists.ts";
import type { Basis } from "./basis.ts";
import { Uint32List } from "./growable.ts";

/**
 * Below this many rows a matrix stays a list of elements: it fits the cache, and short stretches cost more to begin than
 * they save. Trajectories of 12, 14, 16 qubits take 1.0, 0.91, 0.99 of the time with 1500 here; those of 8 take 2.3 times as
 * long with 0.
 */
const MIN_ROWS = 500;

/** The kets of a space in runs of one sector that agree in the first half of the sites. */
export interface Stretches {
  /** Where each run begins, and the number of kets. */
  readonly start: Uint32Array;
  /** The bits of the first half that the kets of each run share. */
  readonly head: Uint32Array;
  /** The number of the set of their second halves. */
  readonly tails: Uint32Array;
  /** The runs with the same head. */
  readonly byHead: ReadonlyMap<number, readonly number[]>;
}

/** Sets of second halves of kets, each kept once: charges that are conserved leave few of them. */
export class TailSets {
  /** The bits of the second half. */
  readonly mask: number;
  readonly #sets: Uint32Array[] = [];
  readonly #byHash = new Map<number, number[]>();

  constructor({ packing }: Pick<Basis, "packing">) {
    const first = packing.word.length >> 1;
    this.mask = first === 0 ? 0 : ((1 << (packing.shift[first - 1] as number)) >>> 0) - 1;
  }

  /** The number of the set, whose members ascend. */
  add(tails: Uint32Array): number {
    let hash = tails.length;
    for (const tail of tails) hash = Math.imul(hash ^ tail, 0x01000193);
    const same = this.#byHash.get(hash)?.find((set) => isSame(this.tails(set), tails));
    if (same !== undefined) return same;
    const number = this.#sets.push(tails) - 1;
    pushTo(this.#byHash, hash, number);
    return number;
  }

  tails(set: number): Uint32Array {
    const tails = this.#sets[set];
    if (tails === undefined) throw new RangeError(`there is no set ${set}`);
    return tails;
  }

  /** The place of the tail in the set, or -1. */
  find(set: number, tail: number): number {
    const tails = this.tails(set);
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] as number) < tail) low = middle + 1;
      else high = middle;
    }
    return tails[low] === tail ? low : -1;
  }

  /** The stretches of some kets, in the order of a space; null where they do not pay. */
  stretchesOf({ packing, index, sectorOf }: Basis, kets: Uint32Array): Stretches | null {
    if (packing.words > 1 || packing.word.length < 2 || kets.length < MIN_ROWS) return null;
    const [start, head, tails] = [new Uint32List(), new Uint32List(), new Uint32List()];
    const byHead = new Map<number, number[]>();
    const mask = this.mask;
    for (let i = 0; i < kets.length; ) {
      const sector = sectorOf[kets[i] as number];
      const own = ((index.kets[kets[i] as number] as number) & ~mask) >>> 0;
      let end = i + 1;
      while (
        end < kets.length &&
        ((index.kets[kets[end] as number] as number) & ~mask) >>> 0 === own &&
        sectorOf[kets[end] as number] === sector
      )
        end++;
      const stretch = start.length;
      start.push(i);
      head.push(own);
      tails.push(this.add(kets.subarray(i, end).map((ket) => ((index.kets[ket] as number) & mask) >>> 0)));
      pushTo(byHead, own, stretch);
      i = end;
    }
    start.push(kets.length);
    return { start: start.toArray(), head: head.toArray(), tails: tails.toArray(), byHead };
  }
}

const isSame = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((x, k) => x === b[k]);
