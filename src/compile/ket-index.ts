import type { Packing } from "./packing.ts";

const INITIAL_CAPACITY = 64;

/**
 * Packed kets numbered in the order in which they were added; open addressing with linear probing, at most half full.
 * Where the table would be as big as the whole space of a single word, it is addressed by the word itself: no probing,
 * and neighbours stay neighbours (N = 20 qubits, half filled: 85 ns a look-up become 20).
 */
export class KetIndex {
  readonly words: number;
  /** Ket k is kets[k * words .. (k + 1) * words - 1]; longer than count * words. */
  kets: Uint32Array;
  count = 0;
  /** Number of the ket + 1; 0 for an empty place. */
  #table: Uint32Array;
  /** Highest bits of the only word that are in use; 0 if there are several words. */
  readonly #bits: number;
  #direct = false;
  readonly #one = new Uint32Array(1);

  constructor({ words, bits }: Pick<Packing, "words" | "bits">, capacity = INITIAL_CAPACITY) {
    let size = INITIAL_CAPACITY;
    while (size < capacity) size *= 2;
    this.words = words;
    this.kets = new Uint32Array(size * words);
    this.#bits = words === 1 ? bits : 0;
    this.#table = this.#createTable(2 * size);
  }

  /** The number of the ket at source[offset ...], or -1. */
  find(source: Uint32Array, offset: number): number {
    return (this.#table[this.#place(source, offset)] as number) - 1;
  }

  /** The number of the ket at source[offset ...], which is added if it is new. */
  add(source: Uint32Array, offset: number): number {
    const place = this.#place(source, offset);
    const entry = this.#table[place] as number;
    if (entry !== 0) return entry - 1;
    const words = this.words;
    const start = this.count * words;
    for (let w = 0; w < words; w++) this.kets[start + w] = source[offset + w] as number;
    this.count++;
    this.#table[place] = this.count;
    if (this.count * words === this.kets.length) this.#grow();
    return this.count - 1;
  }

  /** As `add`, for a ket of one word. */
  addWord(word: number): number {
    if (this.#direct) {
      const entry = this.#table[word >>> (32 - this.#bits)] as number;
      if (entry !== 0) return entry - 1;
    }
    this.#one[0] = word;
    return this.add(this.#one, 0);
  }

  /** As `find`, for a ket of one word. */
  findWord(word: number): number {
    if (this.#direct) return (this.#table[word >>> (32 - this.#bits)] as number) - 1;
    this.#one[0] = word;
    return this.find(this.#one, 0);
  }

  clear(): void {
    this.count = 0;
    this.#table.fill(0);
  }

  /** Where the ket is in the table, or the empty place where it belongs. */
  #place(source: Uint32Array, offset: number): number {
    if (this.#direct) return (source[offset] as number) >>> (32 - this.#bits);
    const { words, kets } = this;
    const table = this.#table;
    const last = table.length - 1;
    let hash = 0;
    for (let w = 0; w < words; w++) {
      hash = Math.imul(hash ^ (source[offset + w] as number), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash, 0x85ebca6b);
    let place = (hash ^ (hash >>> 13)) & last;
    for (;;) {
      const entry = table[place] as number;
      if (entry === 0) return place;
      const start = (entry - 1) * words;
      let w = 0;
      while (w < words && kets[start + w] === source[offset + w]) w++;
      if (w === words) return place;
      place = (place + 1) & last;
    }
  }

  #createTable(size: number): Uint32Array {
    const whole = this.#bits > 0 && this.#bits < 31 ? 1 << this.#bits : Number.POSITIVE_INFINITY;
    this.#direct = size >= whole;
    return new Uint32Array(Math.min(size, whole));
  }

  #grow(): void {
    const kets = new Uint32Array(2 * this.kets.length);
    kets.set(this.kets);
    this.kets = kets;
    if (this.#direct) return;
    this.#table = this.#createTable(2 * this.#table.length);
    for (let k = 0; k < this.count; k++) this.#table[this.#place(kets, k * this.words)] = k + 1;
  }
}
