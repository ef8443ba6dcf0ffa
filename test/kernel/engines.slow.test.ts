// All kinds of segments on the same seeds: models of the benchmarks, and random ones. Many, and bigger.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { Kernel } from "#src/kernel/kernel.js";
import { benchModel, expectSameJumps, module } from "../support/engines.ts";
import { randomEmitters } from "../support/random-emitters.ts";
import { randomModel } from "../support/random-models.ts";

describe("models of the benchmarks", () => {
  test.each([
    ["half-excited", { N: "10" }],
    ["half-excited", { N: "12" }],
    ["detuned", { N: "10" }],
    ["detuned", { N: "12" }],
    ["tfim", {}],
  ] as const)("%s %o", async (name, values) => {
    const model = benchModel(name, values);
    await expectSameJumps(model, ["krylov", "auto", "chebyshev"], 4);
  });
});

test("what is kept of the components of a mixture has an end; the others are evolved each time", async () => {
  const model = benchModel("detuned", { N: "12" });
  const [{ state } = { state: [] }] = model.initial;
  const initial = Array.from({ length: 200 }, () => ({ weight: 1 / 200, state }));
  const options = { sampling: "plain", records: false } as const;
  const kernel = await Kernel.create(
    module,
    compile({ ...model, initial }),
    Uint32Array.of(1, 2, 3, 4),
    options,
  );
  const kept = kernel.root.silentPaths.map((path) => path.kept);
  const chains = kept.indexOf("none");
  expect(chains).toBeGreaterThan(3);
  expect(new Set(kept.slice(0, chains))).toEqual(new Set(["chain"]));
  expect(new Set(kept.slice(chains))).toEqual(new Set(["none"]));
  expect(kernel.run(0, 64).count).toBe(64);
});

test("random models", async () => {
  await fc.assert(
    fc.asyncProperty(randomModel(), async (model) => {
      await expectSameJumps(model, ["dense", "auto", "krylov", "chebyshev"], 32);
    }),
    { numRuns: 120 },
  );
});

test("random emitters", async () => {
  await fc.assert(
    fc.asyncProperty(randomEmitters(6, 12), async (model) => {
      const names = ["krylov", "auto", "chebyshev"] as const;
      const engines = model.sites.length > 10 ? names : ([...names, "dense"] as const);
      await expectSameJumps(model, engines, 8);
    }),
    { numRuns: 25 },
  );
});
