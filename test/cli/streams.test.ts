import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inProcess, shell } from "./process.ts";

const PAIR = "examples/pair-10.yaml";

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

test("so is one with room for the beginning only", async () => {
  const { code, stderr } = await shell(`ulimit -f 4; mcwf run ${PAIR} --json > ${join(folder, "part.json")}`);
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: expect.stringMatching(/^stdout: could not be written: .*\n$/),
  });
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
  for (const args of [[], ["help", "run"], ["exact", "-h"], ["compare", "--help"]]) {
    const { code, stdout, stderr } = await inProcess(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("Exit codes: 0 done; 1 a comparison failed; 2 bad input");
  }
});
