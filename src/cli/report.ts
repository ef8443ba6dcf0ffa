import { printable } from "../base/printable.ts";
import type { JumpCount, Result, Series } from "../results/result.ts";
import { clicksTable } from "./clicks-table.ts";
import { formatNumber, formatWithError } from "./numbers.ts";
import { formatTable } from "./table.ts";

/** Up to this many series stand side by side with time running down; more of them stand one a line. */
const SERIES_SIDE_BY_SIDE = 5;
const TIMES_DOWN = 11;
const TIMES_ACROSS = 4;
const MOST_CHANNELS = 12;
const MOST_SECTORS = 8;

/** A result as a page of text: what was run, means with errors at some of the times, jumps, engine. */
export function formatSummary(result: Result): string {
  const title = result.model.title === "" ? "" : `${printable(result.model.title)}\n`;
  const parts = [`${title}${describe(result)}\n`, seriesTable(result)];
  if (Object.keys(result.channels).length > 0) parts.push(channelTable(result.channels));
  if (result.clicks !== undefined) parts.push(clicksTable(result.clicks, result.times.at(-1) ?? 0));
  parts.push(`engine: ${formatEngine(result)}\n`);
  return parts.filter((part) => part !== "").join("\n");
}

function describe(result: Result): string {
  const { times } = result;
  const [first = 0, last = first] = [times[0], times.at(-1)];
  const span =
    times.length === 1
      ? `time ${formatNumber(first)}`
      : `${times.length} times from ${formatNumber(first)} to ${formatNumber(last)}`;
  if (result.kind === "exact") return `master equation, ${span}`;
  return `${count(result.trajectories ?? 0, "trajectory", "trajectories")}, seed ${JSON.stringify(result.seed)}, ${span}`;
}

function seriesTable(result: Result): string {
  const series = [
    ...Object.entries(result.observables).flatMap(([name, one]) => parts(name, one)),
    // Observables and measures are named apart: both may have one of this name.
    ...Object.entries(result.measures).flatMap(([name, one]) =>
      parts(Object.hasOwn(result.observables, name) ? `measure ${name}` : name, one),
    ),
  ];
  if (series.length === 0) return "";
  const down = series.length <= SERIES_SIDE_BY_SIDE;
  const shown = spread(result.times.length, down ? TIMES_DOWN : TIMES_ACROSS);
  const time = (index: number) => formatNumber(result.times[index] ?? 0);
  if (down) {
    const rows = shown.map((index) => [time(index), ...series.map(({ cell }) => cell(index))]);
    return formatTable([["time", ...series.map(({ name }) => name)], ...rows], 0);
  }
  const rows = series.map(({ name, cell }) => [name, ...shown.map(cell)]);
  return formatTable([["time", ...shown.map(time)], ...rows]);
}

/** A complex observable is two series. */
function parts(name: string, series: Series): { name: string; cell: (index: number) => string }[] {
  const column = (heading: string, means: readonly number[], errors: Series["standardError"]) => ({
    name: heading,
    cell: (index: number) => formatWithError(means[index] ?? Number.NaN, errors?.[index]),
  });
  if (series.meanIm === undefined) return [column(name, series.mean, series.standardError)];
  return [
    column(`Re ${name}`, series.mean, series.standardError),
    column(`Im ${name}`, series.meanIm, series.standardErrorIm),
  ];
}

function channelTable(channels: Result["channels"]): string {
  const all = Object.entries(channels);
  const rows = all
    .slice(0, MOST_CHANNELS)
    .map(([name, { jumps, standardError }]: [string, JumpCount]) => [
      name,
      formatWithError(jumps, standardError),
    ]);
  const rest = all.length - rows.length;
  const more = rest > 0 ? `and ${count(rest, "more channel", "more channels")}, which --json shows\n` : "";
  return formatTable([["channel", "jumps a trajectory"], ...rows]) + more;
}

/** Version, sectors and method in one line. */
export function formatEngine({ engine, kind }: Result): string {
  const { sectors } = engine;
  const listed = sectors.slice(0, MOST_SECTORS).join(", ");
  const sizes =
    sectors.length <= MOST_SECTORS ? listed : `${listed}, ...; the largest ${Math.max(...sectors)}`;
  const found =
    kind === "run"
      ? `${count(sectors.length, "sector", "sectors")} of dimension ${sizes}`
      : `${count(sectors.length, "block", "blocks")} of ${sizes} elements`;
  return `mcwf ${engine.version}, ${sectors.length === 0 ? "" : `${found}, `}${engine.method}`;
}

/** "1 trajectory", "2 trajectories". */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;

/** Indices of `most` entries at most, evenly spread, the first and the last among them. */
function spread(length: number, most: number): number[] {
  const shown = Math.min(length, most);
  if (shown <= 1) return shown === 1 ? [0] : [];
  return Array.from({ length: shown }, (_, index) => Math.round((index * (length - 1)) / (shown - 1)));
}
