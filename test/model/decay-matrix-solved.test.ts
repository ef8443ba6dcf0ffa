// Decay matrices, by the exact solver, against closed forms and against what they must be equal to.
import { describe, expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import { largestDeviation } from "../support/compare-solved.js";
import { EVERYTHING, expectSameMeans, jumps, MIXED_UP, MOMENTS, model, TOLERANCE } from "./reservoirs.js";

describe("a decay matrix", () => {
  const same = { initial: MIXED_UP, observables: EVERYTHING, hamiltonian: "0.4*n(q1) - 0.1*n(q3)" };

  test("of rank one is a single collective channel", () => {
    const w = ["1", "0.5i", "(0.2 - 0.7i)"];
    const rows = w.map((a) => `[${w.map((b) => `0.3*${a}*conj(${b})`)}]`);
    const matrix = solveMaster(
      model({ ...same, channels: `{ d: { matrix: [${rows}], operators: sm(q) } }` }),
    );
    const operator = w.map((weight, j) => `${weight}*sm(q${j + 1})`).join(" + ");
    const single = solveMaster(model({ ...same, channels: `{ c: { rate: 0.3, operator: ${operator} } }` }));
    expect(Object.keys(matrix.channels)).toEqual(["d1"]);
    expectSameMeans(matrix, single, MOMENTS);
    expect(Math.abs(jumps(matrix) - jumps(single))).toBeLessThan(TOLERANCE);
  });

  test("over one operator twice adds up to its rate", () => {
    const matrix = solveMaster(
      model({ ...same, channels: "{ d: { matrix: [[1, 0.5], [0.5, 1]], operators: [sm(q1), sm(q1)] } }" }),
    );
    const single = solveMaster(model({ ...same, channels: "{ c: { rate: 3, operator: sm(q1) } }" }));
    expectSameMeans(matrix, single, MOMENTS);
  });

  test("in free space: one excitation decays with the amplitudes of its own modes", () => {
    // Gamma = [[1, g, 0], [g, 1, 0], [0, 0, 2]]: (1, 1, 0)/sqrt 2 at 1 + g, (1, -1, 0)/sqrt 2 at 1 - g, (0, 0, 1) at 2.
    const g = 0.6;
    const system = model({
      channels: `{ d: { matrix: [[1, ${g}, 0], [${g}, 1, 0], [0, 0, 2]], operators: sm(q) } }`,
      initial: "(sp(q1) + sp(q3))*ground",
      observables: "{ n: n(q) }",
    });
    const amplitude = (t: number, sign: number): number =>
      (Math.exp((-(1 + g) * t) / 2) + sign * Math.exp((-(1 - g) * t) / 2)) / 2;
    const solved = {
      name: "decay matrix",
      model: system,
      means: {
        n1: (t: number) => amplitude(t, 1) ** 2 / 2,
        n2: (t: number) => amplitude(t, -1) ** 2 / 2,
        n3: (t: number) => Math.exp(-2 * t) / 2,
      },
      jumps: {
        d1: (t: number) => (1 - Math.exp(-2 * t)) / 2,
        d2: (t: number) => (1 - Math.exp(-(1 + g) * t)) / 4,
        d3: (t: number) => (1 - Math.exp(-(1 - g) * t)) / 4,
      },
    };
    const { where, size } = largestDeviation(solved, solveMaster(system));
    expect(size, where).toBeLessThan(TOLERANCE);
  });
});
