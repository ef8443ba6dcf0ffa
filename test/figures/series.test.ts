import { expect, test } from "vitest";
import { seriesFigure } from "#src/figures/series.js";
import { timeAxis } from "#src/figures/time.js";
import { routes } from "./sample.ts";

const labelled = (...args: Parameters<typeof routes>) => ({ label: "", ...routes(...args) });
const titles = (names: readonly string[], complexNames: readonly string[] = []) =>
  seriesFigure([labelled(names, 11, complexNames)]).panels.map(({ yTitle }) => yTitle);

test("both routes are in the panel: exact values as the line, means and errors as the points", () => {
  const both = labelled(["energy"]);
  const figure = seriesFigure([both]);
  expect(figure.subtitle).toBe("points: 12\u00a0345 trajectories ± standard error, lines: master equation");
  expect(figure.panels[0]?.curves).toEqual([
    {
      label: "",
      line: { x: both.exact.times, y: both.exact.observables.energy?.mean },
      points: {
        x: both.run.times,
        y: both.run.observables.energy?.mean,
        error: both.run.observables.energy?.standardError,
      },
    },
  ]);
});

test("a run alone is drawn as its means with a band", () => {
  const { run } = routes(["n"]);
  const figure = seriesFigure([{ label: "", run }]);
  const means = { x: run.times, y: run.observables.n?.mean };
  expect(figure.panels[0]?.curves).toEqual([
    { label: "", line: means, band: { ...means, error: run.observables.n?.standardError } },
  ]);
  expect(figure.subtitle).toBe("lines and bands: 12\u00a0345 trajectories ± standard error");
});

test("a band beside an exact line leaves the line to the exact values", () => {
  const both = labelled(["n"]);
  const figure = seriesFigure([both], { errors: "band" });
  expect(figure.panels[0]?.curves[0]?.line?.y).toEqual(both.exact.observables.n?.mean);
  expect(figure.panels[0]?.curves[0]?.band?.y).toEqual(both.run.observables.n?.mean);
  expect(figure.subtitle).toBe("bands: 12\u00a0345 trajectories ± standard error, lines: master equation");
});

test("the line below the title says where marks are not everywhere", () => {
  const [both, { run }] = [labelled(["n"], 11), routes(["m"], 11)];
  const systems = [both, { label: "other", run }];
  const points = "points: 12\u00a0345 trajectories ± standard error";
  const subtitle = (options: Parameters<typeof seriesFigure>[1]) => seriesFigure(systems, options).subtitle;
  expect(subtitle({})).toBe(`${points}, lines where there are any: master equation`);
  expect(subtitle({ names: ["n"] })).toBe(`${points}, lines: master equation`);
  expect(subtitle({ names: ["m"] })).toBe(points);
  expect(subtitle({ errors: "band" })).toContain("lines: master equation, else the mean");
});

test("few means are marked on their line", () => {
  const lineOf = (points: number) =>
    seriesFigure([{ label: "", run: routes(["n"], points).run }]).panels[0]?.curves[0]?.line;
  expect([lineOf(11)?.vertices, lineOf(101)?.vertices]).toEqual([true, undefined]);
});

test("an exact result alone has lines only", () => {
  const { exact } = routes(["n"]);
  const figure = seriesFigure([{ label: "", exact }]);
  expect(figure.subtitle).toBe("lines: master equation");
  expect(figure.panels[0]?.curves[0]?.points).toBeUndefined();
  expect(figure.panels[0]?.curves[0]?.band).toBeUndefined();
});

test("axes carry units where they are known: time always, the Hamiltonian, entropies", () => {
  expect(seriesFigure([labelled(["energy", "n"])]).panels[0]?.xTitle).toContain("1/frequency");
  expect(titles(["energy", "n"])).toEqual(["energy (frequency units, ħ = 1)", "n"]);
  // Equal to the Hamiltonian, but not written as such.
  expect(titles(["energyByChance"])).toEqual(["energyByChance"]);
  const { run } = routes(["S", "P"]);
  const model: typeof run.model = {
    ...run.model,
    observables: [],
    measures: [
      { name: "S", kind: "entropy", sides: [[0]] },
      { name: "P", kind: "purity", sides: [[0]] },
    ],
  };
  const measured = seriesFigure([
    { label: "", run: { ...run, model, observables: {}, measures: run.observables } },
  ]);
  expect(measured.panels.map(({ yTitle }) => yTitle)).toEqual(["S (bits)", "P"]);
});

test("times can be in units of the inverse of a parameter", () => {
  const both = labelled(["n"]);
  const model = { ...both.run.model, parameters: { kappa: 0.1 } };
  const system = { label: "", run: { ...both.run, model }, exact: { ...both.exact, model } };
  const [panel] = seriesFigure([system], { time: timeAxis("kappa", [model], "--time-unit") }).panels;
  expect(panel?.xTitle).toBe("time κt");
  expect(timeAxis("G1", [{ parameters: { G1: 1 } }], "--time-unit").title).toBe("time G1 t");
  expect(panel?.curves[0]?.points?.x.at(-1)).toBeCloseTo(0.5, 12);
  expect(panel?.curves[0]?.line?.x).toEqual(panel?.curves[0]?.points?.x);
});

test("a unit that is no parameter, or no rate, is refused by name", () => {
  const { model } = routes(["n"]).run;
  const of = (parameters: typeof model.parameters) => [{ ...model, parameters }];
  const refused = (name: string, parameters: typeof model.parameters) => () =>
    timeAxis(name, of(parameters), "--time-unit");
  expect(refused("kapa", { kappa: 1, N: 3 })).toThrow(
    /^--time-unit: .*it has kappa, N; did you mean kappa\?$/,
  );
  expect(refused("kappa", {})).toThrow("it has none");
  for (const value of [0, -1, [1, 2]]) expect(refused("kappa", { kappa: value })).toThrow("with a value > 0");
});

test("a complex observable has a panel for each part", () => {
  const figure = seriesFigure([labelled(["a"], 11, ["a"])]);
  expect(figure.panels.map(({ yTitle }) => yTitle)).toEqual(["Re a", "Im a"]);
  expect(figure.panels[1]?.curves[0]?.line?.y[0]).toBe(-1);
  expect(figure.panels[1]?.curves[0]?.points?.error[1]).toBe(0.02);
});

test("the members of a list share a panel, eight at most; names that only end in a digit do not", () => {
  expect(titles(["n1", "n2", "x", "n3"])).toEqual(["n1 to n3", "x"]);
  expect(titles(["n1", "n2"])).toEqual(["n1, n2"]);
  expect(titles(["x0", "y2"])).toEqual(["x0", "y2"]);
  expect(titles(Array.from({ length: 10 }, (_, index) => `n${index + 1}`))).toEqual(["n1 to n8", "n9, n10"]);
});

test("a sheet says what it leaves out", () => {
  const figure = seriesFigure([labelled(Array.from({ length: 20 }, (_, index) => `x${index}y`))]);
  expect(figure.panels).toHaveLength(12);
  expect(figure.subtitle).toContain("the first 12 of 20 panels");
});

test("panels have letters where there are several, and the columns asked for", () => {
  const letters = (names: readonly string[]) =>
    seriesFigure([labelled(names)]).panels.map(({ letter }) => letter);
  expect(letters(["x", "y", "z"])).toEqual(["(a)", "(b)", "(c)"]);
  expect(letters(["x"])).toEqual([""]);
  expect(seriesFigure([labelled(["x", "y"])], { columns: 1 }).columns).toBe(1);
});

test("several systems share the panels of what they share, each with its label", () => {
  const [a, b] = [
    { ...labelled(["x", "y"]), label: "A" },
    { ...labelled(["y", "z"]), label: "B" },
  ];
  const figure = seriesFigure([a, b]);
  expect(figure.panels.map(({ yTitle, curves }) => [yTitle, curves.map(({ label }) => label)])).toEqual([
    ["x", ["A"]],
    ["y", ["A", "B"]],
    ["z", ["B"]],
  ]);
});

test("the number of trajectories is told where it is one and the same", () => {
  const a = labelled(["x"]);
  const b = { ...a, run: { ...a.run, trajectories: 5 } };
  expect(seriesFigure([a, b]).subtitle).toBe("points: trajectories ± standard error, lines: master equation");
});
