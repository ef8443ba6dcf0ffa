import type { Program } from "../compile/program.ts";
import type { Batch, KernelOptions, RootPath } from "../kernel/types.ts";

/**
 * Everything that is said between a run and its workers. A worker answers every message with exactly one message, in
 * order: `load` with `loaded` or `failed`, `run` with `batch` or `failed`. `load` comes first and once.
 */
export type ToWorker = LoadMessage | RunMessage;
export type FromWorker = LoadedMessage | BatchMessage | FailedMessage;

export interface LoadMessage {
  readonly type: "load";
  readonly module: WebAssembly.Module;
  readonly program: Program;
  /** Four 32-bit words from the seed. */
  readonly key: Uint32Array;
  readonly options: KernelOptions;
}

/** Trajectories first .. first + count - 1, or as many of them, from the first one on, as there is time for. */
export interface RunMessage {
  readonly type: "run";
  readonly first: number;
  readonly count: number;
}

export interface LoadedMessage {
  readonly type: "loaded";
  readonly root: RootPath;
}

export interface BatchMessage {
  readonly type: "batch";
  readonly batch: Batch;
  /** Milliseconds that its trajectories and its sums took; they steer the size of the next ones, never a result. */
  readonly working: number;
  readonly sums: number;
}

/** The numerics refused, or the program has a fault. The same would happen in any worker, so it is not tried again. */
export interface FailedMessage {
  readonly type: "failed";
  readonly name: string;
  readonly message: string;
}
