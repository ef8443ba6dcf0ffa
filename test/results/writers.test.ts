import { expect, test } from "vitest";
import { InputError } from "#src/base/errors.js";
import { writerFor } from "#src/results/writers.js";
import { model, result } from "./sample.ts";

test("the ending chooses the format, in either case", async () => {
  expect([...((await writerFor("a/b.json").encode(result)) as Iterable<string>)].join("")).toContain(
    '"format": "mcwf-result/1"',
  );
  expect(await writerFor("a.b/c.CSV").encode(result)).toMatch(/^time,n,/);
  expect(writerFor("x.csv").faults(model, "x.csv")).toEqual([]);
});

test.each([
  ["x.npz", '--out: must end in .json or .csv, but "x.npz" ends in ".npz"'],
  ["folder.json/x", '--out: must end in .json or .csv, but "folder.json/x" has no ending'],
  [".json", '--out: must end in .json or .csv, but ".json" has no ending'],
  ["x.constructor", '--out: must end in .json or .csv, but "x.constructor" ends in ".constructor"'],
])("%s is refused with the endings there are", (path, message) => {
  expect(() => writerFor(path)).toThrow(
    new InputError([{ file: "--out", where: "", message: message.slice(7) }]),
  );
});
