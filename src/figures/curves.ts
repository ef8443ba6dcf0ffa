import type { TopLevelSpec } from "vega-lite";
import type { Figure, Panel } from "./figure.ts";
import { BAND_OPACITY, type LegendEntry, legendStrip } from "./legend.ts";
import {
  bandRows,
  barRows,
  domainOf,
  horizontalExtent,
  lineRows,
  logDomain,
  pointRows,
  valueDomain,
  vertexRows,
  verticalExtent,
} from "./rows.ts";
import { type PartSpec, sheetSpec } from "./sheet.ts";
import { wrapText } from "./text.ts";
import { AXIS_TITLE_SIZE, COLOURS, DASHES, type Frame, frameFor, INK, rowWidth, SHAPES } from "./theme.ts";

/** Of the middle of "(a)", from the upper left corner of the frame. */
const LETTER_PLACE = [-34, -14];
/** Free space around the data, as a part of their range, so that no point sits on the frame. */
const PADDING = { x: 0.02, y: 0.06 };

/** The Vega-Lite specification of a figure. Its size does not depend on how many times the results have. */
export function curvesSpec(figure: Figure): TopLevelSpec {
  const labels = labelsOf(figure.panels);
  const columns = Math.min(figure.columns, figure.panels.length);
  const frame = frameFor(columns);
  const panels = {
    columns,
    spacing: { row: 18, column: 22 },
    concat: figure.panels.map((panel) => panelSpec(panel, labels, frame)),
  };
  const width = rowWidth(columns);
  const legend = legendOf(figure.panels, labels);
  return sheetSpec(figure, width, legend.length > 0 ? [legendStrip(legend, width), panels] : [panels]);
}

export interface StyledLabel {
  readonly label: string;
  /** Place in the lists of colours, dashes and shapes. */
  readonly style: number;
}

/** The labels in the legend, each once. */
export function labelsOf(panels: readonly Panel[]): StyledLabel[] {
  const styles = new Map<string, number>();
  for (const { label, style } of panels.flatMap(({ curves }) => curves)) {
    if (label !== "" && !styles.has(label)) styles.set(label, style ?? styles.size);
  }
  return [...styles].map(([label, style]) => ({ label, style }));
}

const styleOf = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length];

/** Entries with the marks that the curves of that label have somewhere. */
export function legendOf(panels: readonly Panel[], labels: readonly StyledLabel[]): LegendEntry[] {
  const curves = panels.flatMap((panel) => panel.curves);
  return labels.map(({ label, style }) => {
    const own = curves.filter((curve) => curve.label === label);
    return {
      label,
      colour: styleOf(COLOURS, style) ?? INK,
      ...(own.some(({ line }) => line) && { dash: styleOf(DASHES, style) ?? [1, 0] }),
      ...(own.some(({ points }) => points) && { shape: styleOf(SHAPES, style) ?? "circle" }),
      band: own.some(({ band }) => band),
    };
  });
}

/** One panel; `labels` are those of the whole figure. */
export function panelSpec(panel: Panel, labels: readonly StyledLabel[], frame: Frame): PartSpec {
  const names = labels.map(({ label }) => label);
  // Curves without a label are in ink where others are told apart by colour.
  const style = <T>(range: readonly T[], unlabelled: T | undefined) => ({
    field: "curve",
    type: "nominal" as const,
    scale: {
      domain: ["", ...names],
      range: [unlabelled, ...labels.map((label) => styleOf(range, label.style))],
    },
    legend: null,
  });
  const color = style(COLOURS, labels.length > 0 ? INK : COLOURS[0]);
  const { x, y, low } = axesOf(panel, frame);
  const vertices = panel.curves.flatMap(vertexRows);
  const shown = panel.curves.map(({ label }) => label);
  return {
    width: frame.width,
    height: frame.height,
    layer: [
      {
        data: { values: panel.curves.flatMap(bandRows) },
        mark: { type: "area", opacity: BAND_OPACITY, line: false, clip: panel.cutErrors === true },
        encoding: { x, y: low, y2: { field: "high" }, color },
      },
      {
        data: { values: panel.curves.flatMap(lineRows) },
        mark: { type: "line", strokeWidth: 1.5 },
        encoding: { x, y, color, strokeDash: style(DASHES, DASHES[0]) },
      },
      ...(vertices.length === 0
        ? []
        : [
            {
              data: { values: vertices },
              mark: { type: "circle", size: 14, opacity: 1 },
              encoding: { x, y, color },
            },
          ]),
      {
        data: { values: panel.curves.flatMap((curve) => barRows(curve, shown)) },
        mark: { type: "rule", strokeWidth: 1.2 },
        encoding: { x, y: low, y2: { field: "high" }, color },
      },
      {
        data: { values: panel.curves.flatMap((curve) => pointRows(curve, shown)) },
        mark: {
          type: "point",
          filled: false,
          fill: "white",
          size: 28,
          strokeWidth: 1.2,
          opacity: 1,
          color: INK,
        },
        encoding: { x, y, color, shape: style(SHAPES, SHAPES[0]) },
      },
      ...letterLayers(panel),
    ],
  } as PartSpec;
}

/** A mark at a fixed place, because a panel's title moves with the height of its topmost tick label. */
const letterLayers = ({ letter }: Panel) =>
  letter === ""
    ? []
    : [
        {
          data: { values: [{}] },
          mark: {
            type: "text" as const,
            text: letter,
            fontSize: 12,
            fontWeight: "bold" as const,
            color: INK,
          },
          encoding: { x: { value: LETTER_PLACE[0] }, y: { value: LETTER_PLACE[1] } },
        },
      ];

function axesOf(panel: Panel, frame: Frame) {
  const log = panel.logX === true;
  const xDomain =
    panel.xRange ?? (log ? logDomain : domainOf)(panel.curves.flatMap(horizontalExtent), PADDING.x);
  const shown = panel.cutErrors
    ? panel.curves.map(({ label, line }) => ({ label, ...(line && { line }) }))
    : panel.curves;
  const yDomain = valueDomain(shown.flatMap(verticalExtent), PADDING.y);
  const x = axis("x", panel.xTitle, frame.width, xDomain, log);
  return {
    x: panel.wholeX ? { ...x, axis: { ...x.axis, tickMinStep: 1 } } : x,
    y: axis("y", panel.yTitle, frame.height, yDomain),
    low: axis("low", panel.yTitle, frame.height, yDomain),
  };
}

/** A quantitative axis of `length` pixels over exactly this range; its title is broken into lines of that length. */
export function axis(
  field: string,
  title: string,
  length: number,
  domain: readonly [number, number],
  log = false,
) {
  const large = Math.max(...domain.map(Math.abs)) >= 1000;
  return {
    field,
    type: "quantitative" as const,
    title: title === "" ? null : wrapText(title, length, AXIS_TITLE_SIZE),
    scale: { domain: [...domain], nice: false, ...(log ? { type: "log" as const } : { zero: false }) },
    axis: large || log ? { format: ".6~g" } : {},
  };
}
