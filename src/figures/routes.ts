import type { Model } from "../model/model.ts";
import type { ConditionalSeries, Result, Series } from "../results/result.ts";
import type { Curve, Line, Points } from "./figure.ts";
import { groupedDigits } from "./text.ts";

/** What an observable or measure has at each time. */
export type Part = "real" | "imaginary";

/** One system by one route or by both. */
export interface Routes {
  readonly run?: Result;
  readonly exact?: Result;
}

/** A system with the name of its curve: "|10⟩" for a start, say. */
export interface LabelledRoutes extends Routes {
  readonly label: string;
}

/** How trajectory means are drawn: points with error bars, or a band from mean - error to mean + error. */
export type ErrorMarks = "bars" | "band";

export interface CurveStyle {
  readonly part?: Part;
  readonly errors?: ErrorMarks;
  /** Factor on all times; see time.ts. */
  readonly timeScale?: number;
}

/** A line through so few values may miss what happens between them. */
const FEW_TIMES = 30;

/** A line through values at these times, which are marked where they are few. */
export const lineOf = (x: readonly number[], y: readonly number[]): Line => ({
  x,
  y,
  ...(x.length <= FEW_TIMES && { vertices: true }),
});

/**
 * Observable or measure `name` as a curve: the exact values as its line, the trajectory means as its points. With errors
 * as a band the means are its line where there are no exact values.
 */
export function curveOf({ run, exact }: Routes, name: string, label: string, style: CurveStyle = {}): Curve {
  const { part = "real", errors = "bars", timeScale = 1 } = style;
  const [line, sampled] = [exact && seriesOf(exact, name), run && seriesOf(run, name)];
  const scaled = ({ times }: Result) => (timeScale === 1 ? times : times.map((time) => time * timeScale));
  const means = run && sampled && { x: scaled(run), y: meanOf(sampled, part) };
  const points: Points | undefined = sampled && means && { ...means, error: errorOf(sampled, part) };
  const exactLine = exact && line && lineOf(scaled(exact), meanOf(line, part));
  if (errors === "bars") return { label, ...(exactLine && { line: exactLine }), ...(points && { points }) };
  const drawn = exactLine ?? (means && lineOf(means.x, means.y));
  return { label, ...(drawn && { line: drawn }), ...(points && { band: points }) };
}

/** What the marks of a figure mean, in one line. */
export function explainMarks(systems: readonly Routes[], errors: ErrorMarks = "bars"): string {
  const runs = systems.flatMap(({ run }) => run ?? []);
  const exact = systems.filter((system) => system.exact).length;
  const counts = [...new Set(runs.map(({ trajectories }) => trajectories ?? 0))];
  const single = counts[0] === 1 ? "trajectory" : "trajectories";
  const who = counts.length === 1 ? `${groupedDigits(counts[0] ?? 0)} ${single}` : "trajectories";
  const band = errors === "band";
  const marks = band && exact === 0 ? "lines and bands" : band ? "bands" : "points";
  const some = (count: number) => (count < systems.length ? " where there are any" : "");
  // A band without an exact line has that of its means.
  const lines =
    band && exact < systems.length
      ? "lines: master equation, else the mean"
      : `lines${some(exact)}: master equation`;
  const sampled = runs.length > 0 && `${marks}${some(runs.length)}: ${who} ± standard error`;
  return [sampled, exact > 0 && lines].filter(Boolean).join(", ");
}

/** The model of a system, whichever route it went. */
export function modelOf({ run, exact }: Routes): Model {
  const model = (run ?? exact)?.model;
  if (model === undefined) throw new RangeError("a figure must be made from one result at least");
  return model;
}

/** Observables and then measures that a system has values of, in the order of the model. */
export function namesOf({ run, exact }: Routes): string[] {
  const names = [run, exact].flatMap((result) =>
    result ? [...Object.keys(result.observables), ...Object.keys(result.measures)] : [],
  );
  return [...new Set(names)];
}

export const seriesOf = (result: Result, name: string): Series | undefined =>
  result.observables[name] ?? result.measures[name];
/** NaN where nothing is known. */
export const meanOf = (series: Series | ConditionalSeries, part: Part): readonly number[] =>
  ((part === "real" ? series.mean : series.meanIm) ?? []).map((mean) => mean ?? Number.NaN);
export const errorOf = (series: Series | ConditionalSeries, part: Part): readonly (number | null)[] =>
  (part === "real" ? series.standardError : series.standardErrorIm) ?? [];
