import type { Program } from "../../compile/program.ts";
import { DEFAULT_SAMPLING, type JumpRecords } from "../../kernel/types.ts";
import { RecordsFile } from "../../records/file.ts";
import { writerFor } from "../../results/writers.ts";
import type { EnsembleRun } from "../../trajectories/options.ts";
import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { note } from "../output.ts";
import { type Prepared, prepare, withPlaces } from "../prepare.ts";
import { formatSummary } from "../report.ts";
import { compileModel, runTrajectories } from "../routes.ts";
import { stoppableOnce } from "../stop.ts";

/** mcwf run FILE */
export async function run(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, writerFor);
  const { result, outcome } = await withPlaces(prepared, () =>
    stoppableOnce(async (signal, keep) => {
      const program = await compileModel(prepared, prepared.options.quiet);
      keep();
      return runWithRecords(prepared, program, signal);
    }),
  );
  await deliver({ value: result, writerFor, summary: formatSummary, notes: result.notes }, prepared.options);
  return outcome === "complete" ? EXIT.done : EXIT.cutShort;
}

/** Also a run that is stopped keeps the records of the trajectories that it keeps. */
async function runWithRecords(
  prepared: Prepared,
  program: Program,
  signal: AbortSignal,
): Promise<EnsembleRun> {
  const { records: path, clicks, sampling = DEFAULT_SAMPLING, quiet } = prepared.options;
  const weighted = sampling === "stratified";
  const file = path === undefined ? undefined : await RecordsFile.create(path, program.channels, weighted);
  const onRecords = file && ((records: JumpRecords) => file.add(records));
  try {
    const run = await runTrajectories(prepared, program, signal, { clicks, onRecords });
    if (file !== undefined) {
      await file.finish(run.evidence.trajectories, run.evidence.jumpWeight);
      if (!quiet) note(`wrote ${path}: ${file.length} jumps`);
    }
    return run;
  } finally {
    await file?.discard();
  }
}
