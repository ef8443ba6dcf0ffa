/**
 * What a figure shows, without a word on how. Made from results by pure functions (series.ts, systems.ts, raster.ts,
 * ...), turned into a Vega-Lite specification by the file of its kind (see spec.ts), drawn by render.ts.
 */
export type AnyFigure = Figure | RasterFigure | MatrixFigure | SpectrumFigure;

interface Heading {
  readonly title: string;
  /** Below the title: what the marks mean. */
  readonly subtitle: string;
}

/** Panels of curves. */
export interface Figure extends Heading {
  readonly kind: "curves";
  readonly panels: readonly Panel[];
  /** Panels in a row. */
  readonly columns: number;
}

export interface Panel {
  /** "(a)" and so on, or empty. */
  readonly letter: string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly curves: readonly Curve[];
  /** A logarithmic x axis; all x must be > 0. */
  readonly logX?: boolean;
  /** Ticks at whole numbers only. */
  readonly wholeX?: boolean;
  /** Ends of the x axis; absent: those of the data with some space around. */
  readonly xRange?: readonly [number, number];
  /** The y axis shows the lines; bands and error bars that go beyond are cut. */
  readonly cutErrors?: boolean;
}

/** One quantity by one route or by both. */
export interface Curve {
  /** Curves of the same label look the same in all panels; an empty one stays out of the legend. */
  readonly label: string;
  /** Place in the lists of colours, dashes and shapes; absent: that of the label among all labels. */
  readonly style?: number;
  /** Drawn as a line: exact values, as a rule. */
  readonly line?: Line;
  /** Drawn as points with error bars: trajectory means, as a rule. */
  readonly points?: Points;
  /** Drawn as a band from y - error to y + error. */
  readonly band?: Points;
}

export interface Line {
  readonly x: readonly number[];
  /** NaN where there is nothing: a gap. */
  readonly y: readonly number[];
  /** Few values are known, and between them the line is only drawn: a dot on each. */
  readonly vertices?: boolean;
}

export interface Points extends Omit<Line, "vertices"> {
  /** Half the length of the error bar; null where it cannot be known (no bar). */
  readonly error: readonly (number | null)[];
  /** Every point is drawn; else so many that the line can still be seen. */
  readonly all?: boolean;
}

/** Jumps of many trajectories, one mark each, with panels of curves above that share its time axis. */
export interface RasterFigure extends Heading {
  readonly kind: "raster";
  readonly above: readonly Panel[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xRange: readonly [number, number];
  /** Trajectories first .. first + count - 1 have a row each. */
  readonly first: number;
  readonly count: number;
  /** In the order of the legend. */
  readonly channels: readonly string[];
  readonly jumps: readonly { readonly x: number; readonly trajectory: number; readonly channel: string }[];
}

/** Complex matrices in one basis. */
export interface MatrixFigure extends Heading {
  readonly kind: "matrix";
  /** Printed basis kets without their brackets: "100". */
  readonly basis: readonly string[];
  readonly columns: number;
  readonly panels: readonly MatrixPanel[];
}

export interface MatrixPanel {
  readonly title: string;
  /** [row][column] */
  readonly re: readonly (readonly number[])[];
  readonly im: readonly (readonly number[])[];
}

/** Eigenvalues of H_eff in the plane of energy and decay rate. */
export interface SpectrumFigure extends Heading {
  readonly kind: "spectrum";
  readonly xTitle: string;
  readonly yTitle: string;
  /** In the order of the legend; told apart by shape. */
  readonly sectors: readonly string[];
  readonly eigenvalues: readonly Eigenvalue[];
}

export interface Eigenvalue {
  readonly energy: number;
  /** -2 Im of the eigenvalue of H_eff: the rate at which the squared norm falls. */
  readonly decayRate: number;
  readonly multiplicity: number;
  readonly kind: EigenvalueKind;
  readonly sector: string;
}

/** Told apart by colour. */
export type EigenvalueKind = "dark" | "stable" | "subradiant" | "independent" | "superradiant";
