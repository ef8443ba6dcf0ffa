import type { ClickGroup, ConditionalSeries, Result, Series } from "../results/result.ts";
import type { Curve, Figure } from "./figure.ts";
import { errorOf, lineOf, meanOf, type Part } from "./routes.ts";
import { letterOf, MOST_PANELS, partsOf } from "./series.ts";
import { firstOf, groupedDigits, printedKets } from "./text.ts";
import { COLOURS } from "./theme.ts";
import { PLAIN_TIME, type TimeAxis } from "./time.ts";

export interface GroupOptions {
  readonly title?: string | undefined;
  /** Observables and measures to show; default all. */
  readonly names?: readonly string[];
  readonly time?: TimeAxis;
  readonly columns?: number | undefined;
}

/** A run with averages by the number of clicks: its probability and every quantity, a curve a group. */
export function groupsFigure(run: Result, options: GroupOptions = {}): Figure {
  const { model, clicks = [], times, trajectories = 0 } = run;
  const { title = model.title, time = PLAIN_TIME } = options;
  const x = times.map((at) => at * time.scaleOf(model));
  const groups = clicks.slice(0, COLOURS.length);
  const names = options.names ?? [...Object.keys(run.observables), ...Object.keys(run.measures)];
  const panel = (
    yTitle: string,
    seriesOf: (group: ClickGroup) => Series | ConditionalSeries | undefined,
    part: Part = "real",
  ) => ({
    yTitle,
    curves: groups.flatMap((group) => {
      const series = seriesOf(group);
      return series === undefined ? [] : [groupCurve(groupName(group), x, series, part)];
    }),
  });
  const all = [
    panel("probability of so many clicks", ({ weight }) => weight),
    ...names.flatMap((name) =>
      partsOf([model], [name]).map(({ part, yTitle }) =>
        panel(yTitle, ({ observables, measures }) => observables[name] ?? measures[name], part),
      ),
    ),
  ];
  const panels = all.slice(0, MOST_PANELS);
  const left = [...firstOf(panels, all, "panels"), ...firstOf(groups, clicks, "groups")];
  return {
    kind: "curves",
    title: printedKets(title),
    subtitle: [
      `averages over those of ${groupedDigits(trajectories)} trajectories with so many clicks up to t, ± standard error`,
      ...left,
    ].join(", "),
    columns: options.columns ?? (panels.length <= 4 ? 2 : 3),
    panels: panels.map((one, index) => ({
      ...one,
      letter: letterOf(index, panels),
      xTitle: time.title,
      // The last one in a group has an error as large as all values there can be.
      cutErrors: true,
    })),
  };
}

const groupName = ({ clicks, orMore }: ClickGroup): string =>
  `${clicks === 0 ? "no" : clicks}${orMore ? " or more" : ""} click${clicks === 1 && !orMore ? "" : "s"}`;

/** Gaps where nobody is in the group. */
function groupCurve(
  label: string,
  x: readonly number[],
  series: Series | ConditionalSeries,
  part: Part,
): Curve {
  const y = meanOf(series, part);
  return { label, line: lineOf(x, y), band: { x, y, error: errorOf(series, part) } };
}
