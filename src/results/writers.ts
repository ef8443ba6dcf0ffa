import type { Fault } from "../base/errors.ts";
import type { Model } from "../model/model.ts";
import { csvFaults, formatCsv } from "./csv.ts";
import { byEnding } from "./endings.ts";
import { formatJson } from "./json.ts";
import type { Result } from "./result.ts";

/** One file format for values of type T. */
export interface Writer<T> {
  /** What in this model the format cannot hold; asked before any work starts. `option` names the destination. */
  readonly faults: (model: Model, option: string) => Fault[];
  readonly encode: (value: T) => string | Uint8Array | Promise<Uint8Array>;
}

/** The formats by the ending of the file name; a new format is one more entry. */
const WRITERS: Readonly<Record<string, Writer<Result>>> = {
  ".json": { faults: () => [], encode: formatJson },
  ".csv": { faults: (model, option) => csvFaults(model, option), encode: formatCsv },
};

/** The writer for a file name. Throws InputError naming the endings there are. */
export const writerFor = (path: string): Writer<Result> => byEnding(WRITERS, path, "--out");
