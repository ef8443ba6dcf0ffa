import { beforeAll, describe, expect, test } from "vitest";
import { compareResults } from "#src/compare/compare.js";
import { compile } from "#src/compile/compile.js";
import type { Sampling } from "#src/kernel/types.js";
import { solveMaster } from "#src/master/solve.js";
import type { Model } from "#src/model/model.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { drivenModel, pairMeasures, pairModel, thermalModel } from "../trajectories/models.ts";
import { cavity, kerr, lambda, thermalMode } from "./systems.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

const SEEDS = 1000;
/** Measures cost forty eigenvalue problems a time, so they are tried less often. */
const SEEDS_WITH_MEASURES = 300;
/** At a true probability of 1e-3 more than 3 of 1000 have a chance of 2 %; the seeds are fixed. */
const ALLOWED = 3e-3;

const times = [0, 1, 5, 20, 50, 100, 150, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000];

/** Three channels of which two hardly ever act: 3 % of the trajectories jump at all. */
const rare = pairModel({ alpha: 1e-6, times: [0, 2, 5, 8] });

/** At one time alone nothing tells that the law has no scale but the replicates of that time. */
const lateLambda: Model = { ...lambda(), times: [26] };

const cases: readonly (readonly [string, Model, number, Sampling])[] = [
  ["pair, few trajectories", pairModel({ times }), 50, "plain"],
  ["pair", pairModel({ times }), 1000, "plain"],
  ["pair, stratified", pairModel({ times }), 1000, "stratified"],
  ["own loss, detuned", pairModel({ alpha: 5e-5, delta: 0.1, times }), 500, "plain"],
  ["own loss, detuned, stratified", pairModel({ alpha: 5e-5, delta: 0.1, times }), 500, "stratified"],
  ["few jumps", pairModel({ times: [0, 1, 2, 5, 10, 20] }), 1000, "plain"],
  [
    "two jumps, with measures",
    pairModel({ start: [1, 1], times: [0, 200, 1000, 5000], measures: pairMeasures }),
    400,
    "plain",
  ],
  [
    "measures, stratified",
    pairModel({ alpha: 5e-5, times: [0, 200, 1000, 5000], measures: pairMeasures }),
    300,
    "stratified",
  ],
  ["thermal qubit", thermalModel(), 300, "plain"],
  ["driven qubit", drivenModel(), 300, "plain"],
  ["driven qubit, stratified", drivenModel(), 300, "stratified"],
  ["rare jumps", rare, 3000, "plain"],
  ["rare jumps, stratified", rare, 3000, "stratified"],
  ["pumping into a dark state", lambda(), 300, "plain"],
  ["pumping into a dark state, a single late time", lateLambda, 300, "plain"],
  ["thermal mode", thermalMode("{ n: n(c), square: n(c)^2 }"), 300, "plain"],
];
/** Fewer seeds, because one of them takes long: none may disagree. */
const longCases: readonly (readonly [string, Model, number, number])[] = [
  ["identical trajectories", cavity, 150, 100],
  ["driven Kerr mode", kerr, 150, 100],
];

describe("right models: at most 3 in 1000 seeds disagree", () => {
  test.each(cases)("%s", async (_, model, trajectories, sampling) => {
    const program = compile(model);
    const exact = solveMaster(model);
    let alarms = 0;
    const seeds = model.measures.length > 0 ? SEEDS_WITH_MEASURES : SEEDS;
    for (let s = 0; s < seeds; s++) {
      const options = { trajectories, seed: `alarm ${s}`, sampling, workers: 0 };
      if (!compareResults(await runEnsemble(model, program, options, platform), exact).agree) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(ALLOWED * seeds);
  });
});

describe("right models that take longer: no seed disagrees", () => {
  test.each(longCases)("%s", async (_, model, trajectories, seeds) => {
    const program = compile(model);
    const exact = solveMaster(model);
    for (let s = 0; s < seeds; s++) {
      const options = { trajectories, seed: `alarm ${s}`, workers: 0 };
      const { agree, worst } = compareResults(await runEnsemble(model, program, options, platform), exact);
      expect({ agree, seed: s, worst }).toMatchObject({ agree: true });
    }
  });
});

describe("a million trajectories of the pair", () => {
  const MILLION = 1_000_000;
  const verdict = async (run: Model, exact: Model, sampling: Sampling = "plain") => {
    const options = { trajectories: MILLION, seed: "million", sampling };
    return compareResults(await runEnsemble(run, compile(run), options, platform), solveMaster(exact));
  };
  const right = pairModel();
  const lossy = pairModel({ alpha: 5e-5 });
  /** Own loss left out of the master equation: its channels stay, at a rate that does nothing. */
  const without: Model = {
    ...lossy,
    channels: lossy.channels.map((channel) => (channel.name === "own2" ? { ...channel, rate: 0 } : channel)),
  };

  test("agree when both are right", async () => {
    for (const sampling of ["plain", "stratified"] as const) {
      expect((await verdict(right, right, sampling)).agree).toBe(true);
      expect((await verdict(lossy, lossy, sampling)).agree).toBe(true);
    }
  });
  test("disagree at a rate that is wrong by 2 %, up or down", async () => {
    expect((await verdict(pairModel({ wrongRate: 1.02 }), right)).agree).toBe(false);
    expect((await verdict(pairModel({ wrongRate: 0.98 }), right)).agree).toBe(false);
    expect((await verdict(pairModel({ alpha: 5e-5, wrongRate: 1.02 }), lossy)).agree).toBe(false);
  });
  test("disagree when a channel is missing, on either side", async () => {
    expect((await verdict(without, lossy)).agree).toBe(false);
    expect((await verdict(lossy, without)).agree).toBe(false);
  });
  test("disagree at a wrong phase", async () => {
    expect((await verdict(pairModel({ phase: 0.02 }), right)).agree).toBe(false);
    expect((await verdict(pairModel({ phase: Math.PI }), right)).agree).toBe(false);
  });
});
