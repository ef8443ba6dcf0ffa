import { printable } from "../base/printable.ts";
import type { ClickPoint } from "../records/estimate.ts";
import type { ClickStatistics, ClickVerdict } from "../records/statistics.ts";
import { CLICK_QUANTITIES, type ClickQuantity, happens, numbersThatOccur } from "../results/clicks.ts";
import { formatNumber, formatWithError } from "./numbers.ts";
import { count } from "./report.ts";
import { formatTable } from "./table.ts";

/** Rows that are shown; files have all. */
const MOST_ROWS: Readonly<Record<ClickQuantity, number>> = {
  numbers: 20,
  firstWait: 10,
  rate: 10,
  waits: 10,
  g2: 10,
};

const TITLES: Readonly<Record<ClickQuantity, (statistics: ClickStatistics) => readonly [string, string]>> = {
  numbers: ({ end }) => ["clicks", `probability by t = ${formatNumber(end)}`],
  firstWait: () => ["first click at t", "probability"],
  rate: () => ["t", "clicks in unit time"],
  waits: () => ["next click after", "probability"],
  g2: () => ["lag", "g2"],
};

/** The whole answer of `mcwf clicks`. */
export function formatClicks(statistics: ClickStatistics): string {
  const { model, trajectories, seed, detectors, window, tau, verdict } = statistics;
  const title = model.title === "" ? "" : `${printable(model.title)}\n`;
  const followed = `waiting times and g2: clicks from t = ${formatNumber(window.from)} to ${formatNumber(window.to)}, followed for ${formatNumber(tau)}`;
  const head = `${title}${count(trajectories, "trajectory", "trajectories")}, seed ${JSON.stringify(seed)}; ${followed}\n`;
  const tables = detectors.flatMap((detector) => [
    `--- ${detector.name}\n`,
    ...CLICK_QUANTITIES.map((quantity) =>
      quantityTable(
        TITLES[quantity](statistics),
        quantity === "numbers"
          ? detector.numbers.slice(0, numbersThatOccur(detector.numbers, trajectories))
          : detector[quantity],
        MOST_ROWS[quantity],
      ),
    ),
  ]);
  const none = detectors.length === 0 ? ["no channel can ever click\n"] : [];
  return [head, ...tables, ...none, ...(verdict === null ? [] : [`${verdictLine(verdict)}\n`])].join("\n");
}

function quantityTable(
  [what, value]: readonly [string, string],
  points: readonly ClickPoint[],
  most: number,
): string {
  const seen = points.filter((point) => point.value !== null || point.exact !== null);
  if (!happens(seen)) return `${what}: no clicks\n`;
  const step = Math.max(1, Math.ceil(seen.length / most));
  const shown = seen.filter((_, i) => i % step === 0);
  const rows = shown.map((point) => [
    range(point),
    point.value === null ? "-" : formatWithError(point.value, point.standardError),
    point.exact === null ? "-" : formatNumber(point.exact),
    point.z === null ? "-" : point.z.toFixed(2),
  ]);
  const hidden = seen.length - shown.length;
  return (
    formatTable([[what, value, "exact", "z"], ...rows]) +
    (hidden > 0 ? `(one row in ${step} of ${seen.length})\n` : "")
  );
}

function range({ from, to }: ClickPoint): string {
  if (to === null) return `${formatNumber(from)}+`;
  return from === to ? formatNumber(from) : `${formatNumber(from)} - ${formatNumber(to)}`;
}

function verdictLine({ agree, falseAlarm, points, worst }: ClickVerdict): string {
  const said = agree ? "records and master equation AGREE" : "records and master equation DISAGREE";
  const level = `${count(points, "point", "points")} with events enough tested together, false-alarm probability ${formatNumber(falseAlarm)}`;
  if (worst === null) return `${said} (${level})`;
  const { point } = worst;
  const value = point.value === null ? "-" : formatWithError(point.value, point.standardError);
  const exact = point.exact === null ? "-" : formatNumber(point.exact);
  const where = `${worst.detector}, ${worst.quantity} at ${range(point)}`;
  return `${said} (${level})\nworst point: ${where}: ${value} against ${exact}, chance ${formatNumber(point.pValue ?? 1)}`;
}
