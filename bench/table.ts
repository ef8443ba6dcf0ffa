import type { Measured } from "./measure.ts";

const figure = (x: number, unit: string): string =>
  `${Number(x.toPrecision(3))}${unit === "x" ? "" : " "}${unit}`;

/** Demands are on medians, scaled by the yardstick where there is one, and on ratios. */
function verdict({ row, median, scaled, ratio }: Measured): string {
  if (row.demand === Number.POSITIVE_INFINITY) return "";
  if (row.unit === "x") return median >= row.demand || (ratio ?? 0) >= (row.ratioDemand ?? 1) ? "yes" : "NO";
  const close = ratio === null || ratio <= (row.ratioDemand ?? Number.POSITIVE_INFINITY);
  return (scaled ?? median) <= row.demand && close ? "yes" : "NO";
}

const HEAD = ["", "median", "fastest", "scaled", "demand", "C", "ratio to C", "QuTiP", "times faster", "met"];
const SECONDS = { us: 1e-6, ms: 1e-3, s: 1, x: Number.NaN } as const;

function cells(measured: Measured): string[] {
  const { row, median, fastest, scaled, reference, ratio, peer } = measured;
  const unit = row.unit;
  const sign = unit === "x" ? ">=" : "<=";
  const bound = row.ratioDemand === undefined ? "" : ` (${sign} ${row.ratioDemand})`;
  return [
    row.name,
    figure(median, unit),
    figure(fastest, unit),
    scaled === null ? "" : figure(scaled, unit),
    row.demand === Number.POSITIVE_INFINITY ? "" : `${sign} ${figure(row.demand, unit)}`,
    reference === null ? "" : figure(reference, unit),
    ratio === null ? "" : `${ratio.toFixed(2)}${bound}`,
    peer === undefined ? "" : `${figure(peer.seconds * 1000, "ms")} (${peer.setting})`,
    peer === undefined ? "" : String(Number((peer.seconds / (median * SECONDS[unit])).toPrecision(2))),
    verdict(measured),
  ];
}

/** The columns in which there is anything. */
function filled(all: readonly Measured[]): string[][] {
  const rows = [HEAD, ...all.map(cells)];
  const used = HEAD.map((_, c) => rows.slice(1).some((row) => row[c] !== ""));
  return rows.map((row) => row.filter((_, c) => used[c]));
}

export function textTable(all: readonly Measured[], notes: readonly string[]): string {
  const rows = filled(all);
  const widths = (rows[0] ?? []).map((_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, c) => (c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0))).join("  "),
  );
  return [...notes, ...lines].join("\n");
}

export function markdownTable(all: readonly Measured[], notes: readonly string[]): string {
  const [head = [], ...rows] = filled(all);
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const rule = line(head.map((_, c) => (c === 0 ? "---" : "---:")));
  return [line(head), rule, ...rows.map(line), "", `${notes.join("; ")}.`].join("\n");
}
