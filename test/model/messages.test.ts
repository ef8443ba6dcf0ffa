import { describe, expect, test } from "vitest";
import { printable } from "#src/base/printable.js";
import { faultLines, messagesOf, modelText } from "./support.js";

describe("what cannot be seen is written as an escape", () => {
  test.each([
    ["a\u001b[31mred", "a\\u{1b}[31mred"],
    ["two\nlines\tand a tab", "two\\nlines\\tand a tab"],
    ["zero\u200bwidth, \u202eright to left", "zero\\u{200b}width, \\u{202e}right to left"],
    ["Grüße, κ and 量子", "Grüße, κ and 量子"],
  ])("%j", (text, written) => {
    expect(printable(text)).toBe(written);
  });

  test("in names and in what a message quotes", () => {
    expect(faultLines(`${modelText()}"k\\eey\\u200b": 1`)).toEqual([
      expect.stringContaining("k\\u{1b}ey\\u{200b}: must be one of the keys"),
    ]);
    expect(messagesOf({ observables: '{ "n\\u202E": n(q1) }' })).toEqual([
      expect.stringContaining("observables.n\\u{202e}: must be a name"),
    ]);
  });
});

test("every wrong label of a ket is named, each with its place", () => {
  expect(faultLines(modelText({ initial: '"ket(2, 2, 0, x)"' }))).toEqual(
    [
      "3:15 initial: must be a level of q1 (0, 1), but is 2",
      "3:18 initial: must be a level of q2 (0, 1), but is 2",
      '3:24 initial: must be a level of A (g, 0, 1, e), but is "x"',
    ].map((line) => line.replace(/^3/, String(line3))),
  );
  expect(messagesOf({ initial: `ket("32g?")` })).toHaveLength(4);
});

/** Where `initial` stands in the sound model. */
const line3 =
  modelText()
    .split("\n")
    .findIndex((line) => line.startsWith("initial")) + 1;

test("tags and anchors are pointed at themselves", () => {
  expect(faultLines(`title: !!str   text\n${modelText()}`)).toEqual([
    "1:8 title: must not use YAML tags, but has tag:yaml.org,2002:str",
  ]);
  expect(faultLines(`title: &name   text\n${modelText()}`)).toEqual([
    "1:8 title: must not use YAML anchors, but has &name",
  ]);
});

test("another version of YAML", () => {
  expect(faultLines(`%YAML 1.1\n---\n${modelText()}`)).toEqual([
    "1:1 : must be YAML 1.2, but says that it is 1.1",
  ]);
  expect(faultLines(`%YAML 1.2\n---\n${modelText()}`)).toEqual([]);
});

test.each([
  ["destroy(q1)", "a"],
  ["sigmax(q1)", "sx"],
  ["sigmam(q1)", "sm"],
  ["create(q1)", "ad"],
  ["num(q1)", "n"],
])("what QuTiP calls %s is called %s", (call, ours) => {
  expect(messagesOf({ observables: `{ o: ${call} }` })).toEqual([
    expect.stringContaining(`did you mean ${ours}?`),
  ]);
});
