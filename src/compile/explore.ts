import type { ActiveChannel, Dynamics } from "./dynamics.ts";
import type { FlatTerms } from "./flat-terms.ts";
import { Flags } from "./growable.ts";
import { KetIndex } from "./ket-index.ts";
import { KetSum } from "./ket-sum.ts";
import { MAX_ELEMENTS, MAX_KETS } from "./limits.ts";
import { UnionFind } from "./union-find.ts";

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
}

/**
 * Refusal of a model that reaches too many kets, or whose lists of matrix elements would be too long, where no matrices can
 * be built in parts; the caller words it.
 */
export type Refuse = (what: "kets" | "elements") => never;

/**
 * Closes the initial kets under H, under every channel L, and under L^+ L taken as "kets that share a target".
 * Sums over targets and channels may cancel in L^+ L; only elements that are all real and >= 0 prove that none does.
 */
export function explore(dynamics: Dynamics, initial: readonly Uint32Array[], refuse: Refuse): Exploration {
  const search = new Search(dynamics, refuse);
  for (const ket of initial) search.index.add(ket, 0);
  for (let k = 0; k < search.index.count; k++) search.expand(k);
  const { index, links, hamiltonianLinks } = search;
  links.extend(index.count);
  hamiltonianLinks.extend(index.count);
  return { index, links, hamiltonianLinks, exact: search.exact };
}

class Search {
  readonly index: KetIndex;
  readonly links = new UnionFind();
  readonly hamiltonianLinks = new UnionFind();
  exact = true;
  /** Matrix elements so far of operators that are not flat. */
  #listed = 0;
  readonly #dynamics: Dynamics;
  readonly #refuse: Refuse;
  readonly #images: KetSum;
  readonly #sources: KetSum;
  /** Images of kets of one word. */
  readonly #moved: Uint32Array;
  readonly #movedBack: Uint32Array;
  /** For each channel, the kets whose sources have been looked up. */
  readonly #targets: readonly Flags[];

  constructor(dynamics: Dynamics, refuse: Refuse) {
    const { packing, coupling, channels } = dynamics;
    this.index = new KetIndex(packing);
    this.#dynamics = dynamics;
    this.#refuse = refuse;
    this.#images = new KetSum(packing.words);
    this.#sources = new KetSum(packing.words);
    const operators = [
      coupling,
      ...channels.flatMap(({ operator, adjoint }) => [operator, adjoint ?? operator]),
    ];
    const most = operators.reduce((sum, { moves }) => Math.max(sum, moves?.most ?? 0), 0);
    this.#moved = new Uint32Array(most);
    this.#movedBack = new Uint32Array(most);
    this.#targets = channels.map(() => new Flags());
  }

  expand(ket: number): void {
    const { coupling, channels } = this.#dynamics;
    const images = this.#images;
    const offset = ket * this.index.words;
    coupling.apply(this.index.kets, offset, images);
    if (coupling.moves === null) this.#listed += images.count;
    for (let i = 0; i < images.count; i++) {
      const image = this.#add(images, i);
      this.#join(this.hamiltonianLinks, ket, image);
      this.#join(this.links, ket, image);
    }
    for (let c = 0; c < channels.length; c++) {
      const channel = channels[c] as ActiveChannel;
      if (channel.within >= 0 && channel.adjoint === null) continue;
      const { moves } = channel.operator;
      const back = channel.adjoint?.moves ?? null;
      if (moves !== null && (channel.adjoint === null || back !== null)) {
        this.#moveBy(moves, back, c, this.index.kets[offset] as number);
      } else this.#expandChannel(channel, c, offset);
    }
    if (this.index.count > MAX_KETS) this.#refuse("kets");
    if (this.#listed > MAX_ELEMENTS) this.#refuse("elements");
  }

  /** As #expandChannel, for kets of one word and operators that only move kets: half the time and less. */
  #moveBy(moves: FlatTerms, back: FlatTerms | null, channel: number, word: number): void {
    const count = moves.imagesOf(word, this.#moved);
    for (let i = 0; i < count; i++) {
      const image = this.#moved[i] as number;
      const target = this.index.addWord(image);
      if (back === null) continue;
      const seen = this.#targets[channel] as Flags;
      this.exact &&= moves.positive;
      if (seen.has(target)) continue;
      seen.set(target);
      const sources = back.imagesOf(image, this.#movedBack);
      if (sources === 0) continue;
      const first = this.index.addWord(this.#movedBack[0] as number);
      for (let s = 1; s < sources; s++) {
        this.#join(this.links, first, this.index.addWord(this.#movedBack[s] as number));
      }
    }
  }

  #expandChannel({ operator, adjoint }: ActiveChannel, channel: number, offset: number): void {
    const seen = this.#targets[channel] as Flags;
    const images = this.#images;
    operator.apply(this.index.kets, offset, images);
    this.#listed += images.count;
    for (let i = 0; i < images.count; i++) {
      const target = this.#add(images, i);
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
    return this.index.add(sum.kets, place * sum.words);
  }
}
