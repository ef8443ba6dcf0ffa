import type { Fault } from "../base/errors.ts";
import type { Model } from "../model/model.ts";
import { csvFaults, formatCsv } from "./csv.ts";
import { byEnding } from "./endings.ts";
import { formatJson } from "./json.ts";
import type { Result } from "./result.ts";

/** One file format of results. */
export interface Writer {
  /** What in this model the format cannot hold; asked before any work starts. */
  readonly faults: (model: Model, file: string) => Fault[];
  readonly encode: (result: Result) => string | Uint8Array | Promise<Uint8Array>;
}

/** The formats by the ending of the file name; a new format is one more entry. */
const WRITERS: Readonly<Record<string, Writer>> = {
  ".json": { faults: () => [], encode: formatJson },
  ".csv": { faults: csvFaults, encode: formatCsv },
};

/** The writer for a file name. Throws InputError naming the endings there are. */
export const writerFor = (path: string): Writer => byEnding(WRITERS, path, "--out");
