import type { ParameterValue } from "../model/model.ts";
import type { Curve, Figure, Line, Points } from "./figure.ts";
import { ENERGY_UNIT, letterOf, MOST_PANELS } from "./series.ts";
import { firstOf, printedKets, printedName, printedNumber } from "./text.ts";
import { COLOURS } from "./theme.ts";

/** What a figure needs of the file that `mcwf sweep` writes. */
export interface SweepTable {
  readonly title: string;
  /** Values that are not the same at all points are texts, such as N/2. */
  readonly axes: readonly { readonly name: string; readonly values: readonly (ParameterValue | string)[] }[];
  readonly quantities: readonly { readonly name: string; readonly energy: boolean }[];
  readonly rows: readonly {
    /** Of each axis: which of its values, and what it is here. */
    readonly places: readonly number[];
    readonly parameters: readonly ParameterValue[];
    readonly values: Readonly<Record<string, SweptValue>>;
  }[];
}

/** What was not computed is absent. */
export interface SweptValue {
  readonly mean?: number;
  /** null where it cannot be known. */
  readonly standardError?: number | null;
  readonly exact?: number;
  readonly closedForm?: number;
}

export interface SweepFigureOptions {
  readonly title?: string | undefined;
  /** Quantities to show; default all. */
  readonly names?: readonly string[];
  /** Panels in a row. */
  readonly columns?: number | undefined;
}

/** One of several in the same panels: a combination of the parameters that are not on the x axis. */
interface Series {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly values: SweepTable["rows"][number]["values"] }[];
}

/**
 * Quantities against the parameter with most values, a panel a quantity, a series for each combination of the others. Of
 * one series all routes have marks of their own; of several, lines are the closed form or else the master equation.
 */
export function sweepFigure(table: SweepTable, options: SweepFigureOptions = {}): Figure {
  const { title = table.title, names } = options;
  const counts = table.axes.map(({ values }) => values.length);
  const along = counts.indexOf(Math.max(...counts));
  const all = seriesOf(table, along);
  const series = all.slice(0, COLOURS.length);
  const quantities = table.quantities.filter(({ name }) => names?.includes(name) ?? true);
  const shown = quantities.slice(0, MOST_PANELS);
  const axis = table.axes[along];
  const numeric = axis?.values.every((value) => typeof value === "number") ?? false;
  const xTitle = `${printedName(axis?.name ?? "")}${numeric ? "" : " (number of the value)"}`;
  const logX = numeric && spansDecades(series.flatMap(({ points }) => points.map(({ x }) => x)));
  const panels = shown.map(({ name, energy }, index) => ({
    letter: letterOf(index, shown),
    xTitle,
    yTitle: energy ? name + ENERGY_UNIT : name,
    logX,
    curves: series.length === 1 ? routeCurves(series[0], name) : series.map((one) => seriesCurve(one, name)),
  }));
  const left = [...firstOf(shown, quantities, "quantities"), ...firstOf(series, all, "combinations")];
  return {
    kind: "curves",
    title: printedKets(title),
    subtitle: [...explain(series, shown), ...left].join(", "),
    columns: options.columns ?? (panels.length <= 1 ? 1 : 2),
    panels,
  };
}

function seriesOf({ axes, rows }: SweepTable, along: number): Series[] {
  const found = new Map<
    string,
    Series & { readonly points: { x: number; values: SweepTable["rows"][number]["values"] }[] }
  >();
  const numeric = axes[along]?.values.every((value) => typeof value === "number") ?? false;
  for (const { places, parameters, values } of rows) {
    const label = axes
      .map((axis, index) => `${printedName(axis.name)} = ${printedValue(axis.values[places[index] ?? 0])}`)
      .filter((_, index) => index !== along)
      .join(", ");
    const value = parameters[along];
    const x = numeric && typeof value === "number" ? value : (places[along] ?? 0) + 1;
    const series = found.get(label) ?? { label, points: [] };
    series.points.push({ x, values });
    found.set(label, series);
  }
  for (const { points } of found.values()) points.sort((a, b) => a.x - b.x);
  return [...found.values()];
}

function printedValue(value: ParameterValue | string | undefined): string {
  if (typeof value === "number") return printedNumber(value);
  return typeof value === "string" ? value : JSON.stringify(value);
}

const CLOSED_FORM = "closed form";
const TRAJECTORIES = "trajectories";
const MASTER = "master equation";

/** The closed form comes first: its line is the plain one. */
function routeCurves(series: Series | undefined, name: string): Curve[] {
  if (series === undefined) return [];
  const closed = lineOf(series, name, "closedForm");
  const [sampled, exact] = [pointsOf(series, name, "mean"), pointsOf(series, name, "exact")];
  return [
    ...(closed ? [{ label: CLOSED_FORM, style: 0, line: closed }] : []),
    ...(sampled ? [{ label: TRAJECTORIES, style: 1, points: sampled }] : []),
    ...(exact ? [{ label: MASTER, style: 2, points: exact }] : []),
  ];
}

function seriesCurve(series: Series, name: string): Curve {
  const line = lineOf(series, name, "closedForm") ?? lineOf(series, name, "exact");
  const points = pointsOf(series, name, "mean") ?? pointsOf(series, name, "exact");
  return { label: series.label, ...(line && { line }), ...(points && { points }) };
}

function lineOf({ points }: Series, name: string, part: "exact" | "closedForm"): Line | undefined {
  const known = points.flatMap(({ x, values }) => {
    const y = values[name]?.[part];
    return y === undefined ? [] : [{ x, y }];
  });
  return known.length === 0 ? undefined : { x: known.map(({ x }) => x), y: known.map(({ y }) => y) };
}

function pointsOf({ points }: Series, name: string, part: "mean" | "exact"): Points | undefined {
  const known = points.flatMap(({ x, values }) => {
    const value = values[name];
    const y = value?.[part];
    return y === undefined ? [] : [{ x, y, error: part === "mean" ? (value?.standardError ?? null) : null }];
  });
  if (known.length === 0) return undefined;
  return {
    x: known.map(({ x }) => x),
    y: known.map(({ y }) => y),
    error: known.map(({ error }) => error),
    all: true,
  };
}

/** What lines and points mean, where the legend does not say so. */
function explain(series: readonly Series[], shown: readonly { readonly name: string }[]): string[] {
  const knows = (name: string, part: keyof SweptValue) =>
    series.some(({ points }) => points.some(({ values }) => values[name]?.[part] !== undefined));
  const has = (part: keyof SweptValue) => shown.some(({ name }) => knows(name, part));
  const others = shown.some(({ name }) => !knows(name, "closedForm") && knows(name, "exact"));
  if (series.length <= 1) return has("mean") ? ["error bars: ± standard error"] : [];
  const line = [has("closedForm") && CLOSED_FORM, others && MASTER].filter(Boolean).join(", else ");
  const points = has("mean") ? `${TRAJECTORIES} ± standard error` : has("exact") ? MASTER : undefined;
  if (line === points) return [`points: ${points}`];
  return [line && `lines: ${line}`, points && `points: ${points}`].flatMap((text) => text || []);
}

/** Spread over decades, and rather as a geometric series than in equal steps. */
function spansDecades(values: readonly number[]): boolean {
  const ascending = [...new Set(values)].sort((a, b) => a - b);
  const [low = 0, high = 0] = [ascending[0], ascending.at(-1)];
  const middle = ascending[Math.floor(ascending.length / 2)] ?? 0;
  return low > 0 && high / low >= 30 && ascending.length >= 4 && middle < (low + high) / 5;
}
