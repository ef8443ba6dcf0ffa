// All kinds of segments on the same seeds: models of the benchmarks, and random ones. Many, and bigger.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { benchModel, compareEngines } from "../support/engines.ts";
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

test("random models", async () => {
  await fc.assert(
    fc.asyncProperty(randomModel(), async (model) => {
      for (const { branched, time, mean } of await compareEngines(
        model,
        ["dense", "auto", "krylov", "chebyshev"],
        32,
      )) {
        expect(branched).toBe(null);
        expect(time).toBeLessThan(1e-9);
        expect(mean).toBeLessThan(1e-9);
      }
    }),
    { numRuns: 120 },
  );
});

test("random emitters", async () => {
  await fc.assert(
    fc.asyncProperty(randomEmitters(6, 12), async (model) => {
      const names = ["krylov", "auto", "chebyshev"] as const;
      const engines = model.sites.length > 10 ? names : ([...names, "dense"] as const);
      for (const { branched, time, mean } of await compareEngines(model, engines, 8)) {
        expect(branched).toBe(null);
        expect(time).toBeLessThan(1e-9);
        expect(mean).toBeLessThan(1e-9);
      }
    }),
    { numRuns: 25 },
  );
});
