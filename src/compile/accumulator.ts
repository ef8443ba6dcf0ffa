import { NEGLIGIBLE } from "./limits.ts";

/** One column of a sparse product under construction: dense storage, cleared at the cost of what was touched. */
export class Accumulator {
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** Sum of |re| + |im| over what was added: tells a cancellation from a small value. */
  readonly #size: Float64Array;
  readonly #inUse: Uint8Array;
  readonly #rows: Uint32Array;
  #count = 0;

  constructor(rows: number) {
    this.#re = new Float64Array(rows);
    this.#im = new Float64Array(rows);
    this.#size = new Float64Array(rows);
    this.#inUse = new Uint8Array(rows);
    this.#rows = new Uint32Array(rows);
  }

  clear(): void {
    for (let i = 0; i < this.#count; i++) this.#inUse[this.#rows[i] as number] = 0;
    this.#count = 0;
  }

  add(row: number, re: number, im: number): void {
    if (this.#inUse[row] === 0) {
      this.#inUse[row] = 1;
      this.#rows[this.#count++] = row;
      this.#re[row] = re;
      this.#im[row] = im;
      this.#size[row] = Math.abs(re) + Math.abs(im);
      return;
    }
    this.#re[row] = (this.#re[row] as number) + re;
    this.#im[row] = (this.#im[row] as number) + im;
    this.#size[row] = (this.#size[row] as number) + Math.abs(re) + Math.abs(im);
  }

  /** Visits what is not negligible beside `largest` or beside the parts that cancelled in it, in order of first touch. */
  forEachKept(largest: number, visit: (row: number, re: number, im: number) => void): void {
    for (let i = 0; i < this.#count; i++) {
      const row = this.#rows[i] as number;
      const re = this.#re[row] as number;
      const im = this.#im[row] as number;
      if (Math.abs(re) + Math.abs(im) > NEGLIGIBLE * Math.max(largest, this.#size[row] as number)) {
        visit(row, re, im);
      }
    }
  }
}
