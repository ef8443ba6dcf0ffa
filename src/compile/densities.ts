import { type Complex, conjugate, multiply, ONE } from "../base/complex.ts";
import { groupBy } from "../base/lists.ts";
import type { Model } from "../model/model.ts";
import { ketPrinter } from "../model/print.ts";
import type { Basis } from "./basis.ts";
import { EMPTY_FORM } from "./forms.ts";
import { type Gauge, phaseOfLevels } from "./gauge.ts";
import { Uint32List } from "./growable.ts";
import { KetIndex } from "./ket-index.ts";
import { MAX_DENSITY_BASIS, MAX_MOMENTS } from "./limits.ts";
import type { BuiltMoments } from "./observables.ts";
import { compareKets, createPacking, levelOf } from "./packing.ts";
import type { DensityLayout, HermitianForm, Moment } from "./program.ts";
import type { BuiltSpace } from "./space-builder.ts";
import { sortedPlaces } from "./sparse.ts";

export interface BuiltDensity extends BuiltMoments {
  /** With moments counted from 0 within this density. */
  readonly layout: DensityLayout;
}

/** What is asked for: the sites to keep (null: all) and the measures that need them. */
export interface DensityRequest {
  readonly sites: readonly number[] | null;
  readonly measures: readonly string[];
}

/** One request for each set of sites; the whole system is one of them, however it was named. */
export function densityRequests(model: Model): DensityRequest[] {
  const requests = new Map<string, { sites: readonly number[] | null; measures: string[] }>();
  const request = (sites: readonly number[]): { measures: string[] } => {
    const whole = sites.length === 0 || sites.length === model.sites.length;
    const key = whole ? "" : sites.join(",");
    const known = requests.get(key);
    if (known !== undefined) return known;
    const added = { sites: whole ? null : sites, measures: [] };
    requests.set(key, added);
    return added;
  };
  for (const { name, sides } of model.measures) {
    request([...new Set(sides.flat())].sort((a, b) => a - b)).measures.push(name);
  }
  if (model.density !== "none") request([]);
  return [...requests.values()];
}

/**
 * rho_ab = Tr(rho |b><a| x 1) for the upper triangle, in the basis of reduced kets that occur among reached kets, in
 * the order of the product. Kets x = (a, e) and y = (b, e) of the same rest e give conj(psi_y) psi_x, if they share a
 * space. `refuse` is called with what is too big. States are in the gauge, rho is not.
 */
export function buildDensity(
  model: Model,
  gauge: Gauge | null,
  { sites, measures }: DensityRequest,
  basis: Basis,
  spaces: readonly BuiltSpace[],
  refuse: (message: string) => never,
): BuiltDensity {
  const reduction = reduce(model, gauge, sites, basis, refuse);
  const size = reduction.basis.length;
  const pairs = spaces.map(({ kets }) => pairsOf(kets, reduction));
  const numbers = numberMoments(pairs, size, refuse);
  const forms = spaces.map(({ kets }, s) =>
    formsOf(pairs[s] as Pairs, kets.length, numbers, reduction.phases),
  );
  const layout = { measures, sites, basis: reduction.basis, moments: numbers.layout };
  return { layout, moments: numbers.moments, forms };
}

interface Reduction {
  /** Printed reduced kets. */
  readonly basis: readonly string[];
  /** What the gauge multiplies each of them by; null where there is none. */
  readonly phases: readonly Complex[] | null;
  /** For each reached ket: its reduced ket, and the number of the rest of it. */
  readonly reduced: Uint32Array;
  readonly rest: Uint32Array;
}

function reduce(
  model: Model,
  gauge: Gauge | null,
  sites: readonly number[] | null,
  { index, packing }: Basis,
  refuse: (message: string) => never,
): Reduction {
  const kept = sites ?? model.sites.map((_, s) => s);
  const keptSites = kept.flatMap((s) => model.sites[s] ?? []);
  const small = createPacking(keptSites);
  const reducedIndex = new KetIndex(small);
  const restIndex = new KetIndex(packing);
  const reduced = new Uint32Array(index.count);
  const rest = new Uint32Array(index.count);
  const ket = new Uint32Array(small.words);
  for (let k = 0; k < index.count; k++) {
    const other = index.kets.slice(k * index.words, (k + 1) * index.words);
    ket.fill(0);
    kept.forEach((site, s) => {
      const level = levelOf(packing, other, 0, site);
      ket[small.word[s] as number] =
        (ket[small.word[s] as number] as number) | (level << (small.shift[s] as number));
      const w = packing.word[site] as number;
      other[w] = (other[w] as number) & ~((packing.mask[site] as number) << (packing.shift[site] as number));
    });
    reduced[k] = reducedIndex.add(ket, 0);
    rest[k] = restIndex.add(other, 0);
    if (reducedIndex.count > MAX_DENSITY_BASIS) {
      refuse(`must have at most ${MAX_DENSITY_BASIS} basis states, but more of them are reached`);
    }
  }
  const { kets, words, count } = reducedIndex;
  const order = Uint32Array.from({ length: count }, (_, r) => r);
  order.sort((a, b) => compareKets(kets, words, a * words, b * words));
  const rank = new Uint32Array(count);
  order.forEach((r, place) => {
    rank[r] = place;
  });
  const print = ketPrinter(keptSites);
  const levels = Array.from(order, (r) => kept.map((_, s) => levelOf(small, kets, r * words, s)));
  return {
    basis: levels.map(print),
    phases:
      gauge &&
      levels.map((own) =>
        phaseOfLevels(
          gauge,
          own.map((level, s) => [kept[s] as number, level]),
        ),
      ),
    reduced: reduced.map((r) => rank[r] as number),
    rest,
  };
}

/** Pairs of states of a space that share their rest: x in reduced ket a, y in b, a <= b; key = a * size + b. */
interface Pairs {
  readonly key: Uint32Array;
  readonly x: Uint32Array;
  readonly y: Uint32Array;
}

function pairsOf(kets: Uint32Array, { reduced, rest, basis }: Reduction): Pairs {
  const groups = groupBy(kets.keys(), (i) => rest[kets[i] as number] as number);
  const key = new Uint32List();
  const x = new Uint32List();
  const y = new Uint32List();
  const reducedOf = (i: number): number => reduced[kets[i] as number] as number;
  for (const group of groups.values()) {
    group.sort((i, j) => reducedOf(i) - reducedOf(j));
    group.forEach((i, g) => {
      for (let h = g; h < group.length; h++) {
        const j = group[h] as number;
        key.push(reducedOf(i) * basis.length + reducedOf(j));
        x.push(i);
        y.push(j);
      }
    });
  }
  return { key: key.toArray(), x: x.toArray(), y: y.toArray() };
}

interface MomentNumbers {
  readonly moments: readonly Moment[];
  readonly layout: Int32Array;
  /** The first moment of each key that occurs. */
  readonly of: ReadonlyMap<number, number>;
}

function numberMoments(
  pairs: readonly Pairs[],
  size: number,
  refuse: (message: string) => never,
): MomentNumbers {
  const keys = new Set<number>();
  for (const { key } of pairs) for (const k of key) keys.add(k);
  if (2 * keys.size > MAX_MOMENTS + size) {
    const elements = 2 * keys.size - size;
    refuse(`must have at most ${MAX_MOMENTS} elements that can differ from zero, but has ${elements}`);
  }
  const of = new Map<number, number>();
  const moments: Moment[] = [];
  const layout = new Int32Array(size * size).fill(-1);
  let place = 0;
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const parts = a === b ? 1 : 2;
      if (keys.has(a * size + b)) {
        of.set(a * size + b, moments.length);
        for (let p = 0; p < parts; p++) {
          layout[place + p] = moments.length;
          moments.push(a === b ? { lower: 0, upper: 1 } : { lower: -1 / 2, upper: 1 / 2 });
        }
      }
      place += parts;
    }
  }
  return { moments, layout, of };
}

/**
 * Re rho_ab: elements 1/2; Im rho_ab = Im(psi_x conj(psi_y)): -i/2 above the diagonal where y comes first, else i/2. In a gauge
 * rho_ab is w times that of the states, w = conj(phase of a) (phase of b).
 */
function formsOf(
  pairs: Pairs,
  dimension: number,
  numbers: MomentNumbers,
  phases: readonly Complex[] | null,
): HermitianForm[] {
  const forms: HermitianForm[] = numbers.moments.map(() => EMPTY_FORM);
  const { key, x, y } = pairs;
  const row = x.map((i, p) => Math.min(i, y[p] as number));
  const column = x.map((i, p) => Math.max(i, y[p] as number));
  const moment = key.map((k) => numbers.of.get(k) ?? 0);
  let order = sortedPlaces(column, key.length, dimension, null);
  order = sortedPlaces(row, key.length, dimension, order);
  order = sortedPlaces(moment, key.length, numbers.moments.length, order);
  for (let begin = 0; begin < order.length; ) {
    const m = moment[order[begin] as number] as number;
    let end = begin + 1;
    while (end < order.length && moment[order[end] as number] === m) end++;
    const run = order.subarray(begin, end);
    begin = end;
    const first = run[0] as number;
    if (x[first] === y[first]) {
      const diagonal = new Float64Array(dimension);
      for (const p of run) diagonal[x[p] as number] = 1;
      forms[m] = { ...EMPTY_FORM, diagonal };
      continue;
    }
    const upperRow = run.map((p) => row[p] as number);
    const upperColumn = run.map((p) => column[p] as number);
    const re = new Float64Array(2 * run.length);
    const im = new Float64Array(2 * run.length);
    const [c, s] = phases === null ? ONE : turnOf(key[first] as number, phases);
    run.forEach((p, e) => {
      const half = (x[p] as number) < (y[p] as number) ? 1 / 2 : -1 / 2;
      re[2 * e] = c / 2;
      re[2 * e + 1] = -s * half;
      im[2 * e] = s / 2;
      im[2 * e + 1] = c * half;
    });
    forms[m] = { ...EMPTY_FORM, upperRow, upperColumn, upperValues: re };
    forms[m + 1] = { ...EMPTY_FORM, upperRow, upperColumn, upperValues: im };
  }
  return forms;
}

/** w of the pair of reduced kets with this key. */
function turnOf(key: number, phases: readonly Complex[]): Complex {
  const a = Math.floor(key / phases.length);
  return multiply(conjugate(phases[a] ?? ONE), phases[key % phases.length] ?? ONE);
}
