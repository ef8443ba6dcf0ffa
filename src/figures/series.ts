import { groupBy } from "../base/lists.ts";
import type { Model } from "../model/model.ts";
import { stemOf } from "./choice.ts";
import type { Figure, Panel } from "./figure.ts";
import {
  curveOf,
  type ErrorMarks,
  explainMarks,
  type LabelledRoutes,
  modelOf,
  namesOf,
  type Part,
} from "./routes.ts";
import { firstOf, printedKets } from "./text.ts";
import { PLAIN_TIME, type TimeAxis } from "./time.ts";

/** More than this on one sheet can no longer be read. */
export const MOST_PANELS = 12;
const CURVES_IN_A_PANEL = 8;
/** Behind the name of an energy. */
export const ENERGY_UNIT = " (frequency units, ħ = 1)";
const ENTROPY_UNIT = " (bits)";

export interface SeriesOptions {
  /** Observables and measures to show; default all. */
  readonly names?: readonly string[];
  /** Default: bars on points beside exact lines, a band where there are none. */
  readonly errors?: ErrorMarks | undefined;
  readonly time?: TimeAxis;
  readonly title?: string | undefined;
  /** Panels in a row. */
  readonly columns?: number | undefined;
}

/**
 * What systems measure, over time, by the routes they went. A panel a quantity; in it a curve a system or, of a single
 * system, a curve a member of a list such as n1, n2, ...
 */
export function seriesFigure(systems: readonly LabelledRoutes[], options: SeriesOptions = {}): Figure {
  const {
    errors = errorMarksFor(systems),
    time = PLAIN_TIME,
    title = systems[0] === undefined ? "" : modelOf(systems[0]).title,
  } = options;
  const names = options.names ?? [...new Set(systems.flatMap(namesOf))];
  const all = panelsOf(systems, names, errors, time);
  const panels = all
    .slice(0, MOST_PANELS)
    .map((panel, index) => ({ ...panel, letter: letterOf(index, all) }));
  const shown = systems.filter((system) => namesOf(system).some((name) => names.includes(name)));
  return {
    kind: "curves",
    title: printedKets(title),
    subtitle: [explainMarks(shown, errors), ...firstOf(panels, all, "panels")].join(", "),
    columns: options.columns ?? (panels.length <= 1 ? 1 : panels.length <= 4 ? 2 : 3),
    panels,
  };
}

const errorMarksFor = (systems: readonly LabelledRoutes[]): ErrorMarks =>
  systems.some(({ exact }) => exact) ? "bars" : "band";

/** "(a)", "(b)", ...; none for a panel that stands alone. */
export const letterOf = (index: number, all: readonly unknown[]): string =>
  all.length > 1 ? `(${String.fromCharCode(97 + index)})` : "";

function panelsOf(
  systems: readonly LabelledRoutes[],
  names: readonly string[],
  errors: ErrorMarks,
  time: TimeAxis,
): Panel[] {
  const models = systems.map(modelOf);
  const groups = systems.length === 1 ? groupMembers(names) : names.map((name) => [name]);
  return groups.flatMap((group) => {
    return partsOf(models, group).map(({ part, yTitle }) => ({
      letter: "",
      xTitle: time.title,
      yTitle,
      curves: systems.flatMap((system) => {
        const own = namesOf(system);
        const style = { part, errors, timeScale: time.scaleOf(modelOf(system)) };
        return group
          .filter((name) => own.includes(name))
          .map((name) => curveOf(system, name, group.length > 1 ? name : system.label, style));
      }),
    }));
  });
}

/** Names in order, those of a list (n1, n2, ...) together, in groups that one panel can show. */
function groupMembers(names: readonly string[]): string[][] {
  const groups = groupBy(names, (name) => {
    const stem = stemOf(name, names);
    return stem === undefined ? `single ${name}` : `list ${stem}`;
  });
  return [...groups.values()].flatMap((group) => {
    const count = Math.ceil(group.length / CURVES_IN_A_PANEL);
    return Array.from({ length: count }, (_, index) =>
      group.slice(index * CURVES_IN_A_PANEL, (index + 1) * CURVES_IN_A_PANEL),
    );
  });
}

/** What quantities have to be drawn: one panel, or two where an observable is not Hermitian. */
export function partsOf(
  models: readonly Model[],
  group: readonly string[],
): { part: Part; yTitle: string }[] {
  const title = titleOf(models, group);
  const complex = models.some(({ observables }) =>
    observables.some(({ name, hermitian }) => !hermitian && group.includes(name)),
  );
  if (!complex) return [{ part: "real", yTitle: title }];
  return [
    { part: "real", yTitle: `Re ${title}` },
    { part: "imaginary", yTitle: `Im ${title}` },
  ];
}

function titleOf(models: readonly Model[], group: readonly string[]): string {
  const [first = "", last = first] = [group[0], group.at(-1)];
  const name = group.length === 1 ? first : group.length === 2 ? `${first}, ${last}` : `${first} to ${last}`;
  const [unit = "", ...others] = new Set(models.flatMap((model) => group.map((one) => unitOf(model, one))));
  return others.length === 0 ? `${name}${unit}` : name;
}

/** Energies and entropies have units that are known; of other operators the file says nothing. */
function unitOf({ observables, measures }: Model, name: string): string {
  if (observables.some((one) => one.name === name && one.isHamiltonian === true)) return ENERGY_UNIT;
  return measures.some((one) => one.name === name && one.kind === "entropy") ? ENTROPY_UNIT : "";
}
