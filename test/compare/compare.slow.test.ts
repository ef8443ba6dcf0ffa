import { beforeAll, describe, expect, test } from "vitest";
import { compareResults } from "#src/compare/compare.js";
import { compile } from "#src/compile/compile.js";
import type { Sampling } from "#src/kernel/types.js";
import { solveMaster } from "#src/master/solve.js";
import type { Model } from "#src/model/model.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";
import { drivenModel, pairMeasures, pairModel, thermalModel } from "../support/models.ts";
import { cavity, kerr, lambda, thermalMode } from "./systems.ts";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});

/** At a true probability of 1e-3 more than 3 of 1000 have a chance of 2 %, any of 300 one of 26 %; the seeds are fixed. */
const SEEDS = 1000;
const ALLOWED = 3;
/** Fewer where a seed takes long: none may disagree. */
const FEWER_SEEDS = 300;

const times = [0, 1, 5, 20, 50, 100, 150, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000];

/** Three channels of which two hardly ever act: 3 % of the trajectories jump at all. */
const rare = pairModel({ alpha: 1e-6, times: [0, 2, 5, 8] });

/** At one time alone nothing tells that the law has no scale but the replicates of that time. */
const lateLambda: Model = { ...lambda(), times: [26] };

const cases: readonly (readonly [name: string, trajectories: number, Sampling, Model])[] = [
  ["pair", 50, "stratified", pairModel({ times })],
  ["pair", 1000, "plain", pairModel({ times })],
  ["pair", 1000, "stratified", pairModel({ times })],
  ["own loss, detuned", 500, "stratified", pairModel({ alpha: 5e-5, delta: 0.1, times })],
  ["few jumps", 1000, "plain", pairModel({ times: [0, 1, 2, 5, 10, 20] })],
  ["thermal qubit", 300, "stratified", thermalModel()],
  ["driven qubit", 300, "plain", drivenModel()],
  ["driven qubit", 300, "stratified", drivenModel()],
  ["rare jumps", 3000, "plain", rare],
  ["rare jumps", 3000, "stratified", rare],
  ["pumping into a dark state, a single late time", 300, "stratified", lateLambda],
];
const longCases: typeof cases = [
  [
    "two jumps, with measures",
    400,
    "plain",
    pairModel({ start: [1, 1], times: [0, 200, 1000, 5000], measures: pairMeasures }),
  ],
  [
    "measures",
    300,
    "stratified",
    pairModel({ alpha: 5e-5, times: [0, 200, 1000, 5000], measures: pairMeasures }),
  ],
  ["pumping into a dark state", 300, "stratified", lambda()],
  ["pumping into a dark state", 300, "plain", lambda()],
  ["thermal mode", 300, "stratified", thermalMode("{ n: n(c), square: n(c)^2 }")],
  ["identical trajectories", 150, "stratified", cavity],
  ["driven Kerr mode", 150, "stratified", kerr],
];

async function countAlarms(trajectories: number, sampling: Sampling, model: Model, seeds: number) {
  const program = compile(model);
  const exact = solveMaster(model);
  let alarms = 0;
  for (let s = 0; s < seeds; s++) {
    const options = { trajectories, seed: `alarm ${s}`, sampling, workers: 0 };
    if (!compareResults(await runEnsemble(model, program, options, platform), exact).agree) alarms++;
  }
  return alarms;
}

describe("right models: at most 3 in 1000 seeds disagree", () => {
  test.each(cases)("%s, %i, %s", async (_, trajectories, sampling, model) => {
    expect(await countAlarms(trajectories, sampling, model, SEEDS)).toBeLessThanOrEqual(ALLOWED);
  });
  test.each(longCases)("%s, %i, %s: none", async (_, trajectories, sampling, model) => {
    expect(await countAlarms(trajectories, sampling, model, FEWER_SEEDS)).toBe(0);
  });
});

describe("a million trajectories of the pair", () => {
  const MILLION = 1_000_000;
  const verdict = async (run: Model, exact: Model, sampling: Sampling) => {
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

  describe.each(["plain", "stratified"] as const)("%s", (sampling) => {
    test("agree when both are right", async () => {
      expect((await verdict(right, right, sampling)).agree).toBe(true);
      expect((await verdict(lossy, lossy, sampling)).agree).toBe(true);
    });
    test("disagree at a rate that is wrong by 2 %, up or down", async () => {
      expect((await verdict(pairModel({ wrongRate: 1.02 }), right, sampling)).agree).toBe(false);
      expect((await verdict(pairModel({ wrongRate: 0.98 }), right, sampling)).agree).toBe(false);
      expect((await verdict(pairModel({ alpha: 5e-5, wrongRate: 1.02 }), lossy, sampling)).agree).toBe(false);
    });
    test("disagree when a channel is missing, on either side", async () => {
      expect((await verdict(without, lossy, sampling)).agree).toBe(false);
      expect((await verdict(lossy, without, sampling)).agree).toBe(false);
    });
    test("disagree at a wrong phase", async () => {
      expect((await verdict(pairModel({ phase: 0.02 }), right, sampling)).agree).toBe(false);
      expect((await verdict(pairModel({ phase: Math.PI }), right, sampling)).agree).toBe(false);
    });
  });
});
