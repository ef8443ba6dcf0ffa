// All kinds of segments on the same seeds: models of the benchmarks, and random ones. More of both in the slow suite.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { Kernel } from "#src/kernel/kernel.js";
import { benchModel, compareEngines, module } from "../support/engines.ts";
import { randomModel } from "../support/random-models.ts";

describe("models of the benchmarks", () => {
  test.each([
    ["half-excited", { N: "10" }],
    ["detuned", { N: "8" }],
  ] as const)("%s %o", async (name, values) => {
    const model = benchModel(name, values);
    for (const { engine, branched, time, mean } of await compareEngines(
      model,
      ["krylov", "auto", "chebyshev"],
      4,
    )) {
      expect({ engine, branched }).toEqual({ engine, branched: null });
      expect(time).toBeLessThan(1e-9);
      expect(mean).toBeLessThan(1e-9);
    }
  });
});

test("sums do not depend on what ran before, where bases are kept between trajectories", async () => {
  const program = compile(benchModel("half-excited", { N: "6" }));
  const kernel = () =>
    Kernel.create(module, program, Uint32Array.of(1, 2, 3, 4), { sampling: "plain", records: true });
  const [one, two] = await Promise.all([kernel(), kernel()]);
  expect(one.root.silentPaths.map(({ kept }) => kept)).toEqual(["ladder"]);
  const whole = one.run(0, 96);
  const late = two.run(37, 59);
  const early = two.run(0, 37);
  expect(whole.sums).toEqual(late.sums.map((sum, k) => sum + (early.sums[k] ?? 0n)));
  expect([...(whole.records?.time ?? [])]).toEqual([
    ...(early.records?.time ?? []),
    ...(late.records?.time ?? []),
  ]);
});

test("random models", async () => {
  await fc.assert(
    fc.asyncProperty(randomModel(), async (model) => {
      for (const { branched, time, mean } of await compareEngines(
        model,
        ["dense", "auto", "krylov", "chebyshev"],
        8,
      )) {
        expect(branched).toBe(null);
        expect(time).toBeLessThan(1e-9);
        expect(mean).toBeLessThan(1e-9);
      }
    }),
    { numRuns: 10 },
  );
});
