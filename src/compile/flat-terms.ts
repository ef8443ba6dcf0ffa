import type { KetSum } from "./ket-sum.ts";
import { NEGLIGIBLE } from "./limits.ts";
import type { Packing } from "./packing.ts";
import type { TermTable } from "./term-table.ts";

/** Products of factors with several elements each are left to the table: they would become too many terms. */
const MOST_FOR_EACH = 4;

/**
 * Terms on kets of one word, multiplied out into single matrix elements: one acts where (ket & mask) = pattern, and turns
 * ket into ket ^ flip. Half of the time of going through a TermTable and less.
 */
export class FlatTerms {
  readonly #mask: Int32Array;
  readonly #pattern: Int32Array;
  readonly #flip: Int32Array;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** All elements are real and >= 0, so that no sum of products of them cancels. */
  readonly positive: boolean;

  constructor(elements: readonly FlatElement[]) {
    this.#mask = Int32Array.from(elements, ({ mask }) => mask);
    this.#pattern = Int32Array.from(elements, ({ pattern }) => pattern);
    this.#flip = Int32Array.from(elements, ({ flip }) => flip);
    this.#re = Float64Array.from(elements, ({ re }) => re);
    this.#im = Float64Array.from(elements, ({ im }) => im);
    this.positive = elements.every(({ re, im }) => re >= 0 && im === 0);
  }

  /** Whether all that these do is done by the other ones too, be it with other amplitudes. */
  isWithin(others: FlatTerms): boolean {
    const known = new Set(others.#keys());
    return this.#keys().every((key) => known.has(key));
  }

  #keys(): string[] {
    return Array.from(this.#mask, (mask, e) => `${mask} ${this.#pattern[e]} ${this.#flip[e]}`);
  }

  /** The most images a ket can have. */
  get most(): number {
    return this.#mask.length;
  }

  /** Writes where the ket is moved to into `out`; returns how many images these are. */
  imagesOf(ket: number, out: Uint32Array): number {
    const mask = this.#mask;
    const pattern = this.#pattern;
    const flip = this.#flip;
    let count = 0;
    for (let e = 0; e < mask.length; e++) {
      if ((ket & (mask[e] as number)) === pattern[e]) out[count++] = ket ^ (flip[e] as number);
    }
    return count;
  }

  /** The terms of the table in its order, or null where the elements would be too many. */
  static of(table: TermTable, packing: Packing): FlatTerms | null {
    const elements = flatElements(table, packing, MOST_FOR_EACH * table.count);
    return elements === null ? null : new FlatTerms(elements);
  }

  /** out = the images of the ket, which are all different. */
  apply(ket: number, out: KetSum): void {
    const mask = this.#mask;
    out.reserve(mask.length);
    const { kets, re, im } = out;
    let count = 0;
    for (let e = 0; e < mask.length; e++) {
      if ((ket & (mask[e] as number)) !== this.#pattern[e]) continue;
      kets[count] = ket ^ (this.#flip[e] as number);
      re[count] = this.#re[e] as number;
      im[count] = this.#im[e] as number;
      count++;
    }
    out.count = count;
  }

  /** out = the sum of the images, which are all the ket itself; nothing where that is negligible. */
  applyDiagonal(ket: number, largest: number, out: KetSum): void {
    const mask = this.#mask;
    let re = 0;
    let im = 0;
    let size = 0;
    for (let e = 0; e < mask.length; e++) {
      if ((ket & (mask[e] as number)) !== this.#pattern[e]) continue;
      const a = this.#re[e] as number;
      const b = this.#im[e] as number;
      re += a;
      im += b;
      size += Math.abs(a) + Math.abs(b);
    }
    out.count = Math.abs(re) + Math.abs(im) > NEGLIGIBLE * Math.max(largest, size) ? 1 : 0;
    out.kets[0] = ket;
    out.re[0] = re;
    out.im[0] = im;
  }
}

/** One matrix element: re + i im where (ket & mask) = pattern, leading to ket ^ flip. */
export interface FlatElement {
  readonly mask: number;
  readonly pattern: number;
  readonly flip: number;
  readonly re: number;
  readonly im: number;
}

/** All terms multiplied out; null where kets have several words or there would be more than `most` elements. */
export function flatElements(table: TermTable, { words }: Packing, most: number): FlatElement[] | null {
  if (words > 1) return null;
  const elements: FlatElement[] = [];
  for (let term = 0; term < table.count && elements.length <= most; term++) {
    const factors = { at: table.factorStart[term] as number, end: table.factorStart[term + 1] as number };
    const [re, im] = [table.re[term] as number, table.im[term] as number];
    multiplyOut(table, factors, { mask: 0, pattern: 0, flip: 0, re, im }, elements, most);
  }
  return elements.length > most ? null : elements;
}

/** Appends `element` times all products of one element of each factor, the last factor's running fastest. */
function multiplyOut(
  table: TermTable,
  { at, end }: { readonly at: number; readonly end: number },
  element: FlatElement,
  out: FlatElement[],
  most: number,
): void {
  if (out.length > most) return;
  if (at === end) {
    out.push(element);
    return;
  }
  const shift = table.shift[at] as number;
  const mask = table.mask[at] as number;
  const column = table.column[at] as number;
  const { re, im } = element;
  for (let level = 0; level <= mask; level++) {
    const last = table.columnStart[column + level + 1] as number;
    for (let e = table.columnStart[column + level] as number; e < last; e++) {
      const a = table.elementRe[e] as number;
      const b = table.elementIm[e] as number;
      const next = {
        mask: element.mask | (mask << shift),
        pattern: element.pattern | (level << shift),
        flip: element.flip | ((level ^ (table.elementRow[e] as number)) << shift),
        re: re * a - im * b,
        im: re * b + im * a,
      };
      multiplyOut(table, { at: at + 1, end }, next, out, most);
    }
  }
}
