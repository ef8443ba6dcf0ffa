import type { FromWorker, ToWorker } from "./messages.ts";

/** Where workers come from: worker threads of Node, Web Workers of a browser, or a fake in a test. */
export interface WorkerHost {
  /** Starts a worker that runs a Session. Messages may be posted to it at once; they wait until it listens. */
  start(events: WorkerEvents): WorkerPort;
}

export interface WorkerEvents {
  message(message: FromWorker): void;
  /** Once at most, and nothing after it: the worker is gone, whatever the reason. Not called after terminate(). */
  died(cause: string): void;
}

export interface WorkerPort {
  post(message: ToWorker): void;
  terminate(): void;
}
