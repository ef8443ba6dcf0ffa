import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { access, constants, type FileHandle, open, realpath, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { WriteError } from "./errors.ts";

/**
 * Writes a file so that at every instant, also after a crash, `path` holds either what it held before or all of `data`:
 * written beside under another name, synced, renamed over, and the folder synced. On failure the other file is removed.
 * A symbolic link is followed: the file that it names is replaced, not the link. Throws WriteError.
 */
export async function writeAtomically(path: string, data: string | Uint8Array): Promise<void> {
  const target = await destination(path);
  const folder = dirname(target.path);
  const beside = join(
    folder,
    `.${basename(target.path)}.${process.pid}.${randomBytes(4).toString("hex")}.tmp`,
  );
  // A program that is ended at once, by a second Ctrl-C say, still gets here.
  const cleanUp = (): void => rmSync(beside, { force: true });
  process.once("exit", cleanUp);
  try {
    await writeSynced(beside, data, target.mode);
    await rename(beside, target.path);
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw toWriteError(path, error);
  } finally {
    process.off("exit", cleanUp);
  }
  await syncFolder(folder);
}

/** Throws WriteError if `path` cannot be written, so that a long run need not end in one. Leaves nothing behind. */
export async function checkWritable(path: string): Promise<void> {
  const target = await destination(path);
  const probe = join(dirname(target.path), `.mcwf.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);
  try {
    await (await open(probe, "wx")).close();
  } catch (error) {
    throw toWriteError(path, error);
  } finally {
    await unlink(probe).catch(() => undefined);
  }
}

async function destination(path: string): Promise<{ path: string; mode: number | undefined }> {
  try {
    const real = await realpath(path);
    const info = await stat(real);
    if (info.isDirectory()) throw new WriteError("place", path, "it is a folder");
    if (!info.isFile()) throw new WriteError("place", path, "it is a device or pipe");
    await access(real, constants.W_OK);
    return { path: real, mode: info.mode & 0o777 };
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { path, mode: undefined };
    throw toWriteError(path, error);
  }
}

async function writeSynced(path: string, data: string | Uint8Array, mode: number | undefined): Promise<void> {
  const handle = await open(path, "wx");
  try {
    await handle.writeFile(data);
    if (mode !== undefined) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename lasts only once its folder is on the disk. Some file systems cannot sync folders; the data is safe already. */
async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, "r");
    await handle.sync();
  } catch {
    // Nothing is lost that could be saved here.
  } finally {
    await handle?.close();
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

const PLACE: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the file system is read-only",
  ENAMETOOLONG: "its name is too long",
  ELOOP: "its symbolic links go in a circle",
};
const SPACE: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the largest file size allowed is reached",
  EIO: "the disk reports an error",
};

function toWriteError(path: string, error: unknown): WriteError {
  if (error instanceof WriteError) return error;
  const code = codeOf(error) ?? String(error);
  const space = SPACE[code];
  if (space !== undefined) return new WriteError("space", path, space);
  return new WriteError("place", path, PLACE[code] ?? code);
}
