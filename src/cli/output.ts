import { fstatSync, writeSync } from "node:fs";
import { codeOf, WriteError } from "../results/errors.ts";

/** One line on stderr: notes, progress and faults. Data goes to stdout, so that it can be piped on. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

const STDOUT = 1;
/** Stdout is a file: Node's stream would take it for written where there was room for the beginning only. */
let toFile = false;

/** Data on stdout. A reader that has gone (`mcwf ... | head`) is no error; a disk that is full is. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: unknown): void => {
      if (!(error instanceof Error) || codeOf(error) === "EPIPE") resolve();
      else reject(new WriteError("space", "stdout", error.message.split(",")[0] ?? ""));
    };
    if (toFile) settle(writeWhole(text));
    else process.stdout.write(text, settle);
  });
}

/** The error that ended it, if any. */
function writeWhole(text: string): unknown {
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(STDOUT, bytes, done);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** For a process of our own. Errors of the standard streams also come as events, which would end it with a stack trace. */
export function tameStreams(): void {
  toFile = isFile(STDOUT);
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    // It is closed.
    return false;
  }
}
