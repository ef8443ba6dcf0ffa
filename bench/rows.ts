// The rows of the table: each prepares itself once (also the warm-up), then measures once a round.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "#src/compile/compile.js";
import type { Program } from "#src/compile/program.js";
import { momentExponents, powerOfTwo } from "#src/kernel/fixed-point.js";
import { Kernel } from "#src/kernel/kernel.js";
import { addMatrix } from "#src/kernel/load.js";
import type { Batch } from "#src/kernel/types.js";
import { solveMaster } from "#src/master/solve.js";
import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";
import { run } from "#src/simulate.js";
import { seedKey } from "#src/trajectories/seed.js";
import buildTestingKernel, { testingKernel } from "../test/support/testing-kernel.ts";
import type { Reference, References } from "./references.ts";
import {
  APPLICATIONS,
  type ApplicationWorkload,
  COLD,
  ENSEMBLE,
  EXACT,
  SCALING,
  TRAJECTORIES,
  type TrajectoryWorkload,
  type Workload,
} from "./workloads.ts";

const SEED = "bench";
const root = new URL("../", import.meta.url);

type Unit = "us" | "ms" | "s" | "x";

export interface Row {
  readonly name: string;
  readonly unit: Unit;
  /** Largest value allowed; the smallest for "x", a speed-up. */
  readonly demand: number;
  /** Largest ratio to the reference that is allowed. */
  readonly ratioDemand?: number;
  /** How QuTiP is asked the same; null where it takes over a minute. */
  readonly peer?: { readonly script: string; readonly args: readonly string[] } | null;
  prepare(): Promise<Timer>;
}

/** Measures one round: this row, and its reference right after, in the row's unit. */
export type Timer = () => Promise<{ readonly value: number; readonly reference: number | null }>;

export function readModel({ model: name, set = {} }: Workload): Model {
  const file = `bench/models/${name}.yaml`;
  const settings = Object.entries(set).map(([key, value]) => ({ name: key, value }));
  return parseModel(readFileSync(new URL(file, root), "utf8"), { file, set: settings }).model;
}

const module = new WebAssembly.Module(readFileSync(new URL("build/kernel.wasm", root)));

const programs = new Map<string, Program>();

/** Compiled once for all rows: 20 qubits take seconds. */
function compiled(workload: Workload): Program {
  const key = [workload.model, ...settings(workload)].join(" ");
  const program = programs.get(key) ?? compile(readModel(workload));
  programs.set(key, program);
  return program;
}

export function createKernel(workload: TrajectoryWorkload): Promise<Kernel> {
  const options = { sampling: "plain", records: false, engine: workload.engine ?? "auto" } as const;
  return Kernel.create(module, compiled(workload), seedKey(SEED), options);
}

const settings = ({ set = {} }: Workload) => Object.entries(set).map(([name, value]) => `${name}=${value}`);

/** QuTiP works in all 2^N states: 14 qubits take it two seconds a trajectory, and 20 would take it many minutes. */
const QUTIP_QUBITS = 14;

/** Trajectories for QuTiP: a second or two, by its 2 ms for the smallest model and 30 ms for ten qubits. */
const peerOf = (workload: TrajectoryWorkload): Pick<Row, "peer"> => {
  if (workload.engine !== undefined) return {};
  const qubits = workload.model === "tfim" ? 12 : Number(workload.set?.N ?? 0);
  if (qubits > QUTIP_QUBITS) return { peer: null };
  const trajectories =
    qubits > 12 ? 1 : qubits > 10 ? 2 : qubits > 8 ? 20 : workload.model === "kerr" ? 30 : 100;
  return {
    peer: { script: "qutip_mcsolve", args: [workload.model, String(trajectories), ...settings(workload)] },
  };
};

function trajectoryRow(workload: TrajectoryWorkload, references: References): Row {
  const { reference, trajectories, demand } = workload;
  const long = demand >= 1000 && workload.trajectories < 200;
  const unit = long ? 1000 : 1;
  return {
    name: workload.name,
    unit: long ? "ms" : "us",
    demand: demand / unit,
    ...(reference?.atMost !== undefined && { ratioDemand: reference.atMost }),
    ...peerOf(workload),
    async prepare() {
      const kernel = await createKernel(workload);
      const twin = reference === undefined ? null : references.get(reference.program, reference.args);
      const count = Math.max(trajectories, reference?.units ?? 0);
      const batch = kernel.run(0, reference?.sameMean ? count : trajectories);
      if (reference?.sameMean && twin !== null) await expectSameMean(workload, batch, twin, reference.units);
      return async () => {
        const value = processorSeconds(() => kernel.run(0, trajectories)) * 1e6;
        const other = reference === undefined ? undefined : await twin?.time(reference.units);
        return {
          value: value / trajectories / unit,
          reference: other === undefined ? null : other.nanoseconds / 1000 / unit,
        };
      };
    },
  };
}

/** Throws where the means of the kernel and of its reference differ by five standard errors. */
async function expectSameMean(workload: Workload, batch: Batch, twin: Reference, units: number) {
  const program = compiled(workload);
  const exponents = momentExponents(program);
  const moments = program.moments.length;
  let total = 0;
  batch.sums.forEach((sum, k) => {
    total += Number(sum) * powerOfTwo(-(exponents[k % moments] ?? 0));
  });
  const ours = total / batch.count / program.times.length;
  const { value, deviation } = await twin.time(units);
  const error = deviation * Math.sqrt(1 / units + 1 / batch.count);
  if (!(Math.abs(ours - value) <= 5 * error))
    throw new Error(`${workload.name}: the mean is ${ours}, but the reference has ${value}, +- ${error}`);
}

function applicationRow(workload: ApplicationWorkload, references: References): Row {
  const { reference, applications, demand } = workload;
  const unit = demand >= 1000 ? 1000 : 1;
  return {
    name: workload.name,
    unit: unit === 1 ? "us" : "ms",
    demand: demand / unit,
    ...(reference.atMost !== undefined && { ratioDemand: reference.atMost }),
    async prepare() {
      buildTestingKernel();
      const kernel = await testingKernel();
      const { spaces, initial } = compiled(workload);
      const space = spaces[initial[0]?.space ?? 0];
      const jump = space?.jumps[space.generator.factored[0] ?? 0];
      if (space === undefined || jump === undefined) throw new Error(`${workload.name}: no factored jump`);
      const matrix = addMatrix(kernel, jump.matrix);
      const [x, y, z] = [0, 0, 0].map(() => kernel.allocate(16 * space.dimension)) as [
        number,
        number,
        number,
      ];
      new Float64Array(kernel.memory.buffer, x, 2 * space.dimension).fill(1);
      const apply = () => {
        for (let k = 0; k < applications; k++) kernel.multiplyTwice(matrix, x, y, z);
      };
      const twin = references.get(reference.program, reference.args);
      apply();
      return async () => {
        const value = (processorSeconds(apply) * 1e6) / applications / unit;
        const other = await twin?.time(reference.units);
        return { value, reference: other === undefined ? null : other.nanoseconds / 1000 / unit };
      };
    },
  };
}

const alone = (measure: () => Promise<number>): Timer => {
  return async () => ({ value: await measure(), reference: null });
};

/** Of one thread at work: what other programs take of the machine does not count, but for the caches. */
export function processorSeconds(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const exactRows = (): Row[] =>
  EXACT.map((workload) => ({
    name: workload.name,
    unit: "s",
    demand: workload.demand,
    peer:
      workload.demand > 1 ? null : { script: "qutip_mesolve", args: [workload.model, ...settings(workload)] },
    async prepare() {
      const model = readModel(workload);
      if (workload.demand < 1) solveMaster(model);
      return alone(async () => processorSeconds(() => solveMaster(model)));
    },
  }));

const ensembleRow = (): Row => ({
  name: ENSEMBLE.name,
  unit: "s",
  demand: ENSEMBLE.demand,
  async prepare() {
    const model = readModel(ENSEMBLE);
    const once = () => run(model, { seed: SEED, trajectories: ENSEMBLE.trajectories });
    await once();
    return alone(() => seconds(once));
  },
});

/** The second core may be a thread of the first, or busy: two processes of the yardstick tell what it is worth. */
const scalingRows = (references: References): Row[] =>
  SCALING.map((workload) => ({
    name: workload.name,
    unit: "x",
    demand: workload.atLeast,
    ratioDemand: workload.atLeast / 2,
    async prepare() {
      const model = readModel(workload);
      const { trajectories } = workload;
      const withWorkers = (workers: number) =>
        seconds(() => run(model, { seed: SEED, trajectories, workers }));
      return async () => {
        const value = (await withWorkers(1)) / (await withWorkers(2));
        return { value, reference: await coresWorth(references) };
      };
    },
  }));

/** How much faster two processes do twice the work than one after the other. */
async function coresWorth(references: References): Promise<number | null> {
  const [first, second] = [references.get("matvec16"), references.get("matvec16", [], 1)];
  if (first === null || second === null) return null;
  const products = 5_000_000;
  const one = await seconds(() => first.time(products));
  const both = await seconds(() => Promise.all([first.time(products), second.time(products)]));
  return (2 * one) / both;
}

const coldRow = (): Row => ({
  name: COLD.name,
  unit: "s",
  demand: COLD.demand,
  async prepare() {
    const main = fileURLToPath(new URL("dist/cli/main.js", root));
    const model = fileURLToPath(new URL(`bench/models/${COLD.model}.yaml`, root));
    const options = ["--trajectories", String(COLD.trajectories), "--seed", SEED];
    return alone(() => seconds(() => ended(process.execPath, [main, "run", model, ...options])));
  },
});

function ended(command: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "ignore" });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
  });
}

export const allRows = (references: References): Row[] => [
  ...TRAJECTORIES.map((workload) => trajectoryRow(workload, references)),
  ...APPLICATIONS.map((workload) => applicationRow(workload, references)),
  ensembleRow(),
  ...exactRows(),
  coldRow(),
  ...scalingRows(references),
];
