import { expect, test } from "vitest";
import { curvesSpec } from "#src/figures/curves.js";
import type { Curve, Figure } from "#src/figures/figure.js";

const x = Array.from({ length: 1001 }, (_, index) => index);
const curve = (label: string, y: number, error: number | null = 0.1): Curve => ({
  label,
  line: { x, y: x.map(() => y) },
  points: { x, y: x.map(() => y), error: x.map(() => error) },
});
const figure = (...curves: Curve[]): Figure => ({
  title: "t",
  subtitle: "s",
  columns: 2,
  panels: [{ letter: "(a)", xTitle: "x", yTitle: "y", curves }],
});

interface Layer {
  data: { values: { curve: string; x: number; y: number; low: number; high: number }[] };
  encoding: { y: { scale: { domain: [number, number] } } };
}
/** Line, error bars and points of the only panel. */
function layersOf(spec: unknown): [Layer, Layer, Layer] {
  const parts = (spec as { vconcat: { concat?: { layer: [Layer, Layer, Layer] }[] }[] }).vconcat;
  const layers = parts.at(-1)?.concat?.[0]?.layer;
  if (layers === undefined) throw new Error("the specification has no panel");
  return layers;
}

test("the line has every time, the points are thinned and keep their values", () => {
  const [line, bars, points] = layersOf(curvesSpec(figure(curve("A", 0.5))));
  expect(line.data.values).toHaveLength(1001);
  expect(points.data.values).toHaveLength(21);
  expect(points.data.values.at(-1)).toEqual({ curve: "A", x: 1000, y: 0.5 });
  expect(bars.data.values[0]).toEqual({ curve: "A", x: 0, low: 0.4, high: 0.6 });
});

test("curves that coincide show their points at different times", () => {
  const [, , points] = layersOf(curvesSpec(figure(curve("A", 0), curve("B", 0), curve("C", 0))));
  const places = points.data.values.map((row) => row.x);
  expect(new Set(places).size).toBe(places.length);
});

test("an error that is zero or unknown has no bar", () => {
  const [, bars] = layersOf(curvesSpec(figure(curve("A", 0, 0), curve("B", 0, null))));
  expect(bars.data.values).toEqual([]);
});

test("the axis holds lines, points and bars with room to spare, also for constants", () => {
  const [layer] = layersOf(curvesSpec(figure(curve("A", 0), curve("B", 1))));
  const [low, high] = layer.encoding.y.scale.domain;
  expect(low).toBeLessThan(-0.1);
  expect(high).toBeGreaterThan(1.1);
  const [constant] = layersOf(curvesSpec(figure(curve("A", 0, 0))));
  expect(constant.encoding.y.scale.domain).toEqual([-0.06, 0.06]);
});

test("a legend stands above the panels, and only when there is something to tell apart", () => {
  const parts = (spec: unknown) => (spec as { vconcat: unknown[] }).vconcat.length;
  expect(parts(curvesSpec(figure(curve("", 0))))).toBe(1);
  expect(parts(curvesSpec(figure(curve("A", 0), curve("B", 0))))).toBe(2);
});
