import { clicksWriterFor } from "../../records/csv.ts";
import { clickGrid } from "../../records/grid.ts";
import { type ClickStatistics, ClickStudy } from "../../records/statistics.ts";
import type { Outcome } from "../../trajectories/options.ts";
import { formatClicks } from "../clicks-report.ts";
import { deliver } from "../deliver.ts";
import { type ExitCode, exitCodeOf } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { type Prepared, prepare, withPlaces } from "../prepare.ts";
import { compileModel, runTrajectories } from "../routes.ts";
import { stoppableOnce } from "../stop.ts";

const DEFAULT_BINS = 20;

/** mcwf clicks FILE */
export async function clicks(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, clicksWriterFor);
  const { options } = prepared;
  const { value, outcome } = await withPlaces(prepared, () =>
    stoppableOnce((signal, keep) => studyClicks(prepared, signal, keep)),
  );
  await deliver({ value, writerFor: clicksWriterFor, summary: formatClicks, notes: value.notes }, options);
  return exitCodeOf(outcome, value.verdict?.agree ?? true);
}

async function studyClicks(
  prepared: Prepared,
  signal: AbortSignal,
  keep: () => void,
): Promise<{ value: ClickStatistics; outcome: Outcome }> {
  const { model, options } = prepared;
  const { bins = DEFAULT_BINS, tau, falseAlarm } = options;
  const grid = clickGrid(model.times[0] ?? 0, model.times.at(-1) ?? 0, bins, tau);
  const program = await compileModel(prepared, options.quiet);
  keep();
  const study = new ClickStudy(model, program.channels, grid);
  const run = await runTrajectories(prepared, program, signal, {
    onRecords: (records) => study.add(records),
  });
  return { value: study.finish(run, falseAlarm), outcome: run.outcome };
}
