import { expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import type { Model } from "#src/model/model.js";
import { addStates, productKet, scaleState } from "#src/model/states.js";
import { largestDeviation } from "../support/compare-solved.js";
import {
  chiralCascade,
  dephasingQubit,
  detunedPair,
  drivenQubit,
  makeModel,
  manyExcitations,
  pure,
  qubitSites,
  resonantPair,
  type SolvedSystem,
  siteNamed,
  thermalQubit,
} from "../support/systems.js";

/** What is promised: rounding of rates and times alone reaches eps * rate * t = 2e-10 in the longest ones. */
const PROMISED = 1e-10;

const withTimes = (system: SolvedSystem, times: readonly number[]): SolvedSystem => ({
  ...system,
  model: { ...system.model, times },
});

const LONG = { to: 1e6, points: 11 };

const SYSTEMS: SolvedSystem[] = [
  { ...resonantPair("10", 0.5, 1e3, LONG), name: "rate t = 10^6, omega t = 10^9" },
  {
    ...detunedPair("10", { omega: 1, kappa: 1, alpha: 5e-7, delta: 0 }, LONG),
    name: "rates 1 and 10^-6, t = 10^6",
  },
  {
    ...detunedPair("singlet", { omega: 1, kappa: 1, alpha: 5e-7, delta: 1e-3 }, LONG),
    name: "slow detuning beside fast decay",
  },
  { ...drivenQubit(2, 1e-3, { to: 1e5, points: 7 }), name: "2 10^5 undamped Rabi radians" },
  { ...thermalQubit(1, 1e-6, LONG), name: "rare excitation for 10^6 lifetimes" },
  dephasingQubit(1e3, 1e-6, [1e6]),
  { ...dephasingQubit(1e3, 0, [0, 1, 1e6]), name: "rate 0, omega t = 10^9" },
  withTimes(resonantPair("11", 1, 1, LONG), [0]),
  withTimes(resonantPair("11", 1, 1, LONG), [0.7]),
  withTimes(resonantPair("10", 1, 1, LONG), [0.1, 0.2, 0.7, 1.3]),
  withTimes(manyExcitations(6, 3, 1, LONG), [0.1, 0.11, 0.7, 30, 300]),
  withTimes(chiralCascade(6, 1, LONG), [100, 1000]),
];

test.each(SYSTEMS.map((system) => [system.name, system] as const))("%s", (_, system) => {
  const { where, size } = largestDeviation(system, solveMaster(system.model));
  const scale = Math.max(1, ...Object.values(solveMaster(system.model).channels).map(({ jumps }) => jumps));
  expect(size / scale, where).toBeLessThan(PROMISED);
});

test("no channels and no Hamiltonian: nothing moves, and there is an empty list of jumps", () => {
  const sites = qubitSites(2);
  const model = makeModel({
    sites,
    initial: pure(addStates([productKet([1, 0]), scaleState(productKet([0, 1]), [0, 1])])),
    times: [0, 3],
    observables: [{ name: "s", operator: siteNamed(sites, 0, "sx"), hermitian: true }],
    density: "final",
  });
  const result = solveMaster(model);
  expect(result.channels).toEqual({});
  expect(result.observables).toEqual({ s: { mean: [0, 0] } });
  expect(result.density?.basis).toEqual(["01", "10"]);
  expect(result.density?.re[0]?.flat()).toEqual([0.5, 0, 0, 0.5].map((x) => expect.closeTo(x, 15)));
  expect(result.density?.im[0]?.flat()).toEqual([0, 0.5, -0.5, 0].map((x) => expect.closeTo(x, 15)));
});

test("all channels are listed, those of rate 0 and those that cannot act with 0 jumps", () => {
  const pair = resonantPair("10", 1, 1, { to: 1, points: 2 });
  const lower = siteNamed(pair.model.sites, 0, "sm");
  const number = siteNamed(pair.model.sites, 0, "n");
  const model: Model = {
    ...pair.model,
    initial: pure(productKet([0, 0])),
    channels: [
      { name: "a", rate: 0, operator: number },
      ...pair.model.channels,
      { name: "b", rate: 1, operator: lower },
    ],
  };
  expect(solveMaster(model).channels).toEqual({ a: { jumps: 0 }, common: { jumps: 0 }, b: { jumps: 0 } });
});

test("a model that cannot fit is refused with its size", () => {
  const half = manyExcitations(16, 8, 1, { to: 1, points: 2 }).model;
  expect(() => solveMaster(half)).toThrow(
    /at most 7071 x 7071 elements for the exact solver, but make one of at least \d+ x \d+/,
  );
});

test("progress reaches 1 and an aborted signal stops", () => {
  const { model } = manyExcitations(6, 3, 1, { to: 1, points: 2 });
  const seen: number[] = [];
  solveMaster(model, { onProgress: (done) => seen.push(done) });
  expect(seen.at(-1)).toBe(1);
  expect(() => solveMaster(model, { signal: AbortSignal.abort(new Error("stop")) })).toThrow("stop");
});

/** Qubit 2 is so far off that 1 decays as if it were alone; unless rates beside a large detuning are lost. */
test.each([1e13, 1e15, 1e20, 1e25])("rates beside a detuning of %s of them", (delta) => {
  const { model } = detunedPair("10", { omega: 0, kappa: 1, alpha: 0, delta }, { to: 0.5, points: 2 });
  const { observables, channels } = solveMaster(model);
  expect(observables.n1?.mean[1]).toBeCloseTo(Math.exp(-1), 10);
  expect(channels.common?.jumps).toBeCloseTo(1 - Math.exp(-1), 10);
});

test("beyond the digits that there are it refuses", () => {
  const { model } = detunedPair("10", { omega: 0, kappa: 1, alpha: 0, delta: 1e50 }, { to: 1, points: 2 });
  expect(() => solveMaster(model)).toThrow(/must have frequencies and rates of at most 8e\+25 over the time/);
});
