import { expect, test } from "vitest";
import { curvesSpec } from "#src/figures/curves.js";
import { type SweepTable, sweepFigure } from "#src/figures/sweep.js";
import { legendLabels, rowsOf } from "./spec-parts.ts";

const N = Array.from({ length: 40 }, (_, index) => index + 1);
const row = (n: number, extra: readonly number[] = []): SweepTable["rows"][number] => ({
  places: [n - 1, ...extra.map((value) => (value === 0 ? 0 : 1))],
  parameters: [n, ...extra],
  values: {
    energy: {
      mean: 1 - 1 / n,
      standardError: 0.1,
      ...(n <= 8 && { exact: 1 - 1 / n }),
      closedForm: 1 - 1 / n,
    },
    ...(n > 1 && { C: { exact: 2 / n } }),
  },
});
const table: SweepTable = {
  title: "from |10>",
  axes: [{ name: "N", values: N }],
  quantities: [
    { name: "energy", energy: true },
    { name: "C", energy: false },
  ],
  rows: N.map((n) => row(n)),
};
const grid: SweepTable = {
  ...table,
  axes: [...table.axes, { name: "alpha", values: [0, 0.5] }],
  rows: N.flatMap((n) => [row(n, [0]), row(n, [0.5])]),
};

test("a panel a quantity, each route with its own marks, where it has values", () => {
  const { panels, title } = sweepFigure(table);
  expect(title).toBe("from |10⟩");
  expect(panels.map(({ letter, yTitle }) => letter + yTitle)).toEqual([
    "(a)energy (frequency units, ħ = 1)",
    "(b)C",
  ]);
  expect(
    panels.map(({ curves }) =>
      curves.map(({ label, line, points }) => [label, line?.x.length, points?.x.length]),
    ),
  ).toEqual([
    [
      ["closed form", 40, undefined],
      ["trajectories", undefined, 40],
      ["master equation", undefined, 8],
    ],
    [["master equation", undefined, 39]],
  ]);
});

test("every point is drawn, with its error bar where it has one", () => {
  const spec = curvesSpec(sweepFigure(table, { names: ["energy"] }));
  expect(rowsOf(spec, "point").filter(({ curve }) => curve !== undefined)).toHaveLength(48);
  expect(rowsOf(spec, "rule").filter(({ curve }) => curve !== undefined)).toHaveLength(40);
  expect(legendLabels(spec)).toEqual(["closed form", "trajectories", "master equation"]);
});

test("a series for each value of the other parameters, along the one with most values", () => {
  const { panels, subtitle } = sweepFigure(grid);
  expect(panels.map(({ xTitle }) => xTitle)).toEqual(["N", "N"]);
  expect(panels[0]?.curves.map(({ label }) => label)).toEqual(["α = 0", "α = 0.5"]);
  expect(panels[0]?.curves.map(({ line, points }) => [line?.x.length, points?.x.length])).toEqual([
    [40, 40],
    [40, 40],
  ]);
  expect(subtitle).toBe("lines: closed form, else master equation, points: trajectories ± standard error");
});

test("a value that depends on another parameter is one series under its text", () => {
  const half = { ...grid, axes: [...table.axes, { name: "k", values: [1, "N/2"] }] };
  expect(sweepFigure(half).panels[0]?.curves.map(({ label }) => label)).toEqual(["k = 1", "k = N/2"]);
});

test("an axis over decades is logarithmic, one in equal steps is not, and lists are numbered", () => {
  const logX = (values: readonly number[]) =>
    sweepFigure({ ...table, axes: [{ name: "N", values }], rows: values.map((n) => row(n)) }).panels[0]?.logX;
  expect(logX([2, 5, 10, 30, 100, 300])).toBe(true);
  expect(logX(N)).toBe(false);
  expect(logX([0, 5, 10, 30, 100, 300])).toBe(false);
  const lists = [
    [0, 1],
    [0, 2],
    [0, 3],
  ].map((value) => value as [number, number]);
  const [panel] = sweepFigure({
    ...table,
    axes: [{ name: "phi", values: lists }],
    rows: lists.map((value, index) => ({ ...row(index + 2), places: [index], parameters: [value] })),
  }).panels;
  expect([panel?.xTitle, panel?.curves[0]?.line?.x]).toEqual(["φ (number of the value)", [1, 2, 3]]);
});
