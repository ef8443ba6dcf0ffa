import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseResult } from "#src/results/read.js";
import { interrupted, mcwf } from "./process.ts";

const PAIR = "examples/pair-10.yaml";
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-cli-records-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});
const file = (name: string) => join(folder, name);
const text = (name: string) => readFile(file(name), "utf8");

describe("run --records --clicks", () => {
  test("a summary of the groups, a file of the jumps", async () => {
    const plain = ["--sampling", "plain", "--trajectories", "400", "--clicks", "1"];
    const args = ["run", PAIR, ...plain, "--records", file("jumps.csv")];
    const { code, stdout, stderr } = await mcwf(args);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^wrote .*jumps\.csv: \d+ jumps\n$/),
    });
    expect(stdout).toMatch(
      /\nclicks by t = 5000 +probability +energy +dark\n0 +0\.\d+ ± 0\.\d+ +1 ± 0 +1 ± 0\n1\+ /,
    );
    const rows = (await text("jumps.csv")).trimEnd().split("\n");
    expect(rows[0]).toBe("trajectory,time,channel");
    expect(rows.length - 1).toBe(Number(/: (\d+) jumps/.exec(stderr)?.[1]));
  });

  test("groups in CSV have columns of their own, empty where nobody is in the group", async () => {
    const args = ["run", PAIR, "--trajectories", "50", "--clicks", "1", "--out", file("r.csv"), "--quiet"];
    expect((await mcwf(args)).code).toBe(0);
    const [header, first] = (await text("r.csv")).split("\n");
    expect(header).toBe(
      "time,energy,energy_se,dark,dark_se,P(0),P(0)_se,energy|0,energy|0_se,dark|0,dark|0_se,P(1+),P(1+)_se,energy|1+,energy|1+_se,dark|1+,dark|1+_se",
    );
    expect(first?.endsWith(",0,0,,,,")).toBe(true);
  });

  test("a run that is stopped keeps the records of the trajectories that it keeps", async () => {
    const plain = ["--sampling", "plain", "--trajectories", "1e9"];
    const args = ["run", PAIR, ...plain, "--records", file("j.csv"), "--out", file("r.json")];
    expect((await interrupted(args, "SIGINT")).code).toBe(3);
    const { trajectories, channels } = parseResult(await text("r.json"), "r.json");
    const rows = (await text("j.csv")).trimEnd().split("\n").slice(1);
    const jumps = (channels.common?.jumps ?? 0) * (trajectories ?? 0);
    expect(Math.abs(rows.length - jumps)).toBeLessThan(0.5);
    expect((await readdir(folder)).sort()).toEqual(["j.csv", "r.json"]);
  });

  test.each([
    [["--records", "j.txt"], '--records: must end in .csv, but "j.txt" ends in ".txt"'],
    [["--records", "x.csv", "--out", "x.csv"], "--records: must be another file than --out"],
    [["--records", "missing/x.csv"], "--records: must be a file that can be written"],
    [["--clicks", "0"], '--clicks: must be a whole number from 1 to 1000, but is "0"'],
  ])("%j is refused", async (options, message) => {
    const { code, stderr } = await mcwf(["run", PAIR, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe("clicks", () => {
  const DRIVEN = "examples/driven-qubit.json";
  test("statistics beside exact values, and a verdict", async () => {
    const { code, stdout } = await mcwf(["clicks", DRIVEN, "--trajectories", "500", "--bins", "4"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\n--- decay\n/);
    for (const heading of [
      "clicks  probability by t = 10",
      "first click at t",
      "clicks in unit time",
      "next click after",
      "lag",
    ]) {
      expect(stdout).toContain(heading);
    }
    expect(stdout).toMatch(/records and master equation AGREE \(\d+ points with events enough/);
  });

  test("as JSON and as CSV", async () => {
    const args = ["clicks", DRIVEN, "--trajectories", "300", "--bins", "4", "--tau", "2", "--quiet"];
    for (const name of ["c.json", "c.csv"]) expect((await mcwf([...args, "--out", file(name)])).code).toBe(0);
    const value = JSON.parse(await text("c.json"));
    expect(value).toMatchObject({ format: "mcwf-clicks/1", tau: 2, window: { from: 0, to: 8 }, end: 10 });
    expect(value.detectors[0].g2).toHaveLength(4);
    const rows = (await text("c.csv")).trimEnd().split("\n");
    const points = Object.values(value.detectors[0])
      .filter((list) => Array.isArray(list))
      .flat();
    expect(rows).toHaveLength(1 + points.filter((point) => typeof point === "object").length);
    expect(rows.find((row) => row.startsWith("decay,g2,0,0.5,"))?.split(",")).toHaveLength(9);
  });

  test.each([
    [["--tau", "11"], "--tau: must be more than 0 and at most"],
    [["--tau", "x"], '--tau: must be a time, more than 0, but is "x"'],
    [["--bins", "0"], "--bins: must be a whole number from 1 to 10000"],
    [["--out", "c.txt"], "--out: must end in .json or .csv"],
  ])("%j is refused", async (options, message) => {
    const { code, stderr } = await mcwf(["clicks", DRIVEN, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test("a system that is too large has no exact values, and a note that says so", async () => {
    const args = ["clicks", "examples/driven-kerr.yaml", "--trajectories", "20"];
    const { code, stdout, stderr } = await mcwf(args);
    expect(code).toBe(0);
    expect(stderr).toContain("there are no exact values beside the clicks: sites: must make");
    expect(stdout).not.toContain("AGREE");
  });
});
