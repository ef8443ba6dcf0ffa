import { type Fault, InputError } from "../base/errors.ts";
import type { Setting } from "../model/file.ts";

/** One `--over`: a parameter and the values that it takes, as texts that a model file could hold. */
export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
}

/** More points than that are no table that is read. */
const MOST_POINTS = 1000;
/** What messages call the place. */
const OPTION = "--over";
const FORM = "name=values such as N=2..20, alpha=0:0.1:0.02 or k=1,2,5";
/** The last value of a range may be missed by so much of a step, because 0.1 is not exact. */
const ROUNDING = 1e-9;

/**
 * Reads `name=items`, items between commas, each of them a..b (steps of 1), a:b:step, or an expression.
 * @throws InputError with all faults
 */
export function readAxes(over: readonly string[]): Axis[] {
  const faults: Fault[] = [];
  const refuse = (where: string, message: string) => faults.push({ file: OPTION, where, message });
  const axes = over.map((text): Axis => {
    const equals = text.indexOf("=");
    const name = text.slice(0, Math.max(0, equals)).trim();
    if (name === "") {
      refuse("", `must be ${FORM}, but is ${JSON.stringify(text)}`);
      return { name, values: [] };
    }
    const items = splitItems(text.slice(equals + 1));
    return { name, values: items.flatMap((item) => valuesOf(item, (message) => refuse(name, message))) };
  });
  axes.forEach(({ name }, index) => {
    const twice = name !== "" && axes.findIndex((axis) => axis.name === name) < index;
    if (twice) refuse(name, "must be swept once, but is given twice");
  });
  const points = axes.reduce((product, { values }) => product * values.length, 1);
  if (points > MOST_POINTS)
    refuse("", `must make a grid of at most ${MOST_POINTS} points, but makes ${points}`);
  if (faults.length > 0) throw new InputError(faults);
  return axes;
}

/** Every combination of places in the lists of values, the first axis slowest. */
export const gridOf = (axes: readonly Axis[]): number[][] =>
  axes.reduce<number[][]>(
    (points, { values }) => points.flatMap((point) => values.map((_, place) => [...point, place])),
    [[]],
  );

/** The parameters of the model at one point of the grid. */
export const settingsAt = (axes: readonly Axis[], places: readonly number[]): Setting[] =>
  axes.map(({ name, values }, axis) => ({ name, value: values[places[axis] ?? 0] ?? "", option: OPTION }));

/** At commas outside of brackets, so that f(a, b) and [a, b] stay whole. */
function splitItems(text: string): string[] {
  const items = [""];
  let depth = 0;
  for (const letter of text) {
    if ("([".includes(letter)) depth++;
    if (")]".includes(letter)) depth--;
    if (letter === "," && depth === 0) items.push("");
    else items[items.length - 1] += letter;
  }
  return items.map((item) => item.trim());
}

function valuesOf(item: string, refuse: (message: string) => void): string[] {
  const quoted = JSON.stringify(item);
  if (item === "") {
    refuse(`must be ${FORM}, but has an empty place among its values`);
    return [];
  }
  const bounds = item.includes("..") ? item.split("..") : item.split(":");
  if (bounds.length === 1) return [item];
  const [from = Number.NaN, to = Number.NaN, step = 1] = bounds.map((text) =>
    text.trim() === "" ? Number.NaN : Number(text),
  );
  const counted = item.includes("..");
  if (bounds.length !== (counted ? 2 : 3) || ![from, to, step].every(Number.isFinite)) {
    refuse(
      `must be a range such as ${counted ? "2..20" : "0:0.1:0.02 (from:to:step)"} in numbers, but is ${quoted}`,
    );
    return [];
  }
  const steps = (to - from) / step;
  if (!(steps >= 0)) {
    refuse(`must have a step that leads from ${from} to ${to}, but is ${quoted}`);
    return [];
  }
  const count = Math.floor(steps * (1 + ROUNDING) + ROUNDING) + 1;
  if (count > MOST_POINTS) {
    refuse(`must have at most ${MOST_POINTS} values, but ${quoted} has ${count}`);
    return [];
  }
  // 3 * 0.1 shows as 0.3, not as 0.30000000000000004.
  return Array.from({ length: count }, (_, index) => String(Number((from + index * step).toPrecision(14))));
}
