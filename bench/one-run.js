// one-run.js MODEL TRAJECTORIES [NAME=VALUE ...]: one ensemble in a process of its own, without workers, so that its peak
// memory is its own. Prints processor seconds of the run and the peak in megabytes as JSON.
import { readFileSync } from "node:fs";
import { parseModel } from "#src/model/file.js";
import { run } from "#src/simulate.js";

const [name = "", trajectories, ...settings] = process.argv.slice(2);
const file = new URL(`models/${name}.yaml`, import.meta.url);
const set = settings.map((text) => ({ name: text.split("=")[0], value: text.split("=")[1] }));
const { model } = parseModel(readFileSync(file, "utf8"), { file: name, set });
const before = process.cpuUsage();
await run(model, { seed: "bench", trajectories: Number(trajectories), workers: 0 });
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ seconds: (user + system) / 1e6, megabytes: peakKilobytes() / 1024 }));

/** The process's own peak: Linux's maxRSS begins with that of the process that started it. */
function peakKilobytes() {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
