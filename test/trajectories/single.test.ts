import { beforeAll, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { Model } from "#src/model/model.js";
import { threeQubits } from "#src/model/presets.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { singleTrajectories } from "#src/trajectories/single.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import type { Platform } from "#src/workers/platform.js";

let platform: Platform;
beforeAll(async () => {
  platform = await nodePlatform();
});
const model = threeQubits({ start: "011" });
const indices = Array.from({ length: 40 }, (_, index) => index);
const options = { seed: "s", sampling: "plain" as const };
const singles = (of: Model, which: readonly number[]) =>
  singleTrajectories(compile(of), { ...options, indices: which }, platform.kernel);

test("the mean of single trajectories is the mean of the run", async () => {
  const { result } = await runEnsemble(
    model,
    compile(model),
    { ...options, trajectories: indices.length, workers: 0 },
    platform,
  );
  const each = await singles(model, indices);
  for (const [name, { mean }] of Object.entries(result.observables)) {
    // Values are kept to 2^-50 of their bound, which is at most 4 here, and sums of 40 round once.
    const rounding = 8 * 2 ** -50;
    mean.forEach((expected, time) => {
      const sum = each.reduce((total, { values }) => total + (values[name]?.real[time] ?? Number.NaN), 0);
      expect(Math.abs(sum / indices.length - expected)).toBeLessThan(rounding);
    });
  }
});

test("a trajectory is the same one whatever the other trajectories, times and observables", async () => {
  const last = model.times.at(-1) ?? 0;
  const fine = { ...model, times: [0, last / 7, last / 2, last], observables: model.observables.slice(-1) };
  const [name = ""] = fine.observables.map((observable) => observable.name);
  const [single] = await singles(model, [33]);
  const [finer] = await singles(fine, [33]);
  expect(finer?.index).toBe(33);
  expect(Object.keys(finer?.values ?? {})).toEqual([name]);
  expect(finer?.values[name]?.real.at(-1)).toBeCloseTo(single?.values[name]?.real.at(-1) ?? Number.NaN, 11);
});

test("its energy falls by one with each jump", async () => {
  const { records } = await runEnsemble(
    model,
    compile(model),
    { ...options, trajectories: 40, records: true, workers: 0 },
    platform,
  );
  const counts = indices.map((index) => records?.trajectory.filter((of) => of === index).length);
  const each = await singles(model, indices);
  expect(each.map(({ values }) => Math.round(2 - (values.energy?.real.at(-1) ?? Number.NaN)))).toEqual(
    counts,
  );
  expect(new Set(counts)).toEqual(new Set([1, 2]));
});

test("an observable that is not Hermitian has an imaginary part, and no other has one", async () => {
  const imaginaryUnit = { terms: [{ coefficient: [0, 1] as const, factors: [] }], dyads: [] };
  const observables = [
    { name: "i", operator: imaginaryUnit, hermitian: false },
    ...model.observables.slice(0, 1),
  ];
  const [single] = await singles({ ...model, times: [0, 1], observables }, [0]);
  const [i, other] = Object.values(single?.values ?? {});
  expect(i?.imaginary?.map((value) => Math.round(value))).toEqual([1, 1]);
  expect(other?.imaginary).toBeUndefined();
});

test("a run of one trajectory holds its states: density matrices of purity 1, and no errors", async () => {
  const kept: Model = { ...model, density: "all" };
  const one = { ...options, trajectories: 1, workers: 0 };
  const { result } = await runEnsemble(kept, compile(kept), one, platform);
  expect(result.density?.re).toHaveLength(model.times.length);
  result.density?.re.forEach((rows, time) => {
    const parts = [rows, result.density?.im[time] ?? []].flat(2);
    expect(parts.reduce((sum, part) => sum + part * part, 0)).toBeCloseTo(1, 12);
  });
  expect(result.observables.energy?.standardError?.at(-1)).toBeNull();
});
