import type { RootPath } from "../kernel/types.ts";
import type { WorkerHost, WorkerPort } from "./host.ts";
import type { FromWorker, LoadMessage } from "./messages.ts";
import { type BatchRunner, revive, type TimedBatch, WorkerError } from "./runner.ts";
import { shared } from "./shared.ts";

/** So often one batch, or the loading of the program, may be begun before the run gives up. */
const MAX_ATTEMPTS = 3;

interface Job {
  readonly first: number;
  readonly count: number;
  readonly done: PromiseSettlers<TimedBatch>;
  attempts: number;
}

interface Member {
  port: WorkerPort;
  ready: boolean;
  job: Job | null;
}

interface PromiseSettlers<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

/**
 * A fixed number of workers that live as long as the run; each gets the compiled module and the program once. A worker
 * that dies is replaced and its batch done again by the next free one: trajectory k depends on (seed, k) alone, so the
 * result is the same.
 */
export class WorkerPool implements BatchRunner {
  readonly concurrency: number;
  readonly #host: WorkerHost;
  readonly #load: LoadMessage;
  readonly #members = new Set<Member>();
  readonly #waiting: Job[] = [];
  #starting: PromiseSettlers<RootPath> | null = null;
  #failedLoads = 0;
  #failure: Error | null = null;

  constructor(host: WorkerHost, load: LoadMessage, size: number) {
    this.concurrency = size;
    this.#host = host;
    this.#load = { ...load, program: shared(load.program) };
  }

  /** Resolves as soon as the first worker is ready. */
  start(): Promise<RootPath> {
    return new Promise((resolve, reject) => {
      this.#starting = { resolve, reject };
      for (let i = 0; i < this.concurrency; i++) this.#spawn();
    });
  }

  run(first: number, count: number): Promise<TimedBatch> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure);
        return;
      }
      this.#waiting.push({ first, count, done: { resolve, reject }, attempts: 0 });
      this.#assign();
    });
  }

  close(): void {
    for (const member of this.#members) member.port.terminate();
    this.#members.clear();
    this.#waiting.length = 0;
  }

  #spawn(): void {
    const member: Member = {
      port: this.#host.start({
        message: (message) => this.#receive(member, message),
        died: (cause) => this.#replace(member, cause),
      }),
      ready: false,
      job: null,
    };
    this.#members.add(member);
    member.port.post(this.#load);
  }

  #receive(member: Member, message: FromWorker): void {
    if (!this.#members.has(member)) return;
    const job = member.job;
    member.job = null;
    if (message.type === "loaded") {
      member.ready = true;
      this.#failedLoads = 0;
      this.#starting?.resolve(message.root);
      this.#starting = null;
    } else if (message.type === "batch") {
      job?.done.resolve(message);
    } else if (job === null) {
      this.#fail(revive(message));
    } else {
      job.done.reject(revive(message));
    }
    this.#assign();
  }

  #assign(): void {
    for (const member of this.#members) {
      if (!member.ready || member.job !== null) continue;
      const job = this.#waiting.shift();
      if (job === undefined) return;
      member.job = job;
      job.attempts++;
      member.port.post({ type: "run", first: job.first, count: job.count });
    }
  }

  #replace(member: Member, cause: string): void {
    if (!this.#members.delete(member)) return;
    const job = member.job;
    if (!member.ready && ++this.#failedLoads >= MAX_ATTEMPTS) {
      this.#fail(new WorkerError(`workers died ${MAX_ATTEMPTS} times before they were ready: ${cause}`));
      return;
    }
    if (job !== null && job.attempts >= MAX_ATTEMPTS) {
      const range = `trajectories ${job.first} to ${job.first + job.count - 1}`;
      job.done.reject(
        new WorkerError(`a worker died ${MAX_ATTEMPTS} times while it computed ${range}: ${cause}`),
      );
    } else if (job !== null) {
      this.#waiting.unshift(job);
    }
    this.#spawn();
  }

  /** No worker can be had: nothing that is waiting or under way will be done. */
  #fail(error: Error): void {
    this.#failure = error;
    this.#starting?.reject(error);
    this.#starting = null;
    for (const job of this.#waiting) job.done.reject(error);
    for (const member of this.#members) member.job?.done.reject(error);
    this.close();
  }
}
