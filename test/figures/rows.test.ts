import { expect, test } from "vitest";
import { domainOf, logDomain, valueDomain, vertexRows } from "#src/figures/rows.js";

test("rounding noise is no range: constants are shown as such, zero on a scale of 1", () => {
  expect(valueDomain([0.5, 0.5 + 1e-16], 0.1)).toEqual([expect.closeTo(0.45, 12), expect.closeTo(0.55, 12)]);
  expect(valueDomain([0, 3e-17, -1e-16], 0.1)).toEqual([expect.closeTo(-0.1, 12), expect.closeTo(0.1, 12)]);
  expect(valueDomain([0, 1e-9], 0.1)).toEqual([expect.closeTo(-1e-10, 15), expect.closeTo(1.1e-9, 15)]);
});

test("times may be of any size", () => {
  expect(domainOf([0, 1e-14], 0)).toEqual([0, 1e-14]);
  expect(logDomain([1, 100], 0.5)).toEqual([expect.closeTo(0.1, 10), expect.closeTo(1000, 6)]);
});

test("dots where few values of a line are known", () => {
  const line = { x: [0, 1], y: [2, 3] };
  expect(vertexRows({ label: "a", line })).toEqual([]);
  expect(vertexRows({ label: "a", line: { ...line, vertices: true } })).toHaveLength(2);
});
