import { availableParallelism } from "node:os";
import { NodeHost } from "./node-host.ts";
import { loadNodeKernel } from "./node-kernel.ts";
import type { Platform } from "./platform.ts";

/** The kernel from the build folder, worker threads, all cores. */
export async function nodePlatform(): Promise<Platform> {
  return { kernel: await loadNodeKernel(), host: new NodeHost(), cores: availableParallelism() };
}
