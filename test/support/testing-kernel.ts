import { execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Vitest global setup: builds assembly/testing.ts, which exports the kernel's inner functions, if out of date. */
export default function buildTestingKernel(): void {
  const output = `${root}build/testing.wasm`;
  const newest = Math.max(
    ...readdirSync(`${root}assembly`).map((name) => statSync(`${root}assembly/${name}`).mtimeMs),
  );
  if (existsSync(output) && statSync(output).mtimeMs > newest) return;
  execSync("npm run --silent build:testing", { cwd: root, stdio: "pipe" });
}

export async function testingKernel() {
  const { instantiate } = await import("../../build/testing.js");
  return instantiate(new WebAssembly.Module(readFileSync(`${root}build/testing.wasm`)), {});
}
