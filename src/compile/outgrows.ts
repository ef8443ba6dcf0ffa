import { groupBy } from "../base/lists.ts";
import type { Dynamics } from "./dynamics.ts";
import { Uint32List } from "./growable.ts";
import { KetIndex } from "./ket-index.ts";
import { KetSum } from "./ket-sum.ts";
import { MAX_KETS } from "./limits.ts";
import type { PackedOperator } from "./packed-operator.ts";
import { levelOf } from "./packing.ts";

/** Kets that are followed at most: a second or two. */
const MOST_FOLLOWED = 1 << 19;

/** Whether more than MAX_KETS kets are sure to be reached, as far as that can be seen soon. */
export function outgrows(dynamics: Dynamics, initial: readonly Uint32Array[]): boolean {
  return initial.some((ket) => reachedByOneSiteTerms(dynamics, ket) > MAX_KETS) || fillsUp(dynamics, initial);
}

/**
 * The number of kets that terms of single sites reach, each site by itself: the product of the numbers of levels. Such a term
 * cannot be cancelled where no other of its operator moves kets alike. Known at once for 30 driven qubits.
 */
function reachedByOneSiteTerms({ packing, coupling, channels }: Dynamics, ket: Uint32Array): number {
  const moves = [coupling, ...channels.map(({ operator }) => operator)].flatMap(
    (operator) => operator.siteMoves,
  );
  const bySite = groupBy(moves, ({ site }) => site);
  let product = 1;
  for (const [site, own] of bySite) {
    const levels = new Set([levelOf(packing, ket, 0, site)]);
    // A set is walked to what is added on the way.
    for (const level of levels) for (const { from, to } of own) if (from === level) levels.add(to);
    product *= levels.size;
  }
  return product;
}

/**
 * The same by a search: kets are followed in random order, for far from each other they have the fewest images in common. 30
 * qubits that exchange excitations are known to be too many after 0.15 million kets instead of the 1.5 million that a search
 * in order takes before it is full, and nothing is linked. Kets that share a target of a channel are linked by L^+ L.
 */
function fillsUp(dynamics: Dynamics, initial: readonly Uint32Array[]): boolean {
  const { packing, coupling, channels } = dynamics;
  const index = new KetIndex(packing, MAX_KETS);
  const images = new KetSum(packing.words);
  const sources = new KetSum(packing.words);
  // What one of the others reaches first would not be looked back from.
  const ordered = [...channels].sort((a, b) => Number(a.adjoint === null) - Number(b.adjoint === null));
  const waiting = new Uint32List();
  const note = (kets: Uint32Array, offset: number): boolean => {
    const known = index.count;
    if (index.add(kets, offset) !== known) return false;
    waiting.push(known);
    return true;
  };
  const follow = (operator: PackedOperator, adjoint: PackedOperator | null, ket: number): void => {
    operator.apply(index.kets, ket * packing.words, images);
    for (let i = 0; i < images.count; i++) {
      if (!note(images.kets, i * packing.words) || adjoint === null) continue;
      adjoint.apply(images.kets, i * packing.words, sources);
      for (let k = 0; k < sources.count; k++) note(sources.kets, k * packing.words);
    }
  };
  for (const ket of initial) note(ket, 0);
  let random = 1;
  for (let followed = 0; followed < MOST_FOLLOWED && waiting.length > 0; followed++) {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    const place = Math.floor((random / 4_294_967_296) * waiting.length);
    const ket = waiting.data[place] as number;
    waiting.length--;
    waiting.data[place] = waiting.data[waiting.length] as number;
    const before = index.count;
    follow(coupling, null, ket);
    if (index.count === before) for (const { operator, adjoint } of ordered) follow(operator, adjoint, ket);
    if (index.count > MAX_KETS) return true;
  }
  return false;
}
