// All kinds of segments on the same seeds: models of the benchmarks, and random ones. Many, and bigger.
import fc from "fast-check";
import { describe, test } from "vitest";
import { benchModel, expectSameJumps } from "../support/engines.ts";
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
