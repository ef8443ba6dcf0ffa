import { Worker } from "node:worker_threads";
import type { WorkerEvents, WorkerHost, WorkerPort } from "./host.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** Worker threads of Node. */
export class NodeHost implements WorkerHost {
  readonly #entry: URL;

  /** @param entry the built file that runs in each thread; a test may give another one */
  constructor(entry = new URL("./node-worker.js", import.meta.url)) {
    this.#entry = entry;
  }

  start(events: WorkerEvents): WorkerPort {
    const worker = new Worker(this.#entry);
    let cause = "";
    let wanted = true;
    worker.on("message", (message: FromWorker) => {
      if (wanted) events.message(message);
    });
    // After an error the thread ends by itself; `exit` comes last and tells that it has gone.
    worker.on("error", (error) => {
      cause = error instanceof Error ? error.message : String(error);
    });
    worker.on("messageerror", (error) => {
      cause = error.message;
      void worker.terminate();
    });
    worker.on("exit", (code) => {
      if (wanted) events.died(cause === "" ? `it ended with code ${code}` : cause);
    });
    return {
      post: (message: ToWorker) => worker.postMessage(message),
      terminate: () => {
        wanted = false;
        void worker.terminate();
      },
    };
  }
}
