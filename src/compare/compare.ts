import { groupBy } from "../base/lists.ts";
import type { JumpCount, Result, Series } from "../results/result.ts";
import type { Evidence, SeriesEvidence } from "../trajectories/evidence.ts";
import type { EnsembleRun } from "../trajectories/options.ts";
import { studentLimit } from "../trajectories/student.ts";
import { expectedRareJumps, jumpLaw, observableLaws } from "./laws.ts";
import { type PointTest, testJumps, testMeasure, testObservable } from "./point-tests.ts";
import type { PointVerdict, SeriesKind, SeriesVerdict, Verdict } from "./verdict.ts";

const FALSE_ALARM = 1e-3;

export interface CompareOptions {
  /** Probability, at most, to find that a right run disagrees; default 1e-3. */
  readonly falseAlarm?: number | undefined;
}

/**
 * Whether a run agrees with the exact answer: every observable (real and imaginary part), every measure and every
 * channel's jump count, at all times together.
 *
 * The false-alarm probability is shared out evenly among the series that have anything random in them, and within a
 * series evenly among its random points (Bonferroni: right whatever the correlations, and those along time are
 * strong). A single jump count so keeps nearly the sharpness of a test by itself beside a series with many times.
 *
 * @throws RangeError when the two results are not of the same observables, measures, channels and times
 */
export function compareResults(run: EnsembleRun, exact: Result, options: CompareOptions = {}): Verdict {
  const falseAlarm = options.falseAlarm ?? FALSE_ALARM;
  const series = pairSeries(run, exact);
  const random = series.filter((points) => points.some(isRandom)).length;
  const share = falseAlarm / Math.max(1, random);
  const verdicts = groupByName(series.map((points) => leveled(points, share, run.evidence)));
  const worst = verdicts.map((verdict) => verdict.worst).reduce<PointVerdict | null>(worse, null);
  return {
    agree: verdicts.every((verdict) => verdict.agree),
    falseAlarm,
    points: series.flat().filter(isRandom).length,
    worst,
    series: verdicts,
  };
}

/**
 * Whether a run can come from a law with other means: one observable (real part) or measure at chosen times, tested
 * together at a false-alarm probability of `level`.
 * @param indices of the times
 * @param expected means at all times of the run
 */
export function compareMeans(
  run: EnsembleRun,
  exact: Result,
  name: string,
  indices: readonly number[],
  expected: readonly number[],
  level: number,
): readonly PointVerdict[] {
  const { observables, measures } = run.result;
  const [observable, measure] = [observables[name], measures[name]];
  const { evidence } = run;
  const [points = []] =
    observable !== undefined
      ? observableSeries(
          name,
          observable,
          { ...exact, observables: { [name]: { mean: expected } } },
          evidence,
          expectedRareJumps(exact, evidence),
        )
      : measure !== undefined
        ? [measureSeries(name, measure, { ...exact, measures: { [name]: { mean: expected } } }, evidence)]
        : [];
  const chosen = indices.flatMap((index) => points[index] ?? []);
  if (chosen.length < indices.length) throw new RangeError(`compare: the run must have means of ${name}`);
  return leveled(chosen, level, evidence);
}

/** A point before its level is known. */
type TestedPoint = Omit<PointVerdict, "level" | "limit">;
/** One real-valued series. */
type TestedSeries = readonly TestedPoint[];

const isRandom = (point: TestedPoint) => point.test !== "equality";

function leveled(points: TestedSeries, share: number, evidence: Evidence): readonly PointVerdict[] {
  const level = share / Math.max(1, points.filter(isRandom).length);
  const limit = studentLimit(level, evidence);
  return points.map((point) => ({
    ...point,
    level: isRandom(point) ? level : 1,
    limit: point.test === "student" ? limit : null,
  }));
}

/** Real and imaginary part of one observable belong to one series for the reader. */
function groupByName(all: readonly (readonly PointVerdict[])[]): SeriesVerdict[] {
  const groups = groupBy(all.flat(), ({ kind, name }) => `${kind} ${name}`);
  return [...groups.values()].flatMap((points) => {
    const worst = points.reduce<PointVerdict | null>(worse, null);
    if (worst === null) return [];
    const zs = points.flatMap(({ z }) => (z === null ? [] : [Math.abs(z)]));
    return {
      kind: worst.kind,
      name: worst.name,
      agree: points.every(({ pValue, level }) => pValue >= level),
      maxAbsZ: zs.length === 0 ? null : Math.max(...zs),
      worst,
    };
  });
}

const worse = (a: PointVerdict | null, b: PointVerdict): PointVerdict =>
  a === null || partOfLimit(b) > partOfLimit(a) ? b : a;

/** How much of what is allowed a point takes up; it disagrees above 1. */
export function partOfLimit({ test, z, limit, pValue, level }: PointVerdict): number {
  // Equal numbers that had to be equal say less than any random point.
  if (test === "equality") return pValue === 1 ? -1 : Number.POSITIVE_INFINITY;
  if (z !== null && limit !== null) return Math.abs(z) / limit;
  // The logarithm of a normal tail grows as the square of the deviation.
  return Math.sqrt(Math.log(pValue) / Math.log(level));
}

function pairSeries(run: EnsembleRun, exact: Result): TestedSeries[] {
  const { result, evidence } = run;
  const rareJumps = expectedRareJumps(exact, evidence);
  requireSame("times", result.times.map(String), exact.times.map(String));
  for (const key of ["observables", "measures", "channels"] as const) {
    requireSame(key, Object.keys(result[key]).sort(), Object.keys(exact[key]).sort());
  }
  return [
    ...Object.entries(result.observables).flatMap(([name, series]) =>
      observableSeries(name, series, exact, evidence, rareJumps),
    ),
    ...Object.entries(result.measures).map(([name, series]) => measureSeries(name, series, exact, evidence)),
    ...Object.entries(result.channels).map(([name, count]) =>
      jumpSeries(name, count, exact, evidence, rareJumps),
    ),
  ];
}

function requireSame(what: string, ours: readonly string[], theirs: readonly string[]): void {
  if (ours.length === theirs.length && ours.every((name, i) => name === theirs[i])) return;
  throw new RangeError(
    `compare: both results must have the same ${what}, but one has [${ours}], the other [${theirs}]`,
  );
}

function observableSeries(
  name: string,
  run: Series,
  exact: Result,
  evidence: Evidence,
  rareJumps: number,
): TestedSeries[] {
  const reference = exact.observables[name];
  const bounds = evidence.observables.get(name);
  if (reference === undefined || bounds === undefined) {
    throw new RangeError(`compare: observable ${name} must be known to the run and the exact result`);
  }
  const part = (
    part: "re" | "im",
    mean: readonly number[] | undefined,
    error: readonly (number | null)[] | undefined,
    truth: readonly number[] | undefined,
    series: SeriesEvidence,
  ) =>
    observableLaws(series, evidence, rareJumps).map((law, t) => {
      const numbers = { mean: mean?.[t] ?? 0, standardError: error?.[t] ?? null, exact: truth?.[t] ?? 0 };
      const test = testObservable(numbers, evidence, series, law, t);
      return tested("observable", name, part, exact.times[t] ?? 0, numbers, test);
    });
  const real = part("re", run.mean, run.standardError, reference.mean, bounds.re);
  if (bounds.im === null) return [real];
  return [real, part("im", run.meanIm, run.standardErrorIm, reference.meanIm, bounds.im)];
}

function measureSeries(name: string, run: Series, exact: Result, evidence: Evidence): TestedSeries {
  const scales = evidence.measures.get(name);
  const reference = exact.measures[name];
  if (reference === undefined || scales?.length !== exact.times.length) {
    throw new RangeError(`compare: measure ${name} must be known to the run and the exact result`);
  }
  return scales.map((scale, t) => {
    const numbers = {
      mean: run.mean[t] ?? 0,
      standardError: run.standardError?.[t] ?? null,
      exact: reference.mean[t] ?? 0,
    };
    const time = exact.times[t] ?? 0;
    return tested("measure", name, "re", time, numbers, testMeasure(numbers, evidence, scale));
  });
}

function jumpSeries(
  name: string,
  run: JumpCount,
  exact: Result,
  evidence: Evidence,
  rareJumps: number,
): TestedSeries {
  const numbers = {
    mean: run.jumps,
    standardError: run.standardError ?? null,
    exact: exact.channels[name]?.jumps ?? 0,
  };
  const time = exact.times.at(-1) ?? 0;
  const law = jumpLaw(numbers.exact, evidence.jumpEvenness.get(name) ?? 0, evidence, rareJumps);
  return [tested("channel", name, "re", time, numbers, testJumps(numbers, evidence, law))];
}

function tested(
  kind: SeriesKind,
  name: string,
  part: "re" | "im",
  time: number,
  numbers: { readonly mean: number; readonly standardError: number | null; readonly exact: number },
  test: PointTest,
): TestedPoint {
  const { mean, standardError, exact } = numbers;
  return { kind, name, part, time, mean, standardError, exact, ...test };
}
