import { expect, test } from "vitest";
import { curvesSpec } from "#src/figures/curves.js";
import { sweepFigure } from "#src/figures/sweep.js";
import { legendLabels, rowsOf } from "./spec-parts.ts";

const x = Array.from({ length: 40 }, (_, index) => index + 1);
const quantity = {
  yTitle: "energy kept",
  trajectories: { mean: x.map((n) => 1 - 1 / n), standardError: x.map(() => 0.1) },
  exact: x.map((n) => (n <= 8 ? 1 - 1 / n : Number.NaN)),
  closedForm: { x: [1, 1.5, 40], y: [0, 1 / 3, 0.975] },
};
const sweep = { title: "t", x, xTitle: "N", quantities: [quantity, { yTitle: "other", exact: x }] };

test("a panel a quantity, both routes as points, the closed form as a line", () => {
  const { panels } = sweepFigure(sweep);
  expect(panels.map(({ letter, yTitle }) => letter + yTitle)).toEqual(["(a)energy kept", "(b)other"]);
  expect(
    panels[0]?.curves.map(({ label, line, points }) => [label, line?.x.length, points?.x.length]),
  ).toEqual([
    ["closed form", 3, undefined],
    ["trajectories", undefined, 40],
    ["master equation", undefined, 8],
  ]);
});

test("every point is drawn, with its error bar where it has one", () => {
  const spec = curvesSpec(sweepFigure({ ...sweep, quantities: [quantity] }));
  const points = rowsOf(spec, "point").filter(({ curve }) => curve !== undefined);
  expect(points).toHaveLength(48);
  expect(rowsOf(spec, "rule").filter(({ curve }) => curve !== undefined)).toHaveLength(40);
  expect(legendLabels(spec)).toEqual(["closed form", "trajectories", "master equation"]);
});

test("the parameter can run over decades", () => {
  expect(sweepFigure({ ...sweep, logX: true }).panels.every(({ logX }) => logX)).toBe(true);
});
