import fc from "fast-check";
import { expect, test } from "vitest";
import { compareResults } from "#src/compare/compare.js";
import { compile } from "#src/compile/compile.js";
import { solveMaster } from "#src/master/solve.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import { randomModel } from "../support/random-models.ts";

/** 60 verdicts at 1e-4: a false alarm among them has a chance of 0.6 % at most, and the seed is fixed. */
const MODELS = 60;
const FALSE_ALARM = 1e-4;
const LIMITS = { minSites: 3, maxSites: 6, maxDimension: 64, maxTime: 3 };

test("trajectories of random models of 3 to 6 sites agree with the master equation, measures and all", async () => {
  const platform = await nodePlatform();
  const sampling = fc.constantFrom("plain", "stratified");
  await fc.assert(
    fc.asyncProperty(
      randomModel(LIMITS),
      sampling,
      fc.integer({ min: 1, max: 300 }),
      async (model, kind, n) => {
        const options = { trajectories: n, seed: "random", sampling: kind, workers: 0 } as const;
        const verdict = compareResults(
          await runEnsemble(model, compile(model), options, platform),
          solveMaster(model),
          {
            falseAlarm: FALSE_ALARM,
          },
        );
        expect(verdict.series.filter(({ agree }) => !agree)).toEqual([]);
      },
    ),
    { numRuns: MODELS, seed: 20210531 },
  );
});
