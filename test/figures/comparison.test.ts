import { expect, test } from "vitest";
import { comparisonFigure } from "#src/figures/comparison.js";
import { routes } from "./sample.ts";

const titles = (names: readonly string[], complexNames: readonly string[] = []) =>
  comparisonFigure(routes(names, 11, complexNames)).panels.map(({ yTitle }) => yTitle);

test("both routes are in the panel: exact values as the line, means and errors as the points", () => {
  const both = routes(["energy"]);
  const figure = comparisonFigure(both);
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

test("axes carry units where they are known: time always, an observable if it is the Hamiltonian", () => {
  expect(comparisonFigure(routes(["energy", "n"])).panels[0]?.xTitle).toContain("inverse frequency units");
  expect(titles(["energy", "n"])).toEqual(["energy (frequency units, ħ = 1)", "n"]);
});

test("a complex observable has a panel for each part", () => {
  const figure = comparisonFigure(routes(["a"], 11, ["a"]));
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
  const figure = comparisonFigure(routes(Array.from({ length: 20 }, (_, index) => `x${index}y`)));
  expect(figure.panels).toHaveLength(12);
  expect(figure.subtitle).toContain("the first 12 of 20 panels");
});

test("one route alone is a figure too", () => {
  const { run, exact } = routes(["n"]);
  expect(comparisonFigure({ run }).panels[0]?.curves[0]?.line).toBeUndefined();
  expect(comparisonFigure({ exact }).subtitle).toBe("lines: master equation");
});
