import { SizeError } from "../base/errors.ts";
import type { DensityMatrix } from "../measures/density.ts";
import { keptSites, measureOf } from "../measures/measures.ts";
import { checkMeasure, MOST_KETS } from "../measures/size.ts";
import { cutOffNote, cutOffs } from "../model/cut-off.ts";
import type { Measure, Model } from "../model/model.ts";
import type { Series } from "../results/result.ts";
import type { Layout } from "./blocks.ts";
import { expectation, type Functional, type ReducedDensity, reducedDensity } from "./functional.ts";
import { compileProbes, identityRows, joinRows, type ProbePart, type ProbeRows } from "./probes.ts";
import { compareLevels, type Space } from "./space.ts";

/** What has to be known of rho(t) for the results that the model asks for. */
export interface Plan {
  readonly observables: readonly Functional[];
  /** Reduced density matrices, each with the measures that are taken of it. */
  readonly reduced: readonly { readonly measures: readonly Measure[]; readonly density: ReducedDensity }[];
  /** Measures of the system as a whole. */
  readonly wholeMeasures: readonly Measure[];
  /** Populations of the highest levels of modes. */
  readonly cutOffs: readonly { readonly site: number; readonly population: Functional }[];
  /** The whole density matrix is needed at every time; at the last one. */
  readonly wholeAlways: boolean;
  readonly wholeFinally: boolean;
}

export function planReadout(model: Model, space: Space): Plan {
  const all = model.sites.map((_, site) => site);
  const bySites = new Map<string, { sites: number[]; measures: Measure[] }>();
  for (const measure of model.measures) {
    const sites = keptSites(measure, all);
    const group = bySites.get(sites.join()) ?? { sites, measures: [] };
    bySites.set(sites.join(), group);
    group.measures.push(measure);
  }
  const wholeMeasures = bySites.get(all.join())?.measures ?? [];
  bySites.delete(all.join());
  refuseLargeDensity(model, space, wholeMeasures);
  return {
    observables: model.observables.map(({ operator }) => expectation(operator, space)),
    reduced: [...bySites.values()].map(({ sites, measures }) => ({
      measures,
      density: reducedDensity(sites, space, `measures.${measures[0]?.name}`),
    })),
    wholeMeasures,
    cutOffs: cutOffs(model.sites).map(({ site, population }) => ({
      site,
      population: expectation(population, space),
    })),
    wholeAlways: model.density === "all" || wholeMeasures.length > 0,
    wholeFinally: model.density !== "none",
  };
}

function refuseLargeDensity({ density }: Model, { sectors }: Space, measures: readonly Measure[]): void {
  const [first] = measures;
  if (density === "none" && first === undefined) return;
  const kets = sectors.reduce((sum, { dimension }) => sum + dimension, 0);
  if (kets <= MOST_KETS) return;
  throw new SizeError(
    first === undefined ? "density" : `measures.${first.name}`,
    `must need a density matrix of at most ${MOST_KETS} kets, but needs one of ${kets}`,
  );
}

/** All functionals of the plan, in the order in which `Readings` takes them. */
export const functionalsOf = (plan: Plan): Functional[] => [
  ...plan.observables,
  ...plan.reduced.flatMap(({ density }) => density.elements),
];

/** Turns the values of the probes into what was asked for. */
export class Readings {
  readonly rows: ProbeRows;
  readonly #plan: Plan;
  readonly #parts: readonly (readonly ProbePart[])[];
  /** Where the cut-offs begin among the functionals. */
  readonly #firstCutOff: number;
  /** First row that holds an entry of x itself. */
  readonly #stateRow: number;

  constructor(plan: Plan, layout: Layout, gap: number) {
    // Highest levels only as far as they are stored: what is not stored matters to nothing that is asked for.
    const asked = functionalsOf(plan);
    this.#firstCutOff = asked.length;
    const probes = compileProbes(
      [...asked, ...plan.cutOffs.map(({ population }) => population)],
      layout,
      gap,
    );
    this.#plan = plan;
    this.#parts = probes.parts;
    this.#stateRow = probes.rows.count;
    this.rows = plan.wholeAlways ? joinRows(probes.rows, identityRows(layout.size + gap)) : probes.rows;
  }

  observables(model: Model, outputs: Float64Array): Record<string, Series> {
    const series: Record<string, Series> = {};
    model.observables.forEach(({ name, hermitian }, index) => {
      const means = model.times.map((time, t) => this.#mean(index, time, t, outputs));
      const mean = means.map(([re]) => re);
      series[name] = hermitian ? { mean } : { mean, meanIm: means.map(([, im]) => im) };
    });
    return series;
  }

  /** `whole(t)` gives the density matrix of the system at the time with index t. */
  measures(model: Model, outputs: Float64Array, whole: (t: number) => DensityMatrix): Record<string, Series> {
    const values = new Map<string, number[]>(model.measures.map(({ name }) => [name, []]));
    model.times.forEach((time, t) => {
      let index = this.#plan.observables.length;
      for (const { density, measures } of this.#plan.reduced) {
        const rho = this.#reduced(density, index, time, t, outputs);
        index += density.elements.length;
        for (const measure of measures) values.get(measure.name)?.push(measureOf(measure, rho));
      }
      if (this.#plan.wholeMeasures.length === 0) return;
      const rho = whole(t);
      for (const measure of this.#plan.wholeMeasures) values.get(measure.name)?.push(measureOf(measure, rho));
    });
    return Object.fromEntries([...values].map(([name, mean]) => [name, { mean }]));
  }

  /** For each mode whose highest level is populated at some time. */
  cutOffNotes(model: Model, outputs: Float64Array): string[] {
    return this.#plan.cutOffs.flatMap(({ site }, index) => {
      const populations = model.times.map(
        (time, t) => this.#mean(this.#firstCutOff + index, time, t, outputs)[0],
      );
      const mode = model.sites[site];
      return mode === undefined ? [] : cutOffNote(mode, populations);
    });
  }

  /** @throws SizeError where a measure could not be computed in the end; `whole` is the pattern of the whole system */
  checkMeasures(whole: () => DensityMatrix): void {
    let index = this.#plan.observables.length;
    for (const { density, measures } of this.#plan.reduced) {
      const pattern = this.#hermitian(density, (element) => [this.#parts[index + element]?.length ?? 0, 0]);
      index += density.elements.length;
      for (const measure of measures) checkMeasure(measure, pattern);
    }
    if (this.#plan.wholeMeasures.length === 0) return;
    const pattern = whole();
    for (const measure of this.#plan.wholeMeasures) checkMeasure(measure, pattern);
  }

  /** x without counters at the time with index t; only when the plan says wholeAlways. */
  state(t: number, outputs: Float64Array): Float64Array {
    const start = t * this.rows.count + this.#stateRow;
    return outputs.subarray(start, (t + 1) * this.rows.count);
  }

  #mean(index: number, time: number, t: number, outputs: Float64Array): [re: number, im: number] {
    let sumRe = 0;
    let sumIm = 0;
    for (const { frequency, re, im } of this.#parts[index] ?? []) {
      const x = outputs[t * this.rows.count + re] as number;
      const y = im < 0 ? 0 : (outputs[t * this.rows.count + im] as number);
      const cos = Math.cos(frequency * time);
      const sin = -Math.sin(frequency * time);
      sumRe += cos * x - sin * y;
      sumIm += cos * y + sin * x;
    }
    return [sumRe, sumIm];
  }

  #reduced(
    density: ReducedDensity,
    first: number,
    time: number,
    t: number,
    outputs: Float64Array,
  ): DensityMatrix {
    return this.#hermitian(density, (element) => this.#mean(first + element, time, t, outputs));
  }

  /** From the elements of the upper triangle, row by row. */
  #hermitian(
    { sites, kets }: ReducedDensity,
    elementAt: (index: number) => readonly [number, number],
  ): DensityMatrix {
    const n = kets.length;
    const re = new Float64Array(n * n);
    const im = new Float64Array(n * n);
    let index = 0;
    for (let i = 0; i < n; i++) {
      for (let j = i; j < n; j++, index++) {
        const [x, y] = elementAt(index);
        re[i * n + j] = x;
        im[i * n + j] = i === j ? 0 : y;
        re[j * n + i] = x;
        im[j * n + i] = i === j ? 0 : -y;
      }
    }
    return { sites, kets, re, im };
  }
}

/** The whole density matrix in the order of the tensor product, from x at one time. */
export function densityAt(
  space: Space,
  layout: Layout,
  gap: number,
  x: Float64Array,
  time: number,
): DensityMatrix {
  const { kets, position } = orderKets(space);
  const n = kets.length;
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  for (const block of layout.blocks) {
    const cos = Math.cos(block.frequency * time);
    const sin = -Math.sin(block.frequency * time);
    for (let i = 0; i < block.rows; i++) {
      const row = position[block.rowSector]?.[i] ?? 0;
      for (let j = 0; j < block.columns; j++) {
        const column = position[block.columnSector]?.[j] ?? 0;
        const at = block.offset + i * block.columns + j;
        const a = x[at] as number;
        const b = gap === 0 ? 0 : (x[at + gap] as number);
        const real = cos * a - sin * b;
        const imaginary = row === column ? 0 : cos * b + sin * a;
        re[row * n + column] = real;
        im[row * n + column] = imaginary;
        re[column * n + row] = real;
        im[column * n + row] = -imaginary;
      }
    }
  }
  const sites = Array.from(kets[0] ?? [], (_, site) => site);
  return { sites, kets: kets.map((levels) => [...levels]), re, im };
}

/** 1 wherever the whole density matrix may differ from 0, in the order of densityAt. */
export function densityPattern(space: Space, layout: Layout): DensityMatrix {
  const ones = new Float64Array(layout.size).fill(1);
  return densityAt(space, layout, 0, ones, 0);
}

function orderKets(space: Space): { kets: Uint16Array[]; position: Int32Array[] } {
  const position = space.sectors.map(({ dimension }) => new Int32Array(dimension));
  const all = space.sectors.flatMap(({ kets }, sector) =>
    kets.map((levels, index) => ({ levels, sector, index })),
  );
  all.sort((a, b) => compareLevels(a.levels, b.levels));
  all.forEach(({ sector, index }, place) => {
    (position[sector] as Int32Array)[index] = place;
  });
  return { kets: all.map(({ levels }) => levels), position };
}
