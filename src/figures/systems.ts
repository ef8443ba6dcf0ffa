import type { Figure } from "./figure.ts";
import { curveOf, explainMarks, type LabelledRoutes } from "./routes.ts";
import { letterOf } from "./series.ts";

export interface ObservablePanel {
  readonly observable: string;
  readonly yTitle: string;
}

/** Several systems in the same panels, one panel an observable: the layout of the paper's Figs. 2, 3(a-d) and 4. */
export function systemsFigure(
  title: string,
  systems: readonly LabelledRoutes[],
  panels: readonly ObservablePanel[],
  xTitle: string,
): Figure {
  return {
    kind: "curves",
    title,
    subtitle: explainMarks(systems),
    columns: Math.min(2, panels.length),
    panels: panels.map(({ observable, yTitle }, index) => ({
      letter: letterOf(index, panels),
      xTitle,
      yTitle,
      curves: systems.map((system) => curveOf(system, observable, system.label)),
    })),
  };
}
