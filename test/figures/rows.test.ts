import { expect, test } from "vitest";
import { domainOf, logDomain, pointRows, valueDomain, vertexRows } from "#src/figures/rows.js";

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

test.each([30, 31, 50, 101, 1000])(
  "of %d points about 20 at equal distances, the first one always",
  (count) => {
    const times = Array.from({ length: count }, (_, k) => k);
    const points = { x: times, y: times, error: times };
    for (const label of ["a", "b", "c"]) {
      const shown = pointRows({ label, points }, ["a", "b", "c"]).map(({ x }) => x);
      expect(shown[0]).toBe(0);
      const steps = new Set(shown.slice(2).map((x, k) => x - (shown[k + 1] ?? 0)));
      expect(steps.size).toBe(1);
      expect(shown.length).toBeGreaterThanOrEqual(15);
      expect(shown.length).toBeLessThanOrEqual(30);
    }
  },
);
