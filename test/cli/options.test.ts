import { expect, test } from "vitest";
import { type Fault, formatFault } from "#src/base/errors.js";
import { type RawOptions, readOptions } from "#src/cli/options.js";

function faultsOf(raw: RawOptions): string[] {
  const faults: Fault[] = [];
  readOptions(raw, faults);
  return faults.map(formatFault);
}

test("good options are read, absent ones stay absent", () => {
  const faults: Fault[] = [];
  const raw = {
    trajectories: "1e6",
    seed: "7",
    workers: "0",
    sampling: "plain",
    engine: "krylov",
    set: ["a=1", "b = c=d"],
    falseAlarm: "1e-6",
  };
  expect(readOptions(raw, faults)).toEqual({
    trajectories: 1_000_000,
    seed: "7",
    workers: 0,
    sampling: "plain",
    engine: "krylov",
    set: [
      { name: "a", value: "1" },
      { name: "b", value: "c=d" },
    ],
    falseAlarm: 1e-6,
    json: false,
    quiet: false,
  });
  expect(readOptions({}, faults)).toEqual({ set: [], falseAlarm: 1e-3, json: false, quiet: false });
  expect(faults).toEqual([]);
});

test.each([
  [{ trajectories: "0" }, '--trajectories: must be a whole number from 1 to 9007199254740991, but is "0"'],
  [{ trajectories: "-5" }, '--trajectories: must be a whole number from 1 to 9007199254740991, but is "-5"'],
  [
    { trajectories: "1.5" },
    '--trajectories: must be a whole number from 1 to 9007199254740991, but is "1.5"',
  ],
  [
    { trajectories: "0x10" },
    '--trajectories: must be a whole number from 1 to 9007199254740991, but is "0x10"',
  ],
  [
    { trajectories: "1e99" },
    '--trajectories: must be a whole number from 1 to 9007199254740991, but is "1e99"',
  ],
  [{ trajectories: "" }, '--trajectories: must be a whole number from 1 to 9007199254740991, but is ""'],
  [{ workers: "two" }, '--workers: must be a whole number from 0 to 1024, but is "two"'],
  [{ sampling: "better" }, '--sampling: must be plain or stratified, but is "better"'],
  [
    { engine: "lanczos" },
    '--engine: must be auto or dense or krylov or chebyshev or uncached, but is "lanczos"',
  ],
  [{ falseAlarm: "1" }, '--false-alarm: must be a probability between 0 and 1, but is "1"'],
  [{ falseAlarm: "" }, '--false-alarm: must be a probability between 0 and 1, but is ""'],
  [{ seed: "" }, '--seed: must be a text of one character at least, but is ""'],
  [{ set: ["kappa"] }, '--set: must be name=value, but is "kappa"'],
  [{ set: ["=3"] }, '--set: must be name=value, but is "=3"'],
])("%j is refused", (raw, message) => {
  expect(faultsOf(raw)).toEqual([message]);
});

test("all faults are told at once", () => {
  expect(
    faultsOf({ trajectories: "x", workers: "x", sampling: "x", set: ["x"], falseAlarm: "x" }),
  ).toHaveLength(5);
});
