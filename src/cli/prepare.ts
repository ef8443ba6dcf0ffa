import { realpath } from "node:fs/promises";
import { type Fault, faultOf, InputError, SizeError } from "../base/errors.ts";
import { drawerFor } from "../figures/files.ts";
import type { ParsedFile } from "../model/file.ts";
import type { Model } from "../model/model.ts";
import { checkRecordsName } from "../records/file.ts";
import { checkWritable } from "../results/atomic.ts";
import { WriteError } from "../results/errors.ts";
import type { Writer } from "../results/writers.ts";
import { fileName, readModelText } from "./input.ts";
import { type Options, type RawOptions, readOptions } from "./options.ts";
import { note } from "./output.ts";

export interface Prepared {
  readonly options: Options;
  readonly model: Model;
  /** Name of the model file for messages. */
  readonly file: string;
}

/** Where the parts of the model stand. */
export type Places = Pick<ParsedFile, "locate">;

/**
 * Everything that can be found wrong before work starts: options, destinations, the model file. Throws one InputError
 * with all faults of all of them.
 */
export async function prepare<T>(
  path: string,
  raw: RawOptions,
  writerFor: (out: string) => Writer<T>,
): Promise<Prepared & Places> {
  const faults: Fault[] = [];
  const options = readOptions(raw, faults);
  const writer = await checkDestinations(path, options, writerFor, faults);
  const parsed = await gather(faults, () => readModel(path, options));
  if (parsed !== undefined && writer !== undefined) faults.push(...writer.faults(parsed.model, "--out"));
  if (parsed === undefined || faults.length > 0) throw new InputError(faults);
  const { model, locate } = parsed;
  return { options, model, locate, file: fileName(path) };
}

/** The writer for --out; all files that are to be written can be, and are different ones. */
export async function checkDestinations<T>(
  path: string,
  { out, plot, records }: Options,
  writerFor: (out: string) => Writer<T>,
  faults: Fault[],
): Promise<Writer<T> | undefined> {
  const claim = await claims(path);
  const writer = await gather(faults, async () => (out === undefined ? undefined : writerFor(out)));
  if (writer !== undefined && out !== undefined) await gather(faults, () => claim("--out", out));
  if (plot !== undefined) {
    await gather(faults, async () => drawerFor(plot) && claim("--plot", plot));
  }
  if (records !== undefined) {
    await gather(faults, async () => {
      checkRecordsName(records, "--records");
      await claim("--records", records);
    });
  }
  return writer;
}

async function readModel(path: string, { set, quiet }: Options): Promise<ParsedFile> {
  const { file, text } = await readModelText(path);
  const { parseModel } = await import("../model/file.ts");
  const parsed = parseModel(text, { file, set });
  if (!quiet) for (const line of parsed.notes) note(`note: ${line}`);
  return parsed;
}

/** Does the work on a model; what refuses it later than its reading gets its place in the file. */
export async function withPlaces<T>(
  { file, locate }: Pick<Prepared, "file"> & Places,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SizeError) {
      throw new InputError([{ ...locate(error.where), where: error.where, message: error.reason }]);
    }
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      error.faults.map((fault) =>
        fault.file === file && fault.line === undefined ? { ...fault, ...locate(fault.where) } : fault,
      ),
    );
  }
}

type Claim = (option: string, path: string) => Promise<void>;

/** Checks the destinations one after the other: each can be written, and none is the model file or one before it. */
async function claims(model: string): Promise<Claim> {
  const owners = new Map<string, string>();
  // A model file that is missing or a pipe has its own message, or needs none.
  const place = model === "-" ? undefined : await realpath(model).catch(() => undefined);
  if (place !== undefined) owners.set(place, "the model file");
  return async (option, path) => {
    const file = await checkDestination(option, path);
    const owner = owners.get(file);
    if (owner !== undefined) {
      const message = `must be another file than ${owner}, but both are ${JSON.stringify(path)}`;
      throw faultOf(option, message);
    }
    owners.set(file, option);
  };
}

/**
 * Throws InputError if the file that `option` names cannot be written.
 * @returns that file, free of links
 */
export async function checkDestination(option: string, path: string): Promise<string> {
  try {
    return await checkWritable(path);
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    const message = `must be a file that can be written, but for ${path} ${error.reason}`;
    throw faultOf(option, message);
  }
}

/** The step's value, or its faults added to the list. */
export async function gather<T>(faults: Fault[], step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}
