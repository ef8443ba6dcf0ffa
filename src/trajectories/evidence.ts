import type { Program } from "../compile/program.ts";
import type { Sampling } from "../kernel/types.ts";
import type { ReplicateSums } from "./ensemble-sums.ts";
import { NOTHING_SEEN } from "./error.ts";
import type { Estimator } from "./estimate.ts";
import { evenness } from "./evenness.ts";
import type { MeasureScale } from "./measure-scale.ts";
import type { MeasureSeries } from "./measures.ts";
import { mostJumps } from "./most-jumps.ts";

/** What is known about a run besides its means and errors: on what a statistical verdict rests. */
export interface Evidence {
  readonly sampling: Sampling;
  readonly trajectories: number;
  /** Independent replicates: min(32, trajectories). */
  readonly replicates: number;
  /** Weight of what the trajectories sample; the rest of every mean is exact. */
  readonly jumpWeight: number;
  /** [time]: expected fraction of the sampled trajectories that are no longer identical. 0: deterministic. */
  readonly disturbed: readonly number[];
  /** By name of the observable. */
  readonly observables: ReadonlyMap<string, ObservableEvidence>;
  /** By name of the measure; [time]. */
  readonly measures: ReadonlyMap<string, readonly MeasureScale[]>;
  /** By name of the channel that can act: evenness of its jump counts up to the last time. */
  readonly jumpEvenness: ReadonlyMap<string, number>;
  /** Phases are lost to rounding by this much (rad) up to the last time. */
  readonly lostPhase: number;
  /** Largest total jump rate of any state, times the last time. */
  readonly jumpBound: number;
  /** The most jumps that any trajectory can make; may be Infinity. */
  readonly mostJumps: number;
}

export interface ObservableEvidence {
  readonly re: SeriesEvidence;
  /** null for a Hermitian observable. */
  readonly im: SeriesEvidence | null;
}

export interface SeriesEvidence {
  /** Bounds of the value in any single trajectory. */
  readonly lower: number;
  readonly upper: number;
  /** [time]: the exact part of the mean, mean = silent + jumpWeight * (mean over the sampled trajectories). */
  readonly silent: readonly number[];
  /** [time]: see evenness. */
  readonly evenness: readonly number[];
}

export function gatherEvidence(estimator: Estimator, measures: readonly MeasureSeries[]): Evidence {
  const { program, root, sampling, sums } = estimator.ensemble;
  const times = Array.from(program.times, (_, t) => t);
  const evennessOf = ({ each }: ReplicateSums, unit: number, range: number) =>
    evenness(
      each.map((sum, r) => (sum * unit) / (estimator.counts[r] ?? 1)),
      (NOTHING_SEEN * range) / sums.count,
    );
  const series = (moment: number): SeriesEvidence => {
    const { lower = 0, upper = 0 } = program.moments[moment] ?? {};
    const unit = estimator.units[moment] ?? 1;
    return {
      lower,
      upper,
      silent: times.map((t) => root.silent[t * program.moments.length + moment] ?? 0),
      evenness: times.map((t) => evennessOf(sums.momentSums(t, moment), unit, upper - lower)),
    };
  };
  return {
    sampling,
    trajectories: sums.count,
    replicates: estimator.counts.length,
    jumpWeight: root.jumpWeight,
    disturbed: times.map((t) => estimator.disturbance(t).disturbed),
    observables: new Map(
      program.layout.observables.map(({ name, re, im }) => [
        name,
        { re: series(re), im: im === null ? null : series(im) },
      ]),
    ),
    measures: new Map(measures.map(({ name, scales }) => [name, scales])),
    jumpEvenness: new Map(
      program.channels.map((name, channel) => [name, evennessOf(sums.jumpSums(channel), 1, 1)]),
    ),
    lostPhase: lostPhase(program),
    jumpBound:
      (program.times.at(-1) ?? 0) * Math.max(...program.spaces.map(({ generator }) => generator.rateBound)),
    mostJumps: mostJumps(program),
  };
}

/** A phase E t is known to 2^-52 E t at best. */
function lostPhase({ spaces, times }: Program): number {
  const scales = spaces.map(({ generator, energies }) =>
    energies.reduce((most, energy) => Math.max(most, Math.abs(energy)), generator.norm),
  );
  return Math.max(...scales) * (times.at(-1) ?? 0) * Number.EPSILON;
}
