import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCommandLine } from "#src/cli/program.js";
import { mcwf } from "../cli/process.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-spectrum-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function written(name: string, args: readonly string[]): Promise<string> {
  const out = join(folder, name);
  expect(await runCommandLine(["spectrum", ...args, "--quiet", "--out", out])).toBe(0);
  return readFile(out, "utf8");
}

test("the table: levels by sector, what is trapped and what remains", async () => {
  const { code, stdout, stderr } = await mcwf(["spectrum", "examples/three-qubits-011.yaml"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replace(/^engine: .*\n/m, "")).toBe(`three qubits, one reservoir, from |011>
H_eff has the eigenvalues energy - (i/2) rate: the squared norm decays at the rate, exp(-rate t);
the class compares it with the column "independent", the rate if no two emitters interfered

sector  class         dimension  energy   rate  independent  states
1       subradiant            3       2  0.002        0.004       2
        superradiant                  2  0.008        0.004       1  (|110> + |101> + |011>)/sqrt3
2       dark                  3       1      0        0.002       2  (2|100> - |010> - |001>)/sqrt6
                                                                     (|010> - |001>)/sqrt2
        superradiant                  1  0.006        0.002       1  (|100> + |010> + |001>)/sqrt3
3       stable                1       0      0            0       1  |000>

initial state  weight  trapped dark   ends stable  keeps emitting
|011>               1  0.6666666667  0.3333333333               0

from |011>, once trapped:
  (2|100> - |010> - |001>)/sqrt6, pure

`);
});

test("the exceptional point is said in words", async () => {
  const { stdout } = await mcwf(["spectrum", "examples/pair-detuned.yaml", "--set", "delta=2*kappa"]);
  expect(stdout).toContain("H_eff is defective, with a Jordan block of size 2");
});

test("JSON: everything; CSV: a row a level", async () => {
  const { format, sectors, mixture } = JSON.parse(await written("s.json", ["examples/pair-10.yaml"]));
  expect(format).toBe("mcwf-spectrum/1");
  expect(sectors[0].levels[0].states[0]).toMatchObject({ text: "(|10> - |01>)/sqrt2", kets: ["10", "01"] });
  expect(mixture.dark).toBeCloseTo(0.5, 12);
  const rows = (await written("s.csv", ["examples/pair-10.yaml"])).trimEnd().split("\n");
  expect(rows[0]).toBe(
    "sector,dimension,class,energy,rate,independent_rate,multiplicity,largest_jordan_block,condition,states",
  );
  expect(rows[1]).toMatch(/^1,2,dark,1,0,0\.00\d+,1,1,1,"\(\|10> - \|01>\)\/sqrt2"$/);
  expect(rows).toHaveLength(4);
});

test("faults are those of the other commands; what was refused is exit 3", async () => {
  const wrong = await mcwf(["spectrum", "examples/pair-10.yaml", "--out", "x.npz", "--set", "kapa=1"]);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('--out: must end in .json or .csv, but "x.npz" ends in ".npz"');
  expect(wrong.stderr).toContain("did you mean kappa?");
  const large = await mcwf(["spectrum", "examples/n-qubits.yaml", "--set", "N=1001"]);
  expect(large.code).toBe(3);
  expect(large.stderr).toMatch(/^note: sector 1 must have at most 1000 dimensions .* but has 1001\n/);
  expect(large.stdout).toContain("refused");
});
