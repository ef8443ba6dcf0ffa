import { compareResults } from "../compare/compare.ts";
import type { Verdict } from "../compare/verdict.ts";
import type { Result, Series } from "../results/result.ts";
import type { EnsembleRun } from "../trajectories/options.ts";
import type { SweepValue } from "./sweep.ts";

/** The exact solver keeps 1e-10 of the largest value; kinks of measures and the user's formula cost a digit. */
const NUMERICAL = 1e-9;

/**
 * The values at one point, each beside what it is judged by: trajectories by the exact values, and where there are none by
 * the closed forms, with the statistical tests of a comparison; exact values by the closed forms, to rounding.
 */
export function judgeRow(
  run: EnsembleRun | null,
  exact: Result | null,
  closedForms: Readonly<Record<string, number>>,
  falseAlarm: number,
): { readonly values: Record<string, SweepValue>; readonly agree: boolean | null } {
  const verdict = run && judgeRun(run, exact ?? closedResult(run.result, closedForms), falseAlarm);
  const sampled = run === null ? new Map<string, Known>() : numbersOf(run.result);
  const solved = exact === null ? new Map<string, Known>() : numbersOf(exact);
  const names = [...new Set([...sampled.keys(), ...solved.keys(), ...Object.keys(closedForms)])];
  const values = names.map((name): [string, SweepValue] => {
    const [mean, known, closedForm] = [sampled.get(name), solved.get(name), closedForms[name]];
    const tested =
      mean &&
      verdict?.series.find(({ kind, name: own }) => kind !== "channel" && own === seriesName(name, run));
    const close =
      known === undefined || closedForm === undefined
        ? undefined
        : Math.abs(known.value - closedForm) <= NUMERICAL * Math.max(1, Math.abs(closedForm));
    const judged = [tested?.agree, close].filter((one) => one !== undefined);
    return [
      name,
      {
        ...(mean && { mean: mean.value, standardError: mean.standardError ?? null }),
        ...(known && { exact: known.value }),
        ...(closedForm !== undefined && { closedForm }),
        ...(tested && { z: tested.maxAbsZ === null ? null : tested.worst.z }),
        ...(judged.length > 0 && { agree: judged.every(Boolean) }),
      },
    ];
  });
  const judged = values.flatMap(([, { agree }]) => agree ?? []);
  const jumps = verdict?.series.filter(({ kind }) => kind === "channel").map(({ agree }) => agree) ?? [];
  const all = [...judged, ...jumps];
  return { values: Object.fromEntries(values), agree: all.length === 0 ? null : all.every(Boolean) };
}

interface Known {
  readonly value: number;
  readonly standardError?: number | null | undefined;
}

/** At the only time, by name of the quantity. */
function numbersOf(result: Result): Map<string, Known> {
  const found = new Map<string, Known>();
  const add = (name: string, means: Series["mean"], errors: Series["standardError"]) => {
    const [value] = means;
    if (value !== undefined) found.set(name, { value, standardError: errors?.[0] });
  };
  for (const [name, series] of Object.entries({ ...result.observables, ...result.measures })) {
    add(name, series.mean, series.standardError);
    if (series.meanIm) add(`${name}_im`, series.meanIm, series.standardErrorIm);
  }
  return found;
}

/** Real and imaginary part are one series of the verdict. */
const seriesName = (name: string, run: EnsembleRun | null): string =>
  run !== null && !(name in run.result.observables) && !(name in run.result.measures)
    ? name.replace(/_im$/, "")
    : name;

/** Both have to be of the same quantities, so what one of them lacks is not compared. */
function judgeRun(run: EnsembleRun, reference: Result, falseAlarm: number): Verdict | null {
  const common = <T>(ours: Readonly<Record<string, T>>, theirs: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(ours).filter(([name]) => name in theirs));
  const restrict = (result: Result, other: Result): Result => ({
    ...result,
    observables: common(result.observables, other.observables),
    measures: common(result.measures, other.measures),
    channels: common(result.channels, other.channels),
  });
  const ours = { ...run, result: restrict(run.result, reference) };
  const verdict = compareResults(ours, restrict(reference, run.result), { falseAlarm });
  return verdict.series.length === 0 ? null : verdict;
}

/** The closed forms as if they were an exact result; jumps have none. */
function closedResult(like: Result, closedForms: Readonly<Record<string, number>>): Result {
  const pick = (group: Result["observables"]): Record<string, Series> =>
    Object.fromEntries(
      Object.keys(group).flatMap((name) => {
        const value = closedForms[name];
        return value === undefined ? [] : [[name, { mean: [value] }]];
      }),
    );
  // A complex observable needs both parts, and is rarely known by a formula.
  const real = Object.fromEntries(
    Object.entries(like.observables).filter(([, { meanIm }]) => meanIm === undefined),
  );
  return { ...like, kind: "exact", observables: pick(real), measures: pick(like.measures), channels: {} };
}
