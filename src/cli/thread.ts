import { Worker } from "node:worker_threads";
import { type Fault, InputError, NumericsError, SizeError } from "../base/errors.ts";
import { StoppedError } from "./stop.ts";

/** From a thread that does one task to the command; `T` is what the task gives. */
export type FromThread<T> =
  | { readonly type: "progress"; readonly done: number }
  | { readonly type: "done"; readonly value: T }
  | {
      readonly type: "failed";
      readonly name: string;
      readonly message: string;
      readonly faults: readonly Fault[];
      /** Of a SizeError: what it is about, and what it says of it. */
      readonly size: Pick<SizeError, "where" | "reason"> | null;
    };

export interface ThreadControl {
  readonly signal?: AbortSignal | undefined;
  /** Part that is done, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** What is said when the signal ends the task. */
  readonly stopped: string;
}

/**
 * Does a task in a thread of its own: it computes without a pause, and the command must meanwhile be able to show progress and
 * to stop.
 * @param entry built file that calls answerTask()
 * @throws what the task throws; StoppedError when the signal ends it
 */
export async function inThread<T>(entry: URL, task: unknown, control: ThreadControl): Promise<T> {
  const { signal, onProgress, stopped } = control;
  const worker = new Worker(entry, { workerData: task });
  const settled = new AbortController();
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.on("message", (message: FromThread<T>) => {
        if (message.type === "progress") onProgress?.(message.done);
        else if (message.type === "done") resolve(message.value);
        else reject(revive(message));
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`a thread ended with code ${code}`)));
      const stop = () => reject(new StoppedError(stopped));
      if (signal?.aborted) stop();
      // A sweep has one signal for all of its points.
      else signal?.addEventListener("abort", stop, { once: true, signal: settled.signal });
    });
  } finally {
    settled.abort();
    await worker.terminate();
  }
}

/** Errors lose their class between threads. */
function revive({ name, message, faults, size }: Extract<FromThread<never>, { type: "failed" }>): Error {
  if (name === "InputError") return new InputError(faults);
  if (size !== null) return new SizeError(size.where, size.reason);
  if (name === "NumericsError") return new NumericsError(message);
  return new Error(`${name}: ${message}`);
}
