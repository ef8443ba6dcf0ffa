import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { KernelBinary } from "./platform.ts";

/** Compiles the kernel's binary that the build has left beside the compiled program. */
export async function loadNodeKernel(): Promise<KernelBinary> {
  const bytes = await readFile(new URL("../../build/kernel.wasm", import.meta.url));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { module: await WebAssembly.compile(bytes), identity: `sha256:${sha256}` };
}
