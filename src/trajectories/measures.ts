import type { DensityLayout, Program } from "../compile/program.ts";
import type { DensityMatrix } from "../measures/density.ts";
import { measureOf } from "../measures/measures.ts";
import { checkMeasure } from "../measures/size.ts";
import type { Measure, Model } from "../model/model.ts";
import { DensityEstimator, densityPattern } from "./density.ts";
import { UNKNOWN_EFFECT, varianceOfSampledMean } from "./error.ts";
import type { Estimate, Estimator } from "./estimate.ts";
import { jackknife } from "./jackknife.ts";
import { measureError } from "./measure-error.ts";
import { type MeasureScale, measureScale } from "./measure-scale.ts";

export interface MeasureSeries {
  readonly name: string;
  /** [time] */
  readonly scales: readonly MeasureScale[];
  /** [time] */
  readonly estimates: readonly Estimate[];
}

/** All measures of the model at all times, in the model's order. */
export const estimateMeasures = (estimator: Estimator, model: Model): MeasureSeries[] =>
  model.measures.map((measure) =>
    measureSeries(estimator, model, measure, densityLayoutOf(estimator, measure)),
  );

/** @throws SizeError where a measure could not be computed in the end */
export function checkMeasures({ layout }: Program, model: Model): void {
  for (const density of layout.densities) {
    const pattern = densityPattern(density, model);
    for (const measure of model.measures) {
      if (density.measures.includes(measure.name)) checkMeasure(measure, pattern);
    }
  }
}

/** The reduced density matrix that a measure is computed from. */
export function densityLayoutOf({ ensemble }: Estimator, { name }: Measure): DensityLayout {
  const layout = ensemble.program.layout.densities.find(({ measures }) => measures.includes(name));
  if (layout === undefined) throw new RangeError(`the program has no density matrix for the measure ${name}`);
  return layout;
}

function measureSeries(
  estimator: Estimator,
  model: Model,
  measure: Measure,
  layout: DensityLayout,
): MeasureSeries {
  const density = new DensityEstimator(estimator, layout, model);
  const f = (rho: DensityMatrix) => measureOf(measure, rho);
  const scales = Array.from(estimator.ensemble.program.times, (_, time) =>
    measureScale(measure, model.sites, density.average(density.slice(time), null)),
  );
  const estimates = scales.map((scale, time) => estimateAt(density, time, f, measure.kind, scale));
  return { name: measure.name, scales, estimates };
}

/**
 * f of the averaged density matrix. Not being linear it has a bias of order 1/n, which the jackknife takes out; the result
 * is kept within the values that f can have.
 */
function estimateAt(
  density: DensityEstimator,
  time: number,
  f: (rho: DensityMatrix) => number,
  kind: Measure["kind"],
  scale: MeasureScale,
): Estimate {
  const { counts, weights, ensemble } = density.estimator;
  const slice = density.slice(time);
  const full = f(density.average(slice, null));
  const at = density.estimator.disturbance(time);
  if (at.disturbed === 0) return { mean: full, standardError: 0 };
  if (counts.length < 2) return { mean: full, standardError: null };
  const over = (chosen: (replicate: number) => boolean) => f(density.average(slice, chosen));
  const { corrected, pseudo } = jackknife(full, weights, (left) => over((r) => r !== left));
  const reach = (part: number) => scale.modulus(ensemble.root.jumpWeight * part);
  const sample = { values: pseudo, weights, reach, effect: UNKNOWN_EFFECT };
  const standardError = measureError({
    full,
    over,
    pseudo,
    jackknife: Math.sqrt(varianceOfSampledMean(sample, at)),
    kinked: kind === "logNegativity" || kind === "concurrence",
    oneEvent: reach(1 / at.trajectories),
    steep: kind === "concurrence" && !at.alike,
  });
  return { mean: Math.min(scale.upper, Math.max(scale.lower, corrected)), standardError };
}
