import { ownStyle } from "./sheet.ts";
import { textWidth } from "./text-width.ts";
import { INK } from "./theme.ts";

const LINE_SWATCH = 34;
const POINT_SWATCH = 14;
const GAP = 8;
const BETWEEN = 22;
const ROW = 19;
const FONT_SIZE = 11;
const BAND_HEIGHT = 10;

/** What stands for a label: any of a line, a point and a band, as they are in the panels. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: string;
  readonly dash?: readonly number[];
  readonly shape?: string;
  /** The inside of the point; white if absent. */
  readonly fill?: string;
  readonly band?: boolean;
}

/**
 * A legend as a strip of its own above the panels, so that it can cover nothing. Each entry shows line, point and band
 * together, which the legends of Vega-Lite cannot.
 */
export function legendStrip(entries: readonly LegendEntry[], width: number) {
  const values = place(entries, width);
  const height = ROW * (1 + Math.max(...values.map(({ row }) => row)));
  const x = { type: "quantitative" as const, scale: { domain: [0, width] }, axis: null };
  const y = { type: "quantitative" as const, scale: { domain: [height, 0] }, axis: null };
  const middle = { field: "y", ...y };
  const [left, right] = [{ field: "left", ...x }, { field: "right" }];
  return {
    width,
    height,
    view: { stroke: null },
    data: { values },
    layer: [
      {
        data: { values: values.filter(({ band }) => band) },
        mark: { type: "rect" as const, opacity: BAND_OPACITY, stroke: null },
        encoding: {
          x: left,
          x2: right,
          y: { field: "top", ...y },
          y2: { field: "bottom" },
          color: ownStyle("colour"),
        },
      },
      ...values.flatMap((value) =>
        value.dash === undefined
          ? []
          : [
              {
                data: { values: [value] },
                mark: { type: "rule" as const, strokeWidth: 1.5, strokeDash: [...value.dash] },
                encoding: { x: left, x2: right, y: middle, color: ownStyle("colour") },
              },
            ],
      ),
      {
        data: { values: values.filter(({ shape }) => shape !== undefined) },
        mark: { type: "point" as const, size: 36, strokeWidth: 1.2, opacity: 1, fillOpacity: 1 },
        encoding: {
          x: { field: "middle", ...x },
          y: middle,
          stroke: ownStyle("colour"),
          fill: ownStyle("inside"),
          shape: ownStyle("shape"),
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
        encoding: { x: { field: "text", ...x }, y: middle, text: { field: "label" } },
      },
    ],
  };
}

export const BAND_OPACITY = 0.3;

function place(entries: readonly LegendEntry[], width: number) {
  let [left, row] = [0, 0];
  return entries.map((entry) => {
    const swatch = entry.dash || entry.band ? LINE_SWATCH : POINT_SWATCH;
    const size = swatch + GAP + textWidth(entry.label, FONT_SIZE);
    if (left > 0 && left + size > width) [left, row] = [0, row + 1];
    const y = (row + 0.5) * ROW;
    const placed = {
      ...entry,
      inside: entry.fill ?? "white",
      row,
      left,
      middle: left + swatch / 2,
      right: left + swatch,
      text: left + swatch + GAP,
      y,
      top: y - BAND_HEIGHT / 2,
      bottom: y + BAND_HEIGHT / 2,
    };
    left += size + BETWEEN;
    return placed;
  });
}
