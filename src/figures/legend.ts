import { textWidth } from "./textWidth.ts";
import { COLOURS, DASHES, INK, SHAPES } from "./theme.ts";

const SWATCH = 34;
const GAP = 8;
const BETWEEN = 26;
const ROW = 20;
const FONT_SIZE = 11.5;

export interface LegendEntry {
  readonly label: string;
  /** Place in the lists of colours, dashes and shapes. */
  readonly style: number;
}

/**
 * The legend as a strip of its own above the panels, so that it can cover nothing. Each entry shows line and point
 * together, as they are in the panels, which the legends of Vega-Lite cannot.
 */
export function legendStrip(entries: readonly LegendEntry[], width: number) {
  const placed = place(entries, width);
  const height = ROW * (1 + Math.max(...placed.map(({ row }) => row)));
  const x = { type: "quantitative" as const, scale: { domain: [0, width] }, axis: null };
  const y = { field: "y", type: "quantitative" as const, scale: { domain: [height, 0] }, axis: null };
  const color = { field: "colour", type: "nominal" as const, scale: null, legend: null };
  const values = placed.map(({ label, style, left, row }) => ({
    label,
    left,
    middle: left + SWATCH / 2,
    right: left + SWATCH,
    text: left + SWATCH + GAP,
    y: (row + 0.5) * ROW,
    colour: COLOURS[style % COLOURS.length] ?? INK,
    shape: SHAPES[style % SHAPES.length] ?? "circle",
  }));
  return {
    width,
    height,
    view: { stroke: null },
    data: { values },
    layer: [
      ...values.map((value, index) => ({
        data: { values: [value] },
        mark: { type: "rule" as const, strokeWidth: 1.5, strokeDash: dashOf(placed[index]?.style ?? 0) },
        encoding: { x: { field: "left", ...x }, x2: { field: "right" }, y, color },
      })),
      {
        mark: {
          type: "point" as const,
          filled: false,
          fill: "white",
          size: 36,
          strokeWidth: 1.2,
          opacity: 1,
        },
        encoding: {
          x: { field: "middle", ...x },
          y,
          color,
          shape: { field: "shape", type: "nominal" as const, scale: null, legend: null },
        },
      },
      {
        mark: {
          type: "text" as const,
          align: "left" as const,
          baseline: "middle" as const,
          fontSize: FONT_SIZE,
          color: INK,
        },
        encoding: { x: { field: "text", ...x }, y, text: { field: "label" } },
      },
    ],
  };
}

function place(
  entries: readonly LegendEntry[],
  width: number,
): (LegendEntry & { left: number; row: number })[] {
  let [left, row] = [0, 0];
  return entries.map((entry) => {
    const size = SWATCH + GAP + textWidth(entry.label, FONT_SIZE);
    if (left > 0 && left + size > width) [left, row] = [0, row + 1];
    const placed = { ...entry, left, row };
    left += size + BETWEEN;
    return placed;
  });
}

const dashOf = (style: number): number[] => [...(DASHES[style % DASHES.length] ?? [1, 0])];
