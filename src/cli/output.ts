import { WriteError } from "../results/errors.ts";

/** One line on stderr: notes, progress and faults. Data goes to stdout, so that it can be piped on. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Data on stdout. A reader that has gone (`mcwf ... | head`) is no error; a disk that is full is. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error || ("code" in error && error.code === "EPIPE")) resolve();
      else reject(new WriteError("space", "stdout", error.message.split(",")[0] ?? ""));
    });
  });
}

/** Errors of the standard streams also come as events, which would end the program with a stack trace. */
export function tameStreams(): void {
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
}
