import { mkdir, rmdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { faultOf } from "../base/errors.ts";
import { codeOf } from "../results/errors.ts";
import { checkDestination } from "./prepare.ts";

/**
 * Makes the folder that --out names, and takes it away again where the work in it fails. Throws InputError where it cannot
 * be written.
 * @param file one that is going to be written there
 */
export async function inFolder<T>(folder: string, file: string, work: () => Promise<T>): Promise<T> {
  let made: string | undefined;
  try {
    made = await makeFolder(folder);
  } catch (error) {
    const reason = codeOf(error) ?? String(error);
    const message = `must be a folder that can be written, but for ${folder} the system says ${reason}`;
    throw faultOf("--out", message);
  }
  try {
    await checkDestination("--out", join(folder, file));
    return await work();
  } catch (error) {
    if (made !== undefined) await removeEmpty(resolve(folder), resolve(made));
    throw error;
  }
}

/**
 * Makes a folder and those above it; returns the uppermost that was made, if any. mkdir's own `recursive` never comes back
 * where the system finds no place for a folder in one that exists, as in /proc.
 */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder);
    return folder;
  } catch (error) {
    if (codeOf(error) === "EEXIST" && (await stat(folder)).isDirectory()) return undefined;
    if (codeOf(error) !== "ENOENT") throw error;
    const first = await makeFolder(dirname(folder));
    await mkdir(folder);
    return first ?? folder;
  }
}

/** Removes the folders from `folder` up to `first`, the uppermost that was made, as far as they are empty. */
async function removeEmpty(folder: string, first: string): Promise<void> {
  if (folder.length < first.length) return;
  const empty = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (empty) await removeEmpty(dirname(folder), first);
}
