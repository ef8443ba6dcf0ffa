import { abs, conjugate, multiply } from "../base/complex.ts";
import { groupBy } from "../base/lists.ts";
import { largestElement } from "../model/algebra.ts";
import type { Dyad, Operator, State } from "../model/model.ts";
import { type FlatElement, FlatTerms, flatElements } from "./flat-terms.ts";
import { KetIndex } from "./ket-index.ts";
import { KetSum } from "./ket-sum.ts";
import { NEGLIGIBLE } from "./limits.ts";
import { type Packing, packKet } from "./packing.ts";
import { type ShiftTerm, splitByShift } from "./split.ts";
import { createTermTable, type TermTable, visitTerms } from "./term-table.ts";

const EMPTY: Uint32Array = new Uint32Array(0);

/** An operator that acts on packed kets: O |ket> as a sum of kets, found from the terms without any matrix. */
export class PackedOperator {
  /** The largest |element| of any one term; elements below 1e-14 of it count as zero. */
  readonly largest: number;
  /** Every image ket comes from one ket only, so that O^+ O is diagonal. (True means proven, false means unknown.) */
  readonly injective: boolean;
  /** No element is diagonal. (True means proven, false means unknown.) */
  readonly offDiagonal: boolean;
  /** What terms do that none other can cancel, for no other moves kets alike. */
  readonly sureMoves: readonly SureMove[];
  readonly #packing: Packing;
  readonly #table: TermTable;
  readonly #dyads: PackedDyads | null;
  /** The terms move any ket to different kets, so that nothing has to be added up. */
  readonly #distinct: boolean;
  /** Some single elements may be negligible beside `largest`. */
  readonly #negligible: boolean;
  /** No term moves a ket. */
  readonly #diagonal: boolean;
  /** The same terms, where their images need not be told apart and added up one by one. */
  readonly #flat: FlatTerms | null;
  /** Not null where the operator moves each ket to different ones, given by these alone: nothing has to be added up. */
  readonly moves: FlatTerms | null;
  /** The ket being acted on and where its images go: fields, so that one closure serves all calls. */
  #kets = EMPTY;
  #offset = 0;
  #out: KetSum;
  readonly #applyTerm = (term: number): void => {
    const { factorStart, re, im } = this.#table;
    const end = factorStart[term + 1] as number;
    this.#applyFactors(factorStart[term] as number, end, re[term] as number, im[term] as number);
  };

  constructor(operator: Operator, packing: Packing, largest = largestElement(operator)) {
    const terms = operator.terms.flatMap(splitByShift);
    this.largest = largest;
    this.injective = operator.dyads.length === 0 && isInjective(operator, terms);
    this.offDiagonal =
      operator.dyads.length === 0 && terms.every(({ shift }) => shift !== null && shift !== "");
    this.#packing = packing;
    this.#table = createTermTable(terms, packing);
    this.#dyads = operator.dyads.length === 0 ? null : new PackedDyads(operator.dyads, packing);
    this.#distinct =
      operator.dyads.length === 0 &&
      (operator.terms.length === 1 || new Set(shiftsOf(terms)).size === terms.length);

    this.#negligible = !(smallestElement(terms) > 2 * NEGLIGIBLE * largest);
    this.sureMoves = operator.dyads.length === 0 && !this.#negligible ? sureMovesOf(terms) : [];
    this.#diagonal = operator.dyads.length === 0 && terms.every(({ shift }) => shift === "");
    const simple = this.#diagonal || (this.#distinct && !this.#negligible);
    this.#flat = simple ? FlatTerms.of(this.#table, packing) : null;
    this.moves = this.#diagonal ? null : this.#flat;
    this.#out = new KetSum(packing.words);
  }

  /** All matrix elements, multiplied out of the terms; null where that is not possible or they are more than `most`. */
  elements(most: number): FlatElement[] | null {
    return this.#dyads === null ? flatElements(this.#table, this.#packing, most) : null;
  }

  /** out = O |ket at kets[offset ...]>, equal kets added up and negligible amplitudes dropped. */
  apply(kets: Uint32Array, offset: number, out: KetSum): void {
    const flat = this.#flat;
    if (flat !== null) {
      const ket = kets[offset] as number;
      if (this.#diagonal) flat.applyDiagonal(ket, this.largest, out);
      else flat.apply(ket, out);
      return;
    }
    out.count = 0;
    this.#kets = kets;
    this.#offset = offset;
    this.#out = out;
    if (this.#table.count === 1) this.#applyTerm(0);
    else visitTerms(this.#table, this.#packing, kets, offset, this.#applyTerm);
    this.#dyads?.apply(kets, offset, out);
    if (!this.#distinct) out.merge();
    if (!this.#distinct || this.#negligible) out.dropNegligible(this.largest);
  }

  /** One image, built in place, as long as every factor has one element in the column of its level. */
  #applyFactors(first: number, end: number, re: number, im: number): void {
    const { column, columnStart, elementRe, elementIm, word, shift, mask } = this.#table;
    const kets = this.#kets;
    const offset = this.#offset;
    let x = re;
    let y = im;
    for (let f = first; f < end; f++) {
      const bits = kets[offset + (word[f] as number)] as number;
      const place = (column[f] as number) + ((bits >>> (shift[f] as number)) & (mask[f] as number));
      const e = columnStart[place] as number;
      const elements = (columnStart[place + 1] as number) - e;
      if (elements === 0) return;
      if (elements > 1) {
        this.#branch(first, end, re, im, kets.slice(offset, offset + this.#packing.words));
        return;
      }
      const a = elementRe[e] as number;
      const b = elementIm[e] as number;
      const real = x * a - y * b;
      y = x * b + y * a;
      x = real;
    }
    const at = this.#out.push(kets, offset, x, y);
    for (let f = first; f < end; f++) this.#writeRow(f, this.#out.kets, at);
  }

  /** Replaces the level of a factor's site by the row of its only element in that column. */
  #writeRow(factor: number, kets: Uint32Array, at: number): void {
    const { column, columnStart, elementRow, word, shift, mask } = this.#table;
    const w = at + (word[factor] as number);
    const s = shift[factor] as number;
    const m = mask[factor] as number;
    const bits = kets[w] as number;
    const element = columnStart[(column[factor] as number) + ((bits >>> s) & m)] as number;
    kets[w] = (bits & ~(m << s)) | ((elementRow[element] as number) << s);
  }

  /** Reads the field of the next factor, writes each row of its column there, goes on, and restores the field. */
  #branch(factor: number, end: number, re: number, im: number, ket: Uint32Array): void {
    if (factor === end) {
      this.#out.push(ket, 0, re, im);
      return;
    }
    const { column, columnStart, elementRow, elementRe, elementIm, word, shift, mask } = this.#table;
    const w = word[factor] as number;
    const s = shift[factor] as number;
    const m = mask[factor] as number;
    const before = ket[w] as number;
    const place = (column[factor] as number) + ((before >>> s) & m);
    const last = columnStart[place + 1] as number;
    for (let e = columnStart[place] as number; e < last; e++) {
      const a = elementRe[e] as number;
      const b = elementIm[e] as number;
      ket[w] = (before & ~(m << s)) | ((elementRow[e] as number) << s);
      this.#branch(factor + 1, end, re * a - im * b, re * b + im * a, ket);
    }
    ket[w] = before;
  }
}

/** On each of some sites, levels `from` go to levels `to` = from + shift, whatever the other sites do. */
export type SureMove = readonly {
  readonly site: number;
  readonly shift: number;
  readonly elements: readonly { readonly from: number; readonly to: number }[];
}[];

/** Of the terms that move kets as no other term does. */
function sureMovesOf(terms: readonly ShiftTerm[]): SureMove[] {
  if (terms.some(({ shift }) => shift === null)) return [];
  const byShift = groupBy(terms, ({ shift }) => shift);
  return [...byShift.values()].flatMap((alike) => {
    const [only, ...others] = alike;
    if (only === undefined || others.length > 0 || only.shift === "") return [];
    return [
      only.factors.map(({ site, elements }) => ({
        site,
        shift: (elements[0]?.[0] ?? 0) - (elements[0]?.[1] ?? 0),
        elements: elements.map(([to, from]) => ({ from, to })),
      })),
    ];
  });
}

/** Names of shifts, each unsplit term being a clash with everything. */
function shiftsOf(terms: readonly ShiftTerm[]): readonly string[] {
  return terms.some(({ shift }) => shift === null) ? [] : terms.map(({ shift }) => shift as string);
}

/** A lower bound of the non-zero elements of any one term. */
function smallestElement(terms: readonly ShiftTerm[]): number {
  return terms.reduce((smallest, { coefficient, factors }) => {
    const size = factors.reduce((product, { elements }) => {
      const least = elements.reduce((m, [, , re, im]) => Math.min(m, abs([re, im])), Infinity);
      return product * least;
    }, abs(coefficient));
    return Math.min(smallest, size);
  }, Infinity);
}

/** A diagonal operator, or one product of one-site matrices with at most one element in each row. */
function isInjective({ terms }: Operator, parts: readonly ShiftTerm[]): boolean {
  if (parts.every(({ shift }) => shift === "")) return true;
  const [only] = terms;
  if (only === undefined || terms.length > 1) return false;
  return only.factors.every(({ elements }) => new Set(elements.map(([row]) => row)).size === elements.length);
}

/** sum_d coefficient_d |ket_d><bra_d| on packed kets. */
class PackedDyads {
  readonly #bras: KetIndex;
  /** For each ket in some bra: the dyads it is in, and coefficient * conj(its amplitude). */
  readonly #entries: { readonly ket: PackedState; readonly re: number; readonly im: number }[][] = [];

  constructor(dyads: readonly Dyad[], packing: Packing) {
    this.#bras = new KetIndex(packing);
    for (const { coefficient, ket, bra } of dyads) {
      const packed = packState(ket, packing);
      for (const { amplitude, levels } of bra) {
        const [re, im] = multiply(coefficient, conjugate(amplitude));
        const at = this.#bras.add(packKet(packing, levels), 0);
        this.#entries[at] ??= [];
        this.#entries[at].push({ ket: packed, re, im });
      }
    }
  }

  apply(kets: Uint32Array, offset: number, out: KetSum): void {
    const at = this.#bras.find(kets, offset);
    for (const { ket, re, im } of at < 0 ? [] : (this.#entries[at] ?? [])) {
      for (const { packed, amplitude } of ket) {
        out.push(packed, 0, re * amplitude[0] - im * amplitude[1], re * amplitude[1] + im * amplitude[0]);
      }
    }
  }
}

type PackedState = readonly {
  readonly packed: Uint32Array;
  readonly amplitude: State[number]["amplitude"];
}[];

function packState(state: State, packing: Packing): PackedState {
  return state.map(({ amplitude, levels }) => ({ packed: packKet(packing, levels), amplitude }));
}
