import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFigureFiles } from "#src/cli/figure-files.js";
import type { Sweep } from "#src/study/sweep.js";
import { inProcess } from "./process.ts";

const FILE = "examples/w-like.yaml";
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-sweep-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("sweep: a table on stdout, the whole of it in a file that plot can read", async () => {
  const [out, csv] = [join(folder, "sweep.json"), join(folder, "sweep.csv")];
  const args = ["sweep", FILE, "--over", "N=2,3", "--only", "energy,C", "--closed-form", "energy=kept"];
  const small = [...args, "--trajectories", "64", "--workers", "0", "--quiet"];
  const printed = await inProcess([...small, "--out", out]);
  expect(printed).toMatchObject({ code: 0, stderr: "" });
  expect(printed.stdout).toMatch(
    /--- energy\nN +trajectories +exact +closed form +z\n2 +0\.\d+ ± 0[.\d]* +0\.5 +0\.5/,
  );
  expect(printed.stdout).toContain("all AGREE");
  const written = JSON.parse(await readFile(out, "utf8")) as Sweep;
  expect(written).toMatchObject({
    format: "mcwf-sweep/1",
    kind: "sweep",
    seed: "w-like",
    points: 2,
    agree: true,
  });
  expect(written.rows[1]?.values.energy?.exact).toBeCloseTo(2 / 3, 9);
  expect((await readFigureFiles([out])).sweeps).toHaveLength(1);
  await inProcess([...small, "--route", "run", "--out", csv]);
  const [header, , last] = (await readFile(csv, "utf8")).split("\n");
  expect(header).toBe("N,time,trajectories,energy,energy_se,energy_closed,C,C_se,agree,skipped");
  expect(last?.split(",").slice(0, 3)).toEqual(["3", String(30_000 / 3), "64"]);
});

test("sweep: faults of all options at once, nothing written; 1 where a closed form is wrong", async () => {
  const out = join(folder, "none.json");
  const wrong = [
    "sweep",
    FILE,
    "--over",
    "N=2:3",
    "--route",
    "walk",
    "--closed-form",
    "energy",
    "--out",
    out,
  ];
  const { code, stdout, stderr } = await inProcess(wrong);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.split("\n").map((line) => line.split(":")[0])).toEqual([
    ...["--over", "--route", "--closed-form", ""],
  ]);
  expect(await readdir(folder)).not.toContain("none.json");
  const claim = [
    "sweep",
    FILE,
    "--over",
    "N=2",
    "--only",
    "energy",
    "--closed-form",
    "energy=0.9",
    "--quiet",
  ];
  const judged = await inProcess([...claim, "--trajectories", "64", "--workers", "0"]);
  expect(judged.code).toBe(1);
  expect(judged.stdout).toContain("1 point DISAGREES");
});
