import type { TopLevelSpec } from "vega-lite";
import { axis } from "./curves.ts";
import type { Eigenvalue, EigenvalueKind, SpectrumFigure } from "./figure.ts";
import { type LegendEntry, legendStrip } from "./legend.ts";
import { domainOf } from "./rows.ts";
import { ownStyle, sheetSpec } from "./sheet.ts";
import { frameFor, INK, SHAPES } from "./theme.ts";

const FRAME = { width: frameFor(1).width, height: 215 };
const PADDING = 0.08;
const MARK_SIZE = 42;
/** Colours stand in the legend on a shape that no sector has. */
const PATCH = "M-1.2,-0.6L1.2,-0.6L1.2,0.6L-1.2,0.6Z";
/** Lightness runs from black to white, so that print without colour tells them apart. */
const KINDS: Readonly<Record<EigenvalueKind, { readonly colour: string; readonly text: string }>> = {
  dark: { colour: "#000000", text: "dark" },
  stable: { colour: "#FFFFFF", text: "stable" },
  subradiant: { colour: "#BB5566", text: "subradiant" },
  independent: { colour: "#6699CC", text: "independent" },
  superradiant: { colour: "#EECC66", text: "superradiant" },
};

/** The Vega-Lite specification of a spectrum: energy against decay rate, colour: kind, shape: sector. */
export function spectrumSpec(figure: SpectrumFigure): TopLevelSpec {
  const { eigenvalues, sectors } = figure;
  // With more sectors than shapes, shapes would lie.
  const shaped = sectors.length <= SHAPES.length;
  const shapeOf = (sector: string) => (shaped && SHAPES[sectors.indexOf(sector)]) || "circle";
  const kinds = (Object.keys(KINDS) as EigenvalueKind[]).filter((kind) =>
    eigenvalues.some((eigenvalue) => eigenvalue.kind === kind),
  );
  const colours = kinds.map((kind): LegendEntry => {
    const { colour, text } = KINDS[kind];
    return { label: text, colour: INK, shape: PATCH, fill: colour };
  });
  const shapes =
    shaped && sectors.length > 1
      ? sectors.map((label): LegendEntry => ({ label, colour: INK, shape: shapeOf(label) }))
      : [];
  return sheetSpec(
    figure,
    FRAME.width,
    [
      ...(colours.length > 0 ? [legendStrip(colours, FRAME.width)] : []),
      ...(shapes.length > 0 ? [legendStrip(shapes, FRAME.width)] : []),
      plane(figure, shapeOf),
    ],
    4,
  );
}

function plane({ eigenvalues, xTitle, yTitle }: SpectrumFigure, shapeOf: (sector: string) => string) {
  const x = axis(
    "energy",
    xTitle,
    FRAME.width,
    domainOf(
      eigenvalues.map(({ energy }) => energy),
      PADDING,
    ),
  );
  const y = axis(
    "decayRate",
    yTitle,
    FRAME.height,
    domainOf([0, ...eigenvalues.map(({ decayRate }) => decayRate)], PADDING),
  );
  const places = degeneracies(eigenvalues);
  return {
    ...FRAME,
    layer: [
      {
        data: { values: [{ decayRate: 0 }] },
        mark: { type: "rule" as const, strokeWidth: 0.6, color: "#999999" },
        encoding: { y },
      },
      {
        data: {
          values: eigenvalues.map((one) => ({
            ...one,
            colour: KINDS[one.kind].colour,
            shape: shapeOf(one.sector),
          })),
        },
        mark: {
          type: "point" as const,
          size: MARK_SIZE,
          strokeWidth: 1,
          stroke: INK,
          opacity: 1,
          fillOpacity: 1,
        },
        encoding: { x, y, fill: ownStyle("colour"), shape: ownStyle("shape") },
      },
      ...(["left", "right"] as const).map((align) => ({
        data: { values: places.filter((place) => place.align === align) },
        mark: {
          type: "text" as const,
          dx: align === "left" ? 8 : -8,
          dy: -7,
          align,
          fontSize: 10,
          color: INK,
        },
        encoding: { x, y, text: { field: "text" } },
      })),
    ],
  };
}

/** "×3" beside values that several eigenvalues share, whatever their sectors; towards the middle of the frame. */
function degeneracies(eigenvalues: readonly Eigenvalue[]) {
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values) || 1;
  const near = {
    energy: 0.01 * spread(eigenvalues.map(({ energy }) => energy)),
    rate: 0.01 * spread(eigenvalues.map(({ decayRate }) => decayRate)),
  };
  const places: { energy: number; decayRate: number; count: number }[] = [];
  for (const { energy, decayRate, multiplicity } of eigenvalues) {
    const known = places.find(
      (place) =>
        Math.abs(place.energy - energy) <= near.energy && Math.abs(place.decayRate - decayRate) <= near.rate,
    );
    if (known === undefined) places.push({ energy, decayRate, count: multiplicity });
    else known.count += multiplicity;
  }
  const energies = eigenvalues.map(({ energy }) => energy);
  const middle = (Math.min(...energies) + Math.max(...energies)) / 2;
  return places
    .filter(({ count }) => count > 1)
    .map((place) => ({
      ...place,
      text: `×${place.count}`,
      align: place.energy <= middle ? "left" : "right",
    }));
}
