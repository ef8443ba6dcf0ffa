import type { Verdict } from "../compare/verdict.ts";
import { csvFaults, formatComparisonCsv } from "../results/csv.ts";
import type { Result } from "../results/result.ts";
import { writersOf } from "../results/writers.ts";

/** Both routes to one system and what the comparison says of them; the JSON file is this object as it stands. */
export interface Comparison {
  readonly format: "mcwf-comparison/1";
  readonly verdict: Verdict;
  readonly run: Result;
  readonly exact: Result;
}

export const comparisonWriterFor = writersOf<Comparison>(
  ({ run, exact }) => formatComparisonCsv(run, exact),
  (model, option) => csvFaults(model, option, true),
);
