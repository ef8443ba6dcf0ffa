import { NumericsError } from "../base/errors.ts";
import type { Batch, RootPath } from "../kernel/types.ts";
import type { FailedMessage } from "./messages.ts";

/** Computes batches of trajectories of one program, in this thread or in others. */
export interface BatchRunner {
  /** Number of batches that can be under way at once. */
  readonly concurrency: number;
  /**
   * Loads the program.
   * @throws NumericsError when the evolution without a jump cannot be computed
   */
  start(): Promise<RootPath>;
  /**
   * Trajectories first .. first + count - 1, or only the first ones of them, one at least, where they take long.
   * @throws NumericsError when a trajectory cannot be computed; WorkerError when workers keep dying
   */
  run(first: number, count: number): Promise<TimedBatch>;
  /** Stops and frees everything at once; the promises of batches under way may never settle. */
  close(): void;
}

export interface TimedBatch {
  readonly batch: Batch;
  /** Milliseconds that its trajectories took, and what is done once a batch. */
  readonly working: number;
  readonly sums: number;
}

/** A worker died (crashed, ran out of memory, was killed) again and again on the same batch. */
export class WorkerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WorkerError";
  }
}

/** The error that a worker reported, with its type and message kept. */
export function revive(failed: FailedMessage): Error {
  if (failed.name === "NumericsError") return new NumericsError(failed.message);
  const error = new Error(failed.message);
  error.name = failed.name;
  return error;
}
