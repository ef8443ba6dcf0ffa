import { exp } from "../base/elementary.ts";
import type { SilentPath } from "../kernel/types.ts";
import type { DensityMatrix } from "../measures/density.ts";
import { measureOf } from "../measures/measures.ts";
import type { Measure, Model } from "../model/model.ts";
import type { ClickGroup, ConditionalSeries, Density } from "../results/result.ts";
import type { ClickSums } from "./click-sums.ts";
import { DensityEstimator, densityTimes, printDensity, wholeEstimator } from "./density.ts";
import { allDisturbed, UNKNOWN_EFFECT, varianceOfSampledMean } from "./error.ts";
import { type Chosen, type Estimate, type Estimator, type MomentMeans, perEvent } from "./estimate.ts";
import { jackknife } from "./jackknife.ts";
import { measureScale } from "./measure-scale.ts";
import { densityLayoutOf } from "./measures.ts";
import { observableSeries, seriesOf } from "./result.ts";

/**
 * Averages over the trajectories with 0, 1, ... jumps so far. Within a group the mean is a ratio,
 * (silent + jumpWeight sum / n) / (silent weight + jumpWeight count / n), and its error that of the jackknife over the
 * replicates. Without a jump the state is known exactly, in a mixture too; the weight of that group is sampled like the
 * others, so that all add up to 1.
 */
export function estimateClicks(estimator: Estimator, sums: ClickSums, model: Model): ClickGroup[] {
  const { groups } = sums.shape;
  return Array.from({ length: groups }, (_, number) => {
    const group = new GroupEstimator(estimator, sums, number);
    const density = group.density(model);
    return {
      clicks: number,
      orMore: number === groups - 1,
      weight: seriesOf(group.weights()),
      observables: group.observables(),
      measures: Object.fromEntries(
        model.measures.map((measure) => [measure.name, group.measure(measure, model)]),
      ),
      ...(density !== undefined && { density }),
    };
  });
}

/** Probabilities below this are rounding. */
const ROUNDING = 1e-13;

/** null: nobody is in the group. */
type Conditional = Estimate | null;

class GroupEstimator {
  readonly #estimator: Estimator;
  readonly #sums: ClickSums;
  readonly #group: number;
  readonly #times: readonly number[];

  constructor(estimator: Estimator, sums: ClickSums, group: number) {
    this.#estimator = estimator;
    this.#sums = sums;
    this.#group = group;
    this.#times = Array.from(estimator.ensemble.program.times, (_, t) => t);
  }

  weights(): Estimate[] {
    const { jumpWeight, silentPaths, survival } = this.#estimator.ensemble.root;
    const silent = this.#silentWeight();
    // Where there is one undisturbed path, it is without jumps.
    const undisturbed = silentPaths.length > 1 ? null : this.#group === 0 ? 1 : 0;
    return this.#times.map((time) => {
      // With stratified sampling all that is sampled has jumped by the last time.
      const alive = survival[time] ?? 0;
      const known = this.#group === 0 && alive - silent < ROUNDING;
      if (jumpWeight === 0 || known) return { mean: silent, standardError: 0 };
      if (1 - alive < ROUNDING) return { mean: this.#group === 0 ? 1 : 0, standardError: 0 };
      const counts = this.#counts(time);
      const sampled = counts.total / this.#estimator.ensemble.sums.count;
      const at = this.#estimator.disturbance(time);
      const effect = undisturbed === null ? UNKNOWN_EFFECT : perEvent(sampled - undisturbed, at);
      return {
        mean: silent + jumpWeight * sampled,
        standardError: this.#estimator.errorOf(counts, 1, 1, effect, at),
      };
    });
  }

  observables(): Record<string, ConditionalSeries> {
    const { layout, moments } = this.#estimator.ensemble.program;
    const estimates = (moment: number): Conditional[] => {
      const { lower, upper } = moments[moment] ?? { lower: 0, upper: 0 };
      const reach = (part: number) => (upper - lower) * part;
      return this.#times.map((time) => {
        const slice = this.#slice(time, [moment]);
        return slice && this.#ratio(slice, reach, (chosen) => slice.means(chosen)[0] ?? 0);
      });
    };
    return observableSeries(layout, (moment) => conditionalSeries(estimates(moment)));
  }

  measure(measure: Measure, model: Model): ConditionalSeries {
    const layout = densityLayoutOf(this.#estimator, measure);
    const density = new DensityEstimator(this.#estimator, layout, model);
    const f = (rho: DensityMatrix) => measureOf(measure, rho);
    const estimates = this.#times.map((time): Conditional => {
      const slice = this.#slice(time, density.moments);
      if (slice === null) return null;
      const value = (chosen: Chosen) => f(density.average(slice, chosen));
      const scale = measureScale(measure, model.sites, density.average(slice, null));
      const found = this.#ratio(slice, scale.modulus, value);
      return { ...found, mean: Math.min(scale.upper, Math.max(scale.lower, found.mean)) };
    });
    return conditionalSeries(estimates);
  }

  density(model: Model): Density | undefined {
    const density = wholeEstimator(this.#estimator, model);
    if (density === undefined) return undefined;
    const slices = densityTimes(this.#estimator, model).flatMap((time) => {
      const slice = this.#slice(time, density.moments);
      return slice === null ? [] : [{ time, slice }];
    });
    return printDensity(
      density,
      slices.map(({ time }) => time),
      slices.map(({ slice }) => density.average(slice, null)),
    );
  }

  /**
   * f of the conditional means, bias corrected. All members of the group count as events (see varianceOfSampledMean): if
   * none differ, the error is what one that differs would make. Where one replicate has all members it is not known.
   */
  #ratio(slice: GroupSlice, reach: (part: number) => number, f: (chosen: Chosen) => number): Estimate {
    const { weights } = this.#estimator;
    const full = f(null);
    if (this.#deterministic) return { mean: full, standardError: 0 };
    if (weights.mean.length < 2 || weights.mean.some((_, left) => slice.isEmpty((r) => r !== left))) {
      return { mean: full, standardError: null };
    }
    const { corrected, pseudo } = jackknife(full, weights, (left) => f((r) => r !== left));
    const members = allDisturbed(slice.members);
    const sample = { values: pseudo, weights, reach, effect: UNKNOWN_EFFECT };
    const variance = varianceOfSampledMean(sample, members);
    return { mean: corrected, standardError: Number.isNaN(variance) ? null : Math.sqrt(variance) };
  }

  /** Without a jump nothing is random. */
  get #deterministic(): boolean {
    return this.#group === 0 || this.#estimator.ensemble.root.jumpWeight === 0;
  }

  /** Weight of the exactly known branch in this group; it never jumps. */
  #silentWeight(): number {
    return this.#group === 0 ? 1 - this.#estimator.ensemble.root.jumpWeight : 0;
  }

  /** null: nobody is in the group. */
  #slice(time: number, moments: readonly number[]): GroupSlice | null {
    const { root, sums } = this.#estimator.ensemble;
    const counts = this.#counts(time);
    if (sums.count === 0 || !(this.#silentWeight() + root.jumpWeight * counts.total > 0)) return null;
    if (this.#group === 0) return this.#silentSlice(time, moments);
    return new GroupSlice({
      trajectories: this.#estimator.counts,
      jumpWeight: root.jumpWeight,
      silentWeight: 0,
      counts: counts.each,
      moments: moments.map((moment) => {
        const unit = this.#estimator.units[moment] ?? 1;
        const { each } = this.#sums.momentSums(this.#group, time, moment, this.#estimator.counts.length);
        return { silent: 0, each: each.map((sum) => sum * unit) };
      }),
    });
  }

  /** sum_k w_k S_k(t) x_k(t) over the components k of the initial mixture, S_k the probability of no jump. */
  #silentSlice(time: number, moments: readonly number[]): GroupSlice {
    const { program, root } = this.#estimator.ensemble;
    const logs = root.silentPaths.map(({ logSurvival }) => logSurvival[time] ?? 0);
    const most = Math.max(...logs);
    const weights = logs.map((log, k) => (program.initial[k]?.weight ?? 0) * exp(log - most));
    const sumOver = (value: (path: SilentPath) => number) =>
      root.silentPaths.reduce((sum, path, k) => sum + (weights[k] ?? 0) * value(path), 0);
    const none = new Float64Array(0);
    return new GroupSlice({
      trajectories: this.#estimator.counts,
      jumpWeight: 0,
      silentWeight: sumOver(() => 1),
      counts: none,
      moments: moments.map((moment) => ({
        silent: sumOver(({ values }) => values[time * program.moments.length + moment] ?? 0),
        each: none,
      })),
    });
  }

  #counts(time: number) {
    return this.#sums.countSums(this.#group, time, this.#estimator.counts.length);
  }
}

interface GroupAt {
  /** By replicate: all trajectories, and those in the group. */
  readonly trajectories: Float64Array;
  readonly counts: Float64Array;
  readonly jumpWeight: number;
  readonly silentWeight: number;
  readonly moments: readonly { readonly silent: number; readonly each: Float64Array }[];
}

/** Sums over a group at one time, from which its conditional means over any choice of replicates can be taken. */
class GroupSlice implements MomentMeans {
  readonly #at: GroupAt;

  constructor(at: GroupAt) {
    this.#at = at;
  }

  means(chosen: Chosen): Float64Array {
    const { moments } = this.#at;
    const weight = this.#weight(chosen);
    return Float64Array.from(moments, ({ silent, each }) => (silent + this.#sampled(each, chosen)) / weight);
  }

  isEmpty(chosen: Chosen): boolean {
    return !(this.#weight(chosen) > 0);
  }

  /** So many trajectories of equal weight would have the weight of the group. */
  get members(): number {
    const { trajectories, jumpWeight } = this.#at;
    return (this.#weight(null) * trajectories.reduce((sum, n) => sum + n, 0)) / jumpWeight;
  }

  #weight(chosen: Chosen): number {
    return this.#at.silentWeight + this.#sampled(this.#at.counts, chosen);
  }

  /** jumpWeight * sum / n over the chosen replicates. */
  #sampled(each: Float64Array, chosen: Chosen): number {
    const { trajectories, jumpWeight } = this.#at;
    if (jumpWeight === 0) return 0;
    let sum = 0;
    let n = 0;
    each.forEach((value, r) => {
      if (chosen !== null && !chosen(r)) return;
      sum += value;
      n += trajectories[r] ?? 0;
    });
    return n === 0 ? 0 : jumpWeight * (sum / n);
  }
}

const conditionalSeries = (estimates: readonly Conditional[]): ConditionalSeries => ({
  mean: estimates.map((estimate) => estimate?.mean ?? null),
  standardError: estimates.map((estimate) => estimate?.standardError ?? null),
});
