import { type FileHandle, open } from "node:fs/promises";
import { faultOf, InputError } from "../base/errors.ts";
import { LIMITS } from "../model/limits.ts";
import { codeOf } from "../results/errors.ts";

export interface InputText {
  /** For messages: the path, or "stdin". */
  readonly file: string;
  readonly text: string;
}

/** What messages call the file at a path that a user gave. */
export const fileName = (path: string): string => (path === "-" ? "stdin" : path);

/** The text of a model file; "-" reads stdin. Never reads more than the limit. Throws InputError. */
export const readModelText = (path: string): Promise<InputText> => readText(path, LIMITS.bytes);

/** The text of a file of `most` bytes at most; "-" reads stdin. Throws InputError. */
export async function readText(path: string, most: number): Promise<InputText> {
  const file = fileName(path);
  const bytes = path === "-" ? await readStdin(file, most) : await readFile(path, most);
  if (bytes.length > most) throw faultOf(file, `must be at most ${most} bytes long, but is longer`);
  try {
    return { file, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    throw new InputError([
      { file, ...placeOfInvalid(bytes), where: "", message: "must be text in UTF-8, but is not" },
    ]);
  }
}

/** Where the first byte stands that decoding and encoding does not bring back. */
function placeOfInvalid(bytes: Buffer): { readonly line: number; readonly column: number } {
  const again = Buffer.from(bytes.toString("utf8"));
  let index = 0;
  while (index < bytes.length && bytes[index] === again[index]) index++;
  const lines = bytes.subarray(0, index).toString("utf8").split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

async function readFile(path: string, most: number): Promise<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path, "r");
    return await readStart(handle.createReadStream({ autoClose: false, end: most }), most);
  } catch (error) {
    throw faultOf(path, `must be a file that can be read, but ${reasonOf(error)}`);
  } finally {
    await handle?.close();
  }
}

async function readStdin(file: string, most: number): Promise<Buffer> {
  try {
    return await readStart(process.stdin, most);
  } catch (error) {
    throw faultOf(file, `must be readable, but ${reasonOf(error)}`);
  }
}

/** The first bytes of a stream, just enough to see that it is too long. */
async function readStart(stream: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  return Buffer.concat(chunks);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is none of this name",
  EISDIR: "is a folder",
  ENOTDIR: "a part of its path is not a folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "its symbolic links go in a circle",
};

function reasonOf(error: unknown): string {
  const code = codeOf(error) ?? String(error);
  return REASONS[code] ?? `the system says ${code}`;
}
