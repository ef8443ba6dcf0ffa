import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SizeError } from "#src/base/errors.js";
import { solveMaster } from "#src/master/solve.js";
import { run } from "#src/simulate.js";
import { readAxes } from "#src/study/sweep-axes.js";
import { sweepCsvFaults } from "#src/study/sweep-csv.js";
import { planSweep, type SweepRequest } from "#src/study/sweep-plan.js";
import type { SweepRoutes } from "#src/study/sweep-point.js";
import { runSweep } from "#src/study/sweep-run.js";

/** |10...0>: (N - 1)/N of it is dark. */
const MODEL = `
parameters: { N: 2, kappa: 0.5, stays: (N - 1)/N }
sites: { q: { kind: qubit, count: N } }
channels: { common: { rate: 2*kappa, operator: sum(sm(q)) } }
initial: sp(q[1])*ground
times: [1, 80/N]
observables: { n: n(q), total: sum(n(q)), coherence: "sp(q[1])*sm(q[2])*i" }
measures: { C: "concurrence(q[1], q[3])" }
`;
const setting = (name: string, value: string, option = "--set") => ({ name, value, option });
const request = (over: readonly string[], rest: Partial<SweepRequest> = {}): SweepRequest => ({
  text: MODEL,
  file: "m.yaml",
  axes: readAxes(over),
  set: [],
  closedForms: [],
  ...rest,
});
const ROUTES: SweepRoutes = {
  run: (model, { signal }) => run(model, { seed: "sweep", trajectories: 100, workers: 0, signal }),
  exact: async (model) => solveMaster(model),
};
const control = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

test("values are ranges, steps, lists and expressions", () => {
  expect(
    readAxes(["N=2..4,7,10:30:10", "phi=[0, pi],list(j, 1, 2, j)", "alpha = 0:0.3:0.1", "x=2:0:-1"]),
  ).toEqual([
    { name: "N", values: ["2", "3", "4", "7", "10", "20", "30"] },
    { name: "phi", values: ["[0, pi]", "list(j, 1, 2, j)"] },
    { name: "alpha", values: ["0", "0.1", "0.2", "0.3"] },
    { name: "x", values: ["2", "1", "0"] },
  ]);
});

test.each([
  ["N", "--over: must be name=values such as"],
  ["N=", "--over: N: must be name=values such as"],
  ["N=1,,2", "--over: N: must be name=values such as"],
  ["N=1..x", '--over: N: must be a range such as 2..20 in numbers, but is "1..x"'],
  ["N=1:2", '--over: N: must be a range such as 0:0.1:0.02 (from:to:step) in numbers, but is "1:2"'],
  ["N=1:2:-1", '--over: N: must have a step that leads from 1 to 2, but is "1:2:-1"'],
  ["N=1:2:0", '--over: N: must have at most 1000 values, but "1:2:0" has Infinity'],
  ["N=1..2000", '--over: N: must have at most 1000 values, but "1..2000" has 2000'],
])("a wrong --over %j is refused", (over, message) => {
  expect(() => readAxes([over])).toThrow(message);
});

test("a grid has a limit, and an axis stands once", () => {
  expect(() => readAxes(["a=1..100", "b=1..100"])).toThrow("at most 1000 points, but makes 10000");
  expect(() => readAxes(["a=1,2", "a=3"])).toThrow("--over: a: must be swept once, but is given twice");
});

test("the plan: a point for each combination, at the last time or at a given one", () => {
  const plan = planSweep(request(["N=3,4", "kappa=1,2"]));
  expect(plan.points.map(({ parameters }) => parameters)).toEqual([
    [3, 1],
    [3, 2],
    [4, 1],
    [4, 2],
  ]);
  expect(plan.points[0]?.model.times).toEqual([80 / 3]);
  expect(plan.quantities.map(({ name }) => name)).toEqual([
    ...["n1", "n2", "n3", "n4", "total", "coherence", "coherence_im", "C"],
  ]);
  const at = planSweep(request(["N=3"], { at: "N^2", only: ["total", "n"] }));
  expect(at.points[0]?.model.times).toEqual([9]);
  expect(at.quantities.map(({ name }) => name)).toEqual(["n1", "n2", "n3", "total"]);
});

test("other parameters may depend on the swept one", () => {
  const { points } = planSweep(request(["N=3,5"], { set: [setting("kappa", "2/N")] }));
  expect(points.map(({ model }) => model.channels[0]?.rate)).toEqual([4 / 3, 4 / 5]);
});

test("a value may be an expression of another swept parameter", () => {
  const { axes, points } = planSweep(request(["N=3,4", "kappa=1,N/2"]));
  expect(axes[1]).toEqual({ name: "kappa", values: [1, "N/2"] });
  expect(points.map(({ places, parameters }) => [...places, ...parameters])).toEqual([
    [0, 0, 3, 1],
    [0, 1, 3, 1.5],
    [1, 0, 4, 1],
    [1, 1, 4, 2],
  ]);
});

test("faults name the option, and the point where they are not everywhere", () => {
  const faults = (made: () => SweepRequest) => expect(() => planSweep(made()));
  faults(() => request(["M=1"])).toThrow('--over: M: must be a parameter of the file, but "M" is not');
  faults(() => request(["N=3,0.5"])).toThrow(/count.*0\.5 \(at N = 0\.5\)/);
  faults(() => request(["N=3"], { set: [setting("N", "2")] })).toThrow("--set: N: must be set or swept");
  faults(() => request(["N=3"], { only: ["totl"] })).toThrow(
    "--only: totl: must name an observable or measure",
  );
  faults(() => request(["N=3"], { at: "-1" })).toThrow("--at: must be a time >= 0, but is -1");
  faults(() => request(["N=2"])).toThrow(/measures\.C/);
  faults(() => request(["N=3"], { closedForms: [setting("total", "1/M", "--closed-form")] })).toThrow(
    /^--closed-form: total: .*M/,
  );
  faults(() => request(["N=3"], { closedForms: [setting("tota", "1", "--closed-form")] })).toThrow(
    "did you mean total?",
  );
});

test("both routes and the closed form at every point; what is not there is named", async () => {
  const plan = planSweep(
    request(["N=2,3"], { closedForms: [setting("total", "stays"), setting("C", "2*stays/N")] }),
  );
  const { rows, outcome } = await runSweep(plan, ROUTES, 1e-6, control());
  expect(outcome).toBe("complete");
  expect(rows.map(({ parameters, agree }) => [parameters, agree])).toEqual([
    [[2], true],
    [[3], true],
  ]);
  expect(rows[0]?.skipped).toMatchObject([{ route: "both", quantity: "C" }]);
  expect(rows[0]?.values.C).toEqual({ closedForm: 0.5 });
  const { total } = rows[1]?.values ?? {};
  expect(total?.exact).toBeCloseTo(2 / 3, 10);
  expect(total?.closedForm).toBe(2 / 3);
  expect(total?.standardError).not.toBeNull();
  expect(rows[1]?.values.coherence_im?.exact).toBeCloseTo(-2 / 9, 10);
  expect(rows[1]?.values.C?.exact).toBeCloseTo(4 / 9, 10);
});

test("a wrong closed form disagrees, beside exact values and beside trajectories alone", async () => {
  const closedForms = [setting("total", "stays + 0.4")];
  const plan = planSweep(request(["N=3"], { closedForms, only: ["total"] }));
  for (const routes of [{ exact: ROUTES.exact }, { run: ROUTES.run }] as SweepRoutes[]) {
    const { rows } = await runSweep(plan, routes, 1e-3, control());
    expect(rows[0]?.agree).toBe(false);
    expect(rows[0]?.values.total?.agree).toBe(false);
  }
  const right = planSweep(request(["N=3"], { closedForms: [setting("total", "stays")], only: ["total"] }));
  const { rows } = await runSweep(right, { run: ROUTES.run as never }, 1e-3, control());
  expect(rows[0]?.agree).toBe(true);
});

test("what is too large is skipped with its reason: measures first, then the route", async () => {
  const plan = planSweep(request(["N=3"], { only: ["total", "C"] }));
  const small = (largest: number): SweepRoutes => ({
    exact: async (model) => {
      if (1 + model.measures.length > largest) throw new SizeError("sites", `at most ${largest}`);
      return solveMaster(model);
    },
  });
  const first = await runSweep(plan, small(1), 1e-3, control());
  expect(first.rows[0]?.skipped).toEqual([{ route: "exact", quantity: "C", reason: "at most 1" }]);
  expect(first.rows[0]?.values.total?.exact).toBeCloseTo(2 / 3, 10);
  const none = await runSweep(plan, small(0), 1e-3, control());
  expect(none.rows[0]?.skipped).toEqual([{ route: "exact", quantity: null, reason: "at most 0" }]);
  expect(none.rows[0]).toMatchObject({ values: {}, agree: null });
});

test("a signal keeps the points that are finished", async () => {
  const plan = planSweep(request(["N=3..6"], { only: ["total"] }));
  const controller = new AbortController();
  let calls = 0;
  const exact: SweepRoutes["exact"] = async (model) => {
    if (++calls === 3) controller.abort();
    controller.signal.throwIfAborted();
    return solveMaster(model);
  };
  const done: number[] = [];
  const { rows, outcome } = await runSweep(plan, { exact }, 1e-3, {
    signal: controller.signal,
    onProgress: (part) => done.push(part),
  });
  expect(outcome).toBe("aborted");
  expect(rows.map(({ parameters }) => parameters)).toEqual([[3], [4]]);
  expect(done.at(-1)).toBe(0.5);
});

test("CSV: names that would share a heading are refused", () => {
  expect(sweepCsvFaults(["N"], ["energy", "C"], "--out")).toEqual([]);
  const faults = sweepCsvFaults(["N", "time"], ["n", "n_se"], "--out");
  expect(faults.map(({ message }) => /"(\w+)"/.exec(message)?.[1])).toEqual(["time", "n_se"]);
});

/** The examples' closed forms are checked where they are shown to users. */
test.each([
  ["w-like", ["k=1..2"], [setting("N", "4")], ["energy=kept", "dark=trapped", "fidelity=heralded"]],
  ["w-like", ["alpha=0,1e-4"], [], ["energy=kept", "fidelity=heralded", "C=pair", "EN=rest"]],
  [
    "w-like-groups",
    ["k=1..2"],
    [setting("N", "5")],
    ["energy=kept", "dark=trapped", "fidelity=heralded", "C=pair"],
  ],
])("examples/%s.yaml over %j meets its closed forms", async (name, over, set, forms) => {
  const text = readFileSync(new URL(`../../examples/${name}.yaml`, import.meta.url), "utf8");
  const closedForms = forms.map((form) => setting(form.split("=")[0] ?? "", form.split("=")[1] ?? ""));
  const plan = planSweep(request(over, { text, set, closedForms }));
  const { rows } = await runSweep(plan, { exact: ROUTES.exact as never }, 1e-3, control());
  expect(rows.map(({ agree, skipped }) => [agree, skipped])).toEqual(rows.map(() => [true, []]));
});
