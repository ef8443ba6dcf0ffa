import type { Dynamics } from "./dynamics.ts";
import { Uint32List } from "./growable.ts";
import { KetIndex } from "./ketIndex.ts";
import { KetSum } from "./ketSum.ts";
import { MAX_KETS } from "./limits.ts";
import type { PackedOperator } from "./packedOperator.ts";

/** Kets that are followed at most: a second or two. */
const MOST_FOLLOWED = 1 << 19;

/**
 * Whether more than MAX_KETS kets are sure to be reached, as far as that can be seen soon: kets are followed in random
 * order, for far from each other they have the fewest images in common. 30 driven qubits are known to be too many after
 * 0.15 million kets instead of the 1.5 million that a search in order takes before it is full, and nothing is linked.
 */
export function outgrows(dynamics: Dynamics, initial: readonly Uint32Array[]): boolean {
  const { packing, coupling, channels } = dynamics;
  const index = new KetIndex(packing);
  const images = new KetSum(packing.words);
  const waiting = new Uint32List();
  const note = (kets: Uint32Array, offset: number): void => {
    const known = index.count;
    if (index.add(kets, offset) === known) waiting.push(known);
  };
  const follow = (operator: PackedOperator, ket: number): void => {
    operator.apply(index.kets, ket * packing.words, images);
    for (let i = 0; i < images.count; i++) note(images.kets, i * packing.words);
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
    follow(coupling, ket);
    if (index.count === before) for (const { operator } of channels) follow(operator, ket);
    if (index.count > MAX_KETS) return true;
  }
  return false;
}
