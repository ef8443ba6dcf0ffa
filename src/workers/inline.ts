import type { RootPath } from "../kernel/types.ts";
import type { LoadMessage } from "./messages.ts";
import { type BatchRunner, revive, type TimedBatch } from "./runner.ts";
import { Session } from "./session.ts";

/** Runs batches in the calling thread, letting other events in between two of them. */
export class InlineRunner implements BatchRunner {
  readonly concurrency = 1;
  readonly #load: LoadMessage;
  #session: Session;

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
    // A macrotask: promises alone would keep signals, timers and the page from being served.
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
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
