import type { Curve, Figure, Line } from "./figure.ts";
import { letterOf } from "./series.ts";

/** Quantities against one parameter. */
export interface Sweep {
  readonly title: string;
  /** Values of the parameter, ascending; > 0 on a logarithmic axis. */
  readonly x: readonly number[];
  readonly xTitle: string;
  readonly logX?: boolean;
  readonly quantities: readonly SweepQuantity[];
}

export interface SweepQuantity {
  readonly yTitle: string;
  /** One value a parameter value, NaN where there is none; `standardError` null where it cannot be known. */
  readonly trajectories?: {
    readonly mean: readonly number[];
    readonly standardError: readonly (number | null)[];
  };
  readonly exact?: readonly number[];
  /** At parameter values of its own, so that it can be smooth. */
  readonly closedForm?: Line;
}

/** The closed form comes first: its line is the plain one. */
const ROUTES = ["closed form", "trajectories", "master equation"] as const;

/** A panel a quantity: both routes as points, the closed form where there is one as a line. */
export function sweepFigure({ title, x, xTitle, logX = false, quantities }: Sweep): Figure {
  const used = ROUTES.filter((_, route) => quantities.some((quantity) => curvesOf(quantity, x)[route]));
  return {
    kind: "curves",
    title,
    subtitle: used.includes("trajectories") ? "error bars: ± standard error" : "",
    columns: quantities.length <= 1 ? 1 : 2,
    panels: quantities.map((quantity, index) => ({
      letter: letterOf(index, quantities),
      xTitle,
      yTitle: quantity.yTitle,
      logX,
      curves: curvesOf(quantity, x).flatMap((curve) => curve ?? []),
    })),
  };
}

/** In the order of ROUTES. */
function curvesOf({ trajectories, exact, closedForm }: SweepQuantity, x: readonly number[]) {
  const points = (label: string, y: readonly number[], error: readonly (number | null)[]): Curve => {
    const known = x.map((_, index) => index).filter((index) => Number.isFinite(y[index]));
    const pick = <T>(values: readonly T[], missing: T) => known.map((index) => values[index] ?? missing);
    return {
      label,
      points: { x: pick(x, Number.NaN), y: pick(y, Number.NaN), error: pick(error, null), all: true },
    };
  };
  return [
    closedForm && { label: ROUTES[0], line: closedForm },
    trajectories && points(ROUTES[1], trajectories.mean, trajectories.standardError),
    exact && points(ROUTES[2], exact, []),
  ] as const;
}
