import { didYouMean } from "./meant.ts";
import type { Site } from "./model.ts";
import type { Expression } from "./syntax.ts";
import { ExpressionFault } from "./tokens.ts";
import { describe, formatComplex, realPart, type Value } from "./values.ts";

/**
 * The level that a label of `ket` or `transition` names. Of a site with named levels the written text is the label,
 * never a parameter; of a qubit, a spin and a mode it is an expression (or the label in quotes).
 */
export function levelOf(site: Site, label: Expression, evaluate: (label: Expression) => Value): number {
  if (label.kind === "text") return namedLevel(site, label.text, label.start);
  if (site.kind === "levels") return namedLevel(site, writtenLabel(site, label), label.start);
  const value = evaluate(label);
  if (value.kind !== "number") {
    throw new ExpressionFault(
      `must be a level of ${printLevels(site)}, but is ${describe(value)}`,
      label.start,
    );
  }
  const number = realPart(value.value);
  const lowest = site.kind === "spin" ? -(site.dimension - 1) / 2 : 0;
  const level = number === undefined ? Number.NaN : number - lowest;
  if (Number.isInteger(level) && level >= 0 && level < site.dimension) return level;
  throw new ExpressionFault(
    `must be a level of ${printLevels(site)}, but is ${formatComplex(value.value)}`,
    label.start,
  );
}

function writtenLabel(site: Site, label: Expression): string {
  if (label.kind === "name") return label.name;
  if (label.kind === "number") return label.text;
  throw new ExpressionFault(
    `must be a level of ${printLevels(site)}, but is an expression; a label that is not a name or a number is quoted`,
    label.start,
  );
}

/** The level with this label. */
export function namedLevel(site: Site, label: string, at: number): number {
  const level = site.labels.indexOf(label);
  if (level >= 0) return level;
  throw new ExpressionFault(
    `must be a level of ${printLevels(site)}, but is "${label}"${didYouMean(label, site.labels)}`,
    at,
  );
}

/** "A (g, 0, 1, e)", "c (0, 1, ..., 11)" */
function printLevels({ name, labels }: Site): string {
  const shown = labels.length <= 6 ? labels : [labels[0], labels[1], "...", labels.at(-1)];
  return `${name} (${shown.join(", ")})`;
}
