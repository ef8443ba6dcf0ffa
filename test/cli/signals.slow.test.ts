import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseResult } from "#src/results/read.js";
import { interrupted, mcwf } from "./process.ts";

/** A model without a slow part, for runs that only a signal ends. */
const QUBIT = ["examples/driven-qubit.json", "--seed", "s"];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-signals-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe.runIf(process.platform === "linux")("signals", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s: what is finished is kept, and is the start of the same run",
    async (name) => {
      const out = join(folder, `${name}.json`);
      const stopped = await interrupted(["run", ...QUBIT, "--trajectories", "1e12", "--out", out], name);
      const text = await readFile(out, "utf8");
      const { trajectories = 0 } = parseResult(text, out);
      expect(stopped.code).toBe(3);
      expect(stopped.stderr).toContain(`stopped: the first ${trajectories} trajectories are kept\n`);
      const again = await mcwf(["run", ...QUBIT, "--trajectories", String(trajectories), "--json"]);
      expect(again.stdout).toBe(text);
    },
  );

  test.each(["run", "clicks"])(
    "%s ends at once while the model is compiled: there is nothing to keep",
    async (command) => {
      const out = join(folder, "compiled.json");
      const args = [command, "examples/n-qubits.yaml", "--set", "N=22", "--set", "k=11", "--out", out];
      const { code, stderr } = await interrupted(args, "SIGINT", false);
      expect(code).toBeNull();
      expect(stderr).not.toContain("stopped");
      expect(await readdir(folder)).not.toContain("compiled.json");
    },
  );

  test("a trajectory that takes minutes does not keep a run from ending", async () => {
    const stiff = ["bench/models/detuned.yaml", "--set", "N=12", "--set", "alpha=1e6", "--seed", "s"];
    for (const workers of [[], ["--workers", "0"], ["--workers", "1"]]) {
      const { code, stderr } = await interrupted(
        ["run", ...stiff, "--engine", "krylov", ...workers],
        "SIGINT",
      );
      expect(code).toBe(3);
      expect(stderr).toContain("nothing is kept");
    }
  });

  test("the exact solver stops too, and keeps nothing", async () => {
    const out = join(folder, "stopped.json");
    const args = ["exact", "examples/n-qubits.yaml", "--set", "N=12", "--set", "k=6", "--out", out];
    const { code, stderr } = await interrupted(args, "SIGINT");
    expect(code).toBe(3);
    expect(stderr).toContain("the master equation was not finished and nothing is kept");
    expect(await readdir(folder)).not.toContain("stopped.json");
  });
});
