import type { Verdict } from "../compare/verdict.ts";
import { csvFaults, formatComparisonCsv } from "../results/csv.ts";
import { byEnding } from "../results/endings.ts";
import { formatJson } from "../results/json.ts";
import type { Result } from "../results/result.ts";
import type { Writer } from "../results/writers.ts";

/** Both routes to one system and what the comparison says of them; the JSON file is this object as it stands. */
export interface Comparison {
  readonly format: "mcwf-comparison/1";
  readonly verdict: Verdict;
  readonly run: Result;
  readonly exact: Result;
}

/** The formats by the ending of the file name, as for results. */
const WRITERS: Readonly<Record<string, Writer<Comparison>>> = {
  ".json": { faults: () => [], encode: formatJson },
  ".csv": {
    faults: (model, option) => csvFaults(model, option, true),
    encode: ({ run, exact }) => formatComparisonCsv(run, exact),
  },
};

/** The writer for a file name. Throws InputError naming the endings there are. */
export const comparisonWriterFor = (path: string): Writer<Comparison> => byEnding(WRITERS, path, "--out");
