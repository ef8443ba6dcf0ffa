import { type Fault, InputError } from "../base/errors.ts";
import type { Model } from "../model/model.ts";
import { csvFaults, formatCsv } from "./csv.ts";
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
export function writerFor(path: string, option = "--out"): Writer {
  const ending = /[^/\\](\.[^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const writer = Object.hasOwn(WRITERS, ending) ? WRITERS[ending] : undefined;
  if (writer !== undefined) return writer;
  const found = ending === "" ? "has no ending" : `ends in "${ending}"`;
  const message = `must end in ${Object.keys(WRITERS).join(" or ")}, but "${path}" ${found}`;
  throw new InputError([{ file: option, where: "", message }]);
}
