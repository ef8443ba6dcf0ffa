import { expect, test } from "vitest";
import { formatJson, jsonPieces } from "#src/results/json.js";
import { parseResult } from "#src/results/read.js";
import { result } from "./sample.ts";

test("what is written reads back as the same object, every number to the bit", () => {
  const back = parseResult(formatJson(result), "result.json");
  expect(back).toEqual(result); // toEqual tells -0 from 0
  expect(Object.is(back.observables.sm?.mean[0], -0)).toBe(true);
});

test("random doubles keep their bits", () => {
  const bits = new BigUint64Array(2000);
  // A fixed multiplicative sequence reaches all exponents and both signs.
  for (let i = 0; i < bits.length; i++) bits[i] = BigInt.asUintN(64, BigInt(i + 1) * 0x9e3779b97f4a7c15n);
  const doubles = Array.from(new Float64Array(bits.buffer)).filter(Number.isFinite);
  expect(doubles.length).toBeGreaterThan(1900);
  expect(JSON.parse(formatJson(doubles))).toEqual(doubles);
});

test("a list of numbers stays on one line, however long", () => {
  const lines = formatJson({ times: Array.from({ length: 500 }, (_, i) => i), nested: [[1, 2], [3]] }).split(
    "\n",
  );
  expect(lines[1]).toMatch(/^ {2}"times": \[0, 1, .*499\],$/);
  expect(lines[2]).toBe('  "nested": [[1, 2], [3]]');
  expect(lines).toHaveLength(5);
});

test("a matrix too wide for a line has a row a line", () => {
  const matrix = [0, 1].map((row) => Array.from({ length: 40 }, (_, column) => row * 100 + column));
  const text = formatJson({ re: [matrix] });
  expect(text.split("\n").filter((line) => /^ {6}\[\d/.test(line))).toHaveLength(2);
  expect(JSON.parse(text)).toEqual({ re: [matrix] });
});

test("any JSON value comes out as JSON.stringify has it", () => {
  const value = {
    a: [],
    b: {},
    c: [{}, [[]], null, true, 'x\u2028"\\\n'],
    d: undefined,
    __proto__x: { deep: [{ e: [1] }] },
  };
  expect(JSON.parse(formatJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])("%s is refused by its place", (bad) => {
  const broken = { observables: { n: { mean: [1, bad] } } };
  expect(() => formatJson(broken)).toThrow(`result.observables.n.mean[1] must be finite, but is ${bad}`);
});

test("pieces are short, and the text together", () => {
  const value = {
    rows: Array.from({ length: 200 }, () => Array.from({ length: 100 }, (_, k) => k / 7)),
    end: [],
  };
  const pieces = [...jsonPieces(value)];
  expect(pieces.length).toBeGreaterThan(4);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
  expect(pieces.join("")).toBe(formatJson(value));
  expect(JSON.parse(pieces.join(""))).toEqual(value);
});
