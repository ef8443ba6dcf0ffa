import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";
import { mostEffort } from "#src/trajectories/effort.js";
import { benchModel } from "../support/engines.ts";

const effortOf = (model: Model): number => mostEffort(compile(model));

/** Operations that take about 0.3 s. */
const LIMIT = 3e8;

describe("the most that a trajectory may cost", () => {
  test.each(["pair-10", "driven-kerr", "n-qubits", "w-like-groups", "waveguide"])(
    "examples/%s is begun in the calling thread",
    (name) => {
      const file = `examples/${name}.yaml`;
      expect(effortOf(parseModel(readFileSync(file, "utf8"), { file }).model)).toBeLessThan(LIMIT);
    },
  );
  test("what may keep a thread for long is not: many states, rates far above 1 / time, jumps without end", () => {
    expect(effortOf(benchModel("half-excited", { N: "14" }))).toBeGreaterThan(LIMIT);
    expect(effortOf(benchModel("detuned", { alpha: "1e6" }))).toBeGreaterThan(LIMIT);
    const flip = benchModel("flip", {});
    expect(effortOf(flip)).toBeLessThan(LIMIT);
    expect(effortOf({ ...flip, times: [0, 1e12] })).toBeGreaterThan(LIMIT);
  });
  test("a method that is forced counts", () => {
    const program = compile(benchModel("half-excited", { N: "12" }));
    expect(mostEffort(program, "dense")).toBeGreaterThan(10 * mostEffort(program));
  });
});
