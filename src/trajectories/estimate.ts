import type { Program } from "../compile/program.ts";
import { powerOfTwo } from "../kernel/fixed-point.ts";
import type { RootPath, Sampling } from "../kernel/types.ts";
import { type EnsembleSums, type ReplicateSums, replicateCounts } from "./ensemble-sums.ts";
import { type Disturbance, stratifiedCountVariance, varianceOfSampledMean } from "./error.ts";
import { type ReplicateWeights, replicateWeights, spreadOfMean } from "./spread.ts";

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

  constructor(ensemble: SampledEnsemble) {
    this.ensemble = ensemble;
    this.counts = replicateCounts(ensemble.sums.count);
    this.weights = replicateWeights(this.counts);
    this.units = Float64Array.from(ensemble.exponents, (exponent) => powerOfTwo(-exponent));
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
      this.#shift(sampled, time, moment),
      this.disturbance(time),
    );
    return { mean: silent + root.jumpWeight * sampled, standardError: error };
  }

  /** Mean number of jumps a trajectory in one channel, up to the last time. */
  jumps(channel: number): Estimate {
    const { program, root, sums } = this.ensemble;
    if (root.jumpWeight === 0) return { mean: 0, standardError: 0 };
    const replicates = sums.jumpSums(channel);
    // One jump is the unit of a count; where none has happened yet, the count is known to be 0.
    const sampled = replicates.total / sums.count;
    const error = this.errorOf(replicates, 1, 1, sampled, this.disturbance(program.times.length - 1));
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
    const { root, sampling, sums } = this.ensemble;
    const disturbed = root.jumpWeight === 0 ? 0 : 1 - (root.undisturbed[time] ?? 1);
    return {
      trajectories: sums.count,
      disturbed,
      countVariance: sampling === "stratified" ? stratifiedCountVariance(this.counts, disturbed) : Infinity,
    };
  }

  /**
   * Standard error of silent + jumpWeight * unit * (sum / n) for a quantity that varies by `range` in one trajectory; null
   * where it cannot be known.
   */
  errorOf(
    replicates: ReplicateSums,
    unit: number,
    range: number,
    shift: number,
    at: Disturbance,
  ): number | null {
    const means = replicates.each.map((sum, r) => (sum * unit) / (this.counts[r] ?? 1));
    const spread = spreadOfMean(means, this.weights);
    const variance = varianceOfSampledMean({ spread, reach: (part) => range * part, shift }, at);
    return Number.isNaN(variance) ? null : this.ensemble.root.jumpWeight * Math.sqrt(variance);
  }

  /** |mean over the sampled trajectories - value on the undisturbed path|, where there is only one such path. */
  #shift(sampled: number, time: number, moment: number): number {
    const { program, root } = this.ensemble;
    const [path, another] = root.silentPaths;
    if (path === undefined || another !== undefined) return 0;
    return Math.abs(sampled - (path.values[time * program.moments.length + moment] ?? sampled));
  }
}

interface SlicedMoment {
  readonly silent: number;
  /** Sums over the trajectories of each replicate, and over all. */
  readonly each: Float64Array;
  readonly total: number;
}

/** Means of some moments at one time. */
export interface MomentMeans {
  /** Over all trajectories. */
  means(): Float64Array;
  /** Over the chosen replicates alone. */
  meansOver(chosen: (replicate: number) => boolean): Float64Array;
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

  means(): Float64Array {
    const count = this.#counts.reduce((sum, each) => sum + each, 0);
    return Float64Array.from(this.#moments, ({ silent, total }) => this.#mean(silent, total, count));
  }

  meansOver(chosen: (replicate: number) => boolean): Float64Array {
    const sumOver = (values: Float64Array) =>
      values.reduce((sum, value, replicate) => (chosen(replicate) ? sum + value : sum), 0);
    const count = sumOver(this.#counts);
    return Float64Array.from(this.#moments, ({ silent, each }) => this.#mean(silent, sumOver(each), count));
  }

  #mean(silent: number, sum: number, count: number): number {
    return this.#jumpWeight === 0 ? silent : silent + this.#jumpWeight * (sum / count);
  }
}
