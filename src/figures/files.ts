import { byEnding } from "../results/endings.ts";
import type { AnyFigure } from "./figure.ts";

type Draw = (figure: AnyFigure) => Promise<string | Uint8Array>;

/** The drawing libraries take half a second to load, so they are loaded when a figure is drawn and not before. */
const drawSvg = async (figure: AnyFigure): Promise<string> => {
  const [{ specOf }, { renderSvg }] = await Promise.all([import("./spec.ts"), import("./render.ts")]);
  return renderSvg(specOf(figure));
};
const drawPng: Draw = async (figure) => {
  const { svgToPng } = await import("./render.ts");
  return svgToPng(await drawSvg(figure));
};

/** The formats by the ending of the file name. */
const FORMATS: Readonly<Record<string, Draw>> = { ".svg": drawSvg, ".png": drawPng };

/**
 * What draws a figure for a file of this name. `option` names where the name was given.
 * Throws InputError naming the endings there are.
 */
export const drawerFor = (path: string, option = "--plot"): Draw => byEnding(FORMATS, path, option);
