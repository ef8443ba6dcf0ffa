import { expect, test } from "vitest";
import { parseRecords } from "#src/records/read.js";

const HEADER = "trajectory,time,channel\n";

test("one entry a row, names in quotes as RFC 4180 has them", () => {
  expect(parseRecords(`${HEADER}0,0.5,a\n0,1e-3,"b, ""c"""\n12,7,a\n`, "f")).toEqual({
    trajectory: [0, 0, 12],
    time: [0.5, 1e-3, 7],
    channel: ["a", 'b, "c"', "a"],
    weight: null,
  });
  expect(parseRecords(HEADER, "f").time).toEqual([]);
  expect(parseRecords(`${HEADER.trim()}\r\n1,2,a\r\n`, "f").channel).toEqual(["a"]);
});

test("weights are read, and the branch without a jump is no jump", () => {
  const text = "trajectory,time,channel,weight\n,,,0.25\n3,1,a,0.0075\n";
  expect(parseRecords(text, "f")).toEqual({ trajectory: [3], time: [1], channel: ["a"], weight: [0.0075] });
});

test("another header is refused", () => {
  expect(() => parseRecords("time,energy\n0,1\n", "f.csv")).toThrow(
    'f.csv:1:1: must have the columns trajectory,time,channel and perhaps weight, but has "time,energy"',
  );
  expect(() => parseRecords("", "f.csv")).toThrow('but has ""');
});

test("rows that are no jumps are named by their lines", () => {
  const rows = ["0,1,a", "x,1,a", "1,-1,a", "1,,a", "1,2", "1,2,a,3", '2,3,"two\nlines"', "1.5,2,a"];
  const faults = (() => {
    try {
      parseRecords(HEADER + rows.join("\n"), "f");
    } catch (error) {
      return String((error as Error).message).split("\n");
    }
    return [];
  })();
  expect(faults).toEqual(
    [3, 4, 5, 6, 7, 10].map(
      (line) => `f:${line}:1: must be a jump (trajectory, time >= 0, channel), but is not`,
    ),
  );
});
