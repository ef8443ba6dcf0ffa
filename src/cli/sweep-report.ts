import { printable } from "../base/printable.ts";
import type { Sweep, SweepQuantity, SweepRow } from "../study/sweep.ts";
import { parameterText, skippedText } from "../study/sweep-csv.ts";
import { formatNumber, formatWithError } from "./numbers.ts";
import { count } from "./report.ts";
import { formatTable } from "./table.ts";

/** The whole answer of `mcwf sweep`: a table a quantity, then what is not there and whether all agrees. */
export function formatSweep(sweep: Sweep): string {
  const { title, rows, points, quantities } = sweep;
  const left = rows.length < points ? ` of ${points}` : "";
  const head = `${title === "" ? "" : `${printable(title)}\n`}${count(rows.length, "point", "points")}${left}, ${timeText(rows)}\n`;
  const tables = quantities.map((quantity) => `--- ${quantity.name}\n${quantityTable(sweep, quantity)}`);
  return [head, ...tables, ...skippedLines(sweep), `${verdictLine(sweep)}\n`].join("\n");
}

function timeText(rows: readonly SweepRow[]): string {
  const times = rows.map(({ time }) => time);
  const [low, high] = [Math.min(...times), Math.max(...times)];
  return low === high ? `t = ${formatNumber(low)}` : `t from ${formatNumber(low)} to ${formatNumber(high)}`;
}

function quantityTable({ axes, rows }: Sweep, { name }: SweepQuantity): string {
  const values = rows.map((row) => row.values[name]);
  const has = (part: "mean" | "exact" | "closedForm" | "z" | "agree") =>
    values.some((value) => value?.[part] !== undefined);
  const number = (value: number | undefined) => (value === undefined ? "-" : formatNumber(tidied(value)));
  const columns: [string, (index: number) => string][] = [];
  if (has("mean")) {
    columns.push([
      "trajectories",
      (index) => {
        const { mean, standardError } = values[index] ?? {};
        return mean === undefined ? "-" : formatWithError(mean, standardError);
      },
    ]);
  }
  if (has("exact")) columns.push(["exact", (index) => number(values[index]?.exact)]);
  if (has("closedForm")) columns.push(["closed form", (index) => number(values[index]?.closedForm)]);
  if (has("z")) columns.push(["z", (index) => values[index]?.z?.toFixed(2) ?? "-"]);
  if (has("agree")) {
    columns.push([
      "",
      (index) => ({ true: "agree", false: "DISAGREE", undefined: "-" })[String(values[index]?.agree)] ?? "-",
    ]);
  }
  const header = [...axes.map((axis) => axis.name), ...columns.map(([heading]) => heading)];
  const lines = rows.map((row, index) => [
    ...row.parameters.map(parameterText),
    ...columns.map(([, cell]) => cell(index)),
  ]);
  return formatTable([header, ...lines], axes.length);
}

/** Rounding leaves about this much of an exact zero. */
const tidied = (value: number): number => (Math.abs(value) < 1e-13 ? 0 : value);

/** A reason once, with the points that it holds for. */
function skippedLines({ axes, rows }: Sweep): string[] {
  const places = new Map<string, string[]>();
  for (const { parameters, skipped } of rows) {
    const place = axes
      .map(({ name }, index) => `${name} = ${parameterText(parameters[index] ?? 0)}`)
      .join(", ");
    for (const one of skipped) {
      // Sizes differ from point to point; the last one stands for all.
      const key = `${one.route} ${one.quantity}`;
      const known = places.get(key)?.slice(0, -1) ?? [];
      places.set(key, [...known, place, skippedText(one)]);
    }
  }
  return [...places.values()].map((list) => {
    const [text, at] = [list.at(-1) ?? "", list.slice(0, -1)];
    const range = at.length <= 2 ? at.join(" and ") : `${at[0]} to ${at.at(-1)} (${at.length} points)`;
    return `skipped at ${range}: ${text}\n`;
  });
}

function verdictLine({ agree, falseAlarm, rows }: Sweep): string {
  if (agree === null) return "nothing to compare: one route and no closed form";
  const wrong = rows.filter((row) => row.agree === false).length;
  const level = `all points tested together, false-alarm probability ${formatNumber(falseAlarm)}`;
  return agree ? `all AGREE (${level})` : `${count(wrong, "point DISAGREES", "points DISAGREE")} (${level})`;
}
