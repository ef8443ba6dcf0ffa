import { VERSION } from "../base/version.ts";
import type { MomentLayout, Program } from "../compile/program.ts";
import { cutOffNote } from "../model/cut-off.ts";
import type { Model } from "../model/model.ts";
import type { JumpCount, Result } from "../results/result.ts";
import { wholeDensity } from "./density.ts";
import type { Estimate, Estimator } from "./estimate.ts";
import type { MeasureSeries } from "./measures.ts";

/** Where a result comes from, apart from the sums. */
export interface Provenance {
  readonly model: Model;
  readonly seed: string;
  /** "sha256:..." of the kernel's binary. */
  readonly kernel: string;
  /** Which methods gave the numbers, in words. */
  readonly method: string;
}

/** The result of a run: nothing in it tells when, where or by how many workers it was computed. */
export function ensembleResult(
  estimator: Estimator,
  measures: readonly MeasureSeries[],
  from: Provenance,
): Result {
  const { program, sums, sampling } = estimator.ensemble;
  const density = wholeDensity(estimator, from.model);
  return {
    format: "mcwf-result/1",
    kind: "run",
    model: from.model,
    seed: from.seed,
    trajectories: sums.count,
    sampling,
    times: Array.from(program.times),
    observables: observableSeries(program.layout, (moment) =>
      seriesOf(Array.from(program.times, (_, t) => estimator.moment(t, moment))),
    ),
    measures: Object.fromEntries(measures.map(({ name, estimates }) => [name, seriesOf(estimates)])),
    channels: jumpCounts(estimator, from.model),
    ...(density !== undefined && { density }),
    engine: {
      version: VERSION,
      kernel: from.kernel,
      sectors: sectorDimensions(program),
      method: from.method,
    },
    notes: [...program.notes, ...cutOffNotes(estimator, from.model), ...deterministicNote(estimator)],
  };
}

function cutOffNotes(estimator: Estimator, { sites }: Model): string[] {
  const { program } = estimator.ensemble;
  return program.layout.cutOffs.flatMap(({ site, moment }) => {
    const populations = Array.from(program.times, (_, t) => estimator.moment(t, moment).mean);
    const mode = sites[site];
    return mode === undefined ? [] : cutOffNote(mode, populations);
  });
}

/** Of all observables by name; `seriesOf` gives the series of a moment. */
export function observableSeries<M, E>(
  { observables }: MomentLayout,
  seriesOf: (moment: number) => { readonly mean: M; readonly standardError: E },
): Record<string, { mean: M; standardError: E; meanIm?: M; standardErrorIm?: E }> {
  return Object.fromEntries(
    observables.map(({ name, re, im }) => {
      const real = seriesOf(re);
      if (im === null) return [name, real];
      const imaginary = seriesOf(im);
      return [name, { ...real, meanIm: imaginary.mean, standardErrorIm: imaginary.standardError }];
    }),
  );
}

export function seriesOf(estimates: readonly Estimate[]) {
  return {
    mean: estimates.map((estimate) => estimate.mean),
    standardError: estimates.map((estimate) => estimate.standardError),
  };
}

/** Every channel of the model is listed; one that can never act has exactly no jumps. */
function jumpCounts(estimator: Estimator, model: Model): Record<string, JumpCount> {
  const { channels } = estimator.ensemble.program;
  return Object.fromEntries(
    model.channels.map(({ name }) => {
      const index = channels.indexOf(name);
      const { mean, standardError } = index < 0 ? { mean: 0, standardError: 0 } : estimator.jumps(index);
      return [name, { jumps: mean, standardError }];
    }),
  );
}

function sectorDimensions(program: Program): number[] {
  const dimensions = new Map<number, number>();
  for (const { sectorId, sectorStart } of program.spaces) {
    sectorId.forEach((id, s) => {
      dimensions.set(id, (sectorStart[s + 1] ?? 0) - (sectorStart[s] ?? 0));
    });
  }
  return [...dimensions].sort(([a], [b]) => a - b).map(([, dimension]) => dimension);
}

function deterministicNote(estimator: Estimator): string[] {
  const times = estimator.ensemble.program.times.length;
  for (let t = 0; t < times; t++) if (estimator.disturbance(t).disturbed > 0) return [];
  return ["nothing is random up to the last time: all means are exact and their standard errors are 0"];
}
