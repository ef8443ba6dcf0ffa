import { parentPort, workerData } from "node:worker_threads";
import { InputError, SizeError } from "../base/errors.ts";
import type { FromThread } from "./thread.ts";

/** Does the task that a thread was started with, and sends what it gives or what went wrong. */
export function answerTask<Task, T>(work: (task: Task, onProgress: (done: number) => void) => T): void {
  const send = (message: FromThread<T>): void => parentPort?.postMessage(message);
  try {
    const value = work(workerData as Task, (done) => send({ type: "progress", done }));
    send({ type: "done", value });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    const faults = error instanceof InputError ? error.faults : [];
    const size = error instanceof SizeError ? { where: error.where, reason: error.reason } : null;
    send({ type: "failed", name, message, faults, size });
  }
}
