import type { Program } from "../compile/program.ts";
import { powerOfTwo } from "../kernel/fixed-point.ts";
import type { RootPath, Sampling } from "../kernel/types.ts";
import { type CommonEnd, commonEnd } from "./common-end.ts";
import { type EnsembleSums, type ReplicateSums, replicateCounts } from "./ensemble-sums.ts";
import { type Disturbance, type Effect, FEW_EVENTS, UNKNOWN_EFFECT, varianceOfSampledMean } from "./error.ts";
import { type ReplicateWeights, replicateWeights } from "./spread.ts";
import { stratifiedVariance } from "./stratified.ts";

/** A finished (or interrupted) ensemble: all that means and errors are computed from. */
export interface SampledEnsemble {
  readonly program: Program;
  readonly root: RootPath;
  readonly sampling: Sampling;
  /** Sums are integers in units of 2^-exponent; one for each moment. */
  readonly exponents: Int32Array;
  readonly sums: EnsembleSums;
}

/** standardError is null where it cannot be known, 0 only where the mean is deterministic. */
export interface Estimate {
  readonly mean: number;
  readonly standardError: number | null;
}

/** Means and standard errors of the moments and jump counts of one ensemble. */
export class Estimator {
  readonly ensemble: SampledEnsemble;
  readonly counts: Float64Array;
  readonly weights: ReplicateWeights;
  /** 2^-exponent of each moment. */
  readonly units: Float64Array;
  readonly #end: CommonEnd | null;
  /** Of any channel, up to the last time, in all trajectories. */
  readonly #fewestJumps: number;
  readonly #disturbances: readonly Disturbance[];

  constructor(ensemble: SampledEnsemble) {
    this.ensemble = ensemble;
    this.counts = replicateCounts(ensemble.sums.count);
    this.weights = replicateWeights(this.counts);
    this.units = Float64Array.from(ensemble.exponents, (exponent) => powerOfTwo(-exponent));
    this.#end = commonEnd(ensemble.program);
    this.#fewestJumps = Math.min(...ensemble.program.channels.map((_, c) => ensemble.sums.jumpSums(c).total));
    const jumped = ensemble.root.jumpWeight === 0 ? [] : ensemble.sums.jumped();
    this.#disturbances = Array.from(ensemble.program.times, (_, time) =>
      this.#disturbanceAt(time, jumped[time] ?? null),
    );
  }

  /** mean = silent + jumpWeight * (sum / n): the exact sum is rounded and divided once. */
  moment(time: number, moment: number): Estimate {
    const { program, root, sums } = this.ensemble;
    const silent = root.silent[time * program.moments.length + moment] ?? 0;
    if (root.jumpWeight === 0) return { mean: silent, standardError: 0 };
    const unit = this.units[moment] ?? 1;
    const replicates = sums.momentSums(time, moment);
    const sampled = (replicates.total * unit) / sums.count;
    const bounds = program.moments[moment];
    const range = bounds === undefined ? 0 : bounds.upper - bounds.lower;
    const error = this.errorOf(
      replicates,
      unit,
      range,
      this.#effect(sampled, time, moment),
      this.disturbance(time),
    );
    return { mean: silent + root.jumpWeight * sampled, standardError: error };
  }

  /** Mean number of jumps a trajectory in one channel, up to the last time. */
  jumps(channel: number): Estimate {
    const { program, root, sums } = this.ensemble;
    if (root.jumpWeight === 0) return { mean: 0, standardError: 0 };
    const replicates = sums.jumpSums(channel);
    const sampled = replicates.total / sums.count;
    const at = this.disturbance(program.times.length - 1);
    // One jump is the unit of a count. Where all trajectories have the same jump, each counts 1.
    const certain = this.#end?.channel === channel;
    const effect = certain ? { size: 1, certain } : perEvent(sampled, at);
    const error = this.errorOf(replicates, 1, 1, effect, { ...at, alike: certain });
    return { mean: root.jumpWeight * sampled, standardError: error };
  }

  /** Sums of some moments at one time, from which means over any choice of replicates can be taken. */
  slice(time: number, moments: readonly number[]): MomentSlice {
    const { program, root, sums } = this.ensemble;
    return new MomentSlice(
      this.counts,
      root.jumpWeight,
      moments.map((moment) => {
        const unit = this.units[moment] ?? 1;
        const { each, total } = sums.momentSums(time, moment);
        const silent = root.silent[time * program.moments.length + moment] ?? 0;
        return { silent, each: each.map((sum) => sum * unit), total: total * unit };
      }),
    );
  }

  disturbance(time: number): Disturbance {
    const found = this.#disturbances[time];
    if (found === undefined) throw new RangeError(`estimator: there is no time number ${time}`);
    return found;
  }

  /**
   * Standard error of silent + jumpWeight * unit * (sum / n) for a quantity that varies by `range` in one trajectory; null
   * where it cannot be known.
   */
  errorOf(
    replicates: ReplicateSums,
    unit: number,
    range: number,
    effect: Effect,
    at: Disturbance,
  ): number | null {
    const values = replicates.each.map((sum, r) => (sum * unit) / (this.counts[r] ?? 1));
    const reach = (part: number) => range * part;
    const variance = varianceOfSampledMean({ values, weights: this.weights, reach, effect }, at);
    return Number.isNaN(variance) ? null : this.ensemble.root.jumpWeight * Math.sqrt(variance);
  }

  /** Against the undisturbed path, where there is only one. */
  #effect(sampled: number, time: number, moment: number): Effect {
    const { program, root } = this.ensemble;
    const [path, another] = root.silentPaths;
    if (path === undefined || another !== undefined) return UNKNOWN_EFFECT;
    const undisturbed = path.values[time * program.moments.length + moment] ?? sampled;
    if (this.#end !== null) return { size: (this.#end.values[moment] ?? 0) - undisturbed, certain: true };
    return perEvent(sampled - undisturbed, this.disturbance(time));
  }

  #disturbanceAt(time: number, jumped: Float64Array | null): Disturbance {
    const { program, root, sampling, sums } = this.ensemble;
    const trajectories = sums.count;
    const p = root.jumpWeight === 0 ? 0 : 1 - (root.undisturbed[time] ?? 1);
    // In a mixture the disturbed ones are not just those that have jumped.
    const pure = root.silentPaths.length === 1;
    const stratified = sampling === "stratified" && pure;
    const [end, now] = [program.times.at(-1) ?? 0, program.times[time] ?? 0];
    return {
      trajectories,
      disturbed: p,
      variance: stratified ? stratifiedVariance(this.counts, p) : (p * (1 - p)) / trajectories,
      jumpedInMixture: pure || p === 0 ? 0 : fraction((1 - (root.survival[time] ?? 1)) / root.jumpWeight),
      alike: this.#end !== null,
      surveyed: this.#fewestJumps * now >= FEW_EVENTS * end,
      fractions: jumped !== null && pure ? jumped.map((count, r) => count / (this.counts[r] ?? 1)) : null,
    };
  }
}

/** A survival of 1 may be 2^-52 above that. */
const fraction = (x: number): number => Math.min(1, Math.max(0, x));

/** The mean effect of what moves the sampled mean by `shift`. */
export const perEvent = (shift: number, { disturbed }: Disturbance): Effect => ({
  size: disturbed > 0 ? shift / disturbed : 0,
  certain: false,
});

interface SlicedMoment {
  readonly silent: number;
  /** Sums over the trajectories of each replicate, and over all. */
  readonly each: Float64Array;
  readonly total: number;
}

/** Which replicates a mean is taken over; null: all of them. */
export type Chosen = ((replicate: number) => boolean) | null;

/** Means of some moments at one time. */
export interface MomentMeans {
  means(chosen: Chosen): Float64Array;
}

/** See Estimator.slice. */
export class MomentSlice implements MomentMeans {
  readonly #counts: Float64Array;
  readonly #jumpWeight: number;
  readonly #moments: readonly SlicedMoment[];

  constructor(counts: Float64Array, jumpWeight: number, moments: readonly SlicedMoment[]) {
    this.#counts = counts;
    this.#jumpWeight = jumpWeight;
    this.#moments = moments;
  }

  means(chosen: Chosen): Float64Array {
    const replicates = Uint8Array.from(this.#counts.keys()).filter((r) => chosen === null || chosen(r));
    const sumOver = (values: Float64Array) => {
      // A loop: an average of many moments is taken of 45 choices a time, for every measure.
      let sum = 0;
      for (const r of replicates) sum += values[r] as number;
      return sum;
    };
    const count = sumOver(this.#counts);
    return Float64Array.from(this.#moments, ({ silent, each, total }) => {
      const sum = chosen === null ? total : sumOver(each);
      return this.#jumpWeight === 0 ? silent : silent + this.#jumpWeight * (sum / count);
    });
  }
}
