import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { JumpRecords, Sampling } from "#src/kernel/types.js";
import { solveMaster } from "#src/master/solve.js";
import type { Model } from "#src/model/model.js";
import { RecordsFile } from "#src/records/file.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { RecordList } from "#src/trajectories/record-list.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { pairModel, thermalModel } from "../support/models.ts";

let platform: Platform;
let folder = "";
beforeAll(async () => {
  platform = await nodePlatform();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-records-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(model: Model, sampling: Sampling, trajectories: number, workers = 0): Promise<string> {
  const path = join(folder, "jumps.csv");
  await rm(path, { force: true });
  const program = compile(model);
  const file = await RecordsFile.create(path, program.channels, sampling === "stratified");
  const run = await runEnsemble(
    model,
    program,
    { trajectories, sampling, workers, seed: "file", onRecords: (records) => file.add(records) },
    platform,
  );
  expect(await readdir(folder)).not.toContain("jumps.csv"); // not before it is complete
  await file.finish(run.evidence.trajectories, run.evidence.jumpWeight);
  expect(await readdir(folder)).toEqual(["jumps.csv"]);
  return readFile(path, "utf8");
}

const kept = async (model: Model, sampling: Sampling, trajectories: number): Promise<JumpRecords> => {
  const options = { trajectories, sampling, workers: 0, seed: "file", records: true };
  const { records } = await runEnsemble(model, compile(model), options, platform);
  if (records === null) throw new Error("records were asked for");
  return records;
};

const rowsOf = (text: string) => text.trimEnd().split("\n").slice(1);

describe("a file of jump records", () => {
  test("plain: one row a jump with all its digits, the same bytes for any workers", async () => {
    const model = thermalModel(5, 2);
    const text = await write(model, "plain", 3000);
    const { trajectory, time, channel } = await kept(model, "plain", 3000);
    const names = compile(model).channels;
    expect(text.startsWith("trajectory,time,channel\n")).toBe(true);
    expect(rowsOf(text)).toEqual(
      Array.from(time, (t, i) => `${trajectory[i]},${t},${names[channel[i] ?? 0]}`),
    );
    expect(await write(model, "plain", 3000, 3)).toBe(text);
  });

  test("stratified: weights, and the branch without a jump, add up to 1 and give the exact number of clicks", async () => {
    const model = { ...pairModel({ alpha: 2e-4 }), times: [0, 2000] };
    const text = await write(model, "stratified", 2000);
    expect(await write(model, "stratified", 2000, 2)).toBe(text);
    expect(text.split("\n")[0]).toBe("trajectory,time,channel,weight");
    const [silent = "", ...jumps] = rowsOf(text);
    expect(silent).toMatch(/^,,,0\.\d+$/);
    const parsed = jumps.map((row) => row.split(","));
    const weightOf = new Map(parsed.map(([trajectory, , , weight]) => [trajectory, Number(weight)]));
    const total = [...weightOf.values()].reduce((sum, weight) => sum + weight, Number(silent.slice(3)));
    expect(weightOf.size).toBe(2000); // every one has jumped
    expect(total).toBeCloseTo(1, 9);
    // One excitation makes one jump at most, so its deviation is 1/2 at most; 5 of the mean's: 6e-7.
    const common = parsed.filter(([, , channel]) => channel === "common");
    const mean = common.reduce((sum, [, , , weight]) => sum + Number(weight), 0);
    const exact = solveMaster(model).channels.common?.jumps ?? 0;
    expect(Math.abs(mean - exact)).toBeLessThan(2.5 / Math.sqrt(2000));
    expect(parsed.every(([, , , weight]) => weight === parsed[0]?.[3])).toBe(true);
  });

  test("names are quoted, whatever is in them, in pieces of any length", async () => {
    const path = join(folder, "odd.csv");
    const names = ['a,"b"', "κ\nλ"];
    const file = await RecordsFile.create(path, names, true);
    const jumps = 40_000;
    file.add({
      trajectory: Float64Array.from({ length: jumps }, (_, i) => i),
      time: new Float64Array(jumps).fill(0.5),
      channel: Uint32Array.from({ length: jumps }, (_, i) => i % 2),
    });
    await file.finish(jumps, 0.5);
    const lines = Array.from({ length: jumps }, (_, i) =>
      i % 2 === 0 ? `${i},0.5,"a,""b""",0.0000125\n` : `${i},0.5,"κ\nλ",0.0000125\n`,
    );
    expect(await readFile(path, "utf8")).toBe(`trajectory,time,channel,weight\n,,,0.5\n${lines.join("")}`);
    expect(file.length).toBe(jumps);
  });

  test("one that is given up leaves nothing, and a finished one stays", async () => {
    for (const weighted of [false, true]) {
      const file = await RecordsFile.create(join(folder, "x.csv"), [], weighted);
      await file.discard();
      expect(await readdir(folder)).toEqual([]);
    }
    const file = await RecordsFile.create(join(folder, "x.csv"), [], false);
    await file.finish(1, 1);
    await file.discard();
    expect(await readdir(folder)).toEqual(["x.csv"]);
  });

  test("a disk that is full ends the run with what the system says", () => {
    const from = (path: string) => JSON.stringify(new URL(`../../dist/${path}`, import.meta.url).href);
    const script = `
      import { RecordsFile } from ${from("records/file.js")};
      const file = await RecordsFile.create(process.argv[1], ["a"], false);
      const length = 1e5;
      const records = { trajectory: new Float64Array(length), time: new Float64Array(length), channel: new Uint32Array(length) };
      try { for (;;) file.add(records); } catch (error) { console.log(error.kind, error.reason); }
      await file.discard();`;
    const limited = `ulimit -f 1000; exec "${process.execPath}" --input-type=module -e "$SCRIPT" "$0"`;
    const child = spawnSync("bash", ["-c", limited, join(folder, "full.csv")], {
      encoding: "utf8",
      env: { ...process.env, SCRIPT: script },
    });
    expect(child.stdout).toBe("space the largest file size allowed is reached\n");
  });
});

test("records that are kept in memory are refused with their number", () => {
  const list = new RecordList(10);
  const piece = { trajectory: new Float64Array(6), time: new Float64Array(6), channel: new Uint32Array(6) };
  list.add(piece);
  expect(list.joined().time).toHaveLength(6);
  expect(() => list.add(piece)).toThrow("10 jumps at most can be kept in memory");
});
