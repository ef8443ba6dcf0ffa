import type { Comparison } from "../compare/verdict.ts";
import { csvFaults, formatComparisonCsv } from "../results/csv.ts";
import { writersOf } from "../results/writers.ts";

/** The JSON file of a comparison is this object as it stands. */
export interface ComparisonFile extends Comparison {
  readonly format: "mcwf-comparison/1";
}

export const comparisonWriterFor = writersOf<ComparisonFile>(
  ({ run, exact }) => formatComparisonCsv(run, exact),
  (model, option) => csvFaults(model, option, true),
);
