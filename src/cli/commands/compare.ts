import { faultOf } from "../../base/errors.ts";
import { comparisonWriterFor } from "../comparison.ts";
import { deliver, drawFigure } from "../deliver.ts";
import { type ExitCode, exitCodeOf } from "../exit.ts";
import { withFineExact } from "../fine-exact.ts";
import type { RawOptions } from "../options.ts";
import { print } from "../output.ts";
import { prepare, withPlaces } from "../prepare.ts";
import { compareRoutes } from "../routes.ts";
import { stoppableOnce } from "../stop.ts";
import { formatComparison } from "../verdict-report.ts";

/** mcwf compare FILE */
export async function compare(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, comparisonWriterFor);
  const { options, model } = prepared;
  if (options.plot !== undefined && model.observables.length + model.measures.length === 0) {
    const message = "must have observables or measures to draw, but the model has none";
    throw faultOf("--plot", message);
  }
  const { comparison, outcome } = await withPlaces(prepared, () =>
    stoppableOnce((signal, keep) => compareRoutes(prepared, signal, keep)),
  );
  const { run, exact, verdict } = comparison;
  const notes = [...run.notes, ...exact.notes];
  await deliver(
    { value: comparison, writerFor: comparisonWriterFor, summary: formatComparison, notes },
    options,
  );
  // A file of numbers does not say whether they agree.
  if (options.out !== undefined && !options.json) await print(formatComparison(comparison));
  if (options.plot !== undefined) {
    const { seriesFigure } = await import("../../figures/series.ts");
    const systems = await withFineExact([{ label: "", run, exact }]);
    await drawFigure(seriesFigure(systems), options.plot, options.quiet);
  }
  return exitCodeOf(outcome, verdict.agree);
}
