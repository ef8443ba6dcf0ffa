import type { Factor, OperatorTerm } from "../model/model.ts";
import type { Packing } from "./packing.ts";
import { triggerSite } from "./split.ts";

/**
 * Operator terms in flat arrays. Terms that need an excited site are filed under that site, so that a ket with few
 * excitations meets only the terms that can act on it: one excitation in 400 qubits meets 1 of 400.
 */
export interface TermTable {
  readonly count: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** Factors of term t: factorStart[t] .. factorStart[t + 1] - 1. */
  readonly factorStart: Uint32Array;
  /** A factor's place in the packed ket. */
  readonly word: Uint32Array;
  readonly shift: Uint32Array;
  readonly mask: Uint32Array;
  /** Column `level` of factor f is the elements columnStart[column[f] + level] .. columnStart[column[f] + level + 1] - 1. */
  readonly column: Uint32Array;
  readonly columnStart: Uint32Array;
  readonly elementRow: Uint32Array;
  readonly elementRe: Float64Array;
  readonly elementIm: Float64Array;
  /** Terms 0 .. always - 1 have to be tried on every ket. */
  readonly always: number;
  /** Terms that need site s excited: siteStart[s] .. siteStart[s + 1] - 1. */
  readonly siteStart: Uint32Array;
}

export function createTermTable(terms: readonly OperatorTerm[], packing: Packing): TermTable {
  const sites = packing.word.length;
  const filed: OperatorTerm[][] = Array.from({ length: sites + 1 }, () => []);
  for (const term of terms) filed[triggerSite(term) + 1]?.push(term);
  const ordered = filed.flat();
  const siteStart = new Uint32Array(sites + 1);
  filed.forEach((group, g) => {
    siteStart[g] = (siteStart[g - 1] ?? 0) + group.length;
  });
  const factors = ordered.flatMap((term) => term.factors);
  const at = (table: Uint32Array): Uint32Array =>
    Uint32Array.from(factors, (factor) => table[factor.site] as number);
  return {
    count: ordered.length,
    re: Float64Array.from(ordered, (term) => term.coefficient[0]),
    im: Float64Array.from(ordered, (term) => term.coefficient[1]),
    factorStart: starts(ordered.map((term) => term.factors.length)),
    word: at(packing.word),
    shift: at(packing.shift),
    mask: at(packing.mask),
    ...createColumns(factors, packing),
    always: siteStart[0] as number,
    siteStart,
  };
}

/** Up to this many terms are tried one by one: that costs less than going through the excited sites of a ket. */
const FEW_TERMS = 4;

/** Calls `visit` with every term that can act on the ket at kets[offset ...]. */
export function visitTerms(
  table: TermTable,
  packing: Packing,
  kets: Uint32Array,
  offset: number,
  visit: (term: number) => void,
): void {
  const { words, siteAt, mask, shift } = packing;
  const { siteStart } = table;
  const always = table.count <= FEW_TERMS ? table.count : table.always;
  for (let t = 0; t < always; t++) visit(t);
  if (always === table.count) return;
  for (let w = 0; w < words; w++) {
    let bits = kets[offset + w] as number;
    while (bits !== 0) {
      const site = siteAt[32 * w + Math.clz32(bits)] as number;
      bits &= ~((mask[site] as number) << (shift[site] as number));
      const end = siteStart[site + 1] as number;
      for (let t = siteStart[site] as number; t < end; t++) visit(t);
    }
  }
}

function starts(lengths: readonly number[]): Uint32Array {
  const start = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    start[i + 1] = (start[i] as number) + length;
  });
  return start;
}

type Columns = Pick<TermTable, "column" | "columnStart" | "elementRow" | "elementRe" | "elementIm">;

/** Factors with the same matrix (by identity, as an array of like sites gives them) share their columns. */
function createColumns(factors: readonly Factor[], packing: Packing): Columns {
  const known = new Map<string, number>();
  const lengths: number[] = [];
  const elements: Factor["elements"][number][] = [];
  const column = Uint32Array.from(factors, (factor) => {
    const levels = (packing.mask[factor.site] as number) + 1;
    const key = `${levels}|${factor.elements.join(";")}`;
    const first = known.get(key);
    if (first !== undefined) return first;
    const place = lengths.length;
    known.set(key, place);
    for (let level = 0; level < levels; level++) {
      const entries = factor.elements.filter((element) => element[1] === level);
      lengths.push(entries.length);
      elements.push(...entries);
    }
    return place;
  });
  return {
    column,
    columnStart: starts(lengths),
    elementRow: Uint32Array.from(elements, (element) => element[0]),
    elementRe: Float64Array.from(elements, (element) => element[2]),
    elementIm: Float64Array.from(elements, (element) => element[3]),
  };
}
