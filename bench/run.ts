// Microseconds a trajectory of each workload on one thread, warm: seeded, several rounds, the workloads in turn so that a
// drift of the machine meets all of them. JSON with --json, a table otherwise.
import { readFileSync } from "node:fs";
import { median, min } from "simple-statistics";
import { compile } from "#src/compile/compile.js";
import { Kernel } from "#src/kernel/kernel.js";
import { parseModel } from "#src/model/file.js";
import { seedKey } from "#src/trajectories/seed.js";
import { WORKLOADS, type Workload } from "./workloads.ts";

const ROUNDS = 7;
const root = new URL("../", import.meta.url);
const module = new WebAssembly.Module(readFileSync(new URL("build/kernel.wasm", root)));

interface Prepared {
  readonly workload: Workload;
  readonly kernel: Kernel;
  readonly times: number[];
}

async function prepare(workload: Workload): Promise<Prepared> {
  const file = `bench/models/${workload.file}.yaml`;
  const set = Object.entries(workload.set).map(([name, value]) => ({ name, value }));
  const { model } = parseModel(readFileSync(new URL(file, root), "utf8"), { file, set });
  const options = { sampling: "plain", records: false } as const;
  const kernel = await Kernel.create(module, compile(model), seedKey("bench"), options);
  kernel.run(0, workload.trajectories);
  return { workload, kernel, times: [] };
}

const prepared: Prepared[] = [];
for (const workload of WORKLOADS) prepared.push(await prepare(workload));
for (let round = 0; round < ROUNDS; round++) {
  for (const { workload, kernel, times } of prepared) {
    const start = performance.now();
    kernel.run(0, workload.trajectories);
    times.push(((performance.now() - start) * 1000) / workload.trajectories);
  }
}

const rows = prepared.map(({ workload, times }) => ({
  name: workload.name,
  median: median(times),
  fastest: min(times),
}));
if (process.argv.includes("--json"))
  console.log(JSON.stringify({ unit: "microseconds", node: process.version, rows }));
else {
  console.log(`microseconds a trajectory, one thread, ${ROUNDS} rounds, Node ${process.version}`);
  for (const { name, median: middle, fastest } of rows) {
    const figures = [middle, fastest].map((x) => x.toPrecision(3).padStart(9));
    console.log(`${name.padEnd(30)}${figures.join("")}   (median, fastest)`);
  }
}
