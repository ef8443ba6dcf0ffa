import { clickLabel } from "../results/csv.ts";
import type { ClickGroup, ConditionalSeries } from "../results/result.ts";
import { formatNumber, formatWithError } from "./numbers.ts";
import { formatTable } from "./table.ts";

const MOST_GROUPS = 12;

/** Averages by the number of clicks at the last time: a row a group, a column a quantity. */
export function clicksTable(groups: readonly ClickGroup[], time: number): string {
  const shown =
    groups.length <= MOST_GROUPS ? groups : [...groups.slice(0, MOST_GROUPS - 1), ...groups.slice(-1)];
  const rows = shown.map((group) => [
    clickLabel(group),
    lastOf(group.weight),
    ...Object.values(quantities(group)).flatMap((series) => lastParts(series)),
  ]);
  const [first] = groups;
  const header = [
    `clicks by t = ${formatNumber(time)}`,
    "probability",
    ...Object.entries(first === undefined ? {} : quantities(first)).flatMap(([name, { meanIm }]) =>
      meanIm === undefined ? [name] : [`Re ${name}`, `Im ${name}`],
    ),
  ];
  const hidden = groups.length - shown.length;
  return (
    formatTable([header, ...rows]) + (hidden > 0 ? `${hidden} rows are left out, which --json shows\n` : "")
  );
}

const quantities = ({ observables, measures }: ClickGroup): Record<string, ConditionalSeries> => ({
  ...observables,
  ...measures,
});

function lastParts(series: ConditionalSeries): string[] {
  const { meanIm, standardErrorIm = [] } = series;
  return [
    lastOf(series),
    ...(meanIm === undefined ? [] : [lastOf({ mean: meanIm, standardError: standardErrorIm })]),
  ];
}

/** "-" where nobody is in the group. */
function lastOf({
  mean,
  standardError,
}: {
  readonly mean: ConditionalSeries["mean"];
  readonly standardError?: ConditionalSeries["standardError"];
}): string {
  const value = mean.at(-1) ?? null;
  return value === null ? "-" : formatWithError(value, standardError?.at(-1));
}
