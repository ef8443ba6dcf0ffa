import { writerFor } from "../../results/writers.ts";
import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { prepare, withPlaces } from "../prepare.ts";
import { formatSummary } from "../report.ts";
import { solveExactly } from "../routes.ts";
import { stoppable } from "../stop.ts";

/** mcwf exact FILE */
export async function exact(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, writerFor);
  const result = await withPlaces(prepared, () => stoppable((signal) => solveExactly(prepared, signal)));
  await deliver({ value: result, writerFor, summary: formatSummary, notes: result.notes }, prepared.options);
  return EXIT.done;
}
