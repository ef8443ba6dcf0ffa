import type { z } from "zod";
import { type Fault, InputError } from "../base/errors.ts";
import type { ClickGroup, ConditionalSeries, Density, Result, Series } from "./result.ts";
import { resultSchema } from "./schema.ts";

const FORMAT = "mcwf-result/1";
/** A file of the wrong kind can break the same rule at every time; nobody reads more than this. */
const MOST_FAULTS = 20;

/** The result in the text of a JSON file. `file` is its name for messages. Throws InputError with all faults found. */
export const parseResult = (text: string, file: string): Result => checkResult(parseJson(text, file), file);

/** JSON text that is a result, or holds one at `place`. Throws InputError with all faults found. */
export function checkResult(data: unknown, file: string, place = ""): Result {
  checkFormat(data, file, [FORMAT], place);
  const result: Result = checkShape(resultSchema, data, file, place);
  const faults = lengthFaults(result, file);
  if (faults.length > 0) fail(faults, file, place);
  return result;
}

/**
 * `data` itself, which has what the schema looks at and may have more. Throws InputError with all places at which it is not
 * as the schema says.
 */
export function checkShape<T>(schema: z.ZodType<T>, data: unknown, file: string, place = ""): T {
  const parsed = schema.safeParse(data, { error: describeIssue });
  if (parsed.success) return data as T;
  const faults = parsed.error.issues.map(({ path, message }) => ({ file, where: placeOf(path), message }));
  return fail(faults, file, place);
}

/** Throws InputError that says where the text is not JSON. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const end = said === "Unexpected end of JSON input";
    const position = end ? text.length : Number(/position (\d+)/.exec(said)?.[1] ?? Number.NaN);
    const message = end ? "must be a whole JSON file, but ends in the middle" : `must be JSON, but: ${said}`;
    throw new InputError([{ file, ...lineAndColumn(text, position), where: "", message }]);
  }
}

function lineAndColumn(text: string, position: number): { line?: number; column?: number } {
  if (Number.isNaN(position)) return {};
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

/** The format that the data name, one of `known`. Throws InputError for any other, by its name. */
export function checkFormat<T extends string>(
  data: unknown,
  file: string,
  known: readonly T[],
  place = "",
): T {
  const format = typeof data === "object" && data !== null && "format" in data ? data.format : undefined;
  const match = known.find((name) => name === format);
  if (match !== undefined) return match;
  const found = format === undefined ? "the file names no format" : `is ${JSON.stringify(format)}`;
  const hint =
    typeof format === "string" && format.startsWith("mcwf-") ? "; another version of mcwf wrote it" : "";
  const names = known.map((name) => `"${name}"`).join(" or ");
  throw new InputError([
    { file, where: within(place, "format"), message: `must be ${names}, but ${found}${hint}` },
  ]);
}

function describeIssue(issue: z.core.$ZodRawIssue): string {
  const found = issue.input === undefined ? "is missing" : `is ${shown(issue.input)}`;
  switch (issue.code) {
    case "invalid_type":
      return `must be ${article(issue.expected)}, but ${found}`;
    case "too_small":
      return `must be ${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}, but ${found}`;
    case "invalid_value":
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}, but ${found}`;
    case "invalid_union": {
      // The only union is the one told apart by `kind`; its input is the whole file.
      const { kind } = issue.input as { kind?: unknown };
      return `must be "run" or "exact", but ${kind === undefined ? "is missing" : `is ${shown(kind)}`}`;
    }
    default:
      return `must be as the format says, but ${found}`;
  }
}

const article = (type: string): string =>
  ({ int: "a whole number", array: "a list", object: "an object", record: "an object", string: "a text" })[
    type
  ] ?? `a ${type}`;

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, key) =>
      typeof key === "number" ? `${place}[${key}]` : place === "" ? String(key) : `${place}.${String(key)}`,
    "",
  );

type LengthCheck = (list: readonly unknown[] | undefined, wanted: number, where: string, of: string) => void;

/** Every list of values must be as long as the list of times that it belongs to. */
function lengthFaults(result: Result, file: string): Fault[] {
  const faults: Fault[] = [];
  const check: LengthCheck = (list, wanted, where, of) => {
    if (list === undefined || list.length === wanted) return;
    const message = `must have ${wanted} entries, one ${of}, but has ${list.length}`;
    faults.push({ file, where, message });
  };
  const times = result.times.length;
  checkAverages(result, times, "", check);
  result.clicks?.forEach((group, number) => {
    checkSeries(group.weight, times, `clicks[${number}].weight`, check);
    checkAverages(group, times, `clicks[${number}].`, check);
  });
  return faults;
}

function checkAverages(
  averages: Pick<Result | ClickGroup, "observables" | "measures" | "density">,
  times: number,
  place: string,
  check: LengthCheck,
): void {
  for (const group of ["observables", "measures"] as const) {
    for (const [name, series] of Object.entries<Series | ConditionalSeries>(averages[group])) {
      checkSeries(series, times, `${place}${group}.${name}`, check);
    }
  }
  if (averages.density) checkDensity(averages.density, `${place}density`, check);
}

function checkSeries(
  series: Series | ConditionalSeries,
  times: number,
  where: string,
  check: LengthCheck,
): void {
  const parts = ["mean", "standardError", "meanIm", "standardErrorIm"] as const satisfies (keyof Series)[];
  for (const part of parts) check(series[part], times, `${where}.${part}`, "a time");
}

function checkDensity(density: Density, where: string, check: LengthCheck): void {
  for (const part of ["re", "im"] as const) {
    check(density[part], density.times.length, `${where}.${part}`, "a time");
    density[part].forEach((matrix, time) => {
      check(matrix, density.basis.length, `${where}.${part}[${time}]`, "a basis state");
      matrix.forEach((row, index) => {
        check(row, density.basis.length, `${where}.${part}[${time}][${index}]`, "a basis state");
      });
    });
  }
}

const within = (place: string, where: string): string =>
  place === "" || where === "" ? place + where : `${place}.${where}`;

function fail(found: readonly Fault[], file: string, place: string): never {
  const faults = found.map((fault) => ({ ...fault, where: within(place, fault.where) }));
  const rest = faults.length - MOST_FAULTS;
  const more: Fault = { file, where: "", message: `${rest} more faults of this kind are not shown` };
  throw new InputError(rest > 0 ? [...faults.slice(0, MOST_FAULTS), more] : faults);
}
