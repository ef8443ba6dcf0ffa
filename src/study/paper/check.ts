import { compareMeans, partOfLimit } from "../../compare/compare.ts";
import type { Spectrum } from "../../spectrum/spectrum.ts";
import { studentLimit } from "../../trajectories/student.ts";
import { UNSEEN } from "../../trajectories/unseen.ts";
import type { SolvedSystem } from "./compute.ts";
import type { SystemName } from "./systems.ts";

/** What is looked at in a system. */
export type Quantity =
  /** An observable or measure. */
  | { readonly kind: "mean"; readonly name: string }
  /** Probability that so many clicks have come so far; the last group is "or more". */
  | { readonly kind: "weight"; readonly clicks: number }
  /** Mean of an observable over the trajectories with so many clicks so far. */
  | { readonly kind: "heralded"; readonly clicks: number; readonly name: string }
  /** A number of the spectrum of H_eff: exact, and without trajectories. */
  | { readonly kind: "spectrum"; readonly read: (spectrum: Spectrum) => number };

/** One testable part of a claim. */
export interface Check {
  readonly system: SystemName;
  /** What is tested, in a few words for a table. */
  readonly label: string;
  readonly quantity: Quantity;
  /** At all times, at the last one, or at the one nearest to this. */
  readonly at: "always" | "finally" | number;
  readonly relation: "equals" | "above" | "below";
  /** From the statement alone, never from the model. */
  readonly target: number | ((time: number) => number);
  /** For "equals": how far off the statement's own digits, or what still decays at the last time, let it be. */
  readonly within?: number;
}

/** A mean and its standard error, null where it cannot be known. */
export interface Sampled {
  readonly mean: number;
  readonly standardError: number | null;
}

/** What both routes say to a check; of several times, at the one that speaks most against it. */
export interface CheckOutcome {
  readonly system: string;
  readonly label: string;
  readonly at: Check["at"];
  readonly relation: Check["relation"];
  /** null for numbers that have no time. */
  readonly time: number | null;
  readonly stated: number;
  readonly within: number;
  readonly exact: number;
  readonly trajectories: Sampled | null;
  /** Largest |exact - stated| of all times. */
  readonly deviation: number;
  readonly exactHolds: boolean;
  /** null: there is no such number of trajectories. */
  readonly trajectoriesHold: boolean | null;
  /** Half the width of the interval at the shown time, in standard errors, that all times together have to keep to. */
  readonly limit: number | null;
}

/** The exact solver keeps 1e-10, spectra 1e-13 of ||H_eff||. */
const EXACT_TOLERANCE = 1e-8;

/** Tests both routes against what is stated; the trajectories at a false-alarm probability of `level`. */
export function evaluate(check: Check, solved: SolvedSystem, level: number): CheckOutcome {
  const within = check.within ?? 0;
  const known = { ...fixedPart(check), within };
  if (check.quantity.kind === "spectrum") {
    const stated = targetAt(check, 0);
    const exact = check.quantity.read(solved.spectrum());
    const exactHolds = holdsExactly(check, exact, stated);
    const none = { time: null, trajectories: null, trajectoriesHold: null, limit: null };
    return { ...known, ...none, stated, exact, deviation: Math.abs(exact - stated), exactHolds };
  }
  const { times } = solved.exact;
  const exact = exactSeries(check.quantity, solved);
  const indices = indicesOf(check.at, times);
  const points = testTrajectories(check, solved, indices, level);
  const deviations = indices.map((index) =>
    Math.abs((exact[index] ?? Number.NaN) - stateAt(check, times, index)),
  );
  const fails = indices.map(
    (index) => !holdsExactly(check, exact[index] ?? Number.NaN, stateAt(check, times, index)),
  );
  const worst = shownPlace(fails, deviations, points);
  const index = indices[worst] ?? 0;
  return {
    ...known,
    time: times[index] ?? 0,
    stated: stateAt(check, times, index),
    exact: exact[index] ?? Number.NaN,
    trajectories: points[worst]?.sampled ?? null,
    deviation: Math.max(...deviations),
    exactHolds: !fails.includes(true),
    trajectoriesHold: points.every(({ holds }) => holds),
    limit: points[worst]?.limit ?? null,
  };
}

const fixedPart = ({ system, label, at, relation }: Check) => ({ system, label, at, relation });
const targetAt = ({ target }: Check, time: number): number =>
  typeof target === "number" ? target : target(time);
const stateAt = (check: Check, times: readonly number[], index: number): number =>
  targetAt(check, times[index] ?? 0);

function holdsExactly({ relation, within = 0 }: Check, exact: number, stated: number): boolean {
  const tolerance = EXACT_TOLERANCE * Math.max(1, Math.abs(stated));
  if (relation === "equals") return Math.abs(exact - stated) <= within + tolerance;
  return relation === "above" ? exact > stated + tolerance : exact < stated - tolerance;
}

/** Where a check fails, by the exact value first; else where the trajectories are farthest off. */
function shownPlace(
  fails: readonly boolean[],
  deviations: readonly number[],
  points: readonly TestedPoint[],
): number {
  if (fails.includes(true)) return deviations.indexOf(Math.max(...deviations));
  const missed = points.findIndex(({ holds }) => !holds);
  if (missed >= 0) return missed;
  const distances = points.map(({ distance }) => distance);
  return Math.max(0, distances.indexOf(Math.max(...distances)));
}

function indicesOf(at: Check["at"], times: readonly number[]): number[] {
  if (at === "always") return times.map((_, index) => index);
  if (at === "finally") return [times.length - 1];
  const distances = times.map((time) => Math.abs(time - at));
  return [distances.indexOf(Math.min(...distances))];
}

function exactSeries(
  quantity: Exclude<Quantity, { kind: "spectrum" }>,
  solved: SolvedSystem,
): readonly number[] {
  if (quantity.kind === "mean") {
    const { observables, measures } = solved.exact;
    return (observables[quantity.name] ?? measures[quantity.name])?.mean ?? [];
  }
  const group = solved.counted[quantity.clicks];
  return (quantity.kind === "weight" ? group?.weight : group?.observables[quantity.name]) ?? [];
}

interface TestedPoint {
  readonly sampled: Sampled;
  /** From what is stated, as a part of what is allowed. */
  readonly distance: number;
  readonly holds: boolean;
  readonly limit: number | null;
}

function testTrajectories(
  check: Check,
  solved: SolvedSystem,
  indices: readonly number[],
  level: number,
): TestedPoint[] {
  const { quantity } = check;
  if (quantity.kind === "spectrum") return [];
  if (quantity.kind !== "mean") return testClicks(check, quantity, solved, indices, level / indices.length);
  const { result } = solved.run;
  const series = result.observables[quantity.name] ?? result.measures[quantity.name];
  const targets = result.times.map((time, index) =>
    nearest(check, series?.mean[index] ?? 0, targetAt(check, time)),
  );
  return compareMeans(solved.run, solved.exact, quantity.name, indices, targets, level).map((point) => {
    const { mean, standardError, exact: target, pValue, level: own, limit } = point;
    const holds = decide(check, mean, target, pValue >= own);
    return { sampled: { mean, standardError }, distance: partOfLimit(point), holds, limit };
  });
}

/** The number that the statement allows that is nearest to the mean. */
function nearest({ relation, within = 0 }: Check, mean: number, stated: number): number {
  return relation === "equals" ? Math.min(stated + within, Math.max(stated - within, mean)) : stated;
}

/** An inequality is confirmed where the interval of the trajectories lies wholly on its side. */
function decide({ relation }: Check, mean: number, target: number, compatible: boolean): boolean {
  if (relation === "equals") return compatible;
  return !compatible && (relation === "above" ? mean > target : mean < target);
}

/** Means over groups of trajectories, by Student's t, with the same allowance for unseen events as other means. */
function testClicks(
  check: Check,
  quantity: Extract<Quantity, { clicks: number }>,
  { run: { result, evidence } }: SolvedSystem,
  indices: readonly number[],
  level: number,
): TestedPoint[] {
  const group = result.clicks?.[quantity.clicks];
  const series = quantity.kind === "weight" ? group?.weight : group?.observables[quantity.name];
  const limit = studentLimit(level, evidence);
  return indices.map((index) => {
    const mean = series?.mean[index] ?? Number.NaN;
    const standardError = series?.standardError?.[index] ?? null;
    const share = quantity.kind === "weight" ? 1 : (group?.weight.mean[index] ?? 0);
    // Nothing is random where the standard error is 0, and then nothing is unseen.
    const unseen = standardError === 0 ? 0 : UNSEEN / (evidence.trajectories * share);
    const error = limit * Math.hypot(standardError ?? Number.NaN, unseen) + EXACT_TOLERANCE;
    const target = nearest(check, mean, targetAt(check, result.times[index] ?? 0));
    const holds = decide(check, mean, target, Math.abs(mean - target) <= error);
    return { sampled: { mean, standardError }, distance: Math.abs(mean - target) / error, holds, limit };
  });
}
