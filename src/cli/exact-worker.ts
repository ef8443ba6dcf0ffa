import { parentPort, workerData } from "node:worker_threads";
import { InputError } from "../base/errors.ts";
import { solveMaster } from "../master/solve.ts";
import type { Model } from "../model/model.ts";
import type { FromExactWorker } from "./exact-messages.ts";

/**
 * The exact solver in a thread of its own: it computes without a pause, and the command must meanwhile be able to show
 * progress and to stop.
 */
const send = (message: FromExactWorker): void => parentPort?.postMessage(message);
try {
  const result = solveMaster(workerData as Model, { onProgress: (done) => send({ type: "progress", done }) });
  send({ type: "solved", result });
} catch (error) {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  send({ type: "failed", name, message, faults: error instanceof InputError ? error.faults : [] });
}
