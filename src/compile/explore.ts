import type { ActiveChannel, Dynamics } from "./dynamics.ts";
import { Flags, Uint32List } from "./growable.ts";
import { KetIndex } from "./ketIndex.ts";
import { KetSum } from "./ketSum.ts";
import { MAX_ELEMENTS, MAX_KETS } from "./limits.ts";
import { UnionFind } from "./unionFind.ts";

/** Every ket that the dynamics may reach, a superset of those that it does reach, and what links them. */
export interface Exploration {
  /** In the order in which they were found: breadth first from the initial kets. */
  readonly index: KetIndex;
  /** Kets linked by H, or by sharing a target of a channel: never fewer links than H_eff has. */
  readonly links: UnionFind;
  /** Kets linked by H alone. */
  readonly hamiltonianLinks: UnionFind;
  /** No element of sum_c rate_c L_c^+ L_c can cancel, so that `links` is the pattern of H_eff exactly. */
  readonly exact: boolean;
  readonly jumps: KetJumps;
}

/** Which channel leads from ket k into which kets: entries start[k] .. start[k + 1] - 1, by channel. */
export interface KetJumps {
  readonly start: Uint32List;
  readonly channel: Uint32List;
  readonly target: Uint32List;
}

/** Refusal of a model that is too big; the caller words it. */
export type Refuse = (what: "kets" | "elements") => never;

/**
 * Closes the initial kets under H, under every channel L, and under L^+ L taken as "kets that share a target".
 * Sums over targets and channels may cancel in L^+ L; only elements that are all real and >= 0 prove that none does.
 */
export function explore(dynamics: Dynamics, initial: readonly Uint32Array[], refuse: Refuse): Exploration {
  const search = new Search(dynamics, refuse);
  for (const ket of initial) search.index.add(ket, 0);
  for (let k = 0; k < search.index.count; k++) search.expand(k);
  const { index, links, hamiltonianLinks, jumps } = search;
  jumps.start.push(jumps.target.length);
  links.extend(index.count);
  hamiltonianLinks.extend(index.count);
  return { index, links, hamiltonianLinks, exact: search.exact, jumps };
}

class Search {
  readonly index: KetIndex;
  readonly links = new UnionFind();
  readonly hamiltonianLinks = new UnionFind();
  readonly jumps: KetJumps = {
    start: new Uint32List(),
    channel: new Uint32List(),
    target: new Uint32List(),
  };
  exact = true;
  readonly #dynamics: Dynamics;
  readonly #refuse: Refuse;
  readonly #images: KetSum;
  readonly #sources: KetSum;
  /** For each channel, the kets whose sources have been looked up. */
  readonly #targets: readonly Flags[];
  #elements = 0;

  constructor(dynamics: Dynamics, refuse: Refuse) {
    const { words } = dynamics.packing;
    this.index = new KetIndex(dynamics.packing);
    this.#dynamics = dynamics;
    this.#refuse = refuse;
    this.#images = new KetSum(words);
    this.#sources = new KetSum(words);
    this.#targets = dynamics.channels.map(() => new Flags());
  }

  expand(ket: number): void {
    const { coupling, channels } = this.#dynamics;
    const offset = ket * this.index.words;
    this.jumps.start.push(this.jumps.target.length);
    coupling.apply(this.index.kets, offset, this.#images);
    for (let i = 0; i < this.#images.count; i++) {
      const image = this.#add(this.#images, i);
      this.#join(this.hamiltonianLinks, ket, image);
      this.#join(this.links, ket, image);
    }
    for (let c = 0; c < channels.length; c++) this.#expandChannel(channels[c] as ActiveChannel, c, offset);
  }

  #expandChannel({ operator, adjoint }: ActiveChannel, channel: number, offset: number): void {
    const seen = this.#targets[channel] as Flags;
    const images = this.#images;
    operator.apply(this.index.kets, offset, images);
    for (let i = 0; i < images.count; i++) {
      const target = this.#add(images, i);
      this.jumps.channel.push(channel);
      this.jumps.target.push(target);
      if (adjoint === null) continue;
      this.exact &&= images.im[i] === 0 && (images.re[i] as number) >= 0;
      if (seen.has(target)) continue;
      seen.set(target);
      this.#linkSources(adjoint, images.kets, i * images.words);
    }
  }

  #linkSources(adjoint: ActiveChannel["operator"], kets: Uint32Array, offset: number): void {
    const sources = this.#sources;
    adjoint.apply(kets, offset, sources);
    if (sources.count === 0) return;
    const first = this.#add(sources, 0);
    for (let s = 1; s < sources.count; s++) this.#join(this.links, first, this.#add(sources, s));
  }

  #join(links: UnionFind, a: number, b: number): void {
    links.extend(this.index.count);
    links.join(a, b);
  }

  #add(sum: KetSum, place: number): number {
    if (++this.#elements > MAX_ELEMENTS) this.#refuse("elements");
    const ket = this.index.add(sum.kets, place * sum.words);
    if (this.index.count > MAX_KETS) this.#refuse("kets");
    return ket;
  }
}
