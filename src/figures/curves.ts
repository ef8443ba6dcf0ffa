import type { TopLevelSpec } from "vega-lite";
import type { Curve, Figure, Panel } from "./figure.ts";
import { legendStrip } from "./legend.ts";
import { COLOURS, DASHES, INK, SHAPES, THEME } from "./theme.ts";

/** More points than this on one curve hide the line; those in between are left out of the picture, not of the data. */
const POINTS_ON_A_CURVE = 21;
const PANEL_WIDTH = 290;
const PANEL_HEIGHT = 215;
/** From the frame of one panel to the next: room for the axis of the second. */
const COLUMN_SPACING = 80;
/** Of the middle of "(a)", from the upper left corner of the frame. */
const LETTER_PLACE = [-34, -14];
/** Free space around the data, as a part of their range, so that no point sits on the frame. */
const PADDING = { x: 0.02, y: 0.06 };

type Concat = Extract<TopLevelSpec, { vconcat: unknown }>;
type PartSpec = Concat["vconcat"][number];

/** The Vega-Lite specification of a figure. Its size does not depend on how many times the results have. */
export function curvesSpec(figure: Figure): TopLevelSpec {
  const all = figure.panels.flatMap(({ curves }) => curves.map(({ label }) => label));
  const labels = [...new Set(all)].filter((label) => label !== "");
  const columns = Math.min(figure.columns, figure.panels.length);
  const panels = {
    columns,
    spacing: { row: 22, column: 26 },
    concat: figure.panels.map((panel) => panelSpec(panel, labels)),
  };
  const width = columns * PANEL_WIDTH + (columns - 1) * COLUMN_SPACING;
  const entries = labels.map((label, style) => ({ label, style }));
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: { text: figure.title, subtitle: figure.subtitle, anchor: "start", offset: 10, subtitlePadding: 5 },
    padding: 10,
    spacing: 8,
    vconcat: labels.length > 0 ? [legendStrip(entries, width), panels] : [panels],
    config: THEME,
  } as Concat;
}

function panelSpec(panel: Panel, labels: readonly string[]): PartSpec {
  const style = <T>(range: readonly T[]) => ({
    field: "curve",
    type: "nominal" as const,
    scale: {
      domain: ["", ...labels],
      range: [range[0], ...labels.map((_, index) => range[index % range.length])],
    },
    legend: null,
  });
  const axis = (field: string, title: string, domain: readonly [number, number]) => ({
    field,
    type: "quantitative" as const,
    title,
    scale: { domain: [...domain], nice: false, zero: false },
    axis: Math.max(...domain.map(Math.abs)) >= 1000 ? { format: ".6~g" } : {},
  });
  const x = axis("x", panel.xTitle, domainOf(panel.curves.flatMap(horizontalExtent), PADDING.x));
  const domain = domainOf(panel.curves.flatMap(verticalExtent), PADDING.y);
  const y = axis("y", panel.yTitle, domain);
  const color = style(COLOURS);
  return {
    width: PANEL_WIDTH,
    height: PANEL_HEIGHT,
    layer: [
      {
        data: { values: panel.curves.flatMap(lineRows) },
        mark: { type: "line", strokeWidth: 1.5 },
        encoding: { x, y, color, strokeDash: style(DASHES) },
      },
      {
        data: { values: panel.curves.flatMap((curve) => barRows(curve, labels)) },
        mark: { type: "rule", strokeWidth: 1.2 },
        encoding: { x, y: axis("low", panel.yTitle, domain), y2: { field: "high" }, color },
      },
      {
        data: { values: panel.curves.flatMap((curve) => pointRows(curve, labels)) },
        mark: {
          type: "point",
          filled: false,
          fill: "white",
          size: 30,
          strokeWidth: 1.2,
          opacity: 1,
          color: INK,
        },
        encoding: { x, y, color, shape: style(SHAPES) },
      },
      // A mark at a fixed place, because a panel's title moves with the height of its topmost tick label.
      {
        data: { values: [{}] },
        mark: { type: "text", text: panel.letter, fontSize: 12.5, fontWeight: "bold", color: INK },
        encoding: { x: { value: LETTER_PLACE[0] }, y: { value: LETTER_PLACE[1] } },
      },
    ],
  } as PartSpec;
}

const horizontalExtent = ({ line, points }: Curve): number[] => [
  ...extent(line?.x ?? []),
  ...extent(points?.x ?? []),
];

function verticalExtent({ line, points }: Curve): number[] {
  const ends = (sign: number) =>
    extent((points?.y ?? []).map((y, index) => y + sign * (points?.error[index] ?? 0)));
  return [...extent(line?.y ?? []), ...ends(-1), ...ends(1)];
}

function extent(values: readonly number[]): number[] {
  if (values.length === 0) return [];
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** The range of the data with some space around it. Constant data get a range of their own size, or 1. */
function domainOf(values: readonly number[], padding: number): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const largest = Math.max(Math.abs(low), Math.abs(high));
  // Rounding noise on a constant is no range: without this, 1e-16 would fill the panel.
  const range = high - low > 1e-9 * largest ? high - low : largest || 1;
  return [low - padding * range, high + padding * range];
}

interface Row {
  readonly curve: string;
  readonly x: number;
  readonly y: number;
}

const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;

function lineRows({ label, line }: Curve): Row[] {
  return line === undefined ? [] : line.x.map((x, index) => ({ curve: label, x, y: at(line.y, index) }));
}

function pointRows(curve: Curve, labels: readonly string[]): Row[] {
  const { label, points } = curve;
  if (points === undefined) return [];
  return shownIndices(curve, labels).map((index) => ({
    curve: label,
    x: at(points.x, index),
    y: at(points.y, index),
  }));
}

function barRows(curve: Curve, labels: readonly string[]) {
  const { label, points } = curve;
  if (points === undefined) return [];
  return shownIndices(curve, labels).flatMap((index) => {
    const [x, y, error] = [at(points.x, index), at(points.y, index), points.error[index] ?? 0];
    return error > 0 ? [{ curve: label, x, low: y - error, high: y + error }] : [];
  });
}

/** Evenly spread indices, shifted from curve to curve by a part of a step, so that curves that coincide all show. */
function shownIndices({ label, points }: Curve, labels: readonly string[]): number[] {
  const last = (points?.x.length ?? 0) - 1;
  const step = Math.max(1, last / (POINTS_ON_A_CURVE - 1));
  const phase = Math.max(0, labels.indexOf(label)) / Math.max(1, labels.length);
  const indices: number[] = [];
  for (let position = phase * step; position <= last; position += step) indices.push(Math.round(position));
  return indices;
}
