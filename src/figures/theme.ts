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

/** Of the phases -pi, -pi/2, 0, pi/2, pi: light, so that ink shows on them, and apart for every kind of colour vision. */
export const PHASE_COLOURS = ["#EE99AA", "#88DDDD", "#6699CC", "#EECC66", "#EE99AA"];

/** The one font that PNG files are drawn with; SVG viewers without it take the next. */
export const FONT = "DejaVu Sans";
const FONT_STACK = `${FONT}, Verdana, Geneva, sans-serif`;
export const INK = "#222222";

export const TITLE_SIZE = 12;
export const SUBTITLE_SIZE = 10;
export const AXIS_TITLE_SIZE = 11.5;

/**
 * Frames of panels by the number of them in a row. At 96 pixels an inch one panel with its axes is as wide as a
 * journal's column (86 mm = 325 px) and two as its page (178 mm = 673 px), so that figures go to print as they are,
 * their smallest letters at 7.5 points. Three in a row are narrower, so that they fit the page too.
 */
export interface Frame {
  readonly width: number;
  readonly height: number;
}
const ONE: Frame = { width: 252, height: 190 };
const MANY: Frame = { width: 148, height: 118 };
export const frameFor = (columns: number): Frame => (columns <= 2 ? ONE : MANY);
/** From the frame of one panel to the next: room for the axis of the second. */
export const COLUMN_SPACING = 84;
/** Width of a row of frames, from the first to the last. */
export const rowWidth = (columns: number): number =>
  columns * frameFor(columns).width + (columns - 1) * COLUMN_SPACING;

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
    tickCount: 5,
    labelColor: INK,
    labelFontSize: 10.5,
    labelFont: FONT_STACK,
    titleColor: INK,
    titleFontSize: AXIS_TITLE_SIZE,
    titleFontWeight: "normal",
    titleFont: FONT_STACK,
    titlePadding: 6,
  },
  title: {
    color: INK,
    font: FONT_STACK,
    fontSize: TITLE_SIZE,
    fontWeight: "bold",
    subtitleFont: FONT_STACK,
    subtitleFontSize: SUBTITLE_SIZE,
    subtitleColor: INK,
  },
};
