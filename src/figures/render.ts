import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "./text-width.ts";
import { FONT } from "./theme.ts";

/** Pixels of a PNG file for each pixel of the design: 288 an inch, enough for print. */
const PNG_SCALE = 3;

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}
// Vega exports the object that lays out its text, but does not declare it. Setting it also keeps a canvas that happens
// to be installed, with other fonts, from changing the picture.
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: TextItem, text: unknown) => number };
};
textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
  text === null || text === undefined ? 0 : textWidth(String(text), fontSize, fontWeight === "bold");

/** A Vega-Lite specification as SVG text, drawn without a browser or a canvas. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  const view = new vega.View(vega.parse(compile(spec).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** SVG text as a PNG image. The fonts come with the program: with none, the rasteriser drops all text in silence. */
export function svgToPng(svg: string): Uint8Array {
  const require = createRequire(import.meta.url);
  const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) =>
    require.resolve(`dejavu-fonts-ttf/ttf/${file}`),
  );
  const options = {
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: FONT },
    fitTo: { mode: "zoom" as const, value: PNG_SCALE },
  };
  return new Resvg(svg, options).render().asPng();
}
