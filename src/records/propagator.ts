import { type Layout, layOut } from "../master/blocks.ts";
import type { Task } from "../master/evolution.ts";
import { exploreSpace } from "../master/explore.ts";
import { type Functional, type FunctionalTerm, jumpRate } from "../master/functional.ts";
import { buildGenerator, type Generator, staysReal } from "../master/generator.ts";
import { compileSteady, joinRows, type ProbeRows } from "../master/probes.ts";
import { evolve } from "../master/solve.ts";
import type { Place, Space } from "../master/space.ts";
import type { KetTerm, Model } from "../model/model.ts";

/** A positive matrix over product kets: a density matrix, or what a click leaves of it, which is not normalised. */
export interface KetMatrix {
  readonly kets: readonly KetTerm["levels"][];
  /** <i|rho|j> at i * kets.length + j */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Laws of clicks are for small systems: 2500 elements take five seconds for each law. */
const MOST_ELEMENTS = 2000;

/** rho(0) of a model. */
export function initialMatrix({ initial }: Model): KetMatrix {
  const kets: KetTerm["levels"][] = [];
  const places = new Map<string, number>();
  const components = initial.map(({ weight, state }) => ({
    weight,
    terms: state.map(({ amplitude, levels }) => {
      const key = levels.join(";");
      const place = places.get(key) ?? kets.push(levels) - 1;
      places.set(key, place);
      return { place, amplitude };
    }),
  }));
  const n = kets.length;
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (const { weight, terms } of components) {
    for (const { place: i, amplitude: a } of terms) {
      for (const { place: j, amplitude: b } of terms) {
        re[i * n + j] = (re[i * n + j] ?? 0) + weight * (a[0] * b[0] + a[1] * b[1]);
        im[i * n + j] = (im[i * n + j] ?? 0) + weight * (a[1] * b[0] - a[0] * b[1]);
      }
    }
  }
  return { kets, re, im };
}

export const traceOf = ({ kets, re }: KetMatrix): number =>
  kets.reduce((sum, _, i) => sum + (re[i * kets.length + i] ?? 0), 0);

/** [time][functional] */
export interface Propagated {
  readonly means: readonly (readonly number[])[];
  /** From 0 to that time. */
  readonly integrals: readonly (readonly number[])[];
}

/**
 * The master equation of a model from any positive matrix, with real means of functionals of rho(t) and integrals of them
 * over time: what the exact solver does for observables and jump counts, for other functionals.
 */
export class Propagator {
  readonly space: Space;
  readonly #model: Model;
  readonly #start: KetMatrix;

  readonly #most: number;

  /**
   * @param most elements of the density matrix that may be followed
   * @throws NumericsError where a sector is too large for that
   */
  constructor(model: Model, start: KetMatrix, most = MOST_ELEMENTS) {
    const state = start.kets.map((levels): KetTerm => ({ amplitude: [1, 0], levels }));
    // All pairs of the start's kets are reached, whatever their coherence.
    this.#model = { ...model, initial: [{ weight: 1, state }] };
    this.space = exploreSpace(this.#model, Math.floor(Math.sqrt(most)));
    this.#start = start;
    this.#most = most;
  }

  /** rate Tr(L^+ L rho) added up over channels; names that are no active channel count nothing. */
  rate(channels: readonly string[]): Functional {
    return this.space.channels
      .filter(({ name }) => channels.includes(name))
      .flatMap((channel) => jumpRate(channel, this.space));
  }

  /** The blocks of rho that have any influence on the functionals. @throws NumericsError where they do not fit */
  layout(functionals: readonly Functional[]): Layout {
    return layOut(this.#model, this.space, {
      means: [],
      integrated: functionals,
      everything: false,
      maxElements: this.#most,
    });
  }

  /**
   * @param times ascending, >= 0, the last > 0
   * @throws NumericsError where the matrix does not fit
   */
  run(means: readonly Functional[], integrals: readonly Functional[], times: readonly number[]): Propagated {
    const trace = traceOf(this.#start);
    const layout = this.layout([...means, ...integrals]);
    const real = staysReal(this.space, layout) && this.#start.im.every((value) => value === 0);
    const generator = buildGenerator(this.space, layout, integrals, real, times.at(-1) ?? 0);
    const unit = means.map(() => 1);
    const probes = joinRows(compileSteady(means, unit, layout, generator.gap), counterRows(generator));
    const start = this.#startVector(generator, trace);
    const task: Task = { generator, start, times, probes, control: {} };
    const { outputs } = evolve(task);
    const row = (t: number, from: number, count: number) =>
      Array.from({ length: count }, (_, k) => trace * (outputs[t * probes.count + from + k] ?? 0));
    return {
      means: times.map((_, t) => row(t, 0, means.length)),
      integrals: times.map((_, t) => row(t, means.length, integrals.length)),
    };
  }

  /** Normalised: the tolerances of the solver are relative to a trace of 1. */
  #startVector({ layout, gap, size }: Generator, trace: number): Float64Array {
    const { kets, re, im } = this.#start;
    const x = new Float64Array(size);
    const places = kets.map((levels) => this.space.locate({ amplitude: [1, 0], levels }));
    places.forEach((row, i) => {
      places.forEach((column, j) => {
        if (row === null || column === null || row.sector > column.sector || trace === 0) return;
        const block = layout.find(row.sector, column.sector);
        if (block === null) return;
        const at = block.offset + row.index * block.columns + column.index;
        x[at] = (re[i * kets.length + j] ?? 0) / trace;
        if (gap !== 0) x[at + gap] = (im[i * kets.length + j] ?? 0) / trace;
      });
    });
    return x;
  }
}

/** Reads the counters of a generator. */
function counterRows({ counterOffset, counterScale }: Generator): ProbeRows {
  const count = counterScale.length;
  return {
    count,
    rowStart: Int32Array.from({ length: count + 1 }, (_, row) => row),
    column: Int32Array.from({ length: count }, (_, row) => counterOffset + row),
    value: Float64Array.from(counterScale),
  };
}

/** sum over channels of rate L rho L^+: its elements as functionals of rho, as far as they have influence on `layout`. */
export interface ClickedElements {
  readonly kets: readonly KetTerm["levels"][];
  readonly elements: readonly {
    readonly row: number;
    readonly column: number;
    readonly re: Functional;
    readonly im: Functional;
  }[];
}

export function clickedElements(space: Space, layout: Layout, channels: readonly string[]): ClickedElements {
  const kets: KetTerm["levels"][] = [];
  const rows: { readonly place: Place; readonly channels: Map<number, Amplitude[]> }[] = [];
  const numbers = new Map<string, number>();
  space.channels.forEach(({ name, rate, jumps }, channel) => {
    if (!channels.includes(name)) return;
    forEachJump(jumps, Math.sqrt(rate), (place, amplitude) => {
      const key = `${place.sector},${place.index}`;
      const number = numbers.get(key) ?? kets.push(levelsAt(space, place)) - 1;
      numbers.set(key, number);
      rows[number] ??= { place, channels: new Map() };
      const list = rows[number].channels.get(channel) ?? [];
      rows[number].channels.set(channel, list);
      list.push(amplitude);
    });
  });
  const elements = rows.flatMap((a, row) =>
    rows.flatMap((b, column) => {
      if (column < row || layout.find(a.place.sector, b.place.sector) === null) return [];
      const terms = [...a.channels].flatMap(([channel, left]) =>
        products(left, b.channels.get(channel) ?? []),
      );
      const im = terms.map((term) => ({ ...term, re: term.im, im: -term.re }));
      return [{ row, column, re: terms, im }];
    }),
  );
  return { kets, elements };
}

/** sqrt(rate) <target|L|source> */
interface Amplitude {
  readonly source: Place;
  readonly re: number;
  readonly im: number;
}

function forEachJump(
  jumps: Space["channels"][number]["jumps"],
  scale: number,
  visit: (target: Place, amplitude: Amplitude) => void,
): void {
  jumps.forEach((blocks, sector) => {
    for (const { target, matrix } of blocks) {
      for (let row = 0; row < matrix.rows; row++) {
        for (let e = matrix.rowStart[row] ?? 0; e < (matrix.rowStart[row + 1] ?? 0); e++) {
          const source = { sector, index: matrix.column[e] ?? 0 };
          const re = scale * (matrix.re[e] ?? 0);
          visit({ sector: target, index: row }, { source, re, im: scale * (matrix.im?.[e] ?? 0) });
        }
      }
    }
  });
}

/** L_ai conj(L_bj) rho_ij */
const products = (left: readonly Amplitude[], right: readonly Amplitude[]): FunctionalTerm[] =>
  left.flatMap((a) =>
    right.map((b) => ({
      row: a.source,
      column: b.source,
      re: a.re * b.re + a.im * b.im,
      im: a.im * b.re - a.re * b.im,
    })),
  );

function levelsAt(space: Space, { sector, index }: Place): KetTerm["levels"] {
  const levels = space.sectors[sector]?.kets[index] ?? new Uint16Array(0);
  return Array.from(levels, (level, site) => [site, level] as const).filter(([, level]) => level > 0);
}
