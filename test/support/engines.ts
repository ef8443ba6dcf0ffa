// The same seeds through different kinds of segments: every jump and every average must agree.
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { Program } from "#src/compile/program.js";
import { Kernel } from "#src/kernel/kernel.js";
import type { Batch, EngineChoice, SegmentKind } from "#src/kernel/types.js";
import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";

export const module = new WebAssembly.Module(
  readFileSync(new URL("../../build/kernel.wasm", import.meta.url)),
);
export const KEY = Uint32Array.of(5, 6, 7, 8);

export interface EngineRun {
  readonly batch: Batch;
  readonly segments: readonly SegmentKind[];
}

export async function runEngine(
  program: Program,
  engine: EngineChoice,
  trajectories: number,
): Promise<EngineRun> {
  const kernel = await Kernel.create(module, program, KEY, { sampling: "plain", records: true, engine });
  return { batch: kernel.run(0, trajectories), segments: kernel.root.segments };
}

/** What two runs of the same seeds differ in, at most. */
export interface Disagreement {
  /** The first trajectory whose jumps have different channels or a different number, or null. */
  readonly branched: number | null;
  /** Of the jump times. */
  readonly time: number;
  /** Of the sums in a replicate, in units of the bound of the moment. */
  readonly mean: number;
}

export function disagreement(a: Batch, b: Batch): Disagreement {
  const [x, y] = [a.records, b.records];
  if (x === null || y === null) throw new Error("jump records are needed");
  let time = 0;
  const jumps = Math.max(x.time.length, y.time.length);
  for (let k = 0; k < jumps; k++) {
    if (x.trajectory[k] !== y.trajectory[k] || x.channel[k] !== y.channel[k]) {
      const branched = Math.min(x.trajectory[k] ?? Infinity, y.trajectory[k] ?? Infinity);
      return { branched, time, mean: Number.NaN };
    }
    time = Math.max(time, Math.abs((x.time[k] ?? Number.NaN) - (y.time[k] ?? Number.NaN)));
  }
  const mean = a.sums.reduce(
    (most, s, k) => Math.max(most, Math.abs(Number(s - (b.sums[k] ?? 0n))) * 2 ** -50),
    0,
  );
  return { branched: null, time, mean };
}

/** Runs of `auto` and of the forced engines, compared with the first of those. */
async function compareEngines(
  model: Model,
  engines: readonly EngineChoice[],
  trajectories: number,
): Promise<
  readonly (Disagreement & { readonly engine: EngineChoice; readonly segments: readonly string[] })[]
> {
  const program = compile(model);
  const [first, ...others] = engines;
  if (first === undefined) return [];
  const reference = await runEngine(program, first, trajectories);
  return Promise.all(
    others.map(async (engine) => {
      const { batch, segments } = await runEngine(program, engine, trajectories);
      return { engine, segments, ...disagreement(reference.batch, batch) };
    }),
  );
}

/**
 * The engines make the same jumps, at the same times to 1e-9, and have the same averages.
 * @param unit of the times
 */
export async function expectSameJumps(
  model: Model,
  engines: readonly EngineChoice[],
  trajectories: number,
  unit = 1,
): Promise<void> {
  for (const { engine, branched, time, mean } of await compareEngines(model, engines, trajectories)) {
    expect({ engine, branched }).toEqual({ engine, branched: null });
    expect(time / unit).toBeLessThan(1e-9);
    expect(mean).toBeLessThan(1e-9);
  }
}

/** A model of bench/models with parameters replaced. */
export function benchModel(name: string, values: Readonly<Record<string, string>>): Model {
  const file = `bench/models/${name}.yaml`;
  const set = Object.entries(values).map(([key, value]) => ({ name: key, value }));
  return parseModel(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"), { file, set }).model;
}
