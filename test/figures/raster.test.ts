import { expect, test } from "vitest";
import { rasterFigure } from "#src/figures/jumps.js";
import { rasterSpec } from "#src/figures/raster.js";
import { timeAxis } from "#src/figures/time.js";
import type { JumpList } from "#src/results/trajectories.js";
import { routes } from "./sample.ts";
import { lastPart, legendLabels, rowsOf, sheetOf, viewsOf } from "./spec-parts.ts";

const jumps: JumpList = {
  trajectory: [0, 0, 2, 3, 250],
  time: [1, 2, 0.5, 4, 3],
  channel: ["a", "b", "b", "b", "a"],
};
const { run } = routes(["n"]);
const ensemble = { label: "", run };
const marks = (spec: unknown) => lastPart(spec).data?.values ?? [];

test("one mark a jump, coloured and shaped by its channel", () => {
  const spec = rasterSpec(rasterFigure(jumps, ["a", "b"], 5));
  expect(marks(spec).map(({ x, trajectory, channel }) => [x, trajectory, channel])).toEqual([
    [1, 0, "a"],
    [2, 0, "b"],
    [0.5, 2, "b"],
    [4, 3, "b"],
  ]);
  const looks = new Map(marks(spec).map(({ channel, colour, shape }) => [channel, { colour, shape }]));
  expect(looks.size).toBe(2);
  expect(looks.get("a")?.colour).not.toBe(looks.get("b")?.colour);
  expect(looks.get("a")?.shape).not.toBe(looks.get("b")?.shape);
  const { encoding } = lastPart(spec);
  expect([encoding?.fill?.field, encoding?.shape?.field]).toEqual(["colour", "shape"]);
});

test("every trajectory has a row, with or without a jump, as far as the ensemble goes", () => {
  const rows = (options: Parameters<typeof rasterFigure>[3]) =>
    rasterFigure(jumps, ["a", "b"], 5, options).count;
  expect(rows({})).toBe(200);
  expect(rows({ rows: 1000 })).toBe(251);
  expect(rows({ rows: 1000, ensemble })).toBe(1000);
  expect(rows({ ensemble: { label: "", run: { ...run, trajectories: 7 } } })).toBe(7);
  const { y } = lastPart(rasterSpec(rasterFigure(jumps, ["a"], 5))).encoding ?? {};
  const [low = 9, high = 0] = y?.scale?.domain ?? [];
  expect(low).toBeLessThan(0);
  expect(high).toBeGreaterThan(199);
});

test("the subtitle counts what is shown", () => {
  expect(rasterFigure(jumps, ["a", "b"], 5, { remark: "weighted" }).subtitle).toBe(
    "one mark a jump: 4 jumps of trajectories 0 to 199; weighted",
  );
});

test("the legend has the channels that jump, the most frequent first", () => {
  expect(legendLabels(rasterSpec(rasterFigure(jumps, ["a", "b", "c"], 5)))).toEqual(["b", "a"]);
});

test("more channels than shapes share one mark", () => {
  const channel = Array.from({ length: 12 }, (_, index) => `c${index}`);
  const many = { trajectory: channel.map(() => 0), time: channel.map((_, index) => index), channel };
  const spec = rasterSpec(rasterFigure(many, channel, 12));
  expect(legendLabels(spec)).toEqual([...channel.slice(0, 7), "others"]);
  expect(marks(spec)).toHaveLength(12);
  expect(new Set(marks(spec).map(({ shape }) => shape)).size).toBe(8);
});

test("single trajectories stand above on the same time axis, with the mean of all", () => {
  const single = { index: 3, times: [0, 5], values: { n: { real: [1, 0] } } };
  const figure = rasterFigure(jumps, ["a", "b"], 5, { ensemble, trajectories: [single], names: ["n"] });
  const spec = rasterSpec(figure);
  expect(legendLabels(spec)).toEqual(["trajectory 3", "mean of all 12\u00a0345", "b", "a"]);
  const line = rowsOf(spec, "line").filter(({ curve }) => curve === "trajectory 3");
  expect(line.map(({ x, y }) => [x, y])).toEqual([
    [0, 1],
    [5, 0],
  ]);
  expect(rowsOf(spec, "area")).toHaveLength(run.times.length);
  const domains = viewsOf(spec).flatMap(({ encoding }) =>
    encoding?.x?.field === "x" && encoding.x.axis !== null ? [encoding.x.scale?.domain] : [],
  );
  expect(domains.length).toBeGreaterThan(3);
  for (const domain of domains) expect(domain).toEqual(domains[0]);
  expect(sheetOf(spec).vconcat).toHaveLength(4);
});

test("an observable that is not Hermitian has a panel for each part", () => {
  const of = { label: "", run: routes(["a"], 11, ["a"]).run };
  const single = { index: 0, times: [0, 5], values: { a: { real: [1, 0], imaginary: [0, 2] } } };
  const { above } = rasterFigure(jumps, [], 5, { ensemble: of, trajectories: [single], names: ["a"] });
  expect(above.map(({ yTitle }) => yTitle)).toEqual(["Re a", "Im a"]);
  expect(above.map(({ curves }) => curves[0]?.line?.y)).toEqual([
    [1, 0],
    [0, 2],
  ]);
  const { mean, meanIm } = of.run.observables.a ?? {};
  expect(above.map(({ curves }) => curves[1]?.line?.y)).toEqual([mean, meanIm]);
});

test("times of jumps and curves are in the same unit", () => {
  const model = { ...run.model, parameters: { kappa: 0.1 } };
  const scaled = { label: "", run: { ...run, model } };
  const time = timeAxis("kappa", [model], "--time-unit");
  const single = { index: 0, times: [0, 5], values: { n: { real: [1, 0] } } };
  const figure = rasterFigure(jumps, ["a", "b"], 5, {
    ensemble: scaled,
    time,
    trajectories: [single],
    names: ["n"],
  });
  expect(figure.xRange).toEqual([0, 0.5]);
  expect(figure.jumps[1]?.x).toBeCloseTo(0.2, 12);
  expect(figure.above[0]?.curves.map(({ line }) => line?.x.at(-1))).toEqual([0.5, 0.5]);
  expect(figure.xTitle).toBe("time κt");
});
