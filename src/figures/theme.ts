import type { Config } from "vega-lite";

/**
 * Paul Tol's "high contrast" colours and then his "medium contrast" ones: apart for every kind of colour vision and,
 * by their lightness, in a greyscale print. Dashes and shapes tell the curves apart once more.
 * Source: P. Tol, "Colour Schemes", SRON/EPS/TN/09-002 (2021).
 */
export const COLOURS = [
  "#004488",
  "#BB5566",
  "#DDAA33",
  "#000000",
  "#6699CC",
  "#994455",
  "#997700",
  "#EE99AA",
];
export const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [7, 2, 1.5, 2],
  [2, 2],
  [6, 3],
  [10, 3],
  [4, 1, 1, 1, 1, 1],
  [1, 3],
  [12, 2, 2, 2],
];
export const SHAPES = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "triangle-down",
  "cross",
  "triangle-right",
  "triangle-left",
];

/** The one font that PNG files are drawn with; SVG viewers without it take the next. */
export const FONT = "DejaVu Sans";
const FONT_STACK = `${FONT}, Verdana, Geneva, sans-serif`;
export const INK = "#222222";

/** A journal's look: thin full frame, ticks inside, no grid, one font. Sizes are for 96 pixels an inch. */
export const THEME: Config = {
  font: FONT_STACK,
  background: "white",
  aria: false,
  view: { stroke: INK, strokeWidth: 0.8 },
  axis: {
    grid: false,
    domain: false,
    ticks: true,
    tickColor: INK,
    tickWidth: 0.8,
    tickSize: -5,
    labelPadding: 9,
    labelFlush: false,
    tickCount: 6,
    labelColor: INK,
    labelFontSize: 11,
    labelFont: FONT_STACK,
    titleColor: INK,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titleFont: FONT_STACK,
    titlePadding: 8,
  },
  title: {
    color: INK,
    font: FONT_STACK,
    fontSize: 12.5,
    fontWeight: "bold",
    subtitleFont: FONT_STACK,
    subtitleFontSize: 10.5,
    subtitleColor: INK,
  },
};
