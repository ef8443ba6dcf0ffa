const WORD = 4294967296;

/**
 * An array of integers that are added to without any rounding: each is high * 2^32 + low, 0 <= low < 2^32, both parts
 * whole numbers in a double. One batch adds less than 2^63, so sums stay exact for 2^21 full batches and more.
 * (BigInt would do the same about fifty times slower.)
 */
export class ExactSums {
  readonly length: number;
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  constructor(length: number) {
    this.length = length;
    this.#low = new Float64Array(length);
    this.#high = new Float64Array(length);
  }

  /** Adds values[i] to entry i. */
  add(values: BigInt64Array): void {
    if (values.length !== this.length) {
      throw new RangeError(`sums: values must have length ${this.length}, but have ${values.length}`);
    }
    // Two's complement, least significant word first (true of every platform that runs WebAssembly).
    const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
    for (let i = 0; i < this.length; i++)
      this.#accumulate(i, (words[2 * i] ?? 0) >>> 0, words[2 * i + 1] ?? 0);
  }

  /** Entry i, rounded once. */
  value(i: number): number {
    return (this.#high[i] ?? 0) * WORD + (this.#low[i] ?? 0);
  }

  /** Entries start, start + stride, ... (count of them) added up exactly, then rounded once. */
  total(start: number, stride: number, count: number): number {
    let low = 0;
    let high = 0;
    for (let r = 0; r < count; r++) {
      low += this.#low[start + r * stride] ?? 0;
      high += this.#high[start + r * stride] ?? 0;
    }
    const carry = Math.floor(low / WORD);
    return (high + carry) * WORD + (low - carry * WORD);
  }

  #accumulate(i: number, low: number, high: number): void {
    const sum = (this.#low[i] ?? 0) + low;
    const carry = sum >= WORD ? 1 : 0;
    this.#low[i] = sum - carry * WORD;
    this.#high[i] = (this.#high[i] ?? 0) + high + carry;
  }
}
