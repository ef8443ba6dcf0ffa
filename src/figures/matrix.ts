import type { TopLevelSpec } from "vega-lite";
import type { MatrixFigure, MatrixPanel } from "./figure.ts";
import { sheetSpec } from "./sheet.ts";
import { printedNumber } from "./text.ts";
import { textWidth } from "./text-width.ts";
import { frameFor, INK, PHASE_COLOURS } from "./theme.ts";

/** Of a matrix in pixels; small matrices keep their cells small. */
const MOST_SIDE = { one: frameFor(1).width, many: 180 };
const MOST_CELL = 44;
/** Of the cell, for the element of largest modulus. */
const LARGEST_DISC = 0.92;
/** Moduli below this part of the largest would be specks. */
const SMALLEST = 1e-4;
const LABEL_SIZE = 10;
/** Phases of the colour scale, which runs round and ends where it began. */
const PHASES = [-Math.PI, -Math.PI / 2, 0, Math.PI / 2, Math.PI];

/**
 * The Vega-Lite specification of density matrices: a disc an element, its area the modulus, its colour and the
 * direction of its hand the phase (0 to the right, pi/2 up), so that a greyscale print loses nothing.
 */
export function matrixSpec(figure: MatrixFigure): TopLevelSpec {
  const { basis, panels } = figure;
  const columns = Math.min(figure.columns, panels.length);
  const cell = Math.min(MOST_CELL, (columns === 1 ? MOST_SIDE.one : MOST_SIDE.many) / basis.length);
  const largest = largestModulus(panels);
  const scale = { cell, largest, side: cell * basis.length };
  const between = Math.ceil(Math.max(...basis.map((ket) => textWidth(`|${ket}⟩`, LABEL_SIZE)))) + 34;
  const width = Math.max(columns * scale.side + (columns - 1) * between, LEGEND_WIDTH);
  return sheetSpec(
    figure,
    width,
    [
      legend(scale),
      { columns, spacing: { row: 14, column: 16 }, concat: panels.map((panel) => part(panel, basis, scale)) },
    ],
    12,
  );
}

interface Scale {
  readonly cell: number;
  readonly largest: number;
  readonly side: number;
}

function largestModulus(panels: readonly MatrixPanel[]): number {
  let largest = 0;
  for (const { re, im } of panels) {
    re.forEach((row, i) => {
      row.forEach((x, j) => {
        largest = Math.max(largest, Math.hypot(x, im[i]?.[j] ?? 0));
      });
    });
  }
  return largest || 1;
}

function part({ title, re, im }: MatrixPanel, basis: readonly string[], { cell, largest, side }: Scale) {
  const values = re.flatMap((row, i) =>
    row.flatMap((x, j) => {
      const disc = discOf(x, im[i]?.[j] ?? 0, largest, cell);
      return disc === undefined ? [] : [{ ...disc.style, ...hand(j + 0.5, i + 0.5, disc, 1 / cell) }];
    }),
  );
  const shown = thinned(
    basis.map((_, index) => index + 0.5),
    cell,
  );
  const labelled = (field: string, left: string, right: string, orient: "left" | "top") => ({
    field,
    type: "quantitative" as const,
    scale: { domain: orient === "left" ? [basis.length, 0] : [0, basis.length], nice: false, zero: false },
    title: null,
    axis: {
      orient,
      values: shown,
      tickCount: shown.length,
      labelExpr: `${JSON.stringify(basis.map((ket) => left + ket + right))}[floor(datum.value)]`,
      labelOverlap: false,
      labelFontSize: LABEL_SIZE,
      ticks: false,
      labelPadding: 5,
      ...(orient === "top" && needsTurning(basis, cell) && { labelAngle: -90, labelAlign: "left" as const }),
    },
  });
  const x = labelled("x", "⟨", "|", "top");
  const y = labelled("y", "|", "⟩", "left");
  return {
    width: side,
    height: side,
    ...(title !== "" && {
      title: { text: title, anchor: "middle", offset: 8, fontWeight: "normal", fontSize: 11 },
    }),
    layer: [gridLines(basis.length, cell), ...discLayers(values, x, y)],
  };
}

/** Labels at every cell, or at so many that none lies on the next. */
function thinned(centres: readonly number[], cell: number): number[] {
  const step = Math.ceil((LABEL_SIZE + 1) / cell);
  return centres.filter((_, index) => index % step === 0);
}

const needsTurning = (basis: readonly string[], cell: number): boolean =>
  basis.some((ket) => textWidth(`⟨${ket}|`, LABEL_SIZE) > cell - 2);

function gridLines(count: number, cell: number) {
  const lines = Array.from({ length: count - 1 }, (_, index) => (index + 1) * cell);
  const end = count * cell;
  return {
    data: {
      values: lines.flatMap((at) => [
        { x0: at, x1: at, y0: 0, y1: end },
        { x0: 0, x1: end, y0: at, y1: at },
      ]),
    },
    mark: { type: "rule" as const, strokeWidth: 0.5, color: "#d8d8d8" },
    encoding: Object.fromEntries(
      [
        ["x", "x0"],
        ["x2", "x1"],
        ["y", "y0"],
        ["y2", "y1"],
      ].map(([channel, field]) => [channel, { field, type: "quantitative", scale: null, axis: null }]),
    ),
  };
}

interface Disc {
  readonly radius: number;
  readonly phase: number;
  readonly style: { readonly size: number; readonly phase: number; readonly modulus: number };
}

function discOf(re: number, im: number, largest: number, cell: number): Disc | undefined {
  const modulus = Math.hypot(re, im);
  if (modulus < SMALLEST * largest) return undefined;
  const diameter = LARGEST_DISC * cell * Math.sqrt(modulus / largest);
  const phase = Math.atan2(im, re);
  return { radius: diameter / 2, phase, style: { size: diameter * diameter, phase, modulus } };
}

/** Centre of the disc and end of its hand; `unit`: axis units a pixel, y running down. */
const hand = (x: number, y: number, { radius, phase }: Disc, unit: number) => ({
  x,
  y,
  endX: x + radius * unit * Math.cos(phase),
  endY: y - radius * unit * Math.sin(phase),
});

function discLayers(values: readonly object[], x: { readonly field: string }, y: { readonly field: string }) {
  return [
    {
      data: { values },
      mark: { type: "point" as const, filled: true, stroke: INK, strokeWidth: 0.7, opacity: 1 },
      encoding: {
        x,
        y,
        size: { field: "size", type: "quantitative" as const, scale: null, legend: null },
        fill: {
          field: "phase",
          type: "quantitative" as const,
          scale: { domain: PHASES, range: [...PHASE_COLOURS], interpolate: "lab" as const },
          legend: null,
        },
      },
    },
    {
      data: { values },
      mark: { type: "rule" as const, color: INK, strokeWidth: 0.9 },
      encoding: { x, y, x2: { field: "endX" }, y2: { field: "endY" } },
    },
  ];
}

/** The largest modulus rounded down to one digit, half of it and a tenth. */
function roundModuli(largest: number): number[] {
  const unit = 10 ** Math.floor(Math.log10(largest) + 1e-9);
  const round = Math.floor(largest / unit + 1e-9) * unit;
  return [round, round / 2, round / 10];
}

const LEGEND_WIDTH = 252;
const LEGEND_DISC = 15;

/** Phases as discs of one size, then sizes as discs of phase 0: beside them, or below where a column has no room. */
function legend({ cell, largest }: Scale) {
  const phases = strip(
    [
      { re: 1, im: 0, text: "1" },
      { re: 0, im: 1, text: "i" },
      { re: -1, im: 0, text: "−1" },
      { re: 0, im: -1, text: "−i" },
    ],
    1,
    LEGEND_DISC,
  );
  const sizes = strip(
    roundModuli(largest).map((re) => ({ re, im: 0, text: printedNumber(re) })),
    largest,
    cell,
  );
  const beside = phases.width + sizes.width <= LEGEND_WIDTH;
  const [top, bottom] = [phases.height, sizes.height];
  const height = beside ? Math.max(top, bottom) : top + bottom;
  const parts = [
    ...phases.at(0, (beside ? height : top) / 2),
    ...sizes.at(beside ? phases.width : 0, beside ? height / 2 : top + bottom / 2),
  ];
  const x = { field: "x", type: "quantitative", scale: { domain: [0, LEGEND_WIDTH] }, axis: null };
  const y = { field: "y", type: "quantitative", scale: { domain: [height, 0] }, axis: null };
  return {
    width: LEGEND_WIDTH,
    height,
    view: { stroke: null },
    layer: [
      ...discLayers(
        parts.map(({ disc }) => disc),
        x,
        y,
      ),
      {
        data: { values: parts.map(({ text }) => text) },
        mark: { type: "text", align: "left", baseline: "middle", fontSize: LABEL_SIZE, color: INK },
        encoding: { x, y, text: { field: "text" } },
      },
    ],
  };
}

/** Discs in a row, each with its text; `unit` is the modulus of a disc that fills a cell. */
function strip(
  entries: readonly { readonly re: number; readonly im: number; readonly text: string }[],
  unit: number,
  cell: number,
) {
  let width = 0;
  const placed = entries.flatMap(({ re, im, text }) => {
    const disc = discOf(re, im, unit, cell);
    if (disc === undefined) return [];
    const middle = width + disc.radius;
    const label = middle + disc.radius + 4;
    width = label + textWidth(text, LABEL_SIZE) + 11;
    return [{ disc, middle, label, text }];
  });
  return {
    width: width + 12,
    height: 2 * Math.max(...placed.map(({ disc }) => disc.radius)) + 4,
    at: (left: number, y: number) =>
      placed.map(({ disc, middle, label, text }) => ({
        disc: { ...disc.style, ...hand(left + middle, y, disc, 1) },
        text: { x: left + label, y, text },
      })),
  };
}
