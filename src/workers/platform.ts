import type { WorkerHost } from "./host.ts";

/** What an ensemble needs from the place it runs in: Node gives it by nodePlatform(). */
export interface Platform {
  readonly kernel: KernelBinary;
  /** null: no workers to be had, everything runs in the calling thread. */
  readonly host: WorkerHost | null;
  /** Workers to use when nobody says how many. */
  readonly cores: number;
}

/** The compiled kernel, to be posted to workers as it is. */
export interface KernelBinary {
  readonly module: WebAssembly.Module;
  /** "sha256:" and the digest of the binary, for the result. */
  readonly identity: string;
}
