import { Kernel } from "../kernel/kernel.ts";
import type { Batch, RootPath } from "../kernel/types.ts";
import type { FailedMessage, FromWorker, LoadMessage, ToWorker } from "./messages.ts";

/** What a session asks of a kernel: class Kernel has it. */
export interface LoadedKernel {
  readonly root: RootPath;
  readonly working: number;
  run(first: number, count: number, milliseconds: number): Batch;
}
export type KernelLoader = (load: LoadMessage) => Promise<LoadedKernel>;

/**
 * So long the trajectories of a batch may take, if it has more than one trajectory: what is under way is lost when a run is stopped, and
 * trajectories may turn out a thousand times as long as those before them.
 */
const BATCH_MS = 250;
/** But ten times as long as the sums, which can be of half a gigabyte. */
const OF_SUMS = 10;

const loadKernel: KernelLoader = ({ module, program, key, options }) =>
  Kernel.create(module, program, key, options);

/**
 * The worker's side of the conversation, the same in Node, in a browser and in the calling thread: one kernel that
 * answers messages one by one.
 */
export class Session {
  readonly #load: KernelLoader;
  #kernel: LoadedKernel | null = null;
  #limit = BATCH_MS;

  constructor(load: KernelLoader = loadKernel) {
    this.#load = load;
  }

  /** Never rejects: what goes wrong becomes a `failed` message. */
  async answer(message: ToWorker): Promise<FromWorker> {
    try {
      if (message.type === "load") {
        this.#kernel = await this.#load(message);
        return { type: "loaded", root: this.#kernel.root };
      }
      if (this.#kernel === null) throw new Error("a worker was told to run before its program was loaded");
      const start = performance.now();
      const batch = this.#kernel.run(message.first, message.count, this.#limit);
      const { working } = this.#kernel;
      const sums = performance.now() - start - working;
      this.#limit = Math.max(BATCH_MS, OF_SUMS * sums);
      return { type: "batch", batch, working, sums };
    } catch (error) {
      return failure(error);
    }
  }
}

function failure(error: unknown): FailedMessage {
  if (error instanceof Error) return { type: "failed", name: error.name, message: error.message };
  return { type: "failed", name: "Error", message: String(error) };
}
