import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLAIMS } from "#src/study/paper/claims/claims.js";
import { SYSTEM_NAMES } from "#src/study/paper/systems.js";
import { mcwf } from "../cli/process.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-paper-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const FIGURES =
  "eq3 exceptional fig1d fig2a fig2b fig3a fig3b fig3c fig3d fig3e fig4a fig4b herald w-state".split(" ");

test("mcwf paper: exit 0, every claim in table and report, every panel as SVG and PNG", async () => {
  const out = join(folder, "new", "report");
  const { code, stdout, stderr } = await mcwf(["paper", "--out", out]);
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain("\nall verdicts as they should be\n");
  for (const { id, expected } of CLAIMS) expect(stdout).toMatch(new RegExp(`^${id} .* ${expected}$`, "m"));
  expect(stderr.match(/^\[ ?\d+\/\d+\] /gm)).toHaveLength(SYSTEM_NAMES.length);
  const figures = FIGURES.flatMap((name) => [`${name}.png`, `${name}.svg`]);
  expect((await readdir(out)).sort()).toEqual([...figures, "report.json", "report.md"].sort());
  const report = await readFile(join(out, "report.md"), "utf8");
  for (const { id } of CLAIMS) expect(report).toContain(`### ${id}\n`);
  for (const name of FIGURES) expect(report).toContain(`](${name}.svg)`);
  expect(report).not.toMatch(/NaN|undefined|Infinity/);
  expect(JSON.parse(await readFile(join(out, "report.json"), "utf8"))).toMatchObject({
    format: "mcwf-paper/1",
    seed: "paper",
    unexpected: [],
  });
}, 240_000);

test("a wrong rate in one file: exit 1, and the report says which claims fall", async () => {
  const models = join(folder, "models");
  await cp("examples", models, { recursive: true });
  const file = join(models, "clockwork-lossy.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("alpha: 0.05*kappa", "alpha: 0.06*kappa"));
  const out = join(folder, "wrong");
  const few = ["--trajectories", "5000", "--quiet"];
  const { code, stdout, stderr } = await mcwf(["paper", "--models", models, "--out", out, ...few]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toMatch(/\nNOT as they should be: .*\bfig3e-lossy\b/);
  expect(stdout).toMatch(/^fig3e-lossy .* confirmed with another number {2}\(expected: confirmed\)$/m);
  expect(await readFile(join(out, "report.md"), "utf8")).toContain("NOT as they should be");
}, 240_000);

test("model files that are wrong or missing, and no folder: exit 2, nothing left behind", async () => {
  const models = join(folder, "empty");
  await cp("examples/pair-11.yaml", join(models, "pair-11.yaml"));
  const out = join(folder, "none", "at", "all");
  const missing = await mcwf(["paper", "--models", models, "--out", out]);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toContain("pair-10.yaml: must be a file that can be read, but there is none");
  expect(missing.stderr).not.toContain("pair-11");
  expect(await readdir(folder)).not.toContain("none");
  for (const place of [join(models, "pair-11.yaml"), "/proc/none"]) {
    const noFolder = await mcwf(["paper", "--out", place]);
    expect(noFolder).toMatchObject({ code: 2, stdout: "" });
    expect(noFolder.stderr).toMatch(/^--out: must be a folder that can be written, but for /);
  }
});
