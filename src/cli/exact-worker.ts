import { parentPort, workerData } from "node:worker_threads";
import { InputError, SizeError } from "../base/errors.ts";
import { solveMaster } from "../master/solve.ts";
import type { ExactTask, FromExactWorker } from "./exact-messages.ts";

/**
 * The exact solver in a thread of its own: it computes without a pause, and the command must meanwhile be able to show
 * progress and to stop.
 */
const send = (message: FromExactWorker): void => parentPort?.postMessage(message);
try {
  const { model, limits } = workerData as ExactTask;
  const result = solveMaster(model, { ...limits, onProgress: (done) => send({ type: "progress", done }) });
  send({ type: "solved", result });
} catch (error) {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  const faults = error instanceof InputError ? error.faults : [];
  const size = error instanceof SizeError ? { where: error.where, reason: error.reason } : null;
  send({ type: "failed", name, message, faults, size });
}
