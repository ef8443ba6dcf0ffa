import type { DensityLayout } from "../compile/program.ts";
import { type DensityMatrix, readKets } from "../measures/density.ts";
import type { Model } from "../model/model.ts";
import type { Density } from "../results/result.ts";
import type { Estimator, MomentSlice } from "./estimate.ts";

/** Averaged density matrices of one set of sites. */
export class DensityEstimator {
  readonly estimator: Estimator;
  readonly #basis: { readonly sites: readonly number[]; readonly kets: readonly (readonly number[])[] };
  /** Elements of the upper triangle: [row, column, place of the real part, of the imaginary part] in `#moments`. */
  readonly #elements: readonly (readonly [row: number, column: number, re: number, im: number])[];
  readonly #moments: readonly number[];

  constructor(estimator: Estimator, layout: DensityLayout, model: Model) {
    this.estimator = estimator;
    const sites = layout.sites ?? model.sites.map((_, site) => site);
    const kept = sites.flatMap((site) => model.sites[site] ?? []);
    this.#basis = { sites, kets: readKets(layout.basis, kept) };
    const { elements, moments } = listElements(layout);
    this.#elements = elements;
    this.#moments = moments;
  }

  /** All that is needed of one time, so that many averages can be taken of it. */
  slice(time: number): MomentSlice {
    return this.estimator.slice(time, this.#moments);
  }

  /** rho averaged over the chosen replicates (null: over all trajectories). */
  average(slice: MomentSlice, chosen: ((replicate: number) => boolean) | null): DensityMatrix {
    const means = chosen === null ? slice.means() : slice.meansOver(chosen);
    const n = this.#basis.kets.length;
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
    return { ...this.#basis, re, im };
  }
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
  const { layout, times } = estimator.ensemble.program;
  const whole = layout.densities.find(({ sites }) => sites === null);
  if (model.density === "none" || whole === undefined) return undefined;
  const all = Array.from(times, (_, t) => t);
  const chosen = model.density === "all" ? all : all.slice(-1);
  const density = new DensityEstimator(estimator, whole, model);
  const matrices = chosen.map((t) => density.average(density.slice(t), null));
  const n = whole.basis.length;
  const rows = (values: Float64Array) =>
    Array.from({ length: n }, (_, row) => Array.from(values.subarray(row * n, (row + 1) * n)));
  return {
    basis: whole.basis,
    times: chosen.map((t) => times[t] ?? 0),
    re: matrices.map(({ re }) => rows(re)),
    im: matrices.map(({ im }) => rows(im)),
  };
}
