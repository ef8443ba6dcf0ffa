import type { KetTerm, Model, Operator } from "../model/model.ts";
import { type Layout, layOut } from "./blocks.ts";
import { exploreSpace } from "./explore.ts";
import { expectation, type Functional, jumpedDensity, jumpRate } from "./functional.ts";
import { buildGenerator, type Generator, staysReal } from "./generator.ts";
import { type Elements, initialElements, initialVector, isReal } from "./initial.ts";
import { compileSteady, joinRows, type ProbeRows } from "./probes.ts";
import { evolve } from "./solve.ts";
import type { ActiveChannel, Place, Space } from "./space.ts";

/** A positive matrix over product kets: a density matrix, or what jumps leave of it, which is not normalised. */
export interface KetMatrix {
  readonly kets: readonly KetTerm["levels"][];
  /** <i|rho|j> at i * kets.length + j */
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** rho(0) of a model. */
export function initialMatrix(model: Model): KetMatrix {
  const kets: KetTerm["levels"][] = [];
  const numbers = new Map<string, number>();
  const locate = ({ levels }: KetTerm): number => {
    const key = levels.join(";");
    const number = numbers.get(key) ?? kets.push(levels) - 1;
    numbers.set(key, number);
    return number;
  };
  for (const { state } of model.initial) state.forEach(locate);
  const n = kets.length;
  const matrix = { kets, re: new Float64Array(n * n), im: new Float64Array(n * n) };
  initialElements(
    model,
    locate,
  )((row, column, re, im) => {
    const e = row * n + column;
    matrix.re[e] = (matrix.re[e] as number) + re;
    matrix.im[e] = (matrix.im[e] as number) + im;
  });
  return matrix;
}

export const traceOf = ({ kets, re }: KetMatrix): number =>
  kets.reduce((sum, _, i) => sum + (re[i * kets.length + i] ?? 0), 0);

/** [time][functional] */
export interface Propagated {
  readonly means: readonly (readonly number[])[];
  /** From 0 to that time. */
  readonly integrals: readonly (readonly number[])[];
}

/** A propagator is for many runs on small systems: 2500 elements take five seconds for one. */
const MOST_ELEMENTS = 2000;

/**
 * The master equation of a model from any positive matrix, with real means of functionals of rho(t) and integrals of them
 * over time: what `solveMaster` does for observables and jump counts, for other functionals.
 */
export class Propagator {
  readonly #model: Model;
  readonly #space: Space;
  readonly #start: KetMatrix;
  readonly #trace: number;
  readonly #most: number;

  /**
   * @param most elements of the density matrix that may be followed
   * @throws NumericsError where a sector is too large for that
   */
  constructor(model: Model, start: KetMatrix, most = MOST_ELEMENTS) {
    const state = start.kets.map((levels): KetTerm => ({ amplitude: [1, 0], levels }));
    // All pairs of the start's kets are reached, whatever their coherence.
    this.#model = { ...model, initial: [{ weight: 1, state }] };
    this.#space = exploreSpace(this.#model, Math.floor(Math.sqrt(most)));
    this.#start = start;
    this.#trace = traceOf(start);
    this.#most = most;
  }

  /** Tr(O rho) */
  mean(operator: Operator): Functional {
    return expectation(operator, this.#space);
  }

  /** rate Tr(L^+ L rho) added up over channels; names that are no active channel count nothing. */
  rate(channels: readonly string[]): Functional {
    return this.#active(channels).flatMap((channel) => jumpRate(channel, this.#space));
  }

  /**
   * @param times ascending, >= 0, the last > 0
   * @throws NumericsError where the matrix does not fit
   */
  run(means: readonly Functional[], integrals: readonly Functional[], times: readonly number[]): Propagated {
    const layout = this.#layout([...means, ...integrals]);
    const real = staysReal(this.#space, layout) && isReal(this.#elements);
    const generator = buildGenerator(this.#space, layout, integrals, real, times.at(-1) ?? 0);
    const unit = means.map(() => 1);
    const probes = joinRows(compileSteady(means, unit, layout, generator.gap), counterRows(generator));
    const start = initialVector(this.#elements, generator);
    const { outputs } = evolve({ generator, start, times, probes, control: {} });
    const row = (t: number, from: number, count: number) =>
      Array.from({ length: count }, (_, k) => this.#trace * (outputs[t * probes.count + from + k] ?? 0));
    return {
      means: times.map((_, t) => row(t, 0, means.length)),
      integrals: times.map((_, t) => row(t, means.length, integrals.length)),
    };
  }

  /**
   * sum_c rate_c int L_c rho(t) L_c^+ dt, 0 <= from < t < to: the states that jumps of some channels leave behind, weighed
   * by their number. What never jumps again by any channel is left out.
   * @throws NumericsError where the matrix does not fit
   */
  jumped(channels: readonly string[], from: number, to: number): KetMatrix {
    const every = this.rate(this.#space.channels.map(({ name }) => name));
    const layout = this.#layout([every]);
    const { kets, elements } = jumpedDensity(
      this.#active(channels),
      this.#space,
      (row, column) => layout.find(row.sector, column.sector) !== null,
    );
    const functionals = elements.flatMap(({ re, im }) => [re, im]);
    const [before = [], after = []] = this.run([], functionals, [from, to]).integrals;
    const n = kets.length;
    const [re, im] = [new Float64Array(n * n), new Float64Array(n * n)];
    elements.forEach(({ row, column }, k) => {
      const x = (after[2 * k] ?? 0) - (before[2 * k] ?? 0);
      const y = row === column ? 0 : (after[2 * k + 1] ?? 0) - (before[2 * k + 1] ?? 0);
      re[row * n + column] = x;
      re[column * n + row] = x;
      im[row * n + column] = y;
      im[column * n + row] = -y;
    });
    return { kets: kets.map((place) => levelsAt(this.#space, place)), re, im };
  }

  #active(channels: readonly string[]): ActiveChannel[] {
    return this.#space.channels.filter(({ name }) => channels.includes(name));
  }

  /** The blocks of rho that have any influence on the functionals. */
  #layout(functionals: readonly Functional[]): Layout {
    return layOut(this.#model, this.#space, {
      means: [],
      integrated: functionals,
      everything: false,
      maxElements: this.#most,
    });
  }

  /** Of the start, normalised: the tolerances of the solver are relative to a trace of 1. */
  readonly #elements: Elements<Place> = (visit) => {
    const { kets, re, im } = this.#start;
    if (this.#trace === 0) return;
    const places = kets.map((levels) => this.#space.locate({ amplitude: [1, 0], levels }));
    places.forEach((row, i) => {
      places.forEach((column, j) => {
        const e = i * kets.length + j;
        if (row === null || column === null) return;
        visit(row, column, (re[e] ?? 0) / this.#trace, (im[e] ?? 0) / this.#trace);
      });
    });
  };
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

function levelsAt(space: Space, { sector, index }: Place): KetTerm["levels"] {
  const levels = space.sectors[sector]?.kets[index] ?? new Uint16Array(0);
  return Array.from(levels, (level, site) => [site, level] as const).filter(([, level]) => level > 0);
}
