import { byEnding } from "../results/endings.ts";
import type { Figure } from "./figure.ts";

type Draw = (figure: Figure) => Promise<string | Uint8Array>;

/** The drawing libraries take half a second to load, so they are loaded when a figure is drawn and not before. */
const drawSvg = async (figure: Figure): Promise<string> => {
  const [{ curvesSpec }, { renderSvg }] = await Promise.all([import("./curves.ts"), import("./render.ts")]);
  return renderSvg(curvesSpec(figure));
};
const drawPng: Draw = async (figure) => {
  const { svgToPng } = await import("./render.ts");
  return svgToPng(await drawSvg(figure));
};

/** The formats by the ending of the file name. */
const FORMATS: Readonly<Record<string, Draw>> = { ".svg": drawSvg, ".png": drawPng };

/** What draws a figure for a file of this name. Throws InputError naming the endings there are. */
export const drawerFor = (path: string): Draw => byEnding(FORMATS, path, "--plot");
