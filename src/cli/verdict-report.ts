import { printable } from "../base/printable.ts";
import type { Comparison, PointVerdict, SeriesVerdict, TestKind, Verdict } from "../compare/verdict.ts";
import { formatNumber, formatWithError } from "./numbers.ts";
import { count, formatEngine } from "./report.ts";
import { formatTable } from "./table.ts";

/**
 * A row a series: the last values of both routes, the largest |z| of all times (or what else decides the point that
 * speaks most against the series), agree or not.
 */
export function verdictTable(comparisons: readonly Comparison[]): string {
  const titled = comparisons.some(({ run }) => run.model.title !== "");
  const row = (system: string, ...cells: string[]): string[] => (titled ? [system, ...cells] : cells);
  const rows = comparisons.flatMap((comparison) =>
    comparison.verdict.series.map((series, index) =>
      row(
        index === 0 ? printable(comparison.run.model.title) : "",
        labelOf(series),
        ...lastValues(series, comparison),
        decidedBy(series),
        series.agree ? "agree" : "DISAGREE",
      ),
    ),
  );
  const header = row("system", "quantity", "trajectories", "exact", "max |z|", "verdict");
  return formatTable([header, ...rows], titled ? 2 : 1);
}

const BOUND = "bound";
const NOT_RANDOM = "-";

const decidedBy = ({ worst, maxAbsZ }: SeriesVerdict): string =>
  ({ bound: BOUND, equality: NOT_RANDOM, student: (maxAbsZ ?? 0).toFixed(2) })[worst.test];

/** What stands in the column "max |z|", in a line. */
function explainColumn({ series }: Verdict): string {
  const explained: readonly (readonly [TestKind, string])[] = [
    [
      "student",
      "z = (trajectories - exact) / error; error: the standard error and an allowance for unseen events",
    ],
    ["bound", `${BOUND}: too few jumps for z, a tail bound decides`],
    ["equality", `${NOT_RANDOM}: nothing is random`],
  ];
  return explained
    .filter(([test]) => series.some(({ worst }) => worst.test === test))
    .map(([, line]) => line)
    .join("; ");
}

/** The whole answer of `mcwf compare`. */
export function formatComparison(comparison: Comparison): string {
  const { run, exact, verdict } = comparison;
  const at = run.times.length === 0 ? "" : `at t = ${formatNumber(run.times.at(-1) ?? 0)}`;
  const head = `${count(run.trajectories ?? 0, "trajectory", "trajectories")}, seed ${JSON.stringify(run.seed)}; values ${at}, |z| over all ${count(run.times.length, "time", "times")}`;
  return [
    `${head}\n`,
    verdict.series.length === 0
      ? "nothing to compare: no observables, no measures, and no channel that acts\n"
      : `${verdictTable([comparison])}${explainColumn(verdict)}\n`,
    `${verdictLine(verdict)}\n`,
    `trajectories: ${formatEngine(run)}\nexact: ${formatEngine(exact)}\n`,
  ].join("\n");
}

/** The verdict in words, with the point that speaks most against it. */
export function verdictLine(verdict: Verdict): string {
  const said = verdict.agree ? "the routes AGREE" : "the routes DISAGREE";
  const level = `${count(verdict.points, "random point", "random points")} tested together, false-alarm probability ${formatNumber(verdict.falseAlarm)}`;
  return `${said} (${level})${verdict.worst === null ? "" : `\nworst point: ${formatPoint(verdict.worst)}`}`;
}

function formatPoint(point: PointVerdict): string {
  const { mean, standardError, exact } = point;
  const of =
    point.kind === "channel" ? labelOf(point) : `${labelOf(point)} at t = ${formatNumber(point.time)}`;
  return `${of}: ${formatWithError(mean, standardError)} against ${formatNumber(exact)} (${decision(point)})`;
}

/** What was found, and what would have been refused. */
function decision({ test, z, limit, pValue, level }: PointVerdict): string {
  if (test === "equality") return "nothing is random there";
  if (z === null || limit === null) {
    return `p <= ${pValue.toPrecision(2)} by a tail bound, refused below ${level.toPrecision(2)}`;
  }
  return `|z| = ${Math.abs(z).toFixed(2)}, refused above ${limit.toFixed(2)}`;
}

function labelOf({
  kind,
  name,
  ...rest
}: Pick<SeriesVerdict, "kind" | "name"> & { readonly part?: "re" | "im" }): string {
  const part = rest.part === "im" ? "Im " : "";
  return kind === "channel" ? `jumps ${name}` : part + name;
}

function lastValues({ kind, name }: SeriesVerdict, { run, exact }: Comparison): [string, string] {
  if (kind === "channel") {
    const [jumps, expected] = [run.channels[name], exact.channels[name]];
    return [formatWithError(jumps?.jumps ?? Number.NaN, jumps?.standardError), formatExact(expected?.jumps)];
  }
  const group = kind === "observable" ? "observables" : "measures";
  const [sampled, expected] = [run[group][name], exact[group][name]];
  const real = formatWithError(sampled?.mean.at(-1) ?? Number.NaN, sampled?.standardError?.at(-1));
  const exactReal = formatExact(expected?.mean.at(-1));
  if (sampled?.meanIm === undefined) return [real, exactReal];
  const imaginary = formatWithError(sampled.meanIm.at(-1) ?? Number.NaN, sampled.standardErrorIm?.at(-1));
  return [`${real}, ${imaginary} i`, `${exactReal}, ${formatExact(expected?.meanIm?.at(-1))} i`];
}

/** Rounding leaves about this much of an exact zero; in a table it would only distract. */
const ZERO = 1e-13;
const formatExact = (value = Number.NaN): string => formatNumber(Math.abs(value) < ZERO ? 0 : value);
