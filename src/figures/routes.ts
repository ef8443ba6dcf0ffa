import type { Result, Series } from "../results/result.ts";
import type { Curve } from "./figure.ts";

/** hbar = 1, so a model's times are in the inverse of whatever unit its frequencies and rates are in. */
export const TIME_TITLE = "time t (inverse frequency units)";

/** What an observable or measure has at each time. */
export type Part = "real" | "imaginary";

/** One system by one route or by both. */
export interface Routes {
  readonly run?: Result;
  readonly exact?: Result;
}

/** Observable or measure `name` as a curve: the exact values as its line, the trajectory means as its points. */
export function curveOf({ run, exact }: Routes, name: string, label: string, part: Part = "real"): Curve {
  const [line, points] = [exact && seriesOf(exact, name), run && seriesOf(run, name)];
  return {
    label,
    ...(exact && line && { line: { x: exact.times, y: meanOf(line, part) } }),
    ...(run && points && { points: { x: run.times, y: meanOf(points, part), error: errorOf(points, part) } }),
  };
}

/** What the marks of a figure mean, in one line. */
export function explainMarks({ run, exact }: Routes): string {
  const points = run && `points: ${grouped(run.trajectories ?? 0)} trajectories ± standard error`;
  return [points, exact && "lines: master equation"].filter(Boolean).join(", ");
}

const seriesOf = (result: Result, name: string): Series | undefined =>
  result.observables[name] ?? result.measures[name];
const meanOf = (series: Series, part: Part): readonly number[] =>
  (part === "real" ? series.mean : series.meanIm) ?? [];
const errorOf = (series: Series, part: Part): readonly (number | null)[] =>
  (part === "real" ? series.standardError : series.standardErrorIm) ?? [];

/** 10000 -> "10 000", with a space that does not break. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
