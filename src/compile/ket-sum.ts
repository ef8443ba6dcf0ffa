import { KetIndex } from "./ket-index.ts";
import { NEGLIGIBLE } from "./limits.ts";

/** A superposition of packed kets under construction: what an operator makes of one ket. Reused without allocation. */
export class KetSum {
  readonly words: number;
  count = 0;
  kets: Uint32Array;
  re: Float64Array;
  im: Float64Array;
  /** Sum of |re| + |im| over what was added to the ket: tells a cancellation from a small value. */
  #size: Float64Array;
  #index: KetIndex | null = null;

  constructor(words: number) {
    this.words = words;
    this.kets = new Uint32Array(64 * words);
    this.re = new Float64Array(64);
    this.im = new Float64Array(64);
    this.#size = new Float64Array(64);
  }

  /** Makes room for `count` kets. */
  reserve(count: number): void {
    while (this.re.length < count) this.#grow();
  }

  /** Appends the ket at source[offset ...]; gives its place in `kets`. */
  push(source: Uint32Array, offset: number, re: number, im: number): number {
    const k = this.count;
    if (k === this.re.length) this.#grow();
    const { words, kets } = this;
    const at = k * words;
    for (let w = 0; w < words; w++) kets[at + w] = source[offset + w] as number;
    this.re[k] = re;
    this.im[k] = im;
    this.#size[k] = Math.abs(re) + Math.abs(im);
    this.count = k + 1;
    return at;
  }

  /** Adds up equal kets, in order of first appearance. */
  merge(): void {
    if (this.count < 2) return;
    this.#index ??= new KetIndex({ words: this.words, bits: 0 });
    const index = this.#index;
    index.clear();
    const { re, im, words } = this;
    const size = this.#size;
    let kept = 0;
    for (let k = 0; k < this.count; k++) {
      const at = index.add(this.kets, k * words);
      if (at === kept) this.#move(k, kept++);
      else {
        re[at] = (re[at] as number) + (re[k] as number);
        im[at] = (im[at] as number) + (im[k] as number);
        size[at] = (size[at] as number) + (size[k] as number);
      }
    }
    this.count = kept;
  }

  /** Drops kets whose amplitude is negligible beside `largest` or beside the parts that cancelled in it. */
  dropNegligible(largest: number): void {
    let kept = 0;
    for (let k = 0; k < this.count; k++) {
      const magnitude = Math.abs(this.re[k] as number) + Math.abs(this.im[k] as number);
      if (magnitude > NEGLIGIBLE * Math.max(largest, this.#size[k] as number)) this.#move(k, kept++);
    }
    this.count = kept;
  }

  #move(from: number, to: number): void {
    if (from === to) return;
    const words = this.words;
    this.kets.copyWithin(to * words, from * words, (from + 1) * words);
    this.re[to] = this.re[from] as number;
    this.im[to] = this.im[from] as number;
    this.#size[to] = this.#size[from] as number;
  }

  #grow(): void {
    const capacity = 2 * this.re.length;
    const grown = (old: Float64Array): Float64Array => {
      const longer = new Float64Array(capacity);
      longer.set(old);
      return longer;
    };
    const kets = new Uint32Array(capacity * this.words);
    kets.set(this.kets);
    this.kets = kets;
    this.re = grown(this.re);
    this.im = grown(this.im);
    this.#size = grown(this.#size);
  }
}
