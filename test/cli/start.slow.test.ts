import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { start } from "./process.ts";

test("npm start: Figs. 2 and 4 by both routes, all in agreement, drawn", async () => {
  const { code, stdout, stderr } = await start();
  expect(code, stderr).toBe(0);
  const systems = stdout.split("\n").filter((line) => /^(two|three) qubits/.test(line));
  expect(systems).toHaveLength(6);
  expect(stdout.match(/ agree$/gm)).toHaveLength(20);
  expect(stdout).not.toContain("DISAGREE");
  const figures = /figures: (\S+) {2}(\S+)\n/.exec(stdout)?.slice(1) ?? [];
  expect(figures).toHaveLength(2);
  for (const path of figures) {
    const svg = await readFile(new URL(`../../${path}`, import.meta.url), "utf8");
    expect(svg).toContain("evolution time ωt");
    expect(svg).toContain("trajectories ± standard error, lines: master equation");
  }
}, 60_000);
