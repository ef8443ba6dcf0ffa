/**
 * What a figure shows, without a word on how: panels of curves. Made from results by pure functions (comparison.ts,
 * systems.ts), turned into a Vega-Lite specification by curves.ts, drawn by render.ts.
 */
export interface Figure {
  readonly title: string;
  /** One line below the title: what the marks mean. */
  readonly subtitle: string;
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
}

/** One quantity by both routes. */
export interface Curve {
  /** Curves of the same label look the same in all panels; an empty one stays out of the legend. */
  readonly label: string;
  /** Exact values, drawn as a line. */
  readonly line?: Line;
  /** Trajectory means, drawn as points with error bars. */
  readonly points?: Points;
}

export interface Line {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Points extends Line {
  /** Half the length of the error bar; null where it cannot be known (no bar). */
  readonly error: readonly (number | null)[];
}
