import { writeAtomically } from "../results/atomic.ts";
import { formatJson } from "../results/json.ts";
import type { Result } from "../results/result.ts";
import { writerFor } from "../results/writers.ts";
import type { Options } from "./options.ts";
import { note, print } from "./output.ts";
import { formatSummary } from "./report.ts";

/** A result where it was asked for: a file, JSON on stdout, or a summary. Its notes go to stderr. */
export async function deliver(result: Result, options: Options): Promise<void> {
  if (!options.quiet) for (const line of result.notes) note(`note: ${line}`);
  if (options.out !== undefined) {
    await writeAtomically(options.out, await writerFor(options.out).encode(result));
    if (!options.quiet) note(`wrote ${options.out}`);
  }
  if (options.json) await print(formatJson(result));
  else if (options.out === undefined) await print(formatSummary(result));
}
