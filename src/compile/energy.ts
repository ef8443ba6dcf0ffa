import type { OperatorTerm } from "../model/model.ts";
import { DoubleDouble } from "./double-double.ts";
import type { Packing } from "./packing.ts";
import { createTermTable, type TermTable, visitTerms } from "./term-table.ts";

/** <ket| H |ket> from the diagonal terms of H, to about 32 digits, so that large energies cancel exactly in a frame. */
export class DiagonalEnergy {
  readonly #table: TermTable;
  readonly #packing: Packing;
  readonly #sum = new DoubleDouble();
  readonly #product = new DoubleDouble();
  #kets: Uint32Array = new Uint32Array(0);
  #offset = 0;

  constructor(terms: readonly OperatorTerm[], packing: Packing) {
    this.#table = createTermTable(terms, packing);
    this.#packing = packing;
  }

  /** The result is overwritten by the next call. */
  of(kets: Uint32Array, offset: number): DoubleDouble {
    this.#kets = kets;
    this.#offset = offset;
    this.#sum.set(0, 0);
    visitTerms(this.#table, this.#packing, kets, offset, this.#addTerm);
    return this.#sum;
  }

  readonly #addTerm = (term: number): void => {
    const table = this.#table;
    let re = table.re[term] as number;
    let im = table.im[term] as number;
    let real = im === 0;
    const product = this.#product.set(re, 0);
    const end = table.factorStart[term + 1] as number;
    for (let f = table.factorStart[term] as number; f < end; f++) {
      const bits = this.#kets[this.#offset + (table.word[f] as number)] as number;
      const level = (bits >>> (table.shift[f] as number)) & (table.mask[f] as number);
      const place = (table.column[f] as number) + level;
      const element = table.columnStart[place] as number;
      if (element === table.columnStart[place + 1]) return;
      const a = table.elementRe[element] as number;
      const b = table.elementIm[element] as number;
      product.multiply(a);
      [re, im] = [re * a - im * b, re * b + im * a];
      real &&= b === 0;
    }
    if (real) this.#sum.add(product.hi, product.lo);
    else this.#sum.add(re);
  };
}
