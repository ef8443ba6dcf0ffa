import { NumericsError } from "../base/errors.ts";
import { at } from "../base/lists.ts";
import { type Arrivals, arrivals, type Blocks, blockKey, sectorsOfBlock } from "./absorption.ts";
import { hermitianEigen } from "./hermitian.ts";
import { describeState, type KetSuperposition, simpleBasis } from "./kets.ts";
import {
  adjoint,
  adjointTimes,
  beside,
  columnsOf,
  columnVector,
  combine,
  expectation,
  frobenius,
  type Matrix,
  multiply,
  trace,
  zeros,
} from "./matrix.ts";
import { levelsOf } from "./open.ts";
import type { System } from "./sectors.ts";
import type { SilentLevel } from "./silent.ts";
import type { TransientParts } from "./transient.ts";

/** What becomes of an initial state. The three probabilities add up to 1. */
export interface Fate {
  /** Probability to end in the dark subspace and stay there for ever. */
  readonly dark: number;
  /** Probability to end in stable kets, such as the ground state. */
  readonly stable: number;
  /** Probability to go on emitting for ever. */
  readonly elsewhere: number;
  /** What remains in the dark subspace; null where nothing does. */
  readonly remaining: Remaining | null;
}

/** The state conditioned on being dark, in the frame in which dark states of different energy do not turn. */
export interface Remaining {
  /** Tr rho^2 */
  readonly purity: number;
  /** Eigenstates of rho with their eigenvalues, descending; empty where there are too many dark states. */
  readonly states: readonly { readonly weight: number; readonly state: KetSuperposition }[];
  /** Superpositions of different energies remain: their phases go on turning. */
  readonly turning: boolean;
}

/** Probabilities below this are rounding. */
const ZERO = 1e-12;
/** How far they may be from adding up to 1 before the solution is refused. */
const SUM_TOLERANCE = 1e-8;
/** Dark states up to which rho is diagonalised. */
const MOST_DIAGONALISED = 512;
/** Differences of dark energies up to which their coherences are followed. */
export const MOST_FREQUENCIES = 128;

/** Dark and stable states of a sector. */
export interface SilentSector {
  readonly dark: readonly SilentLevel[];
  readonly stable: readonly SilentLevel[];
}

/** The dark states of all sectors in a row. */
interface DarkBasis {
  readonly count: number;
  /** For each sector: its dark states, their energies relative to sector 0, and where they start. */
  readonly sectors: readonly {
    readonly vectors: Matrix;
    readonly energies: readonly number[];
    readonly start: number;
  }[];
}

export class Fates {
  /** Coherences between dark states that were left out because there are too many frequencies. */
  incomplete = false;
  readonly #system: System;
  readonly #transients: TransientParts;
  readonly #dark: DarkBasis;
  readonly #stable: readonly Matrix[];
  /** Frequencies below this are rounding. */
  readonly #resolution: number;

  constructor(
    system: System,
    silent: readonly SilentSector[],
    transients: TransientParts,
    resolution: number,
  ) {
    this.#system = system;
    this.#transients = transients;
    this.#resolution = resolution;
    this.#dark = darkBasis(system, silent);
    this.#stable = silent.map(({ stable }, s) =>
      beside(
        stable.map(({ vectors }) => vectors),
        at(system.sectors, s).dimension,
      ),
    );
  }

  /** The fate of each component of the initial mixture, and of the mixture as a whole. */
  all(): { readonly components: readonly Fate[]; readonly mixture: Fate } {
    const ends = this.#system.initial.map(({ amplitudes }) => this.#endOf(amplitudes));
    const d = this.#dark.count;
    let mixed: End = { dark: zeros(d, d), stable: 0 };
    this.#system.initial.forEach(({ weight }, i) => {
      const end = at(ends, i);
      mixed = {
        dark: combine([1, 0], mixed.dark, [weight, 0], end.dark),
        stable: mixed.stable + weight * end.stable,
      };
    });
    return { components: ends.map((end) => this.#describe(end)), mixture: this.#describe(mixed) };
  }

  #endOf(amplitudes: Float64Array): End {
    const initial = initialBlocks(this.#system, amplitudes);
    const { count } = this.#dark;
    const dark = zeros(count, count);
    if (this.#nothingCounts()) return { dark, stable: this.#transients.complete ? 1 : 0 };
    const frequencies = [0];
    const steady = this.#arrivals(initial, 0);
    this.#collect(steady, dark, 0, frequencies);
    if (frequencies.length > MOST_FREQUENCIES) this.incomplete = true;
    else {
      for (const frequency of frequencies.slice(1)) {
        this.#collect(this.#arrivals(initial, frequency), dark, frequency, null);
      }
    }
    const stable = this.#stable.reduce((sum, vectors, s) => {
      const block = steady.blocks.get(blockKey(this.#system, s, s));
      return block === undefined ? sum : sum + expectation(block, vectors);
    }, 0);
    const total = trace(dark)[0] + stable;
    if (this.#transients.complete && Math.abs(total - 1) > SUM_TOLERANCE) {
      throw new NumericsError(`the probabilities of all ends must add up to 1, but to ${total}`);
    }
    return { dark, stable };
  }

  /** No dark state anywhere, and either all end in stable kets or none can. */
  #nothingCounts(): boolean {
    if (this.#dark.count > 0) return false;
    return this.#transients.complete || this.#stable.every(({ columns }) => columns === 0);
  }

  #arrivals(initial: Blocks, frequency: number): Arrivals {
    return arrivals(this.#system, this.#transients.sectors, initial, frequency);
  }

  /**
   * Copies the elements of rho whose frequency is the given one. What no jump adds to is the same at every frequency;
   * other frequencies that are met on the way are added to the list.
   */
  #collect({ blocks, fed }: Arrivals, rho: Matrix, frequency: number, others: number[] | null): void {
    for (const [key, block] of blocks) {
      const [a, b] = sectorsOfBlock(this.#system, key);
      const [left, right] = [at(this.#dark.sectors, a), at(this.#dark.sectors, b)];
      if (left.vectors.columns === 0 || right.vectors.columns === 0) continue;
      const elements = multiply(adjointTimes(left.vectors, block), right.vectors);
      const fixed = !fed.has(key);
      left.energies.forEach((a, i) => {
        right.energies.forEach((b, j) => {
          const own = Math.abs(a - b) <= this.#resolution ? 0 : a - b;
          const known = others?.find((other) => Math.abs(other - own) <= this.#resolution);
          if (others !== null && !fixed && known === undefined) others.push(own);
          if (!(fixed && others !== null) && Math.abs(own - frequency) > this.#resolution) return;
          const [from, to] = [i * elements.columns + j, (left.start + i) * rho.columns + right.start + j];
          rho.re[to] = elements.re[from] as number;
          rho.im[to] = elements.im[from] as number;
        });
      });
    }
  }

  #describe({ dark: rho, stable }: End): Fate {
    const dark = flat(trace(rho)[0]);
    const elsewhere = this.#transients.complete ? 0 : flat(1 - dark - stable);
    const rest = Math.max(0, 1 - dark - elsewhere);
    return {
      dark: Math.min(1, dark),
      stable: this.#transients.complete ? flat(rest) : flat(stable),
      elsewhere,
      remaining: dark === 0 ? null : this.#remaining(rho, dark),
    };
  }

  #remaining(rho: Matrix, probability: number): Remaining {
    const purity = (frobenius(rho) / probability) ** 2;
    const energies = this.#dark.sectors.flatMap((sector) => sector.energies);
    const turning = energies.some((a, i) =>
      energies.some((b, j) => {
        if (Math.abs(a - b) <= this.#resolution) return false;
        const e = i * rho.columns + j;
        return Math.hypot(rho.re[e] as number, rho.im[e] as number) > 1e-10 * probability;
      }),
    );
    if (rho.rows > MOST_DIAGONALISED) return { purity, states: [], turning };
    const { values, vectors } = hermitianEigen(hermitianPart(rho));
    const states = levelsOf(values, probability)
      .filter(({ value }) => value > ZERO * probability)
      .reverse()
      .flatMap(({ from, to, value }) => {
        const kets = simpleBasis(this.#inKets(columnsOf(vectors, from, to)));
        return Array.from({ length: to - from }, (_, i) => ({
          weight: value / probability,
          state: describeState(kets, i, this.#system.ket),
        }));
      });
    return { purity, states, turning };
  }

  /** Vectors over the dark states as vectors over all kets. */
  #inKets(vectors: Matrix): Matrix {
    const result = zeros(this.#system.dimension, vectors.columns);
    this.#dark.sectors.forEach((sector, s) => {
      const d = sector.vectors.columns;
      const width = vectors.columns;
      const [from, to] = [sector.start * width, (sector.start + d) * width];
      const part = {
        rows: d,
        columns: width,
        re: vectors.re.slice(from, to),
        im: vectors.im.slice(from, to),
      };
      const image = multiply(sector.vectors, part);
      const place = at(this.#system.sectors, s).start * width;
      result.re.set(image.re, place);
      result.im.set(image.im, place);
    });
    return result;
  }
}

/** rho over the dark states of all sectors, and the weight of stable kets. */
interface End {
  readonly dark: Matrix;
  readonly stable: number;
}

const flat = (p: number): number => (Math.abs(p) < ZERO ? 0 : p);

function darkBasis(system: System, silent: readonly SilentSector[]): DarkBasis {
  let count = 0;
  const sectors = silent.map(({ dark }, s) => {
    const { dimension, relativeEnergy } = at(system.sectors, s);
    const vectors = beside(
      dark.map((level) => level.vectors),
      dimension,
    );
    const energies = dark.flatMap((level) =>
      Array.from({ length: level.vectors.columns }, () => relativeEnergy + level.energy),
    );
    const start = count;
    count += vectors.columns;
    return { vectors, energies, start };
  });
  return { count, sectors };
}

/** |psi><psi| between the sectors that psi occupies. */
function initialBlocks(system: System, amplitudes: Float64Array): Blocks {
  const occupied = system.sectors.flatMap(({ index, start, dimension }) => {
    const part = amplitudes.subarray(2 * start, 2 * (start + dimension));
    return part.some((x) => x !== 0) ? [{ index, psi: columnVector(part) }] : [];
  });
  const blocks: Blocks = new Map();
  for (const a of occupied) {
    for (const b of occupied) {
      blocks.set(blockKey(system, a.index, b.index), multiply(a.psi, adjoint(b.psi)));
    }
  }
  return blocks;
}

/** (rho + rho^+) / 2 */
const hermitianPart = (rho: Matrix): Matrix => combine([1 / 2, 0], rho, [1 / 2, 0], adjoint(rho));
