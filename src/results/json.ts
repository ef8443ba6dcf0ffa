import { formatNumber } from "./numbers.ts";

const LINE_WIDTH = 110;
const INDENT = "  ";

/**
 * JSON text laid out to be read: a row of numbers or words stays on one line, and so does an object that fits on one.
 * Numbers are written so that they read back as the same bits.
 */
export const formatJson = (value: unknown): string => [...jsonPieces(value)].join("");

/** The same text in pieces: a whole density matrix at all times may be longer than one text can be (2^29 characters). */
export function* jsonPieces(value: unknown): Generator<string, void> {
  let piece = "";
  for (const part of layOut(value, "", "")) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\n`;
}

/** Characters: fewer and larger pieces are written faster. */
const PIECE = 65_536;

function* layOut(value: unknown, indent: string, where: string): Generator<string, void> {
  if (!isContainer(value)) {
    yield oneLine(value, where);
    return;
  }
  const flat = isRow(value) || isSmall(value) ? oneLine(value, where) : undefined;
  if (flat !== undefined && (isRow(value) || indent.length + flat.length <= LINE_WIDTH)) {
    yield flat;
    return;
  }
  const inner = indent + INDENT;
  let separator = `\n${inner}`;
  const list = Array.isArray(value);
  yield list ? "[" : "{";
  for (const [key, item] of list ? value.entries() : entriesOf(value)) {
    yield list ? separator : `${separator}${JSON.stringify(key)}: `;
    yield* layOut(item, inner, list ? `${where}[${key}]` : join(where, String(key)));
    separator = `,\n${inner}`;
  }
  yield `\n${indent}${list ? "]" : "}"}`;
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
