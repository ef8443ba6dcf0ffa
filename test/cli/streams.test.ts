import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseResult } from "#src/results/read.js";
import { interrupted, mcwf, shell } from "./process.ts";

const PAIR = "examples/pair-10.yaml";
/** A model without a slow part, for runs that only a signal ends. */
const QUBIT = ["examples/driven-qubit.json", "--seed", "s"];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-streams-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test("a reader that stops early is no error", async () => {
  const line = `mcwf run ${PAIR} --json | head -n 1; echo "\${PIPESTATUS[0]}"`;
  expect(await shell(line)).toEqual({ code: 0, stdout: "{\n0\n", stderr: "" });
});

test("a full disk behind stdout is one line and exit 3", async () => {
  const { code, stderr } = await shell(`mcwf run ${PAIR} --json > /dev/full`);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^stdout: could not be written: .*\n$/);
});

test("a full disk behind --out leaves the old file, exit 3", async () => {
  const out = join(folder, "limited.json");
  await writeFile(out, "old");
  const { code, stderr } = await shell(`ulimit -f 4; mcwf run ${PAIR} --quiet --out ${out}`);
  const message = `${out}: could not be written: the largest file size allowed is reached\n`;
  expect({ code, stderr }).toEqual({ code: 3, stderr: message });
  expect(await readFile(out, "utf8")).toBe("old");
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

test("help teaches on stdout, for the program and for each command", async () => {
  const pages = await Promise.all(
    [[], ["help", "run"], ["exact", "-h"], ["compare", "--help"]].map((args) => mcwf(args)),
  );
  for (const { code, stdout, stderr } of pages) {
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("Exit codes: 0 done; 1 a comparison failed; 2 bad input");
  }
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

  test("the exact solver stops too, and keeps nothing", async () => {
    const out = join(folder, "stopped.json");
    const args = ["exact", "examples/n-qubits.yaml", "--set", "N=12", "--set", "k=6", "--out", out];
    const { code, stderr } = await interrupted(args, "SIGINT");
    expect(code).toBe(3);
    expect(stderr).toContain("the master equation was not finished and nothing is kept");
    expect(await readdir(folder)).not.toContain("stopped.json");
  });
});
