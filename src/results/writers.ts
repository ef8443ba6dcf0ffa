import type { Fault } from "../base/errors.ts";
import type { Model } from "../model/model.ts";
import type { FileData } from "./atomic.ts";
import { csvFaults, formatCsv } from "./csv.ts";
import { byEnding } from "./endings.ts";
import { jsonPieces } from "./json.ts";

/** One file format for values of type T. */
export interface Writer<T> {
  /** What in this model the format cannot hold; asked before any work starts. `option` names the destination. */
  readonly faults: (model: Model, option: string) => Fault[];
  readonly encode: (value: T) => FileData | Promise<FileData>;
}

/**
 * The writer for a file name: JSON, which holds everything, or CSV by the given function. It throws InputError naming the
 * endings there are.
 */
export function writersOf<T>(
  csv: (value: T) => string,
  faults: Writer<T>["faults"] = () => [],
): (path: string) => Writer<T> {
  const writers: Readonly<Record<string, Writer<T>>> = {
    ".json": { faults: () => [], encode: jsonPieces },
    ".csv": { faults, encode: csv },
  };
  return (path) => byEnding(writers, path, "--out");
}

export const writerFor = writersOf(formatCsv, (model, option) => csvFaults(model, option));
