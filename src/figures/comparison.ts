import type { Model } from "../model/model.ts";
import type { Figure, Panel } from "./figure.ts";
import { curveOf, explainMarks, type Part, type Routes, TIME_TITLE } from "./routes.ts";

/** More than this on one sheet can no longer be read. */
const MOST_PANELS = 12;
const CURVES_IN_A_PANEL = 8;

/** Everything that a model measures, by both routes: a panel an observable, lists such as n1, n2, ... in one panel. */
export function comparisonFigure(routes: Routes): Figure {
  const model = (routes.run ?? routes.exact)?.model;
  if (model === undefined) throw new RangeError("a figure must be made from one result at least");
  const all = panelsOf(model, routes);
  const panels = all.slice(0, MOST_PANELS);
  const cut = all.length > panels.length ? `, the first ${panels.length} of ${all.length} panels` : "";
  return {
    title: model.title,
    subtitle: explainMarks(routes) + cut,
    columns: panels.length === 1 ? 1 : panels.length <= 4 ? 2 : 3,
    panels,
  };
}

function panelsOf(model: Model, routes: Routes): Panel[] {
  const complex = new Set(model.observables.filter(({ hermitian }) => !hermitian).map(({ name }) => name));
  const names = [...model.observables, ...model.measures].map(({ name }) => name);
  return groupMembers(names).flatMap((group) => {
    const parts: readonly Part[] = group.some((name) => complex.has(name)) ? ["real", "imaginary"] : ["real"];
    return parts.map((part) => ({
      letter: "",
      xTitle: TIME_TITLE,
      yTitle: titleOf(model, group, parts.length > 1 ? part : undefined),
      curves: group.map((name) => curveOf(routes, name, group.length > 1 ? name : "", part)),
    }));
  });
}

/** Names in order, those of a list (n1, n2, ...) together, in groups that one panel can show. */
function groupMembers(names: readonly string[]): string[][] {
  const known = new Set(names);
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const stem = /^(.*\D)([1-9]\d*)$/.exec(name)?.[1];
    const listed = stem !== undefined && known.has(`${stem}1`) && known.has(`${stem}2`);
    const key = listed ? `list ${stem}` : `single ${name}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].flatMap((group) => {
    const count = Math.ceil(group.length / CURVES_IN_A_PANEL);
    return Array.from({ length: count }, (_, index) =>
      group.slice(index * CURVES_IN_A_PANEL, (index + 1) * CURVES_IN_A_PANEL),
    );
  });
}

function titleOf(model: Model, group: readonly string[], part: Part | undefined): string {
  const [first = "", last = first] = [group[0], group.at(-1)];
  const prefix = part === undefined ? "" : part === "real" ? "Re " : "Im ";
  const name = group.length === 1 ? first : group.length === 2 ? `${first}, ${last}` : `${first} to ${last}`;
  return `${prefix}${name}${isEnergy(model, first) ? " (frequency units, ħ = 1)" : ""}`;
}

/** Only the Hamiltonian itself has a unit that is known; of any other operator the file says nothing. */
function isEnergy(model: Model, name: string): boolean {
  const operator = model.observables.find((observable) => observable.name === name)?.operator;
  return operator !== undefined && JSON.stringify(operator) === JSON.stringify(model.hamiltonian);
}
