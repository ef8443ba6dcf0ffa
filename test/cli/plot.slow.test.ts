import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "#src/cli/program.js";
import { typicalTrajectories } from "#src/cli/raster-data.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const mcwf = (...args: string[]) => runCommandLine([...args, "--quiet"]);
const model = (name: string): string => `examples/${name}.yaml`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcwf-plot-"));
  const few = ["--trajectories", "60"];
  await mcwf("compare", model("pair-10"), ...few, "--out", at("both.json"));
  await mcwf("run", model("pair-11"), ...few, "--out", at("run.json"), "--records", at("run.csv"));
  await mcwf("exact", model("pair-11"), "--out", at("exact.json"));
  await mcwf(
    "run",
    model("pair-10"),
    ...few,
    "--sampling",
    "stratified",
    "--out",
    at("strata.json"),
    "--records",
    at("strata.csv"),
  );
  await mcwf("spectrum", model("pair-10"), "--out", at("spectrum.json"));
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Texts in the figure that the command draws. */
async function texts(...args: string[]): Promise<string[]> {
  const out = at("figure.svg");
  expect(await mcwf("plot", ...args, "--out", out)).toBe(0);
  // Text of several lines has a span each.
  const found = (await readFile(out, "utf8")).matchAll(/<text[^>]*>([\s\S]*?)<\/text>/g);
  return [...found].map(([, text = ""]) =>
    text
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

describe("what is drawn", () => {
  test("a comparison: both routes of every observable", async () => {
    const drawn = await texts(at("both.json"));
    for (const text of ["(a)", "(b)", "dark", "time t (1/frequency)"]) expect(drawn).toContain(text);
    expect(drawn.join()).toContain("60 trajectories ± standard error, lines: master equation");
  });

  test("a run and the exact result of its model are one system", async () => {
    const drawn = await texts(at("run.json"), at("exact.json"), "--only", "dark");
    expect(drawn.join(" ")).toContain("points: 60 trajectories ± standard error, lines: master equation");
    expect(drawn).not.toContain("(a)");
  });

  test("several systems in shared panels, named by their starts, in a unit of time", async () => {
    const drawn = await texts(at("both.json"), at("run.json"), "--time-unit", "kappa", "--title", "mine");
    for (const text of ["|10⟩", "|11⟩", "time κt", "mine"]) expect(drawn).toContain(text);
  });

  test("jump records alone", async () => {
    const drawn = await texts(at("run.csv"));
    for (const text of ["common", "trajectory"]) expect(drawn).toContain(text);
    // From |11> every trajectory jumps twice.
    expect(drawn.join()).toContain("120 jumps of trajectories 0 to 59");
  });

  test("records with their run: single trajectories above, those asked for or typical ones", async () => {
    expect(await texts(at("run.json"), at("run.csv"))).toEqual(
      expect.arrayContaining(["trajectory 0", "mean of all 60", "common"]),
    );
    const asked = await texts(
      at("run.json"),
      at("run.csv"),
      "--trajectories",
      "7,3",
      "--only",
      "dark,energy",
    );
    for (const text of ["trajectory 7", "trajectory 3", "dark"]) expect(asked).toContain(text);
  });

  test("a run alone gives the same raster as with its records", async () => {
    const marks = async (...args: string[]) => {
      await texts(...args, "--trajectories", "0");
      return (await readFile(at("figure.svg"), "utf8")).match(/<g class="mark-symbol role-mark[\s\S]*$/)?.[0];
    };
    const computed = await marks(at("run.json"));
    expect(computed?.length).toBeGreaterThan(1000);
    expect(computed).toBe(await marks(at("run.json"), at("run.csv")));
  });

  test("weighted records, and what they leave out", async () => {
    expect((await texts(at("strata.json"), at("strata.csv"))).join(" ")).toContain(
      "without any jump are not sampled",
    );
  });

  test("a spectrum", async () => {
    for (const text of ["dark", "superradiant", "|00⟩"])
      expect(await texts(at("spectrum.json"))).toContain(text);
  });

  test("density matrices", async () => {
    const source = (await readFile(model("pair-10"), "utf8")).concat("\ndensity: final\n");
    await writeFile(at("kept.yaml"), source);
    await mcwf("exact", at("kept.yaml"), "--out", at("kept.json"));
    for (const text of ["|10⟩", "⟨10|", "t = 5000"])
      expect(await texts(at("kept.json"), "--density", "last")).toContain(text);
  });

  test("a PNG", async () => {
    expect(await mcwf("plot", at("spectrum.json"), "--out", at("figure.png"))).toBe(0);
    expect((await readFile(at("figure.png"))).subarray(1, 4).toString("latin1")).toBe("PNG");
  });
});

describe("what is refused", () => {
  const refusal = async (...args: string[]): Promise<string> => {
    try {
      await mcwf("plot", ...args);
    } catch (error) {
      return String((error as Error).message);
    }
    return "";
  };
  const drawing = (...args: string[]) => refusal(...args, "--out", at("x.svg"));

  test("wrong options, all at once", async () => {
    const said = await refusal(
      at("run.json"),
      "--out",
      "x.pdf",
      "--columns",
      "9",
      "--errors",
      "stars",
      "--density",
      "x",
      "--trajectories",
      "1,",
      "--rows",
      "0",
    );
    expect(said.split("\n").map((line) => line.split(":")[0])).toEqual([
      "--out",
      "--errors",
      "--trajectories",
      "--density",
      "--columns",
      "--rows",
    ]);
    expect(await refusal(at("run.json"))).toBe(
      "--out: must be given a file that ends in .svg or .png, but is not",
    );
    expect(await drawing(at("run.json"), "--density", "last", "--rows", "3")).toContain("in another figure");
  });

  test("files of other formats, by name, and all of them", async () => {
    await writeFile(at("other.json"), '{ "format": "mcwf-shards/3" }');
    await writeFile(at("other.csv"), "a,b\n1,2\n");
    const said = await drawing(at("other.json"), at("other.csv"), at("none.json"));
    expect(said).toContain('other.json: format: must be "mcwf-result/1" or');
    expect(said).toContain('but is "mcwf-shards/3"');
    expect(said).toContain("other.csv:1:1: must have the columns");
    expect(said).toContain("none.json: must be a file that can be read, but there is none of this name");
  });

  test("a comparison with a damaged part, by its place", async () => {
    const both = JSON.parse(await readFile(at("both.json"), "utf8")) as { exact: { times: number[] } };
    both.exact.times.pop();
    await writeFile(at("damaged.json"), JSON.stringify(both));
    expect(await drawing(at("damaged.json"))).toContain(
      "damaged.json: exact.observables.energy.mean: must have 200 entries",
    );
  });

  test("records of another run", async () => {
    expect(await drawing(at("run.json"), at("strata.csv"))).toMatch(
      /strata.csv: channel common: must be the records of the run/,
    );
  });

  test("what the files do not hold", async () => {
    expect(await drawing(at("run.json"), "--only", "drak")).toContain("did you mean dark?");
    expect(await drawing(at("run.json"), "--density", "last")).toContain(
      "--density: must be given results with a density matrix",
    );
    expect(await drawing(at("run.json"), "--trajectories", "60")).toContain("0 to 59, but 60 is none");
    expect(await drawing(at("exact.json"), "--trajectories", "0")).toContain("must be a run");
    expect(await drawing(at("spectrum.json"), at("run.json"))).toContain(
      "one spectrum, sweep or file of clicks alone",
    );
    expect(await drawing(at("run.json"), at("both.json"), "--rows", "5")).toContain(
      "one file of records and one run",
    );
  });
});

test("typical trajectories: one for each number of jumps, or the first ones", () => {
  const list = (...trajectory: number[]) => ({ trajectory, time: [], channel: [] });
  expect(typicalTrajectories(list(1, 1, 3), 5)).toEqual([0, 1, 3]);
  expect(typicalTrajectories(list(1, 2, 2, 3, 3, 3), 5)).toEqual([0, 1, 2]);
  expect(typicalTrajectories(list(), 5)).toEqual([0]);
});
