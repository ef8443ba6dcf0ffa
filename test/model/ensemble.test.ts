import { describe, expect, test } from "vitest";
import { messagesOf, modelWith } from "./support.js";

describe("ensemble, density, title", () => {
  test.each([
    ["{ trajectories: 10*N }", { trajectories: 30 }],
    ["{ tolerance: k/10 }", { tolerance: 0.01 }],
    ["{ tolerance: 0.01, trajectories: 100 }", { tolerance: 0.01, trajectories: 100 }],
    // The seed is the source text.
    ["{ seed: 7 }", { seed: "7" }],
    ["{ seed: 007 }", { seed: "007" }],
    ["{ seed: 1e3 }", { seed: "1e3" }],
    ["{ seed: 0x10 }", { seed: "0x10" }],
    ['{ seed: "fig 4" }', { seed: "fig 4" }],
    ["{ seed: fig4 }", { seed: "fig4" }],
    ["{ seed: true }", { seed: "true" }],
    ["{}", {}],
  ])("%s", (ensemble, wanted) => {
    expect(modelWith({ ensemble }).ensemble).toEqual(wanted);
  });

  test.each([
    ["{ trajectories: 0 }", ".trajectories: must be a whole number >= 1, but is 0"],
    ["{ trajectories: 1.5 }", ".trajectories: must be a whole number >= 1, but is 1.5"],
    ["{ trajectories: -3 }", ".trajectories: must be a whole number >= 1, but is -3"],
    [
      "{ trajectories: 1e300 }",
      ".trajectories: must be a whole number >= 1, but is 1e+300, beyond 2^53, where whole numbers are no longer told apart",
    ],
    ["{ tolerance: 0 }", ".tolerance: must be a real number > 0, but is 0"],
    ["{ tolerance: -1e-3 }", ".tolerance: must be a real number > 0, but is -0.001"],
    ["{ tolerance: i }", ".tolerance: must be a real number > 0, but is 1i"],
    ["{ seed: }", ".seed: must be a text, but is empty"],
    ["{ seed: [1] }", ".seed: must be a text, but is a list"],
    [
      "{ sede: 1 }",
      '.sede: must be one of the keys trajectories, tolerance, seed, but is "sede"; did you mean seed?',
    ],
    ["10", ': must be a mapping, but is "10"'],
  ])("%s", (ensemble, message) => {
    expect(messagesOf({ ensemble })).toEqual([`ensemble${message}`]);
  });

  test("density is none, final or all", () => {
    for (const density of ["none", "final", "all"]) expect(modelWith({ density }).density).toBe(density);
    expect(messagesOf({ density: "al" })).toEqual([
      'density: must be one of none, final, all, but is "al"; did you mean all?',
    ]);
    expect(messagesOf({ density: "[all]" })).toEqual([
      "density: must be one of none, final, all, but is a list",
    ]);
  });

  test("the title is any text", () => {
    expect(modelWith({ title: '"a: b # c"' }).title).toBe("a: b # c");
    expect(modelWith({ title: "7" }).title).toBe("7");
    expect(messagesOf({ title: "[a]" })).toEqual(["title: must be a text, but is a list"]);
  });
});
