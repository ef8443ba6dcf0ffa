import { expect, test } from "vitest";
import { formatSummary } from "#src/cli/report.js";
import type { Result } from "#src/results/result.js";
import { model, result } from "../results/sample.ts";

test("a run: what was run, means with errors, jumps, engine", () => {
  const shown = { ...result, observables: { n: { mean: [1, 0.9, 0.74], standardError: [0, null, 0.011] } } };
  expect(formatSummary(shown)).toBe(`a "small", honest model
7 trajectories, seed "x", 3 times from 0 to 0.3

time              n
   0          1 ± 0
 0.1        0.9 ± ?
 0.3  0.740 ± 0.011

channel  jumps a trajectory
decay              0.25 ± ?

engine: mcwf 0.1.0, 2 sectors of dimension 1, 1, dense
`);
});

/** A result with `count` observables at `points` times. */
function wide(count: number, points: number): Result {
  const times = Array.from({ length: points }, (_, index) => index);
  const observables = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`o${index}`, { mean: times.map((time) => time / 8) }]),
  );
  const { seed: _seed, trajectories: _trajectories, ...rest } = result;
  return { ...rest, kind: "exact", model: { ...model, times }, times, observables, channels: {} };
}

test("many times are thinned to eleven, the first and the last among them", () => {
  const lines = formatSummary(wide(1, 201)).split("\n");
  expect(lines.filter((line) => /^ *\d/.test(line))).toHaveLength(11);
  expect(lines).toContain("   0     0");
  expect(lines).toContain(" 200    25");
});

test("many observables stand one a line", () => {
  const text = formatSummary(wide(6, 201));
  expect(text).toContain("time  0     67     133  200");
  expect(text).toContain("o5    0  8.375  16.625   25");
});

test("a complex observable has two columns, a single time one row", () => {
  const { times: _times, ...rest } = wide(1, 1);
  const text = formatSummary({ ...rest, times: [2], observables: { z: { mean: [1], meanIm: [-0.5] } } });
  expect(text).toContain("master equation, time 2\n\ntime  Re z  Im z\n   2     1  -0.5\n");
});

test("an observable and a measure of one name are both shown", () => {
  const measures = { o0: { mean: [0.25] } };
  expect(formatSummary({ ...wide(1, 1), measures })).toContain(
    "time  o0  measure o0\n   0   0        0.25\n",
  );
});

test("long lists of channels and sectors are cut and say so", () => {
  const channels = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`c${index}`, { jumps: 1 }]));
  const sectors = Array.from({ length: 20 }, (_, index) => index + 1);
  const text = formatSummary({ ...wide(1, 1), channels, engine: { ...result.engine, sectors } });
  expect(text).toContain("and 8 more channels, which --json shows");
  expect(text).toContain("20 blocks of 1, 2, 3, 4, 5, 6, 7, 8, ...; the largest 20 elements");
});
