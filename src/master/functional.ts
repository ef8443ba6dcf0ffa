import { SizeError } from "../base/errors.ts";
import { pushTo } from "../base/lists.ts";
import type { Operator } from "../model/model.ts";
import type { ActiveChannel, Place, Space } from "./space.ts";
import { CANCELLATION } from "./sparse.ts";

/** A linear functional of the density matrix: sum of weight * <row|rho|column>. */
export type Functional = readonly FunctionalTerm[];

export interface FunctionalTerm {
  readonly row: Place;
  readonly column: Place;
  readonly re: number;
  readonly im: number;
}

/** Kets of a reduced density matrix; terms of one functional, or of all of a density matrix. A gigabyte either way. */
const MOST_REDUCED_KETS = 2048;
const MOST_TERMS = 1 << 22;

/** Tr(O rho) */
export function expectation(operator: Operator, space: Space): Functional {
  const sum = new TermSum(space);
  // <row|O|column> multiplies <column|rho|row>
  space.forEachElement(operator, (row, column, re, im) => sum.add(column, row, re, im));
  return sum.terms();
}

/** rate Tr(L^+ L rho) */
export function jumpRate(channel: ActiveChannel, space: Space): Functional {
  const rows = [...jumpRows(channel, 1, space).values()];
  const terms = rows.reduce((total, { amplitudes }) => total + amplitudes.length ** 2, 0);
  if (terms > MOST_TERMS) throw tooManyTerms(terms);
  const sum = new TermSum(space);
  for (const { amplitudes } of rows) {
    for (const a of amplitudes) {
      for (const b of amplitudes) {
        const re = channel.rate * (a.re * b.re + a.im * b.im);
        const im = channel.rate * (a.re * b.im - a.im * b.re);
        // conj(L_ta) L_tb rho_ba
        sum.add(b.source, a.source, re, im);
      }
    }
  }
  return sum.terms();
}

/** A row of scale * L that is not empty: scale <target|L|source>. */
interface JumpRow {
  readonly target: Place;
  readonly amplitudes: { readonly source: Place; readonly re: number; readonly im: number }[];
}

/** By the number of the target among all kets. */
function jumpRows({ jumps }: ActiveChannel, scale: number, space: Space): Map<number, JumpRow> {
  const rows = new Map<number, JumpRow>();
  const offsets = sectorOffsets(space);
  jumps.forEach((blocks, sector) => {
    for (const { target, matrix } of blocks) {
      for (let index = 0; index < matrix.rows; index++) {
        const key = (offsets[target] as number) + index;
        for (let e = matrix.rowStart[index] as number; e < (matrix.rowStart[index + 1] as number); e++) {
          const row = rows.get(key) ?? { target: { sector: target, index }, amplitudes: [] };
          rows.set(key, row);
          const source = { sector, index: matrix.column[e] as number };
          const re = scale * (matrix.re[e] as number);
          row.amplitudes.push({ source, re, im: scale * (matrix.im?.[e] ?? 0) });
        }
      }
    }
  });
  return rows;
}

/** sum over channels of rate L rho L^+ */
export interface JumpedDensity {
  readonly kets: readonly Place[];
  /** Upper triangle, the diagonal included: the real and the imaginary part. */
  readonly elements: readonly {
    readonly row: number;
    readonly column: number;
    readonly re: Functional;
    readonly im: Functional;
  }[];
}

/** What jumps of some channels leave; elements of no interest to `wanted` are left out. */
export function jumpedDensity(
  channels: readonly ActiveChannel[],
  space: Space,
  wanted: (row: Place, column: Place) => boolean,
): JumpedDensity {
  const byTarget = new Map<number, { readonly target: Place; readonly rows: Map<ActiveChannel, JumpRow> }>();
  for (const channel of channels) {
    for (const [key, row] of jumpRows(channel, Math.sqrt(channel.rate), space)) {
      const entry = byTarget.get(key) ?? { target: row.target, rows: new Map() };
      byTarget.set(key, entry);
      entry.rows.set(channel, row);
    }
  }
  const targets = [...byTarget.values()];
  const elements = targets.flatMap((a, row) =>
    targets.flatMap((b, column) => {
      if (column < row || !wanted(a.target, b.target)) return [];
      const re = [...a.rows].flatMap(([channel, left]) => products(left, b.rows.get(channel)));
      const im = re.map((term) => ({ ...term, re: term.im, im: -term.re }));
      return [{ row, column, re, im }];
    }),
  );
  return { kets: targets.map(({ target }) => target), elements };
}

/** L_ai conj(L_bj) rho_ij */
const products = (left: JumpRow, right: JumpRow | undefined): FunctionalTerm[] =>
  left.amplitudes.flatMap((a) =>
    (right?.amplitudes ?? []).map((b) => ({
      row: a.source,
      column: b.source,
      re: a.re * b.re + a.im * b.im,
      im: a.im * b.re - a.re * b.im,
    })),
  );

/** The part of the system that is kept: its basis of levels that occur, and one functional for each element. */
export interface ReducedDensity {
  /** Site indices, ascending. */
  readonly sites: readonly number[];
  readonly kets: readonly (readonly number[])[];
  /** Upper triangle row by row, the diagonal included. */
  readonly elements: readonly Functional[];
}

/**
 * Partial trace over all other sites, among reached kets: nothing is embedded in the product space.
 * @param where what asks for it
 * @throws SizeError where it does not fit
 */
export function reducedDensity(sites: readonly number[], space: Space, where: string): ReducedDensity {
  const basis = new Map<string, { index: number; levels: number[] }>();
  const byRest = new Map<string, { place: Place; kept: number }[]>();
  space.sectors.forEach((sector, s) => {
    sector.kets.forEach((levels, index) => {
      const levelsKept = sites.map((site) => levels[site] as number);
      const name = levelsKept.join();
      const kept = basis.get(name) ?? { index: basis.size, levels: levelsKept };
      basis.set(name, kept);
      const rest = levels.slice();
      for (const site of sites) rest[site] = 0;
      pushTo(byRest, String.fromCharCode(...rest), { place: { sector: s, index }, kept: kept.index });
    });
  });
  const size = basis.size;
  if (size > MOST_REDUCED_KETS) {
    throw new SizeError(
      where,
      `must need a density matrix of at most ${MOST_REDUCED_KETS} kets, but needs one of ${size}`,
    );
  }
  const terms = [...byRest.values()].reduce((sum, { length }) => sum + (length * (length + 1)) / 2, 0);
  if (terms > MOST_TERMS) {
    throw new SizeError(
      where,
      `must trace out at most ${MOST_TERMS} elements of the density matrix in the exact solver, but traces out ${terms}`,
    );
  }
  const elements: FunctionalTerm[][] = Array.from({ length: (size * (size + 1)) / 2 }, () => []);
  for (const group of byRest.values()) {
    for (const a of group) {
      for (const b of group) {
        if (a.kept > b.kept) continue;
        const place = a.kept * size - (a.kept * (a.kept - 1)) / 2 + (b.kept - a.kept);
        elements[place]?.push({ row: a.place, column: b.place, re: 1, im: 0 });
      }
    }
  }
  return { sites, kets: [...basis.values()].map(({ levels }) => levels), elements };
}

const tooManyTerms = (terms: number): SizeError =>
  new SizeError(
    "sites",
    `must make jump rates and observables of at most ${MOST_TERMS} elements of the density matrix each for the exact ` +
      `solver, but make one of ${terms} at least`,
  );

function sectorOffsets(space: Space): number[] {
  let total = 0;
  return space.sectors.map(({ dimension }) => {
    total += dimension;
    return total - dimension;
  });
}

/** Adds up terms at equal places. */
class TermSum {
  readonly #offsets: readonly number[];
  readonly #size: number;
  readonly #terms = new Map<number, { term: FunctionalTerm; re: number; im: number; magnitude: number }>();

  constructor(space: Space) {
    this.#offsets = sectorOffsets(space);
    this.#size = space.sectors.reduce((sum, { dimension }) => sum + dimension, 0);
  }

  add(row: Place, column: Place, re: number, im: number): void {
    const key =
      ((this.#offsets[row.sector] as number) + row.index) * this.#size +
      (this.#offsets[column.sector] as number) +
      column.index;
    let entry = this.#terms.get(key);
    if (entry === undefined) {
      if (this.#terms.size === MOST_TERMS) throw tooManyTerms(MOST_TERMS + 1);
      entry = { term: { row, column, re, im }, re: 0, im: 0, magnitude: 0 };
      this.#terms.set(key, entry);
    }
    entry.re += re;
    entry.im += im;
    entry.magnitude += Math.abs(re) + Math.abs(im);
  }

  terms(): Functional {
    return [...this.#terms.values()]
      .filter(({ re, im, magnitude }) => Math.abs(re) + Math.abs(im) > CANCELLATION * magnitude)
      .map(({ term, re, im }) => ({ row: term.row, column: term.column, re, im }));
  }
}
