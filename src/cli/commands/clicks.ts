import { clicksWriterFor } from "../../records/csv.ts";
import { clickGrid } from "../../records/grid.ts";
import { ClickStudy } from "../../records/statistics.ts";
import type { EnsembleRun } from "../../trajectories/options.ts";
import { formatClicks } from "../clicks-report.ts";
import { deliver } from "../deliver.ts";
import { type ExitCode, exitCodeOf } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { type Prepared, prepare, withPlaces } from "../prepare.ts";
import { runTrajectories } from "../routes.ts";
import { stoppable } from "../stop.ts";

const DEFAULT_BINS = 20;

/** mcwf clicks FILE */
export async function clicks(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, clicksWriterFor);
  const { options } = prepared;
  const { study, run } = await withPlaces(prepared, () => stoppable((signal) => studyRun(prepared, signal)));
  const value = study.finish(run, options.falseAlarm);
  await deliver({ value, writerFor: clicksWriterFor, summary: formatClicks, notes: value.notes }, options);
  return exitCodeOf(run.outcome, value.verdict?.agree ?? true);
}

async function studyRun(
  prepared: Prepared,
  signal: AbortSignal,
): Promise<{ study: ClickStudy; run: EnsembleRun }> {
  const { model, options } = prepared;
  const { bins = DEFAULT_BINS, tau } = options;
  const grid = clickGrid(model.times[0] ?? 0, model.times.at(-1) ?? 0, bins, tau);
  let study: ClickStudy | undefined;
  const run = await runTrajectories(prepared, signal, ({ channels }) => {
    const made = new ClickStudy(model, channels, grid);
    study = made;
    return { onRecords: (records) => made.add(records) };
  });
  if (study === undefined) throw new Error("a run must ask what is wanted of its jumps");
  return { study, run };
}
