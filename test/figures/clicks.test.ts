import { expect, test } from "vitest";
import { type ClickTable, clicksFigure } from "#src/figures/clicks.js";
import { curvesSpec } from "#src/figures/curves.js";
import { groupsFigure } from "#src/figures/groups.js";
import { timeAxis } from "#src/figures/time.js";
import type { ClickBin } from "#src/results/clicks.js";
import type { ConditionalSeries, Result } from "#src/results/result.js";
import { routes } from "./sample.ts";
import { legendLabels, rowsOf, viewsOf } from "./spec-parts.ts";

const bin = (
  from: number,
  to: number | null,
  value: number | null,
  exact: number | null = 0.5,
): ClickBin => ({
  from,
  to,
  value,
  standardError: value === null ? null : 0.1,
  exact,
});
const bins = [bin(0, 1, 0.4), bin(1, 2, null), bin(2, 3, 0.6)];
const detector = (name: string) => ({
  name,
  numbers: [bin(0, 0, 0.2), bin(1, 1, 0.3), bin(2, null, 0.5)],
  firstWait: bins,
  rate: bins,
  waits: bins.map((one) => ({ ...one, value: null, exact: null })),
  g2: bins.map((one) => ({ ...one, exact: null })),
});
const model = { ...routes(["n"]).run.model, parameters: { kappa: 2 } };
const table: ClickTable = { model, trajectories: 1000, end: 3, detectors: [detector("all"), detector("R")] };

test("clicks: points at the middle of bins, exact values as steps, numbers of clicks as dots", () => {
  const { panels } = clicksFigure(table);
  expect(panels.map(({ xTitle }) => xTitle)).toEqual([
    "clicks up to t = 3 (last: or more)",
    "first click at t (1/frequency)",
    "time t (1/frequency)",
    "lag τ (1/frequency)",
  ]);
  const [numbers, first, , g2] = panels.map(({ curves }) => curves[0]);
  expect(numbers).toEqual({
    label: "all",
    line: { x: [0, 1, 2], y: [0.5, 0.5, 0.5], vertices: true },
    points: { x: [0, 1, 2], y: [0.2, 0.3, 0.5], error: [0.1, 0.1, 0.1], all: true },
  });
  expect(first?.line).toEqual({ x: [0, 1, 1, 2, 2, 3], y: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5] });
  expect(first?.points).toMatchObject({ x: [0.5, 2.5], y: [0.4, 0.6] });
  expect([g2?.line, g2?.points?.x]).toEqual([undefined, [0.5, 2.5]]);
});

test("clicks: numbers end at the largest one that occurs anywhere", () => {
  const numbers = [bin(0, 0, 1, 1), bin(1, 1, 0, 1e-4), bin(2, 2, 0, 1e-6), bin(3, null, 0, 0)];
  const [all, R] = table.detectors.map((one) => ({ ...one, numbers }));
  const numbersOf = (detectors: ClickTable["detectors"]) =>
    clicksFigure({ ...table, detectors }, { quantities: ["numbers"] }).panels[0];
  const panel = numbersOf(all ? [all] : []);
  expect(panel?.xTitle).toBe("clicks up to t = 3");
  expect([panel?.curves[0]?.line?.x, panel?.curves[0]?.points?.x]).toEqual([
    [0, 1],
    [0, 1],
  ]);
  const more = numbersOf(all && R ? [all, { ...R, numbers: numbers.with(3, bin(3, null, 0.1)) }] : []);
  expect(more?.xTitle).toContain("(last: or more)");
  expect(more?.curves[0]?.line?.x).toEqual([0, 1, 2, 3]);
});

test("clicks: a second click that can never be has no panel; pairs too few to tell anything no point", () => {
  const never = bins.map((one) => ({ ...one, value: one.value === null ? null : 0, exact: 1e-17 }));
  const g2 = [bin(0, 1, 0.2), bin(1, 2, 1), bin(2, 3, 4)].map((one, k) => ({
    ...one,
    standardError: [0.1, 0.5, 1][k] ?? 0,
  }));
  const figure = clicksFigure({ ...table, detectors: [{ ...detector("all"), waits: never, g2 }] });
  expect(figure.panels.map(({ yTitle }) => yTitle)).toEqual([
    "probability",
    "probability in the bin",
    "clicks in unit time",
    "g⁽²⁾",
  ]);
  const [curve] = figure.panels[3]?.curves ?? [];
  expect(curve?.points).toMatchObject({ x: [0.5, 2.5], y: [0.2, 4] });
  expect(curve?.line?.x).toHaveLength(6);
  expect(figure.subtitle).toContain("g⁽²⁾ where ten pairs and more are expected");
  expect(clicksFigure(table).subtitle).not.toContain("pairs");
});

test("clicks: in units of a parameter, rates too", () => {
  const time = timeAxis("kappa", [model], "--time-unit");
  const { panels } = clicksFigure(table, { time, quantities: ["numbers", "rate"] });
  expect(panels.map(({ xTitle }) => xTitle)).toEqual(["clicks up to κt = 6 (last: or more)", "time κt"]);
  expect(panels[1]?.curves[0]?.points).toMatchObject({ x: [1, 5], y: [0.2, 0.3], error: [0.05, 0.05] });
  expect(legendLabels(curvesSpec(clicksFigure(table)))).toEqual(["all", "R"]);
});

const conditional: ConditionalSeries = { mean: [null, 0.5, 0.25], standardError: [null, 5, 0.1] };
const run: Result = {
  ...routes(["n"], 3).run,
  clicks: [0, 1].map((clicks) => ({
    clicks,
    orMore: clicks === 1,
    weight: { mean: [1 - clicks, 0.5, 0.5], standardError: [0, 0.1, 0.1] },
    observables: { n: conditional },
    measures: {},
  })),
};

test("groups by clicks: their probability and the means within, a curve a group, gaps where nobody is", () => {
  const figure = groupsFigure(run);
  expect(figure.panels.map(({ yTitle }) => yTitle)).toEqual(["probability of so many clicks", "n"]);
  expect(figure.panels[1]?.curves.map(({ label }) => label)).toEqual(["no clicks", "1 or more clicks"]);
  expect(figure.panels[1]?.curves[0]?.line?.y).toEqual([Number.NaN, 0.5, 0.25]);
  const spec = curvesSpec(figure);
  // The error of 5 is cut: the axis shows the means, and none of them is NaN.
  const ranges = viewsOf(spec).flatMap(({ mark, encoding }) =>
    mark?.type === "line" ? [encoding?.y?.scale?.domain ?? []] : [],
  );
  expect(ranges[1]?.[0]).toBeCloseTo(0.235, 10);
  expect(ranges[1]?.[1]).toBeCloseTo(0.515, 10);
  expect(rowsOf(spec, "area")).not.toHaveLength(0);
});

test("groups by clicks: a panel for each part of what is not Hermitian", () => {
  const { run: complex } = routes(["a"], 3, ["a"]);
  const a = { ...conditional, meanIm: [null, 1, 2], standardErrorIm: [null, 0.1, 0.2] };
  const clicks = (run.clicks ?? []).map((group) => ({ ...group, observables: { a } }));
  const [, re, im] = groupsFigure({ ...complex, clicks }).panels;
  expect([re?.yTitle, im?.yTitle]).toEqual(["Re a", "Im a"]);
  expect(re?.curves[0]?.line?.y).toEqual([Number.NaN, 0.5, 0.25]);
  expect(im?.curves[0]?.line?.y).toEqual([Number.NaN, 1, 2]);
  expect(im?.curves[0]?.band?.error).toEqual([null, 0.1, 0.2]);
});
