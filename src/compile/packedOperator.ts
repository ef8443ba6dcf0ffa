import { conjugate, multiply } from "../base/complex.ts";
import { largestElement } from "../model/algebra.ts";
import type { Dyad, Operator, State } from "../model/model.ts";
import { KetIndex } from "./ketIndex.ts";
import { KetSum } from "./ketSum.ts";
import { type Packing, packKet } from "./packing.ts";
import { type ShiftTerm, splitByShift } from "./split.ts";
import { createTermTable, type TermTable, visitTerms } from "./termTable.ts";

/** An operator that acts on packed kets: O |ket> as a sum of kets, found from the terms without any matrix. */
export class PackedOperator {
  /** The largest |element| of any one term; elements below 1e-14 of it count as zero. */
  readonly largest: number;
  /** Every image ket comes from one ket only, so that O^+ O is diagonal. (True means proven, false means unknown.) */
  readonly injective: boolean;
  /** No element is diagonal. (True means proven, false means unknown.) */
  readonly offDiagonal: boolean;
  readonly #packing: Packing;
  readonly #table: TermTable;
  readonly #dyads: PackedDyads | null;
  /** The terms move any ket to different kets, so that nothing has to be added up. */
  readonly #distinct: boolean;
  /** The ket being acted on, and where its images go: fields, so that one closure serves all calls. */
  readonly #ket: Uint32Array;
  #out: KetSum;
  readonly #applyTerm = (term: number): void => {
    const table = this.#table;
    const end = table.factorStart[term + 1] as number;
    this.#applyFactors(
      table.factorStart[term] as number,
      end,
      table.re[term] as number,
      table.im[term] as number,
    );
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
    this.#ket = new Uint32Array(packing.words);
    this.#out = new KetSum(packing.words);
  }

  /** out = O |ket at kets[offset ...]>, equal kets added up and negligible amplitudes dropped. */
  apply(kets: Uint32Array, offset: number, out: KetSum): void {
    const ket = this.#ket;
    for (let w = 0; w < ket.length; w++) ket[w] = kets[offset + w] as number;
    out.count = 0;
    this.#out = out;
    visitTerms(this.#table, this.#packing, kets, offset, this.#applyTerm);
    this.#dyads?.apply(kets, offset, out);
    if (!this.#distinct) out.merge();
    out.dropNegligible(this.largest);
  }

  /** Reads the field of the next factor, writes each row of its column there, goes on, and restores the field. */
  #applyFactors(factor: number, end: number, re: number, im: number): void {
    const ket = this.#ket;
    if (factor === end) {
      this.#out.push(ket, re, im);
      return;
    }
    const { column, columnStart, elementRow, elementRe, elementIm, word, shift, mask } = this.#table;
    const w = word[factor] as number;
    const s = shift[factor] as number;
    const m = mask[factor] as number;
    const before = ket[w] as number;
    const place = (column[factor] as number) + ((before >>> s) & m);
    const cleared = before & ~(m << s);
    const last = columnStart[place + 1] as number;
    for (let e = columnStart[place] as number; e < last; e++) {
      const a = elementRe[e] as number;
      const b = elementIm[e] as number;
      ket[w] = cleared | ((elementRow[e] as number) << s);
      this.#applyFactors(factor + 1, end, re * a - im * b, re * b + im * a);
    }
    ket[w] = before;
  }
}

/** Names of shifts, each unsplit term being a clash with everything. */
function shiftsOf(terms: readonly ShiftTerm[]): readonly string[] {
  return terms.some(({ shift }) => shift === null) ? [] : terms.map(({ shift }) => shift as string);
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
    this.#bras = new KetIndex(packing.words);
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
        out.push(packed, re * amplitude[0] - im * amplitude[1], re * amplitude[1] + im * amplitude[0]);
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
