import { DEFAULT_SAMPLING } from "../../kernel/types.ts";
import { RecordsFile } from "../../records/file.ts";
import { writerFor } from "../../results/writers.ts";
import type { EnsembleRun } from "../../trajectories/options.ts";
import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { note } from "../output.ts";
import { type Prepared, prepare, withPlaces } from "../prepare.ts";
import { formatSummary } from "../report.ts";
import { runTrajectories } from "../routes.ts";
import { stoppable } from "../stop.ts";

/** mcwf run FILE */
export async function run(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, writerFor);
  const { result, outcome } = await withPlaces(prepared, () =>
    stoppable((signal) => runWithRecords(prepared, signal)),
  );
  await deliver({ value: result, writerFor, summary: formatSummary, notes: result.notes }, prepared.options);
  return outcome === "complete" ? EXIT.done : EXIT.cutShort;
}

/** Also a run that is stopped keeps the records of the trajectories that it keeps. */
async function runWithRecords(prepared: Prepared, signal: AbortSignal): Promise<EnsembleRun> {
  const { records: path, clicks, sampling = DEFAULT_SAMPLING, quiet } = prepared.options;
  let file: RecordsFile | undefined;
  try {
    const run = await runTrajectories(prepared, signal, async ({ channels }) => {
      file =
        path === undefined ? undefined : await RecordsFile.create(path, channels, sampling === "stratified");
      return {
        ...(clicks !== undefined && { clicks }),
        ...(file !== undefined && { onRecords: (records) => file?.add(records) }),
      };
    });
    if (file !== undefined) {
      await file.finish(run.evidence.trajectories, run.evidence.jumpWeight);
      if (!quiet) note(`wrote ${path}: ${file.length} jumps`);
    }
    return run;
  } finally {
    await file?.discard();
  }
}
