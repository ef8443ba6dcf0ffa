import type { AnyFigure } from "../figures/figure.ts";
import { drawerFor } from "../figures/files.ts";
import { writeAtomically } from "../results/atomic.ts";
import { note } from "./output.ts";

/** Draws a figure into a file; the ending chooses the format. */
export async function drawFigure(figure: AnyFigure, path: string, quiet: boolean): Promise<void> {
  await writeAtomically(path, await drawerFor(path)(figure));
  if (!quiet) note(`wrote ${path}`);
}
