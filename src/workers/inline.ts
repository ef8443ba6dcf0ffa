import type { RootPath } from "../kernel/types.ts";
import type { LoadMessage } from "./messages.ts";
import { type BatchRunner, revive, type TimedBatch } from "./runner.ts";
import { Session } from "./session.ts";

/** So long the thread may be kept from signals, timers and the page before other events are let in. */
const YIELD_MS = 25;

/** Runs batches in the calling thread, letting other events in between two of them. */
export class InlineRunner implements BatchRunner {
  readonly concurrency = 1;
  readonly #load: LoadMessage;
  #session: Session;
  #yielded = performance.now();

  constructor(load: LoadMessage, session = new Session()) {
    this.#load = load;
    this.#session = session;
  }

  async start(): Promise<RootPath> {
    const answer = await this.#session.answer(this.#load);
    if (answer.type === "failed") throw revive(answer);
    if (answer.type !== "loaded") throw new Error(`expected "loaded", but got "${answer.type}"`);
    return answer.root;
  }

  async run(first: number, count: number): Promise<TimedBatch> {
    if (performance.now() - this.#yielded > YIELD_MS) {
      // A macrotask: promises alone would let nobody in.
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      this.#yielded = performance.now();
    }
    const answer = await this.#session.answer({ type: "run", first, count });
    if (answer.type === "failed") throw revive(answer);
    if (answer.type !== "batch") throw new Error(`expected "batch", but got "${answer.type}"`);
    return answer;
  }

  /** Lets go of the kernel and its memory. */
  close(): void {
    this.#session = new Session();
  }
}
