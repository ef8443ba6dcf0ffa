import { writerFor } from "../../results/writers.ts";
import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { prepare } from "../prepare.ts";
import { formatSummary } from "../report.ts";
import { runTrajectories } from "../routes.ts";
import { stoppable } from "../stop.ts";

/** mcwf run FILE */
export async function run(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, writerFor);
  const { result, outcome } = await stoppable((signal) => runTrajectories(prepared, signal));
  await deliver({ value: result, writerFor, summary: formatSummary, notes: result.notes }, prepared.options);
  return outcome === "complete" ? EXIT.done : EXIT.cutShort;
}
