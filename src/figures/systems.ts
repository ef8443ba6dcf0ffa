import type { Figure } from "./figure.ts";
import { curveOf, explainMarks, type Routes } from "./routes.ts";

/** A system with the name of its curve: "|10⟩" for a start, say. */
export interface LabelledRoutes extends Routes {
  readonly label: string;
}

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
    title,
    subtitle: systems[0] === undefined ? "" : explainMarks(systems[0]),
    columns: 2,
    panels: panels.map(({ observable, yTitle }, index) => ({
      letter: panels.length > 1 ? `(${String.fromCharCode(97 + index)})` : "",
      xTitle,
      yTitle,
      curves: systems.map((system) => curveOf(system, observable, system.label)),
    })),
  };
}
