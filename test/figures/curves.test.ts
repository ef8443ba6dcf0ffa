import { expect, test } from "vitest";
import { curvesSpec } from "#src/figures/curves.js";
import type { Curve, Figure } from "#src/figures/figure.js";
import { legendLabels, rowsOf, sheetOf, type View, viewsOf } from "./spec-parts.ts";

const x = Array.from({ length: 1001 }, (_, index) => index);
const curve = (label: string, y: number, error: number | null = 0.1): Curve => ({
  label,
  line: { x, y: x.map(() => y) },
  points: { x, y: x.map(() => y), error: x.map(() => error) },
});
const figure = (...curves: Curve[]): Figure => ({
  kind: "curves",
  title: "t",
  subtitle: "s",
  columns: 2,
  panels: [{ letter: "(a)", xTitle: "x", yTitle: "y", curves }],
});

/** Band, line, error bars and points of the only panel. */
function layersOf(spec: unknown): [View, View, View, View] {
  const layers = viewsOf(spec).slice(-5, -1);
  if (layers.length < 4) throw new Error("the specification has no panel");
  return layers as [View, View, View, View];
}
const valuesOf = (view: View) => view.data?.values ?? [];

test("the line has every time, the points are thinned and keep their values", () => {
  const [, line, bars, points] = layersOf(curvesSpec(figure(curve("A", 0.5))));
  expect(valuesOf(line)).toHaveLength(1001);
  expect(valuesOf(points)).toHaveLength(21);
  expect(valuesOf(points).at(-1)).toEqual({ curve: "A", x: 1000, y: 0.5 });
  expect(valuesOf(bars)[0]).toEqual({ curve: "A", x: 0, low: 0.4, high: 0.6 });
});

test("points that are each of their own are all drawn", () => {
  const { points } = curve("A", 0.5);
  const all = points && { label: "A", points: { ...points, all: true } };
  const [, , , drawn] = layersOf(curvesSpec(figure(...(all ? [all] : []))));
  expect(valuesOf(drawn)).toHaveLength(1001);
});

test("curves that coincide show their points at different times", () => {
  const [, , , points] = layersOf(curvesSpec(figure(curve("A", 0), curve("B", 0), curve("C", 0))));
  const places = valuesOf(points).map((row) => row.x);
  expect(places.length).toBeGreaterThan(60);
  const later = places.filter((x) => x !== 0);
  // The first one of each shows, whatever else.
  expect(places.length - later.length).toBe(3);
  expect(new Set(later).size).toBe(later.length);
});

test("of a curve with few points none is left out, whatever the other curves", () => {
  const few = (label: string) => {
    const { points } = curve(label, 0);
    const first = <T>(values: readonly T[] = []) => values.slice(0, 30);
    return { label, points: { x: first(points?.x), y: first(points?.y), error: first(points?.error) } };
  };
  const [, , , points] = layersOf(curvesSpec(figure(few("A"), few("B"))));
  expect(valuesOf(points)).toHaveLength(60);
});

test("an error that is zero or unknown has no bar", () => {
  const [, , bars] = layersOf(curvesSpec(figure(curve("A", 0, 0), curve("B", 0, null))));
  expect(valuesOf(bars)).toEqual([]);
});

test("a band has every time and no thickness where the error is not known", () => {
  const band = { x: [0, 1], y: [2, 3], error: [0.5, null] };
  const [area] = layersOf(curvesSpec(figure({ label: "A", band })));
  expect(area.mark?.type).toBe("area");
  expect(valuesOf(area)).toEqual([
    { curve: "A", x: 0, low: 1.5, high: 2.5 },
    { curve: "A", x: 1, low: 3, high: 3 },
  ]);
  const [low = 9, high = 0] = area.encoding?.y?.scale?.domain ?? [];
  expect(low).toBeLessThan(1.5);
  expect(high).toBeGreaterThan(3);
});

test("the axis holds lines, points and bars with room to spare, also for constants", () => {
  const domain = (...curves: Curve[]) =>
    layersOf(curvesSpec(figure(...curves)))[1].encoding?.y?.scale?.domain;
  const [low = 9, high = 0] = domain(curve("A", 0), curve("B", 1)) ?? [];
  expect(low).toBeLessThan(-0.1);
  expect(high).toBeGreaterThan(1.1);
  expect(domain(curve("A", 0, 0))).toEqual([-0.06, 0.06]);
});

test("a logarithmic axis has the same room on both sides of its values", () => {
  const panel = {
    letter: "(a)",
    xTitle: "x",
    yTitle: "y",
    logX: true,
    curves: [{ label: "", line: { x: [0.01, 100], y: [0, 1] } }],
  };
  const [, line] = layersOf(curvesSpec({ ...figure(), panels: [panel] }));
  const { type, domain: [low = 0, high = 0] = [] } = line.encoding?.x?.scale ?? {};
  expect(type).toBe("log");
  expect(low).toBeLessThan(0.01);
  expect(low * high).toBeCloseTo(1, 12);
});

test("a legend stands above the panels, and only when there is something to tell apart", () => {
  expect(sheetOf(curvesSpec(figure(curve("", 0)))).vconcat).toHaveLength(1);
  const spec = curvesSpec(figure(curve("A", 0), curve("B", 0)));
  expect(sheetOf(spec).vconcat).toHaveLength(2);
  expect(legendLabels(spec)).toEqual(["A", "B"]);
});

test("the legend shows the marks that the curves have, and no others", () => {
  const line = { x: [0, 1], y: [0, 1] };
  const marks = (one: Curve) => {
    const legend = sheetOf(curvesSpec(figure(one))).vconcat[0];
    const shown = (mark: string) => rowsOf({ vconcat: [legend] }, mark).length > 0;
    return { line: shown("rule"), point: shown("point"), band: shown("rect") };
  };
  expect(marks({ label: "A", line })).toEqual({ line: true, point: false, band: false });
  expect(marks({ label: "A", points: { ...line, error: [] } })).toEqual({
    line: false,
    point: true,
    band: false,
  });
  expect(marks({ label: "A", line, band: { ...line, error: [] } })).toEqual({
    line: true,
    point: false,
    band: true,
  });
});

test("a title that is longer than its axis is broken into lines", () => {
  const long = "log-negativity of one site against all of the others together";
  const panel = { letter: "(a)", xTitle: "x", yTitle: long, curves: [curve("", 0)] };
  const title = layersOf(curvesSpec({ ...figure(), panels: [panel] }))[1].encoding?.y?.title;
  expect(title).toHaveLength(2);
  expect([title].flat().join(" ")).toBe(long);
});

test("without a title the line below it stands first", () => {
  const titleOf = (title: string) => curvesSpec({ ...figure(curve("A", 0)), title, subtitle: "marks" }).title;
  expect(titleOf("A title")).toMatchObject({ text: ["A title"], subtitle: ["marks"] });
  expect(titleOf("")).toMatchObject({ text: ["marks"] });
  expect(titleOf("")).not.toHaveProperty("subtitle");
});
