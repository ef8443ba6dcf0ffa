import type { TopLevelSpec } from "vega-lite";
import { curvesSpec } from "./curves.ts";
import type { AnyFigure } from "./figure.ts";
import { matrixSpec } from "./matrix.ts";
import { rasterSpec } from "./raster.ts";
import { spectrumSpec } from "./spectrum.ts";

/** The Vega-Lite specification of any figure. */
export function specOf(figure: AnyFigure): TopLevelSpec {
  switch (figure.kind) {
    case "curves":
      return curvesSpec(figure);
    case "raster":
      return rasterSpec(figure);
    case "matrix":
      return matrixSpec(figure);
    case "spectrum":
      return spectrumSpec(figure);
  }
}
