import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Vitest global setup: builds assembly/testing.ts, which exports the kernel's inner functions. */
export default function setup(): void {
  const output = `${root}build/testing.wasm`;
  const newest = Math.max(
    ...readdirSync(`${root}assembly`).map((name) => statSync(`${root}assembly/${name}`).mtimeMs),
  );
  if (existsSync(output) && statSync(output).mtimeMs > newest) return;
  const asc = `${root}node_modules/assemblyscript/bin/asc.js`;
  const options = [
    "--bindings",
    "raw",
    "--runtime",
    "stub",
    "--enable",
    "simd",
    "-O3",
    "--noAssert",
    "--use",
    "abort=",
  ];
  // An asconfig.json in the current folder would add its own entry and target.
  execFileSync(
    process.execPath,
    [asc, "assembly/testing.ts", "--config", "none", ...options, "-o", "build/testing.wasm"],
    {
      cwd: root,
      stdio: "pipe",
    },
  );
}
