import type { Fault } from "../base/errors.ts";
import type { Model } from "../model/model.ts";
import { formatNumber } from "./numbers.ts";
import type { ClickGroup, ConditionalSeries, Result, Series } from "./result.ts";

export type Column = readonly [name: string, values: readonly (number | null)[]];

/**
 * CSV text: a header and one row a time. Columns: time, then NAME, NAME_se, NAME_im, NAME_im_se of every observable and
 * measure, those that the result has. Fields are quoted as RFC 4180 says, lines end in \n, a standard error that cannot
 * be known is an empty field. Averages by clicks follow: P(1) and P(1)_se is the probability of one click so far, NAME|1
 * and NAME|1_se the mean then (empty where nobody is in the group), P(2+) and NAME|2+ stand for two or more. Jump counts
 * and provenance have no row of their own: only the JSON file holds them.
 */
export function formatCsv(result: Result): string {
  return formatColumns(result.times, [
    ...Object.entries(seriesOf(result)).flatMap(([name, series]) => columnsOf(name, series)),
    ...(result.clicks ?? []).flatMap(groupColumns),
  ]);
}

function groupColumns(group: ClickGroup): Column[] {
  const number = clickLabel(group);
  return [
    ...columnsOf(`P(${number})`, group.weight),
    ...Object.entries({ ...group.observables, ...group.measures }).flatMap(([name, series]) =>
      columnsOf(`${name}|${number}`, series),
    ),
  ];
}

/** "0", "1", ..., "3+" */
export const clickLabel = ({ clicks, orMore }: ClickGroup): string => `${clicks}${orMore ? "+" : ""}`;

/** As formatCsv of a run, and beside each mean its exact value as NAME_exact, NAME_im_exact. */
export function formatComparisonCsv(run: Result, exact: Result): string {
  const known = seriesOf(exact);
  const columns = Object.entries(seriesOf(run)).flatMap(([name, series]): Column[] => [
    ...columnsOf(name, series),
    [`${name}_exact`, known[name]?.mean ?? []],
    ...(series.meanIm ? [[`${name}_im_exact`, known[name]?.meanIm ?? []] as const] : []),
  ]);
  return formatColumns(run.times, columns);
}

const seriesOf = (result: Result): Record<string, Series> => ({ ...result.observables, ...result.measures });

function columnsOf(name: string, series: Series | ConditionalSeries): Column[] {
  const columns: Column[] = [[name, series.mean]];
  if (series.standardError) columns.push([`${name}_se`, series.standardError]);
  if (series.meanIm) columns.push([`${name}_im`, series.meanIm]);
  if (series.standardErrorIm) columns.push([`${name}_im_se`, series.standardErrorIm]);
  return columns;
}

function formatColumns(times: readonly number[], series: readonly Column[]): string {
  const columns: readonly Column[] = [["time", times], ...series];
  const header = columns.map(([name]) => quote(name)).join(",");
  const rows = times.map((_, index) => columns.map((column) => field(column, index)).join(","));
  return `${[header, ...rows].join("\n")}\n`;
}

function field([name, values]: Column, index: number): string {
  const value = values[index];
  if (value === undefined)
    throw new RangeError(`column ${name} must have a value a time, but has none at ${index}`);
  return value === null ? "" : formatNumber(value, `${name}[${index}]`);
}

/** A field as RFC 4180 says. */
export const quote = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * Names that would give two columns one heading, such as observables "n" and "n_se"; known before a run starts.
 * `compared`: with the headings of exact values as well.
 */
export function csvFaults(model: Model, file: string, compared = false): Fault[] {
  const headings = new Map<string, string>([["time", "the times"]]);
  const faults: Fault[] = [];
  const complex = new Map(model.observables.map(({ name, hermitian }) => [name, !hermitian]));
  for (const { name } of [...model.observables, ...model.measures]) {
    const parts = complex.get(name) ? ["", "_im"] : [""];
    const endings = parts.flatMap((part) => [part, `${part}_se`, ...(compared ? [`${part}_exact`] : [])]);
    for (const heading of endings.map((ending) => name + ending)) {
      const owner = headings.get(heading);
      if (owner === undefined) headings.set(heading, `"${name}"`);
      else {
        const message = `must give every CSV column its own heading, but ${owner} and "${name}" both give "${heading}"; rename one or write .json`;
        faults.push({ file, where: "", message });
      }
    }
  }
  return faults;
}
