import type { TopLevelSpec } from "vega-lite";
import { axis, labelsOf, legendOf, panelSpec } from "./curves.ts";
import type { RasterFigure } from "./figure.ts";
import { type LegendEntry, legendStrip } from "./legend.ts";
import { domainOf } from "./rows.ts";
import { ownStyle, sheetSpec } from "./sheet.ts";
import { COLOURS, frameFor, INK, SHAPES } from "./theme.ts";

const FRAME = frameFor(1);
const ABOVE_HEIGHT = 120;
/** Height of the raster: enough for a row a pixel and for marks that do not run into each other where rows are few. */
const HEIGHT = { least: 120, most: 340, row: 7 };
/** Side of a mark in pixels: about three rows, at least what can be told apart by shape in print. */
const MARK = { least: 4, most: 6.5, rows: 3 };
/** Free space around the marks, as a part of their range. */
const PADDING = 0.02;
/** More channels than shapes cannot be told apart; the rest share one mark. */
const MOST_CHANNELS = SHAPES.length;
const OTHERS = "others";

/** The Vega-Lite specification of a jump raster: one mark a jump, coloured and shaped by its channel. */
export function rasterSpec(figure: RasterFigure): TopLevelSpec {
  const labels = labelsOf(figure.above);
  const curves = legendOf(figure.above, labels);
  const channels = channelEntries(figure.channels);
  const above = figure.above.map((panel) =>
    panelSpec({ ...panel, xRange: padded(figure) }, labels, { ...FRAME, height: ABOVE_HEIGHT }),
  );
  return sheetSpec(
    figure,
    FRAME.width,
    [
      ...(curves.length > 0 ? [legendStrip(curves, FRAME.width)] : []),
      ...above,
      ...(channels.length > 0 ? [legendStrip(channels, FRAME.width)] : []),
      rasterPart(figure, channels),
    ],
    6,
  );
}

const padded = ({ xRange }: RasterFigure): [number, number] => domainOf(xRange, PADDING);

function channelEntries(channels: readonly string[]): LegendEntry[] {
  const all = channels.length > MOST_CHANNELS;
  const named = all ? channels.slice(0, MOST_CHANNELS - 1) : channels;
  const entry = (label: string, index: number) => {
    const colour = COLOURS[index] ?? INK;
    return { label, colour, shape: SHAPES[index] ?? "circle", fill: colour };
  };
  return [...named, ...(all ? [OTHERS] : [])].map(entry);
}

function rasterPart(figure: RasterFigure, channels: readonly LegendEntry[]) {
  const { first, count, jumps, xTitle, yTitle } = figure;
  const height = Math.max(HEIGHT.least, Math.min(HEIGHT.most, HEIGHT.row * count));
  const side = Math.max(MARK.least, Math.min(MARK.most, (MARK.rows * height) / count));
  const known = new Map(channels.map((entry) => [entry.label, entry]));
  const values = jumps.flatMap(({ x, trajectory, channel }) => {
    const style = known.get(channel) ?? known.get(OTHERS);
    return style ? [{ x, trajectory, channel: style.label, colour: style.colour, shape: style.shape }] : [];
  });
  const y = axis("trajectory", yTitle, height, domainOf([first, first + count - 1], PADDING));
  return {
    width: FRAME.width,
    height,
    data: { values },
    mark: {
      type: "point" as const,
      size: side * side,
      stroke: "white",
      strokeWidth: 0.3,
      opacity: 1,
      fillOpacity: 1,
    },
    encoding: {
      x: axis("x", xTitle, FRAME.width, padded(figure)),
      y: { ...y, axis: { tickMinStep: 1, format: "d" } },
      fill: ownStyle("colour"),
      shape: ownStyle("shape"),
    },
  };
}
