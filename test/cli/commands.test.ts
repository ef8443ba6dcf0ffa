import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exitCodeOf } from "#src/cli/exit.js";
import { runCommandLine } from "#src/cli/program.js";
import { parseResult } from "#src/results/read.js";
import { inProcess, mcwf } from "./process.ts";

const PAIR = "examples/pair-10.yaml";
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-cli-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command in this process and gives the text of the file that it wrote. */
async function written(name: string, args: readonly string[]): Promise<string> {
  const out = join(folder, name);
  expect(await runCommandLine([...args, "--quiet", "--out", out])).toBe(0);
  return readFile(out, "utf8");
}

describe("what a command prints and writes", () => {
  test("run: a summary on stdout, nothing on stderr", async () => {
    const { code, stdout, stderr } = await mcwf(["run", PAIR, "--trajectories", "500"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^two qubits, one reservoir, from \|10>\n500 trajectories, seed "pair-10", 201 times from 0 to 5000\n/,
    );
    expect(stdout).toMatch(/\n1000 +0\.\d+ ± 0\.\d+ +0\.\d+ ± 0\.\d+\n/);
    expect(stdout).toMatch(/\ncommon +0\.5 ± 0\n/);
  });

  test("run: --json prints what --out writes, whatever the number of workers", async () => {
    const args = ["run", PAIR, "--trajectories", "3000", "--seed", "x"];
    const text = await written("inline.json", [...args, "--workers", "0"]);
    const printed = await inProcess([...args, "--workers", "3", "--json"]);
    expect(printed).toEqual({ code: 0, stdout: text, stderr: "" });
    expect(parseResult(text, "inline.json")).toMatchObject({ kind: "run", trajectories: 3000, seed: "x" });
  });

  test("run: without a seed anywhere one is drawn, told and stored", async () => {
    const model = { sites: { A: "qubit" }, initial: "ground", times: [0, 1], ensemble: { trajectories: 2 } };
    const { stdout, stderr } = await mcwf(["run", "-", "--json"], JSON.stringify(model));
    const seed = /--seed ([0-9a-f]{16})\n/.exec(stderr)?.[1];
    expect(seed).toBeDefined();
    expect(parseResult(stdout, "stdout").seed).toBe(seed);
  });

  test("exact: CSV with one row a time, and --set", async () => {
    const lines = (await written("exact.csv", ["exact", PAIR, "--set", "kappa=0"])).split("\n");
    expect(lines[0]).toBe("time,energy,dark");
    expect(lines).toHaveLength(203);
    // Without a reservoir nothing is lost.
    expect(lines[201]?.split(",").map(Number)).toEqual([
      5000,
      expect.closeTo(1, 10),
      expect.closeTo(0.5, 10),
    ]);
  });

  test("compare: a table and a verdict on stdout, a figure where asked for", async () => {
    const plot = join(folder, "pair.svg");
    const { code, stdout, stderr } = await inProcess(["compare", PAIR, "--plot", plot]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `wrote ${plot}\n` });
    expect(stdout).toMatch(/energy +0\.5 ± 0 +0\.5 +\d\.\d\d +agree\n/);
    expect(stdout).toContain("the routes AGREE");
    expect(stdout).toContain("worst point: ");
    expect(await readFile(plot, "utf8")).toMatch(/^<svg/);
  });

  test("compare: --out holds both routes and the verdict, as JSON or CSV; the table is printed all the same", async () => {
    const compared = async (name: string, ...options: string[]): Promise<string> => {
      const out = join(folder, name);
      const { code, stdout, stderr } = await inProcess(["compare", PAIR, "--out", out, ...options]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: `wrote ${out}\n` });
      expect(stdout).toMatch(/energy +0\.5 ± 0 +0\.5 +\d\.\d\d +agree\n/);
      expect(stdout).toContain("the routes AGREE");
      return readFile(out, "utf8");
    };
    const both: unknown = JSON.parse(await compared("both.json", "--false-alarm", "1e-4"));
    expect(both).toMatchObject({ format: "mcwf-comparison/1", verdict: { agree: true, falseAlarm: 1e-4 } });
    expect(both).toMatchObject({ run: { kind: "run" }, exact: { kind: "exact" } });
    const csv = await compared("both.csv", "--trajectories", "300");
    expect(csv).toMatch(/^time,energy,energy_se,energy_exact,dark,dark_se,dark_exact\n0,1,0,1,/);
    const out = join(folder, "again.json");
    const { stdout } = await inProcess(["compare", PAIR, "--out", out, "--json"]);
    expect(stdout).toBe(await readFile(out, "utf8"));
  });

  test("compare: the line below the table explains what stands in it", async () => {
    const quiet = await inProcess(["compare", PAIR, "--set", "kappa=1e-9", "--trajectories", "50"]);
    expect(quiet.stdout).toMatch(/ bound +agree\n/);
    expect(quiet.stdout).toMatch(/\nbound: too few jumps for z, a tail bound decides\n/);
    expect(quiet.stdout).toMatch(/worst point: .* \(p <= 1\.0 by a tail bound, refused below /);
    const never = await inProcess(["compare", PAIR, "--set", "kappa=0"]);
    expect(never.stdout).toMatch(/ - +agree\n/);
    expect(never.stdout).toMatch(/\n-: nothing is random\n/);
    const usual = await inProcess(["compare", PAIR]);
    expect(usual.stdout).toContain(
      "agree\nz = (trajectories - exact) / error; error: the standard error and an",
    );
    const largest = /worst point: .* \(\|z\| = (\d\.\d\d), refused above \d\.\d\d\)/.exec(usual.stdout)?.[1];
    expect(usual.stdout).toContain(`${largest}    agree\n`);
  });

  test("compare: a model without anything to compare or to draw is told so", async () => {
    const model = join(folder, "nothing.yaml");
    await writeFile(model, "sites: { q: qubit }\ninitial: ground\ntimes: [0, 1]\n");
    const { code, stdout } = await inProcess(["compare", model, "--seed", "a", "--quiet"]);
    expect(code).toBe(0);
    expect(stdout).toContain("nothing to compare: no observables, no measures, and no channel that acts\n");
    expect(stdout).not.toContain("quantity");
    const drawn = await inProcess(["compare", model, "--plot", join(folder, "nothing.svg")]);
    expect(drawn).toEqual({
      code: 2,
      stdout: "",
      stderr: "--plot: must have observables or measures to draw, but the model has none\n",
    });
  });

  test("exit codes of a comparison", () => {
    expect(exitCodeOf("complete", true)).toBe(0);
    expect(exitCodeOf("complete", false)).toBe(1);
    expect(exitCodeOf("capped", true)).toBe(3);
    expect(exitCodeOf("capped", false)).toBe(1);
    expect(exitCodeOf("aborted", false)).toBe(3);
  });

  test("a tolerance that is not reached: exit 3, and what there is is written", async () => {
    const file = join(folder, "tolerance.json");
    const model: unknown = JSON.parse(await readFile("examples/driven-qubit.json", "utf8"));
    await writeFile(file, JSON.stringify({ ...(model as object), ensemble: { tolerance: 1e-6, seed: "s" } }));
    const out = join(folder, "capped.json");
    expect(await runCommandLine(["run", file, "--trajectories", "100", "--quiet", "--out", out])).toBe(3);
    expect(parseResult(await readFile(out, "utf8"), out).trajectories).toBe(100);
  });
});

describe("bad input", () => {
  test("faults of options, destinations and model, all at once: exit 2, nothing written", async () => {
    const [model, old] = [join(folder, "bad.yaml"), join(folder, "old.json")];
    await writeFile(model, "sites: { A: qubit }\ninitial: groud\ntimes: [0, 1]\nobservabels: {}\n");
    await writeFile(old, "old");
    const before = await readdir(folder);
    const options = ["--trajectories", "0", "--workers", "-1", "--plot", "x.gif", "--out", old];
    const { code, stdout, stderr } = await inProcess(["compare", model, ...options]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    const places = stderr
      .trimEnd()
      .split("\n")
      .map((line) => line.replace(/: .*/, ""));
    expect(places).toEqual(["--trajectories", "--workers", "--plot", `${model}:2:10`, `${model}:4:1`]);
    expect(stderr).toContain("did you mean ground?");
    expect(stderr).toContain("did you mean observables?");
    expect(await readdir(folder)).toEqual(before);
    expect(await readFile(old, "utf8")).toBe("old");
  });

  test.each([
    [["rum", "x"], ", but is not; did you mean run?"],
    [["run"], "mcwf run: must be given FILE, but is not; see mcwf run --help"],
    [["run", "a", "b"], 'mcwf run: must be given one FILE, but is given "a", "b"'],
    [
      ["run", "a", "--trajectorys=5"],
      "--trajectorys: must be an option of mcwf run, but is not; did you mean --trajectories?",
    ],
    [
      ["exact", "a", "--seed", "1"],
      "--seed: must be an option of mcwf exact, but is not; did you mean --set?",
    ],
    [["run", "a", "--seed"], "--seed: must be followed by a value, but is not; see mcwf run --help"],
    [["run", "a", "--json=3"], '--json: must stand without a value, but is given "3"'],
    [["help", "rnu"], "rnu: must be a command ("],
    [["--verbose"], "--verbose: must be an option of mcwf, but is not; see mcwf --help"],
    [["run", PAIR, "--out", "x.npz"], '--out: must end in .json or .csv, but "x.npz" ends in ".npz"'],
    [["compare", PAIR, "--plot", "x.pdf"], '--plot: must end in .svg or .png, but "x.pdf" ends in ".pdf"'],
    [
      ["run", PAIR, "--out", "no/x.csv"],
      "--out: must be a file that can be written, but for no/x.csv its folder does not exist",
    ],
    [["run", PAIR, "--set", "kapa=1"], "did you mean kappa?"],
    [
      ["run", "missing.yaml"],
      "missing.yaml: must be a file that can be read, but there is none of this name",
    ],
    [["run", "examples"], "examples: must be a file that can be read, but is a folder"],
    [
      ["run", `${PAIR}/x`],
      `${PAIR}/x: must be a file that can be read, but a part of its path is not a folder`,
    ],
    [["run", "/dev/zero"], "/dev/zero: must be at most 65536 bytes long, but is longer"],
  ])("mcwf %j", async (args, message) => {
    const fault = await runCommandLine(args).catch((error: unknown) => error);
    expect(fault).toMatchObject({ name: "InputError", message: expect.stringContaining(message) });
    expect(String(fault).trim().split("\n")).toHaveLength(1);
  });

  test("a destination that is the model itself, or another destination, by whatever name", async () => {
    const model = join(folder, "model.json");
    const text =
      '{ "sites": { "A": "qubit" }, "initial": "ground", "times": [0], "ensemble": { "seed": "x" } }';
    await writeFile(model, text);
    await symlink("model.json", join(folder, "link.json"));
    for (const out of [model, join(folder, "link.json"), `${folder}/./model.json`]) {
      await expect(runCommandLine(["exact", model, "--out", out])).rejects.toThrow(
        "--out: must be another file than the model file",
      );
    }
    const files = ["--out", join(folder, "both.csv"), "--records", `${folder}/./both.csv`];
    await expect(runCommandLine(["run", model, ...files])).rejects.toThrow(
      "--records: must be another file than --out",
    );
    expect(await readFile(model, "utf8")).toBe(text);
  });

  test("a file that is no text, and a misspelt observable that --out x.csv could not hold apart", async () => {
    const binary = join(folder, "binary.yaml");
    await writeFile(binary, Uint8Array.of(0xff, 0xfe));
    await expect(runCommandLine(["run", binary])).rejects.toThrow("must be text in UTF-8, but is not");
    const clash = join(folder, "clash.yaml");
    await writeFile(
      clash,
      "sites: { A: qubit }\ninitial: ground\ntimes: [0]\nobservables: { n: n(A), n_se: sz(A) }\n",
    );
    const args = ["exact", clash, "--out", join(folder, "clash.csv")];
    await expect(runCommandLine(args)).rejects.toThrow('"n" and "n_se" both give "n_se"');
  });
});
