import type { Dynamics } from "./dynamics.ts";
import { Uint32List } from "./growable.ts";
import { KetIndex } from "./ket-index.ts";
import { KetSum } from "./ket-sum.ts";
import { leastReached } from "./least-reached.ts";
import { MAX_KETS } from "./limits.ts";
import type { PackedOperator, SureMove } from "./packed-operator.ts";

/** Kets that are followed at most: a second or two. */
const MOST_FOLLOWED = 1 << 19;

/**
 * A lower bound of the number of kets that are reached, as far as it can be told without following them; 10 driven sites with 3
 * levels reach 3^10, N qubits that exchange k excitations C(N, k), and what they can decay to.
 */
export function leastKets(dynamics: Dynamics, dimensions: readonly number[], initial: Kets): number {
  const { packing, coupling, channels } = dynamics;
  const moves = [coupling, ...channels.map(({ operator }) => operator)].flatMap(({ sureMoves }) => sureMoves);
  const shared = channels
    .filter(({ adjoint }) => adjoint !== null)
    .flatMap(({ operator }) => [1, -1].map((shift) => alone(operator.sureMoves, dimensions, shift)));
  return most(initial, (ket) => leastReached(packing, dimensions, { moves, shared }, ket));
}

/** The same for a sector: what H alone links, for it cannot be cancelled by sum_c rate_c L_c^+ L_c in both directions. */
export function leastSector(dynamics: Dynamics, dimensions: readonly number[], initial: Kets): number {
  const { packing, coupling } = dynamics;
  return most(initial, (ket) =>
    leastReached(packing, dimensions, { moves: coupling.sureMoves, shared: [] }, ket),
  );
}

type Kets = readonly Uint32Array[];

/** Kets of a superposition that are looked at: the first ones say as much as all. */
const MOST_LOOKED_AT = 16;

const most = (kets: Kets, count: (ket: Uint32Array) => number): number =>
  kets.slice(0, MOST_LOOKED_AT).reduce((sum, ket) => Math.max(sum, count(ket)), 0);

/** Sites of which an operator moves each level by `shift`, and nothing else meanwhile. */
function alone(moves: readonly SureMove[], dimensions: readonly number[], shift: number): number[] {
  return moves.flatMap((move) => {
    const [only, ...others] = move;
    if (only === undefined || others.length > 0 || only.shift !== shift) return [];
    return only.elements.length === (dimensions[only.site] ?? 0) - 1 ? [only.site] : [];
  });
}

/**
 * Whether more than MAX_KETS kets are sure to be reached, as far as that can be seen soon, by a search: kets are followed in random order, for far from each other they have the fewest images in common. 30
 * qubits that exchange excitations are known to be too many after 0.15 million kets instead of the 1.5 million that a search
 * in order takes before it is full, and nothing is linked. Kets that share a target of a channel are linked by L^+ L.
 */
export function outgrows(dynamics: Dynamics, initial: readonly Uint32Array[]): boolean {
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
