import type { AnyFigure } from "../figures/figure.ts";
import { drawerFor } from "../figures/files.ts";
import { writeAtomically } from "../results/atomic.ts";
import { jsonPieces } from "../results/json.ts";
import type { Writer } from "../results/writers.ts";
import type { Options } from "./options.ts";
import { note, print } from "./output.ts";

/** How a command hands over what it has found. */
export interface Delivery<T> {
  readonly value: T;
  readonly writerFor: (path: string) => Writer<T>;
  readonly summary: (value: T) => string;
  /** Remarks for stderr. */
  readonly notes: readonly string[];
}

/** A file, JSON on stdout, or a summary: whatever was asked for. Notes go to stderr. */
export async function deliver<T>(
  { value, writerFor, summary, notes }: Delivery<T>,
  options: Options,
): Promise<void> {
  const { out, json, quiet } = options;
  if (!quiet) for (const line of new Set(notes)) note(`note: ${line}`);
  if (out !== undefined) {
    await writeAtomically(out, await writerFor(out).encode(value));
    if (!quiet) note(`wrote ${out}`);
  }
  if (json) for (const piece of jsonPieces(value)) await print(piece);
  else if (out === undefined) await print(summary(value));
}

/** Draws a figure into a file; the ending chooses the format. */
export async function drawFigure(figure: AnyFigure, path: string, quiet: boolean): Promise<void> {
  await writeAtomically(path, await drawerFor(path)(figure));
  if (!quiet) note(`wrote ${path}`);
}
