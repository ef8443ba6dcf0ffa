// Builds what is out of date. npm runs this after `npm ci`, and again when `npx mcwf` is called for the first time,
// where a whole build would keep the user waiting for ten seconds.
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = [
  "assembly",
  "src",
  "asconfig.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "package-lock.json",
];
const BUILT = ["build/kernel.wasm", "dist/cli/main.js"];

function changed(path) {
  const info = statSync(join(root, path), { throwIfNoEntry: false });
  if (info === undefined) return undefined;
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(...readdirSync(join(root, path)).map((name) => changed(join(path, name))));
}

const oldest = Math.min(...BUILT.map((path) => changed(path) ?? 0));
const newest = Math.max(...SOURCES.map((path) => changed(path) ?? 0));
if (oldest <= newest) {
  const { status } = spawnSync("npm", ["run", "build"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  process.exitCode = status ?? 1;
}
