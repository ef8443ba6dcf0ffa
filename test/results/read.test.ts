import { expect, test } from "vitest";
import { formatJson } from "#src/results/json.js";
import { parseResult } from "#src/results/read.js";
import { printedIn } from "../support/faults.ts";
import { result } from "./sample.ts";

const faultsOf = (text: string): string[] => printedIn(() => parseResult(text, "r.json"));

/** The sample with some values replaced. */
const edited = (changes: object): string => JSON.stringify({ ...result, ...changes });

test("an exact result needs no seed, trajectories or errors", () => {
  const exact = { ...result, kind: "exact", seed: undefined, trajectories: undefined };
  expect(faultsOf(formatJson(exact))).toEqual([]);
});

test.each([
  [
    edited({ format: "mcwf-result/2" }),
    'r.json: format: must be "mcwf-result/1", but is "mcwf-result/2"; another version of mcwf wrote it',
  ],
  [edited({ format: undefined }), 'r.json: format: must be "mcwf-result/1", but the file names no format'],
  ["[1, 2]", 'r.json: format: must be "mcwf-result/1", but the file names no format'],
  [formatJson(result).slice(0, 100), "r.json:5:"],
  ['{ "a": 1,\n  b }', "r.json:2:3: must be JSON, but: "],
  [edited({ kind: "guess" }), 'r.json: kind: must be "run" or "exact", but is "guess"'],
  [edited({ seed: undefined }), "r.json: seed: must be a text, but is missing"],
  [edited({ trajectories: 0.5 }), "r.json: trajectories: must be a whole number, but is 0.5"],
  [edited({ trajectories: 0 }), "r.json: trajectories: must be more than 0, but is 0"],
  [edited({ times: [0, "1", 2] }), 'r.json: times[1]: must be a number, but is "1"'],
  [
    edited({ observables: { n: { mean: [1] } } }),
    "r.json: observables.n.mean: must have 3 entries, one a time, but has 1",
  ],
  [edited({ channels: { c: { jumps: -1 } } }), "r.json: channels.c.jumps: must be at least 0, but is -1"],
  [
    edited({ density: { basis: ["0", "1"], times: [1], re: [[[1, 0], [0]]], im: [] } }),
    "r.json: density.re[0][1]: must have 2 entries",
  ],
])("%#: a fault says where, what must hold and what was found", (text, message) => {
  expect(faultsOf(text)[0]?.slice(0, message.length)).toBe(message);
});

test("a wrong file gives all its faults, but not thousands", () => {
  expect(faultsOf(edited({ seed: 1, notes: "x", measures: [] }))).toHaveLength(3);
  const many = faultsOf(edited({ times: Array.from({ length: 500 }, () => "x") }));
  expect(many).toHaveLength(21);
  expect(many.at(-1)).toBe("r.json: 480 more faults of this kind are not shown");
});
