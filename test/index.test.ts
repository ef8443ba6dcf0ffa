import * as mcwf from "mcwf";
import {
  compare,
  exact,
  formatCsv,
  formatJson,
  type JumpRecords,
  ket,
  model,
  parseResult,
  qubit,
  type RunOptions,
  run,
  sm,
  sp,
  twoQubits,
} from "mcwf";
import { expect, test } from "vitest";

const pair = twoQubits({ start: "10", times: [0, 500, 5000] });

test("the package gives what its documentation names", () => {
  const names =
    "model qubits spin fock levels ket ground projector range sum parseModel commonReservoir run exact compare";
  expect(names.split(" ").filter((name) => !(name in mcwf))).toEqual([]);
});

test("a model runs by both routes, and they agree", async () => {
  const {
    verdict,
    run: sampled,
    exact: solved,
  } = await compare(pair, { seed: "index", trajectories: 1000, workers: 0, falseAlarm: 0.01 });
  expect(verdict.agree).toBe(true);
  expect(verdict.falseAlarm).toBe(0.01);
  expect(sampled.trajectories).toBe(1000);
  expect(solved).toEqual(exact(pair));
});

test("the seed and the number of trajectories come from the model, and options go first", async () => {
  const described = { ...pair, ensemble: { trajectories: 64, seed: "from the model" } };
  const { result } = await run(described, { workers: 0 });
  expect([result.seed, result.trajectories]).toEqual(["from the model", 64]);
  const again = await run(described, { workers: 0, seed: "other", trajectories: 32 });
  expect([again.result.seed, again.result.trajectories]).toEqual(["other", 32]);
});

test("a drawn seed is stored, and gives the same numbers again", async () => {
  const first = await run(pair, { trajectories: 64, workers: 0 });
  const { seed } = first.result;
  expect(seed).toMatch(/^[0-9a-f]{16}$/);
  const second = await run(pair, { trajectories: 64, workers: 0, ...(seed !== undefined && { seed }) });
  expect(formatJson(second.result)).toBe(formatJson(first.result));
});

test("without a number of trajectories or a tolerance nothing runs", async () => {
  await expect(run({ ...pair, ensemble: {} }, { workers: 0 })).rejects.toThrow(RangeError);
});

test.each([
  [{ sampling: "strat" }, 'sampling must be one of plain, stratified, but is "strat"'],
  [{ sampling: "stratifid" }, "did you mean stratified?"],
  [
    { engine: "Dense" },
    'engine must be one of auto, dense, krylov, chebyshev, uncached, but is "Dense"; did you mean dense?',
  ],
  [{ trajectory: 10 }, '"trajectory"; did you mean trajectories?'],
])("an option that there is not is refused: %o", async (options, message) => {
  const settled = { trajectories: 64, workers: 0, ...options } as RunOptions;
  await expect(run(pair, settled)).rejects.toThrow(RangeError);
  await expect(run(pair, settled)).rejects.toThrow(message);
  await expect(compare(pair, settled)).rejects.toThrow(message);
});

test("jump records count the channels of the model, also those that never act", async () => {
  const A = qubit("A");
  const decay = model({
    sites: [A],
    channels: { never: { rate: 0, operator: sp(A) }, loss: { rate: 1, operator: sm(A) } },
    initial: ket(1),
    times: [100],
  });
  const pieces: JumpRecords[] = [];
  const settled = { trajectories: 3, seed: "loss", workers: 0 };
  const { records } = await run(decay, { ...settled, records: true });
  await run(decay, { ...settled, onRecords: (piece) => pieces.push(piece) });
  expect([...(records?.trajectory ?? [])]).toEqual([0, 1, 2]);
  expect([...(records?.channel ?? [])]).toEqual([1, 1, 1]);
  expect(pieces.flatMap(({ channel }) => [...channel])).toEqual([1, 1, 1]);
});

test("results are written and read", async () => {
  const { result } = await run(pair, { seed: "io", trajectories: 64, workers: 0 });
  expect(parseResult(formatJson(result), "result.json")).toEqual(result);
  expect(formatCsv(result).split("\n")[0]).toBe("time,energy,energy_se,dark,dark_se");
});
