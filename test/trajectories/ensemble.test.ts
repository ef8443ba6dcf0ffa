import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setEnvironmentData } from "node:worker_threads";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { Kernel } from "#src/kernel/kernel.js";
import { solveMaster } from "#src/master/solve.js";
import type { Model } from "#src/model/model.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { EnsembleSums } from "#src/trajectories/ensemble-sums.js";
import type { EnsembleOptions } from "#src/trajectories/options.js";
import { seedKey } from "#src/trajectories/seed.js";
import { NodeHost } from "#src/workers/node-host.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { darkModel, drivenModel, pairMeasures, pairModel, thermalModel } from "../support/models.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

const run = (model: Model, options: EnsembleOptions, on = platform) =>
  runEnsemble(model, compile(model), options, on);
const inline = (trajectories: number, more: Partial<EnsembleOptions> = {}): EnsembleOptions => ({
  trajectories,
  seed: "a",
  workers: 0,
  ...more,
});

describe("the same bits", () => {
  test("for the calling thread, 1, 2 and 5 workers, and where the program chooses", async () => {
    const times = [0, 100, 1000, 5000];
    const model = { ...pairModel({ alpha: 5e-5, measures: pairMeasures, times }), density: "final" } as const;
    for (const sampling of ["plain", "stratified"] as const) {
      const options = inline(3001, { sampling, records: true });
      const { workers: _, ...automatic } = options;
      const reference = await run(model, options);
      const others = await Promise.all(
        [...[1, 2, 5].map((workers) => ({ ...options, workers })), automatic].map((other) =>
          run(model, other),
        ),
      );
      for (const other of others) {
        expect(JSON.stringify(other.result)).toBe(JSON.stringify(reference.result));
        expect(other.records).toEqual(reference.records);
        expect(other.evidence.disturbed).toEqual(reference.evidence.disturbed);
      }
    }
  });

  test("for any partition into batches, in any order", async () => {
    const program = compile(thermalModel(2, 5));
    const options = { sampling: "stratified", records: false } as const;
    const kernel = await Kernel.create(platform.kernel.module, program, seedKey("partition"), options);
    const shape = { times: 5, moments: program.moments.length, channels: program.channels.length };
    const total = 700;
    const values = (sums: EnsembleSums) =>
      Array.from({ length: shape.times * shape.moments }, (_, i) => [
        ...sums.momentSums(Math.floor(i / shape.moments), i % shape.moments).each,
      ]);
    const whole = new EnsembleSums(shape);
    whole.add(kernel.run(0, total));
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: total - 1 }), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, fc.boolean(), (inside, backwards) => {
        const ends = [...inside.sort((a, b) => a - b), total];
        const slices = ends.map((end, i) => ({ first: ends[i - 1] ?? 0, end }));
        const order = backwards ? slices.toReversed() : slices;
        const batches = new Map(order.map(({ first, end }) => [first, kernel.run(first, end - first)]));
        const sums = new EnsembleSums(shape);
        for (const { first } of slices) {
          const batch = batches.get(first);
          if (batch !== undefined) sums.add(batch);
        }
        expect(values(sums)).toEqual(values(whole));
        expect(sums.jumpSums(0)).toEqual(whole.jumpSums(0));
      }),
      { numRuns: 25 },
    );
  });

  test("prefix: the first 1000 of 2000 trajectories are those of a run of 1000", async () => {
    for (const sampling of ["plain", "stratified"] as const) {
      const model = drivenModel(1, 0.5, 5, 6);
      const [short, long] = await Promise.all(
        [1000, 2000].map((trajectories) => run(model, inline(trajectories, { sampling, records: true }))),
      );
      const records = long?.records;
      const prefix = records?.trajectory.findIndex((k) => k >= 1000) ?? 0;
      expect(prefix).toBeGreaterThan(500);
      expect(short?.records).toEqual({
        trajectory: records?.trajectory.slice(0, prefix),
        time: records?.time.slice(0, prefix),
        channel: records?.channel.slice(0, prefix),
      });
    }
  });

  test("a worker that is killed is replaced: the same bytes", async () => {
    const flag = join(mkdtempSync(join(tmpdir(), "mcwf-")), "died");
    const entry = new URL("../workers/dying-worker.mjs", import.meta.url);
    setEnvironmentData("flag", flag);
    const model = pairModel();
    const wounded = await run(model, inline(5000, { workers: 2 }), {
      ...platform,
      host: new NodeHost(entry),
    });
    expect(existsSync(flag)).toBe(true);
    const sound = await run(model, inline(5000));
    expect(JSON.stringify(wounded.result)).toBe(JSON.stringify(sound.result));
  });

  test("another seed, another result; jump records do not change it", async () => {
    const model = pairModel();
    const reference = await run(model, inline(500));
    expect((await run(model, inline(500, { seed: "b" }))).result.observables).not.toEqual(
      reference.result.observables,
    );
    expect((await run(model, inline(500, { records: true }))).result).toEqual(reference.result);
  });
});

describe("ending early", () => {
  test("abort keeps the finished prefix: the result of a run of just so many trajectories", async () => {
    for (const workers of [0, 2]) {
      const model = drivenModel(1, 0.5, 200, 101);
      const controller = new AbortController();
      const cut = await run(model, {
        ...inline(50_000_000, { workers, signal: controller.signal }),
        onProgress: (done, total) => {
          expect(total).toBe(50_000_000);
          if (done > 100) controller.abort();
        },
      });
      expect(cut.outcome).toBe("aborted");
      const kept = cut.result.trajectories ?? 0;
      expect(kept).toBeGreaterThan(0);
      expect(kept).toBeLessThan(50_000_000);
      const whole = await run(model, inline(kept));
      expect(whole.outcome).toBe("complete");
      expect(JSON.stringify(cut.result)).toBe(JSON.stringify(whole.result));
    }
  });

  test("abort before anything is finished", async () => {
    const before = run(pairModel(), inline(100, { signal: AbortSignal.abort() }));
    await expect(before).rejects.toMatchObject({ name: "AbortError" });
  });

  test("a tolerance stops at the same checkpoint for any number of workers", async () => {
    const model = pairModel({ times: [0, 200, 1000, 5000] });
    const options: EnsembleOptions = { seed: "t", tolerance: 0.01, sampling: "plain", workers: 0 };
    const reference = await run(model, options);
    expect(reference.outcome).toBe("complete");
    const errors = Object.values(reference.result.observables).flatMap(
      ({ standardError }) => standardError ?? [],
    );
    expect(Math.max(...errors.map((error) => error ?? 1))).toBeLessThanOrEqual(0.01);
    // sqrt(p (1 - p) / n) = 0.01 / 1.25 with p = 1/2, where the count's variance is taken times 29/31, at n = 3654.
    expect(reference.result.trajectories).toBe(4096);
    const fewer = await run(model, { ...options, sampling: "stratified" });
    expect(fewer).toMatchObject({ outcome: "complete" });
    expect(fewer.result.trajectories).toBeLessThan(400);
    for (const workers of [1, 3]) {
      expect(JSON.stringify((await run(model, { ...options, workers })).result)).toBe(
        JSON.stringify(reference.result),
      );
    }
  });

  test("a cap below the tolerance is kept and told", async () => {
    const capped = await run(pairModel(), { seed: "t", tolerance: 0.001, trajectories: 500, workers: 0 });
    expect(capped.outcome).toBe("capped");
    expect(capped.result.trajectories).toBe(500);
    const enough = await run(pairModel(), { seed: "t", tolerance: 0.5, trajectories: 70, workers: 0 });
    expect(enough.outcome).toBe("complete");
  });
});

describe("deterministic models", () => {
  test("a dark state: exact means, standard error 0, a note; stratified sampling needs no trajectory", async () => {
    for (const sampling of ["plain", "stratified"] as const) {
      const { result } = await run(darkModel(), inline(320, { sampling }));
      expect(result.trajectories).toBe(320);
      expect(result.observables.dark?.mean.every((mean) => Math.abs(mean - 1) < 1e-12)).toBe(true);
      expect(result.observables.dark?.standardError?.every((error) => error === 0)).toBe(true);
      expect(result.channels.common).toEqual({ jumps: 0, standardError: 0 });
      expect(result.notes.some((note) => note.includes("nothing is random"))).toBe(true);
    }
  });

  test("one trajectory: standard error null, but 0 at t = 0", async () => {
    const { result } = await run(pairModel({ times: [0, 1000] }), inline(1));
    expect(result.observables.energy?.standardError).toEqual([0, null]);
    expect(result.channels.common?.standardError).toBeNull();
  });
});

test("the pair at 10^4 trajectories: the largest standard error is below a tenth of independent trajectories'", async () => {
  const largest = async (sampling: "plain" | "stratified") => {
    const { result } = await run(pairModel(), inline(10_000, { sampling }));
    const { energy, dark } = result.observables;
    return [energy, dark].map((series) =>
      Math.max(...(series?.standardError ?? []).map((error) => error ?? NaN)),
    );
  };
  const [plain, stratified] = [await largest("plain"), await largest("stratified")];
  // sqrt(p (1 - p) / n) = 0.005 with p = 1/2; measured 22 times smaller.
  for (const error of plain) expect(error).toBeGreaterThan(0.0045);
  stratified.forEach((error, i) => {
    expect(error).toBeLessThan((plain[i] ?? NaN) / 10);
  });
});

describe("measures and densities", () => {
  const model = pairModel({
    alpha: 5e-5,
    times: [0, 500, 5000],
    measures: pairMeasures,
    density: "all",
  });
  test("agree with the master equation within their errors", async () => {
    const { result } = await run(model, inline(20_000));
    const exact = solveMaster(model);
    for (const { name } of pairMeasures) {
      const { mean, standardError } = result.measures[name] ?? { mean: [], standardError: [] };
      expect(standardError?.[0]).toBe(0);
      mean.forEach((value, t) => {
        const error = standardError?.[t] ?? Number.NaN;
        // 5 standard errors of 31 degrees of freedom: 2e-5 a number.
        expect(Math.abs(value - (exact.measures[name]?.mean[t] ?? 0))).toBeLessThanOrEqual(5 * error + 1e-9);
      });
    }
  });
  test("the density matrix is Hermitian, has trace 1 and gives the observables", async () => {
    const { result } = await run(model, inline(1000));
    const { basis, re, im, times } = result.density ?? { basis: [], re: [], im: [], times: [] };
    expect(times).toEqual([0, 500, 5000]);
    times.forEach((_, t) => {
      const at = (a: string, b: string) => {
        const [i, j] = [basis.indexOf(a), basis.indexOf(b)];
        return [re[t]?.[i]?.[j] ?? 0, im[t]?.[i]?.[j] ?? 0] as const;
      };
      const trace = basis.reduce((sum, ket) => sum + at(ket, ket)[0], 0);
      expect(trace).toBeCloseTo(1, 12);
      const dark = (at("10", "10")[0] + at("01", "01")[0]) / 2 - at("10", "01")[0];
      expect(dark).toBeCloseTo(result.observables.dark?.mean[t] ?? 0, 12);
      expect(at("10", "01")[1]).toBe(-at("01", "10")[1]);
    });
  });
});

describe("options", () => {
  test("say what must hold and what was found", async () => {
    const bad = (options: Partial<EnsembleOptions>) => run(pairModel(), { seed: "x", ...options });
    await expect(bad({})).rejects.toThrow("trajectories or tolerance must be given");
    await expect(bad({ trajectories: 0 })).rejects.toThrow(
      "trajectories must be a whole number >= 1, but was 0",
    );
    await expect(bad({ tolerance: 0 })).rejects.toThrow("tolerance must be > 0, but was 0");
    await expect(bad({ trajectories: 1, workers: -1 })).rejects.toThrow("workers must be a whole number");
    const without: Platform = { ...platform, host: null };
    await expect(run(pairModel(), inline(1, { workers: 2 }), without)).rejects.toThrow(
      "workers must be 0 here",
    );
  });
});
