import { beforeAll, describe, expect, test } from "vitest";
import { compareResults } from "#src/compare/compare.js";
import { compile } from "#src/compile/compile.js";
import type { Sampling } from "#src/kernel/types.js";
import { solveMaster } from "#src/master/solve.js";
import type { Model } from "#src/model/model.js";
import type { Result } from "#src/results/result.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import type { EnsembleRun } from "#src/trajectories/options.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { darkModel, drivenModel, pairMeasures, pairModel, thermalModel } from "../support/models.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

const sample = (model: Model, trajectories: number, seed = "c", sampling: Sampling = "plain") =>
  runEnsemble(model, compile(model), { trajectories, seed, sampling, workers: 0 }, platform);

/** The exact answer with one number changed. */
function withMean(exact: Result, name: string, t: number, change: (mean: number) => number): Result {
  const series = exact.observables[name];
  const mean = series?.mean.map((value, i) => (i === t ? change(value) : value)) ?? [];
  return { ...exact, observables: { ...exact.observables, [name]: { ...series, mean } } };
}

describe("compareResults", () => {
  test("right models agree, with a point that is the worst", async () => {
    const models = [
      pairModel({ measures: pairMeasures, times: [0, 100, 1000] }),
      pairModel({ alpha: 5e-5, delta: 0.1, measures: pairMeasures, times: [0, 300, 5000] }),
      pairModel({ start: [1, 1], measures: pairMeasures.slice(0, 1), times: [0, 300, 1000] }),
      thermalModel(),
      drivenModel(),
    ];
    for (const sampling of ["plain", "stratified"] as const) {
      for (const model of models) {
        const verdict = compareResults(await sample(model, 1000, "c", sampling), solveMaster(model));
        expect(verdict).toMatchObject({ agree: true, falseAlarm: 1e-3 });
        expect(verdict.worst?.test).not.toBe("equality");
        const names = [...model.observables, ...model.measures, ...model.channels].map(({ name }) => name);
        expect(verdict.series.map(({ name }) => name).sort()).toEqual(names.sort());
      }
    }
  });

  test("wrong models disagree: rate, channel, phase, start", async () => {
    const right = pairModel({ alpha: 5e-5 });
    const exact = solveMaster(right);
    const wrong: Model[] = [
      pairModel({ alpha: 5e-5, wrongRate: 1.3 }),
      pairModel({ alpha: 5e-5, phase: 0.1 }),
      pairModel({ alpha: 5e-5, start: [0, 1] }),
      pairModel({ alpha: 8e-5 }),
    ];
    for (const model of wrong) expect(compareResults(await sample(model, 20_000), exact).agree).toBe(false);
  });

  test("points to the number that is wrong", async () => {
    const model = pairModel();
    const run = await sample(model, 2000);
    const exact = withMean(solveMaster(model), "dark", 17, (mean) => mean + 0.1);
    const verdict = compareResults(run, exact);
    expect(verdict.agree).toBe(false);
    expect(verdict.worst).toMatchObject({
      kind: "observable",
      name: "dark",
      part: "re",
      time: model.times[17],
    });
    expect(verdict.series.filter(({ agree }) => !agree).map(({ name }) => name)).toEqual(["dark"]);
  });

  test("where nothing is random the numbers must be equal to 1e-9 of their range", async () => {
    const model = darkModel();
    const run = await sample(model, 100);
    const exact = solveMaster(model);
    expect(compareResults(run, exact)).toMatchObject({ agree: true, points: 0 });
    const off = (difference: number) => withMean(exact, "dark", 3, (mean) => mean + difference);
    expect(compareResults(run, off(1e-10)).agree).toBe(true);
    expect(compareResults(run, off(1e-8))).toMatchObject({
      agree: false,
      worst: { test: "equality", name: "dark", standardError: 0 },
    });
  });

  test("no jump seen yet proves little: a small exact change is no disagreement, a large one is", async () => {
    // 100 trajectories, 0.04 jumps expected by the last time.
    const model = pairModel({ times: [0, 0.1, 0.2] });
    const run = await sample(model, 100);
    expect(run.result.channels.common?.jumps).toBe(0);
    const exact = solveMaster(model);
    expect(compareResults(run, exact).agree).toBe(true);
    const shifted = (by: number) => withMean(exact, "dark", 2, (mean) => mean + by);
    expect(compareResults(run, shifted(0.01)).agree).toBe(true);
    expect(compareResults(run, shifted(0.3))).toMatchObject({ agree: false, worst: { test: "bound" } });
  });

  test("a jump count that cannot be: many jumps where hardly any are expected", async () => {
    const model = pairModel({ times: [0, 20] });
    const run = await sample(model, 200);
    const exact = solveMaster(model);
    const busy: EnsembleRun = {
      ...run,
      result: { ...run.result, channels: { common: { jumps: 3, standardError: 0.1 } } },
    };
    expect(compareResults(busy, exact)).toMatchObject({
      agree: false,
      worst: { kind: "channel", name: "common" },
    });
  });

  test("one trajectory: no error is known, nothing is refused that can be", async () => {
    const verdict = compareResults(
      await sample(pairModel({ measures: pairMeasures, times: [0, 1000] }), 1),
      solveMaster(pairModel({ measures: pairMeasures, times: [0, 1000] })),
    );
    expect(verdict.agree).toBe(true);
  });

  test("a smaller false-alarm probability asks for more", async () => {
    const model = pairModel({ times: [0, 500] });
    const run = await sample(model, 20_000);
    const exact = withMean(solveMaster(model), "energy", 1, () => {
      const { mean = [], standardError = [] } = run.result.observables.energy ?? {};
      return (mean[1] ?? 0) + 5.2 * (standardError[1] ?? 0);
    });
    expect(compareResults(run, exact, { falseAlarm: 1e-2 }).agree).toBe(false);
    expect(compareResults(run, exact, { falseAlarm: 1e-6 }).agree).toBe(true);
  });

  test("results of different questions are refused", async () => {
    const run = await sample(pairModel(), 10);
    const exact = solveMaster(pairModel({ alpha: 1e-4 }));
    expect(() => compareResults(run, exact)).toThrow("the same channels");
    expect(() => compareResults(run, solveMaster(pairModel({ times: [1] })))).toThrow("the same times");
  });
});
