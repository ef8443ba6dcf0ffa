import type { DensityLayout } from "../compile/program.ts";
import { type DensityMatrix, readKets } from "../measures/density.ts";
import type { Model } from "../model/model.ts";
import { densityOf } from "../results/density.ts";
import type { Density } from "../results/result.ts";
import type { Chosen, Estimator, MomentMeans, MomentSlice } from "./estimate.ts";

/** Averaged density matrices of one set of sites. */
export class DensityEstimator {
  readonly estimator: Estimator;
  /** Printed kets. */
  readonly basis: readonly string[];
  readonly #kets: { readonly sites: readonly number[]; readonly kets: readonly (readonly number[])[] };
  /** Elements of the upper triangle: [row, column, place of the real part, of the imaginary part] in `moments`. */
  readonly #elements: readonly (readonly [row: number, column: number, re: number, im: number])[];
  /** The program's moments that make up the matrix, in the order in which a slice must hold them. */
  readonly moments: readonly number[];

  constructor(estimator: Estimator, layout: DensityLayout, model: Model) {
    this.estimator = estimator;
    const sites = layout.sites ?? model.sites.map((_, site) => site);
    const kept = sites.flatMap((site) => model.sites[site] ?? []);
    this.basis = layout.basis;
    this.#kets = { sites, kets: readKets(layout.basis, kept) };
    const { elements, moments } = listElements(layout);
    this.#elements = elements;
    this.moments = moments;
  }

  /** All that is needed of one time, so that many averages can be taken of it. */
  slice(time: number): MomentSlice {
    return this.estimator.slice(time, this.moments);
  }

  /** rho averaged over the chosen replicates. */
  average(slice: MomentMeans, chosen: Chosen): DensityMatrix {
    const means = slice.means(chosen);
    const n = this.basis.length;
    const re = new Float64Array(n * n);
    const im = new Float64Array(n * n);
    for (const [row, column, real, imaginary] of this.#elements) {
      const x = means[real] ?? 0;
      const y = imaginary < 0 ? 0 : (means[imaginary] ?? 0);
      re[row * n + column] = x;
      re[column * n + row] = x;
      im[row * n + column] = y;
      im[column * n + row] = -y;
    }
    return { ...this.#kets, re, im };
  }
}

/** 1 wherever the averaged density matrix may differ from 0. */
export function densityPattern(layout: DensityLayout, model: Model): DensityMatrix {
  const sites = layout.sites ?? model.sites.map((_, site) => site);
  const kets = readKets(
    layout.basis,
    sites.flatMap((site) => model.sites[site] ?? []),
  );
  const n = kets.length;
  const re = new Float64Array(n * n);
  for (const [row, column] of listElements(layout).elements) re[row * n + column] = re[column * n + row] = 1;
  return { sites, kets, re, im: new Float64Array(n * n) };
}

function listElements({ basis, moments }: DensityLayout) {
  const elements: [number, number, number, number][] = [];
  const used: number[] = [];
  const place = (moment: number) => (moment < 0 ? -1 : used.push(moment) - 1);
  let at = 0;
  for (let row = 0; row < basis.length; row++) {
    for (let column = row; column < basis.length; column++) {
      const re = place(moments[at++] ?? -1);
      const im = row === column ? -1 : place(moments[at++] ?? -1);
      if (re >= 0) elements.push([row, column, re, im]);
    }
  }
  return { elements, moments: used };
}

/** The density matrix of the whole system at the times that the model asks for; undefined if it asks for none. */
export function wholeDensity(estimator: Estimator, model: Model): Density | undefined {
  const density = wholeEstimator(estimator, model);
  if (density === undefined) return undefined;
  const times = densityTimes(estimator, model);
  return printDensity(
    density,
    times,
    times.map((t) => density.average(density.slice(t), null)),
  );
}

/** Undefined where the model asks for no density matrix of the whole system. */
export function wholeEstimator(estimator: Estimator, model: Model): DensityEstimator | undefined {
  const whole = estimator.ensemble.program.layout.densities.find(({ sites }) => sites === null);
  if (model.density === "none" || whole === undefined) return undefined;
  return new DensityEstimator(estimator, whole, model);
}

/** Numbers of the times at which the model asks for it. */
export function densityTimes(estimator: Estimator, model: Model): number[] {
  const all = Array.from(estimator.ensemble.program.times, (_, t) => t);
  return model.density === "all" ? all : all.slice(-1);
}

/** @param times their numbers, one for each matrix */
export const printDensity = (
  { estimator, basis }: DensityEstimator,
  times: readonly number[],
  matrices: readonly DensityMatrix[],
): Density =>
  densityOf(
    basis,
    times.map((t) => estimator.ensemble.program.times[t] ?? 0),
    matrices,
  );
