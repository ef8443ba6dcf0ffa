import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";
import { formatJson } from "#src/results/json.js";
import { parseResult } from "#src/results/read.js";
import type { ClickGroup, ConditionalSeries, Result } from "#src/results/result.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import type { EnsembleOptions } from "#src/trajectories/options.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { darkModel, drivenModel, pairMeasures, pairModel } from "../support/models.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

const SAMPLINGS = ["plain", "stratified"] as const;

async function run(model: Model, options: Partial<EnsembleOptions>): Promise<Result> {
  const settled = { trajectories: 1000, seed: "clicks", workers: 0, ...options };
  return (await runEnsemble(model, compile(model), settled, platform)).result;
}

const example = (name: string): Model => {
  const file = new URL(`../../examples/${name}.yaml`, import.meta.url);
  return parseModel(readFileSync(file, "utf8"), { file: name }).model;
};

function group(result: Result, number: number): ClickGroup {
  const found = result.clicks?.[number];
  if (found === undefined) throw new Error(`no group ${number}`);
  return found;
}

function series({ observables }: ClickGroup, name: string): ConditionalSeries {
  const found = observables[name];
  if (found === undefined) throw new Error(`no observable ${name}`);
  return found;
}

/** Both states of a mixture radiate: silence is not one state then. */
const mixture: Model = {
  ...pairModel({ alpha: 2e-4, measures: pairMeasures.slice(1, 3), density: "all", times: [0, 300, 5000] }),
  initial: [
    { weight: 0.7, state: [{ amplitude: [1, 0], levels: [[0, 1]] }] },
    {
      weight: 0.3,
      state: [
        {
          amplitude: [0, 1],
          levels: [
            [0, 1],
            [1, 1],
          ],
        },
      ],
    },
  ],
};

describe("groups by the number of clicks so far", () => {
  test("leave the rest of the result alone, and do not depend on the workers", async () => {
    for (const sampling of SAMPLINGS) {
      const { clicks, ...rest } = await run(mixture, { sampling, clicks: 3 });
      expect(rest).toEqual(await run(mixture, { sampling }));
      expect(clicks?.map((one) => [one.clicks, one.orMore])).toEqual([
        [0, false],
        [1, false],
        [2, false],
        [3, true],
      ]);
      const threads = await run(mixture, { sampling, clicks: 3, workers: 3 });
      expect(JSON.stringify(threads.clicks)).toBe(JSON.stringify(clicks));
    }
  });

  test("add up to the whole: weights to 1, weighted means and density matrices to the means", async () => {
    for (const sampling of SAMPLINGS) {
      for (const model of [mixture, drivenModel(1, 0.5, 10, 6)]) {
        // Of a mixture the whole has sampled how the components share out, silence knows it: 5 errors of a probability.
        const sampled = model === mixture ? (5 * 0.5) / Math.sqrt(1000) : 0;
        const result = await run(model, { sampling, clicks: 3 });
        const groups = result.clicks ?? [];
        result.times.forEach((time, t) => {
          const sum = (value: (one: ClickGroup) => number | null | undefined) =>
            groups.reduce((total, one) => total + (one.weight.mean[t] ?? 0) * (value(one) ?? 0), 0);
          expect(sum(() => 1)).toBeCloseTo(1, 12);
          for (const [name, { mean, meanIm }] of Object.entries(result.observables)) {
            // The bias correction of a ratio does not add up; it is far below the error.
            const errors = groups.map((one) => one.observables[name]?.standardError[t] ?? 0);
            const tolerance = 1e-12 + sampled + 0.1 * Math.max(...errors);
            expect(Math.abs(sum((one) => one.observables[name]?.mean[t]) - (mean[t] ?? 0))).toBeLessThan(
              tolerance,
            );
            if (meanIm === undefined) continue;
            expect(
              Math.abs(sum((one) => one.observables[name]?.meanIm?.[t]) - (meanIm[t] ?? 0)),
            ).toBeLessThan(tolerance);
          }
          result.density?.re[t]?.forEach((row, i) => {
            row.forEach((element, j) => {
              const inGroup = ({ density }: ClickGroup) => density?.re[density.times.indexOf(time)]?.[i]?.[j];
              expect(Math.abs(sum(inGroup) - element)).toBeLessThan(1e-11 + sampled);
            });
          });
        });
      }
    }
  });

  test("without a click a mixture is known exactly, at the start everything", async () => {
    for (const sampling of SAMPLINGS) {
      const result = await run(mixture, { sampling, clicks: 2 });
      const silent = group(result, 0);
      expect(silent.weight.mean[0]).toBe(1);
      expect(result.clicks?.map(({ weight }) => weight.standardError?.[0])).toEqual([0, 0, 0]);
      for (const errors of [...Object.values(silent.observables), ...Object.values(silent.measures)]) {
        expect(errors.standardError.every((error) => error === 0)).toBe(true);
      }
      // |10>: the bright half decays at rate 4 kappa, all of it at rate 2 alpha; |11> at rate 4 kappa + 4 alpha.
      const [kappa, alpha, t] = [1e-3, 2e-4, 300];
      const one = (0.7 * Math.exp(-2 * alpha * t) * (1 + Math.exp(-4 * kappa * t))) / 2;
      const both = 0.3 * Math.exp(-4 * (kappa + alpha) * t);
      expect(series(silent, "energy").mean[1]).toBeCloseTo((one + 2 * both) / (one + both), 9);
    }
  });

  test("stratified: the probability of silence is known exactly at the last time", async () => {
    const { weight } = group(await run(pairModel(), { sampling: "stratified", clicks: 1 }), 0);
    // (1 + exp(-4 kappa t)) / 2 with kappa t = 5
    expect(weight.mean.at(-1)).toBeCloseTo((1 + Math.exp(-20)) / 2, 12);
    expect(weight.standardError?.at(-1)).toBe(0);
    const plain = group(await run(pairModel(), { sampling: "plain", clicks: 1 }), 0).weight;
    expect(plain.standardError?.at(-1)).toBeGreaterThan(0.01);
  });

  test("a dark state: silence has all the weight, in no other group is anybody", async () => {
    for (const sampling of SAMPLINGS) {
      const result = await run(darkModel(), { sampling, clicks: 2 });
      expect(group(result, 0).weight.mean.every((mean) => Math.abs(mean - 1) < 1e-12)).toBe(true);
      expect(series(group(result, 0), "dark").standardError.every((error) => error === 0)).toBe(true);
      for (const other of [1, 2]) {
        expect(group(result, other).weight.mean.every((mean) => mean === 0)).toBe(true);
        expect(series(group(result, other), "dark").mean.every((mean) => mean === null)).toBe(true);
      }
    }
  });

  test("a single member: a mean without an error", async () => {
    const result = await run(pairModel({ times: [0, 5000] }), {
      sampling: "plain",
      trajectories: 1,
      clicks: 1,
    });
    const occupied = (result.clicks ?? []).filter(({ weight }) => (weight.mean[1] ?? 0) > 0);
    expect(occupied).toHaveLength(1);
    for (const one of occupied) {
      // Silence is one state, known whoever is in it; after a click nothing is known from one trajectory.
      expect(series(one, "energy").mean[1]).not.toBeNull();
      expect(series(one, "energy").standardError[1]).toBe(one.clicks === 0 ? 0 : null);
    }
  });

  test("are written to JSON and read back", async () => {
    const result = await run(mixture, { clicks: 2 });
    const text = formatJson(result);
    expect(formatJson(parseResult(text, "r.json"))).toBe(text);
    const short: { clicks: { weight: { mean: number[] } }[] } = JSON.parse(text);
    short.clicks[1]?.weight.mean.pop();
    expect(() => parseResult(formatJson(short), "r.json")).toThrow(
      "clicks[1].weight.mean: must have 3 entries, one a time, but has 2",
    );
  });

  test("that do not fit are refused with the size", async () => {
    await expect(run(drivenModel(), { clicks: 100_000 })).rejects.toThrow(
      /100001 groups of 21 times and 1 moments need \d+/,
    );
    await expect(run(drivenModel(), { clicks: 0 })).rejects.toThrow("clicks must be a whole number >= 1");
  });
});

/** Rounding in sums of 2^-50 and in Krylov bases, over a few jumps. */
const EXACT = 1e-9;

describe("the jump record heralds the dark state", () => {
  test.each([
    ["pair-10", 1 / 2, 4],
    ["three-qubits-100", 2 / 3, 6],
  ] as const)("%s: silence leaves it with fidelity 1", async (name, kept, bright) => {
    for (const sampling of SAMPLINGS) {
      const result = await run({ ...example(name), times: [0, 250, 1000, 5000] }, { sampling, clicks: 1 });
      const silent = series(group(result, 0), "dark");
      // The bright part of the state decays at rate 2 N kappa: F = kept / (kept + (1 - kept) e^(-2 N kappa t)).
      result.times.forEach((t, index) => {
        const fidelity = kept / (kept + (1 - kept) * Math.exp(-bright * 1e-3 * t));
        expect(Math.abs((silent.mean[index] ?? 0) - fidelity)).toBeLessThan(EXACT);
      });
      expect(Math.abs(1 - (silent.mean.at(-1) ?? 0))).toBeLessThan(2 * Math.exp(-bright * 5));
      expect(silent.standardError.every((error) => error === 0)).toBe(true);
      // One click, and all is lost.
      expect(series(group(result, 1), "dark").mean.at(-1)).toBeLessThan(EXACT);
    }
  });

  test("three-qubits-011: exactly one click leaves it with fidelity 1, no other number does", async () => {
    for (const sampling of SAMPLINGS) {
      const model = { ...example("three-qubits-011"), times: [0, 1000, 5000, 10_000] };
      const result = await run(model, { sampling, clicks: 2 });
      const [none, one, two] = [0, 1, 2].map((number) => series(group(result, number), "dark"));
      // What is still bright after one click decays at rate 6 kappa, 60 lifetimes in all; a late first click is rare.
      expect(Math.abs(1 - (one?.mean.at(-1) ?? 0))).toBeLessThan(EXACT);
      expect(one?.mean[1]).toBeLessThan(1 - 1e-6);
      expect(none?.mean.every((mean) => mean === null || Math.abs(mean) < EXACT)).toBe(true);
      expect(two?.mean.every((mean) => mean === null || Math.abs(mean) < EXACT)).toBe(true);
      // Of the first click the dark part is 2/3.
      const weight = group(result, 1).weight;
      const error = weight.standardError?.at(-1) ?? Number.NaN;
      expect(Math.abs((weight.mean.at(-1) ?? 0) - 2 / 3)).toBeLessThan(5 * error);
    }
  });

  test("pair-11: nothing does", async () => {
    const result = await run({ ...example("pair-11"), times: [0, 250, 1000, 5000] }, { clicks: 3 });
    for (const one of result.clicks ?? []) {
      expect(series(one, "dark").mean.every((mean) => mean === null || mean < EXACT)).toBe(true);
    }
  });
});
