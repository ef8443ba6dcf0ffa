import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { KernelBinary } from "./platform.ts";

let loaded: Promise<KernelBinary> | undefined;

/**
 * The kernel's binary that the build has left beside the compiled program; compiled once a process, so that later runs find
 * its optimised code.
 */
export function loadNodeKernel(): Promise<KernelBinary> {
  loaded ??= compileKernel();
  return loaded;
}

async function compileKernel(): Promise<KernelBinary> {
  const bytes = await readFile(new URL("../../build/kernel.wasm", import.meta.url));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { module: await WebAssembly.compile(bytes), identity: `sha256:${sha256}` };
}
