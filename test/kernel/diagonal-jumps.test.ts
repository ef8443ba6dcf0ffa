// Losses and dephasing of single sites, drawn together with a basis state, against the images of the state.
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { forEachElement } from "#src/compile/matrix.js";
import type { Matrix } from "#src/compile/program.js";
import { addMatrix } from "#src/kernel/load.js";
import { parseModel } from "#src/model/file.js";
import { Buffer, kernel } from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";

const random = uniform("diagonal jumps");

const FIVE = parseModel(
  `sites: { q: { kind: qubit, count: 5 } }
channels:
  common: { rate: 1, operator: sum(sm(q)) }
  own: { rate: 0.2, each: sm(q) }
  phase: { rate: 0.7, each: 2*n(q) - 0.5 }
  pair: { rate: 0.3, operator: sm(q1)*sm(q2) + sp(q1)*sp(q2) }
initial: sp(q1)*sp(q3)*ground
times: { from: 0, to: 1, points: 2 }
observables: { first: n(q1) }`,
  { file: "five.yaml" },
).model;

/** ||M e_j||^2 for all j */
function columnNorms(matrix: Matrix): number[] {
  const norms = new Array<number>(matrix.columns).fill(0);
  forEachElement(matrix, (_row, j, re, im) => {
    norms[j] = (norms[j] ?? 0) + re * re + im * im;
  });
  return norms;
}

test("what is said to be diagonal, and its rates", () => {
  const { channels, spaces } = compile(FIVE);
  for (const { jumps, diagonalRates } of spaces) {
    const diagonal = jumps.filter((jump) => jump.diagonal);
    const names = diagonal.map(({ channel }) => channels[channel] ?? "");
    expect(names.every((name) => name.startsWith("own") || name.startsWith("phase"))).toBe(true);
    expect(jumps.length - diagonal.length).toBeGreaterThan(0);
    const norms = diagonal.map(({ matrix }) => columnNorms(matrix));
    diagonalRates.forEach((rate, i) => {
      expect(rate).toBeCloseTo(
        norms.reduce((sum, norm) => sum + (norm[i] ?? 0), 0),
        13,
      );
    });
  }
});

describe("draws", () => {
  const space = compile(FIVE).spaces[0];
  if (space === undefined) throw new Error("there is a space");
  const { dimension, diagonalRates } = space;
  const matrices = space.jumps.filter(({ diagonal }) => diagonal).map(({ matrix }) => matrix);
  const norms = matrices.map(columnNorms);
  const psi = Array.from({ length: dimension }, (_, i) => (i % 4 === 1 ? [0, 0] : [random(), -random()]));
  const population = psi.map(([re = 0, im = 0]) => re * re + im * im);

  /** The number, in `matrices`, of what each value of `rest` leads to. */
  function draws(state: readonly number[], rests: readonly number[]): number[] {
    const numbers = matrices.map((matrix) => addMatrix(kernel, matrix));
    const first = numbers[0] ?? 0;
    const [rates, vector] = [new Buffer(diagonalRates), new Buffer(state)];
    return rests.map((rest) => {
      const drawn = kernel.drawDiagonal(
        dimension,
        rates.address,
        first,
        numbers.length,
        vector.address,
        rest,
      );
      return drawn < 0 ? drawn : drawn - first;
    });
  }

  test("each channel has a share of ||J psi||^2", () => {
    const share = matrices.map(() => 0);
    const [middles, expected]: [number[], number[]] = [[], []];
    let end = 0;
    for (let i = 0; i < dimension; i++)
      norms.forEach((norm, c) => {
        const rate = (norm[i] ?? 0) * (population[i] ?? 0);
        if (rate === 0) return;
        middles.push(end + rate / 2);
        expected.push(c);
        share[c] = (share[c] ?? 0) + rate;
        end += rate;
      });
    expect(draws(psi.flat(), middles)).toEqual(expected);
    matrices.forEach((matrix, c) => {
      const image = new Float64Array(2 * matrix.rows);
      forEachElement(matrix, (i, j, re, im) => {
        const [a = 0, b = 0] = psi[j] ?? [];
        image[2 * i] = (image[2 * i] ?? 0) + re * a - im * b;
        image[2 * i + 1] = (image[2 * i + 1] ?? 0) + re * b + im * a;
      });
      expect(share[c]).toBeCloseTo(
        image.reduce((sum, x) => sum + x * x, 0),
        12,
      );
    });
    // Beyond all rates, by rounding: the last one that has any.
    expect(draws(psi.flat(), [2 * end])).toEqual(expected.slice(-1));
  });

  test("none without a state that any sees", () => {
    expect(draws(new Array<number>(2 * dimension).fill(0), [0.5, 0])).toEqual([-1, -1]);
  });
});
