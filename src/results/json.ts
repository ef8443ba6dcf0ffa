import { formatNumber } from "./numbers.ts";

const LINE_WIDTH = 110;
const INDENT = "  ";

/**
 * JSON text laid out to be read: a row of numbers or words stays on one line, and so does an object that fits on one.
 * Numbers are written so that they read back as the same bits.
 */
export function formatJson(value: unknown): string {
  return `${layOut(value, "", "")}\n`;
}

function layOut(value: unknown, indent: string, where: string): string {
  if (isContainer(value)) {
    const flat = isRow(value) || isSmall(value) ? oneLine(value, where) : undefined;
    if (flat !== undefined && (isRow(value) || indent.length + flat.length <= LINE_WIDTH)) return flat;
    const inner = indent + INDENT;
    const lines = Array.isArray(value)
      ? value.map((item, index) => inner + layOut(item, inner, `${where}[${index}]`))
      : entriesOf(value).map(
          ([key, item]) => `${inner}${JSON.stringify(key)}: ${layOut(item, inner, join(where, key))}`,
        );
    const [open, close] = Array.isArray(value) ? "[]" : "{}";
    return `${open}\n${lines.join(",\n")}\n${indent}${close}`;
  }
  return oneLine(value, where);
}

function oneLine(value: unknown, where: string): string {
  if (typeof value === "number") return formatNumber(value, where);
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => oneLine(item, `${where}[${index}]`)).join(", ")}]`;
  }
  if (isContainer(value)) {
    const members = entriesOf(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${oneLine(item, join(where, key))}`,
    );
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return JSON.stringify(value);
}

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
const isRow = (value: object): boolean => Array.isArray(value) && !value.some(isContainer);
const join = (where: string, key: string): string => (where === "" ? key : `${where}.${key}`);
/** As JSON.stringify does, a key without a value is left out. */
const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, item]) => item !== undefined);

/** Cheap bound that spares the one-line form of whatever cannot fit: every leaf takes two characters at least. */
function isSmall(value: object, budget = { leaves: LINE_WIDTH / 2 }): boolean {
  for (const item of Object.values(value)) {
    budget.leaves -= 1;
    if (budget.leaves < 0 || (isContainer(item) && !isSmall(item, budget))) return false;
  }
  return true;
}
