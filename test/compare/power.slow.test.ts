import { beforeAll, expect, test } from "vitest";
import { compareResults } from "#src/compare/compare.js";
import { compile } from "#src/compile/compile.js";
import { solveMaster } from "#src/master/solve.js";
import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";
import type { Result } from "#src/results/result.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { pairModel } from "../support/models.ts";
import { cavity, jaynesCummings, kerr, thermalMode } from "./systems.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

/** Numbers of trajectories at which 5 % are more than 8 standard errors everywhere. */
const cases: readonly (readonly [string, Model, number])[] = [
  ["driven cavity", cavity, 8000],
  ["thermal mode", thermalMode("{ photons: n(c) }"), 30_000],
  ["driven Kerr mode", kerr, 8000],
  ["Jaynes-Cummings", jaynesCummings, 70_000],
  ["pair", pairModel({ times: [500, 1000, 2000, 5000] }), 50_000],
];

const scaledCount = (run: Result, name: string, factor: number): Result => {
  const { jumps = 0, standardError = null } = run.channels[name] ?? {};
  return { ...run, channels: { ...run.channels, [name]: { jumps: factor * jumps, standardError } } };
};

const scaledMean = (run: Result, name: string, factor: number): Result => {
  const series = run.observables[name];
  const mean = series?.mean.map((value) => factor * value) ?? [];
  return { ...run, observables: { ...run.observables, [name]: { ...series, mean } } };
};

test.each(cases)(
  "%s: counts and means that are wrong by a twentieth are refused",
  async (_, model, trajectories) => {
    const run = await runEnsemble(model, compile(model), { trajectories, seed: "power" }, platform);
    const exact = solveMaster(model);
    expect(compareResults(run, exact).agree).toBe(true);
    const refused = (result: Result, name: string) =>
      compareResults({ ...run, result }, exact)
        .series.filter(({ agree }) => !agree)
        .some((series) => series.name === name);
    for (const factor of [0.95, 1.05]) {
      for (const { name } of model.channels) {
        const { jumps = 0, standardError } = run.result.channels[name] ?? {};
        expect((0.05 * jumps) / (standardError ?? 0), `${name}: standard errors`).toBeGreaterThan(8);
        expect(refused(scaledCount(run.result, name, factor), name), `${name} x ${factor}`).toBe(true);
      }
      for (const { name } of model.observables.filter(({ hermitian }) => hermitian)) {
        expect(refused(scaledMean(run.result, name, factor), name), `${name} x ${factor}`).toBe(true);
      }
    }
  },
);

test("a tenth more or less of 10,000 counts of one jump each is refused at 9 standard errors", async () => {
  const model = pairModel({ times: [5000] });
  const run = await runEnsemble(model, compile(model), { trajectories: 10_000, seed: "count" }, platform);
  const exact = solveMaster(model);
  for (const factor of [0.9, 1.1]) {
    const verdict = compareResults({ ...run, result: scaledCount(run.result, "common", factor) }, exact);
    expect(verdict).toMatchObject({ agree: false, worst: { kind: "channel", test: "student" } });
  }
});

/** All four states are occupied from the first output time on, and the pair stays entangled: no kink is near. */
const drivenPair = parseModel(
  `
parameters: { d: 0.3 }
sites: { q: { kind: qubit, count: 2 } }
hamiltonian: [ "d*(n(q1) - n(q2))/2", 0.35*sum(sx(q)) ]
channels:
  common: { rate: 1, operator: "sm(q1) + exp(0.4i)*sm(q2)" }
  dephasing: { rate: 0.15, each: sz(q) }
initial: ket(1,0) + 1i*ket(0,1) + 0.5*ket(1,1)
times: { from: 0, to: 3, points: 4 }
measures: { c: "concurrence(q1, q2)" }
`,
  { file: "pair.yaml" },
).model;

test.each(["stratified", "plain"] as const)(
  "a concurrence that is wrong by 10 standard errors is refused after 10^5 trajectories, %s",
  async (sampling) => {
    const options = { trajectories: 100_000, seed: "concurrence", sampling };
    const run = await runEnsemble(drivenPair, compile(drivenPair), options, platform);
    const exact = solveMaster(drivenPair);
    expect(compareResults(run, exact).agree).toBe(true);
    const { mean = [], standardError = [] } = run.result.measures.c ?? {};
    for (const errors of [-10, 10]) {
      for (const t of [1, 2, 3]) {
        const wrong = (exact.measures.c?.mean[t] ?? 0) + errors * (standardError[t] ?? 0);
        const series = { mean: mean.with(t, wrong), standardError };
        const result = { ...run.result, measures: { c: series } };
        const verdict = compareResults({ ...run, result }, exact);
        expect(verdict, `${errors} at ${t}`).toMatchObject({ agree: false, worst: { name: "c" } });
      }
    }
  },
);
