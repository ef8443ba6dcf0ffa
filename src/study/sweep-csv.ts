import type { Fault } from "../base/errors.ts";
import type { ParameterValue } from "../model/model.ts";
import { quote } from "../results/csv.ts";
import { formatNumber } from "../results/numbers.ts";
import type { Skipped, Sweep, SweepValue } from "./sweep.ts";

/** Of each quantity: NAME, NAME_se, NAME_exact, NAME_closed, as far as there is one anywhere. */
const PARTS = [
  ["", "mean"],
  ["_se", "standardError"],
  ["_exact", "exact"],
  ["_closed", "closedForm"],
] as const satisfies readonly (readonly [string, keyof SweepValue])[];

/** What stands in a column of its own beside axes and quantities. */
const FIXED = ["time", "trajectories", "agree", "skipped"];

/** Names that would give two columns one heading; known before work starts. */
export function sweepCsvFaults(
  axes: readonly string[],
  quantities: readonly string[],
  option: string,
): Fault[] {
  const endings = PARTS.map(([ending]) => ending);
  const headings = [
    ...FIXED,
    ...axes,
    ...quantities.flatMap((name) => endings.map((ending) => name + ending)),
  ];
  const twice = new Set(headings.filter((heading, index) => headings.indexOf(heading) < index));
  return [...twice].map((heading) => ({
    file: option,
    where: "",
    message: `must give every CSV column its own heading, but two would be "${heading}"; rename one, choose with --only, or write .json`,
  }));
}

/**
 * One row a point: the swept parameters, time, trajectories, the quantities, `agree` (1, 0, or empty where there was
 * nothing to compare) and `skipped`, what is not there and why. What is not known is an empty field.
 */
export function formatSweepCsv(sweep: Sweep): string {
  const columns = sweep.quantities.flatMap(({ name }) =>
    PARTS.filter(([, part]) => sweep.rows.some(({ values }) => values[name]?.[part] !== undefined)).map(
      ([ending, part]) => ({ heading: name + ending, name, part }),
    ),
  );
  const header = [
    ...sweep.axes.map(({ name }) => name),
    "time",
    "trajectories",
    ...columns.map(({ heading }) => heading),
    "agree",
    "skipped",
  ];
  const rows = sweep.rows.map(({ parameters, time, trajectories, values, agree, skipped }) => [
    ...parameters.map((value) => quote(parameterText(value))),
    formatNumber(time, "time"),
    trajectories === null ? "" : String(trajectories),
    ...columns.map(({ name, part }) => {
      const value = values[name]?.[part];
      return value === undefined || value === null ? "" : formatNumber(value, name);
    }),
    agree === null ? "" : String(Number(agree)),
    quote(skipped.map(skippedText).join("; ")),
  ]);
  return `${[header.map(quote), ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

/** A number as it is; "1+2i" for [1, 2]; a list in brackets. */
export function parameterText(value: ParameterValue): string {
  if (typeof value === "number") return String(value);
  const [re, im] = value;
  const complex = (a: number, b: number) => `${a}${b < 0 ? "-" : "+"}${Math.abs(b)}i`;
  // A complex number and a list of two real ones look the same; either reads well as a list.
  if (value.length === 2 && typeof re === "number" && typeof im === "number") return `[${re}, ${im}]`;
  return `[${value.map((one) => (typeof one === "number" ? String(one) : complex(one[0] ?? 0, one[1] ?? 0))).join(", ")}]`;
}

/** "exact, EN: must ..." */
export const skippedText = ({ route, quantity, reason }: Skipped): string =>
  `${[route === "both" ? null : route, quantity].filter((word) => word !== null).join(", ")}: ${reason}`;
