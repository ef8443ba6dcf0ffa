import type { DensityLayout } from "../compile/program.ts";
import type { DensityMatrix } from "../measures/density.ts";
import { measureOf } from "../measures/measures.ts";
import type { Measure, Model } from "../model/model.ts";
import { DensityEstimator } from "./density.ts";
import { varianceOfSampledMean } from "./error.ts";
import type { Estimate, Estimator } from "./estimate.ts";
import { jackknife } from "./jackknife.ts";
import { type MeasureScale, measureScale } from "./measure-scale.ts";

/** A measure at one time; `deviation` is what a verdict divides by, null where no error can be known. */
export interface MeasureEstimate extends Estimate {
  readonly deviation: number | null;
}

export interface MeasureSeries {
  readonly name: string;
  readonly scale: MeasureScale;
  /** [time] */
  readonly estimates: readonly MeasureEstimate[];
}

/** All measures of the model at all times, in the model's order. */
export const estimateMeasures = (estimator: Estimator, model: Model): MeasureSeries[] =>
  model.measures.map((measure) =>
    measureSeries(estimator, model, measure, densityLayoutOf(estimator, measure)),
  );

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
  const scale = measureScale(measure, model.sites, density.average(density.slice(0), null));
  const estimates = Array.from(estimator.ensemble.program.times, (_, time) =>
    estimateAt(density, time, f, scale),
  );
  return { name: measure.name, scale, estimates };
}

/**
 * f of the averaged density matrix. Not being linear it has a bias of order 1/n, which the jackknife takes out; the result
 * is kept within the values that f can have.
 */
function estimateAt(
  density: DensityEstimator,
  time: number,
  f: (rho: DensityMatrix) => number,
  scale: MeasureScale,
): MeasureEstimate {
  const { counts, weights, ensemble } = density.estimator;
  const slice = density.slice(time);
  const full = f(density.average(slice, null));
  const at = density.estimator.disturbance(time);
  if (at.disturbed === 0) return { mean: full, standardError: 0, deviation: 0 };
  if (counts.length < 2) return { mean: full, standardError: null, deviation: null };
  const { corrected, spread } = jackknife(full, weights, (left) =>
    f(density.average(slice, (r) => r !== left)),
  );
  const reach = (part: number) => scale.modulus(ensemble.root.jumpWeight * part);
  const standardError = Math.sqrt(varianceOfSampledMean({ spread, reach, shift: 0 }, at));
  const kink = KINK * halvesShift(counts.length, full, (chosen) => f(density.average(slice, chosen)));
  return {
    mean: Math.min(scale.upper, Math.max(scale.lower, corrected)),
    standardError,
    deviation: Math.sqrt(standardError * standardError + kink * kink),
  };
}

/**
 * Where f has a kink, as log-negativity and concurrence where they begin, the bias goes as 1 / sqrt(n) and the jackknife
 * does not see it. Half the trajectories have sqrt(2) times as much of it: bias = (f(half) - f(all)) / (sqrt(2) - 1).
 */
const KINK = 1 / (Math.SQRT2 - 1);

/** |mean of f over halves of the replicates, split by each bit of their number - f over all of them| */
function halvesShift(
  replicates: number,
  full: number,
  f: (chosen: (r: number) => boolean) => number,
): number {
  let sum = 0;
  let halves = 0;
  for (let bit = 1; bit < replicates; bit *= 2) {
    sum += f((r) => (r & bit) === 0) + f((r) => (r & bit) !== 0);
    halves += 2;
  }
  return Math.abs(sum / halves - full);
}
