import { randomBytes } from "node:crypto";
import { rmSync, writeSync } from "node:fs";
import {
  access,
  constants,
  type FileHandle,
  open,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { codeOf, WriteError } from "./errors.ts";

/** What a file will hold, at once or piece by piece; text is written in UTF-8. */
export type FileData = string | Uint8Array | Iterable<string>;

/**
 * Writes a file so that at every instant, also after a crash, `path` holds either what it held before or all of `data`:
 * written beside under another name, synced, renamed over, and the folder synced. On failure the other file is removed.
 * A symbolic link is followed: the file that it names is replaced, not the link. Throws WriteError.
 */
export async function writeAtomically(path: string, data: FileData): Promise<void> {
  const file = await AtomicFile.create(path);
  try {
    await file.write(data);
    await file.commit();
  } finally {
    await file.discard();
  }
}

/** Writes files so that none is replaced before all are written beside. Throws WriteError; see writeAtomically. */
export async function writeAllAtomically(
  files: readonly { readonly path: string; readonly data: string | Uint8Array }[],
): Promise<void> {
  const open: AtomicFile[] = [];
  try {
    for (const { path, data } of files) {
      const file = await AtomicFile.create(path);
      open.push(file);
      await file.write(data);
    }
    for (const file of open) await file.commit();
  } finally {
    for (const file of open) await file.discard();
  }
}

/** Removed by a program that is ended at once, by a second Ctrl-C say. */
const unfinished = new Set<string>();
const removeUnfinished = (): void => {
  for (const path of unfinished) rmSync(path, { force: true });
};

/** A file that grows beside its destination and replaces it at the end; see writeAtomically. All methods throw WriteError. */
export class AtomicFile {
  /** As the user gave it, for messages. */
  readonly #path: string;
  readonly #target: string;
  readonly #beside: string;
  readonly #handle: FileHandle;
  #open = true;

  private constructor(path: string, target: string, beside: string, handle: FileHandle) {
    this.#path = path;
    this.#target = target;
    this.#beside = beside;
    this.#handle = handle;
  }

  static async create(path: string): Promise<AtomicFile> {
    const target = await destination(path);
    const beside = nameBeside(target.path);
    if (unfinished.size === 0) process.once("exit", removeUnfinished);
    unfinished.add(beside);
    let handle: FileHandle | undefined;
    try {
      handle = await open(beside, "wx+");
      if (target.mode !== undefined) await handle.chmod(target.mode);
      return new AtomicFile(path, target.path, beside, handle);
    } catch (error) {
      await handle?.close();
      rmSync(beside, { force: true });
      finish(beside);
      throw toWriteError(path, error);
    }
  }

  async write(data: FileData): Promise<void> {
    const pieces = typeof data === "string" || data instanceof Uint8Array ? [data] : data;
    for (const piece of pieces) await this.#guard(() => this.#handle.writeFile(piece));
  }

  /** Returns when all is written, for callers that must not go on before; text in UTF-8. */
  writeNow(text: string): void {
    try {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#handle.fd, bytes, done);
    } catch (error) {
      throw toWriteError(this.#path, error);
    }
  }

  /** Reads `length` bytes at most from `position` on; empty at the end. */
  async read(position: number, length: number): Promise<Uint8Array> {
    return this.#guard(async () => {
      const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    });
  }

  /** Syncs the file and puts it in its place; nothing can be written afterwards. */
  async commit(): Promise<void> {
    await this.#guard(async () => {
      await this.#handle.sync();
      await this.#handle.close();
      await rename(this.#beside, this.#target);
    });
    this.#open = false;
    finish(this.#beside);
    await syncFolder(dirname(this.#target));
  }

  /** Removes what was written, unless it is committed already. */
  async discard(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await this.#handle.close().catch(() => undefined);
    await unlink(this.#beside).catch(() => undefined);
    finish(this.#beside);
  }

  async #guard<T>(step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      throw toWriteError(this.#path, error);
    }
  }
}

function finish(path: string): void {
  unfinished.delete(path);
  if (unfinished.size === 0) process.off("exit", removeUnfinished);
}

/** Of one length whatever the file is called: a name may be as long as the file system allows. */
const nameBeside = (path: string): string =>
  join(dirname(path), `.mcwf.${process.pid}.${randomBytes(4).toString("hex")}.tmp`);

/**
 * Throws WriteError if `path` cannot be written, so that a long run need not end in one. Leaves nothing behind.
 * @returns the file that would be written, free of links: equal where two names mean one file
 */
export async function checkWritable(path: string): Promise<string> {
  const target = await destination(path);
  const probe = nameBeside(target.path);
  try {
    await (await open(probe, "wx")).close();
    return target.path;
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
    if (codeOf(error) !== "ENOENT") throw toWriteError(path, error);
    return { path: await placeOfNew(path), mode: undefined };
  }
}

/** Where a file that does not exist yet will be. */
async function placeOfNew(path: string): Promise<string> {
  try {
    const folder = await realpath(dirname(path));
    // The link itself exists where only the file that it names does not.
    const named = await readlink(path).catch(() => undefined);
    return named === undefined ? join(folder, basename(path)) : await placeOfNew(resolve(folder, named));
  } catch (error) {
    throw toWriteError(path, error);
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
