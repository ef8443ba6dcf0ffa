import type { Model } from "../model/model.ts";
import type { Result, Series } from "../results/result.ts";
import type { Curve, Points } from "./figure.ts";
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
const FEW_TIMES = 40;

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
  const exactLine = exact &&
    line && {
      x: scaled(exact),
      y: meanOf(line, part),
      ...(exact.times.length <= FEW_TIMES && { vertices: true }),
    };
  if (errors === "bars") return { label, ...(exactLine && { line: exactLine }), ...(points && { points }) };
  const drawn = exactLine ?? means;
  return { label, ...(drawn && { line: drawn }), ...(points && { band: points }) };
}

/** What the marks of a figure mean, in one line. */
export function explainMarks(systems: readonly Routes[], errors: ErrorMarks = "bars"): string {
  const runs = systems.flatMap(({ run }) => run ?? []);
  const exact = systems.some((system) => system.exact);
  const counts = [...new Set(runs.map(({ trajectories }) => trajectories ?? 0))];
  const single = counts[0] === 1 ? "trajectory" : "trajectories";
  const who = counts.length === 1 ? `${groupedDigits(counts[0] ?? 0)} ${single}` : "trajectories";
  const both = errors === "band" && !exact ? "lines and bands" : errors === "band" ? "bands" : "points";
  const sampled = runs.length > 0 && `${both}: ${who} ± standard error`;
  return [sampled, exact && "lines: master equation"].filter(Boolean).join(", ");
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
const meanOf = (series: Series, part: Part): readonly number[] =>
  (part === "real" ? series.mean : series.meanIm) ?? [];
const errorOf = (series: Series, part: Part): readonly (number | null)[] =>
  (part === "real" ? series.standardError : series.standardErrorIm) ?? [];
