import { describe, expect, test } from "vitest";
import { abs, add, type Complex, conjugate, multiply, scale, subtract } from "#src/base/complex.js";
import { type Eigenmode, eigenmodes } from "#src/model/eigenmodes.js";
import { uniform } from "../support/uniform.js";

type Rows = readonly (readonly Complex[])[];

const rows = (n: number, element: (row: number, column: number) => Complex): Rows =>
  Array.from({ length: n }, (_, row) => Array.from({ length: n }, (_, column) => element(row, column)));

const real = (...matrix: (readonly number[])[]): Rows => matrix.map((row) => row.map((x): Complex => [x, 0]));

const largest = (matrix: Rows): number => Math.max(...matrix.flat().map(abs));

/** sum of value |vector><vector| */
const assembled = (modes: readonly Eigenmode[]): Rows =>
  rows(modes.length, (i, j) =>
    modes.reduce<Complex>(
      (sum, { value, vector }) => {
        const product = multiply(vector[i] ?? [0, 0], conjugate(vector[j] ?? [0, 0]));
        return add(sum, scale(product, value));
      },
      [0, 0],
    ),
  );

const overlap = (a: Eigenmode, b: Eigenmode): Complex =>
  a.vector.reduce<Complex>((sum, x, k) => add(sum, multiply(conjugate(x), b.vector[k] ?? [0, 0])), [0, 0]);

/** The largest error of A = sum value |v><v| over the largest element, and of <v|w> = delta. */
function errors(matrix: Rows): { matrix: number; vectors: number } {
  const modes = eigenmodes(matrix);
  const sum = assembled(modes);
  const difference = rows(matrix.length, (i, j) => subtract(sum[i]?.[j] ?? [0, 0], matrix[i]?.[j] ?? [0, 0]));
  const gram = modes.flatMap((a, i) =>
    modes.map((b, j) => abs(subtract(overlap(a, b), [i === j ? 1 : 0, 0]))),
  );
  return { matrix: largest(difference) / largest(matrix), vectors: Math.max(...gram) };
}

/** Hermitian with elements in the unit square, of a given seed. */
function random(n: number, seed: number): Rows {
  const draw = uniform(`eigenmodes ${seed}`);
  const upper = rows(n, (i, j) => [2 * draw() - 1, i === j ? 0 : 2 * draw() - 1]);
  return rows(n, (i, j) => (i <= j ? (upper[i]?.[j] ?? [0, 0]) : conjugate(upper[j]?.[i] ?? [0, 0])));
}

describe("a Hermitian matrix is the sum of its modes", () => {
  test.each([1, 2, 3, 4, 5, 6, 8])("n = %d, to 1e-14", (n) => {
    for (let seed = 1; seed <= 20; seed++) {
      const found = errors(random(n, 1000 * n + seed));
      expect(found.matrix).toBeLessThan(1e-14);
      expect(found.vectors).toBeLessThan(1e-14);
    }
  });

  test("n = 60, to a few n roundings", () => {
    const found = errors(random(60, 1));
    expect(found.matrix).toBeLessThan(8 * 60 * Number.EPSILON);
    expect(found.vectors).toBeLessThan(8 * 60 * Number.EPSILON);
  });

  test.each([1e-300, 1e-12, 1e12, 1e300])("whatever its size: %d", (size) => {
    const matrix = random(5, 7).map((row) => row.map((x) => scale(x, size)));
    expect(errors(matrix).vectors).toBeLessThan(1e-14);
    const values = eigenmodes(matrix).map(({ value }) => value / size);
    const expected = eigenmodes(random(5, 7)).map(({ value }) => value);
    values.forEach((value, k) => {
      expect(Math.abs(value - (expected[k] ?? 0))).toBeLessThan(1e-14);
    });
  });
});

describe("modes that are known", () => {
  test("cos(2 pi (i - j) / n): two values n/2, the others 0", () => {
    const n = 7;
    const matrix = rows(n, (i, j) => [Math.cos((2 * Math.PI * (i - j)) / n), 0]);
    const values = eigenmodes(matrix).map(({ value }) => value);
    values.forEach((value, k) => {
      expect(Math.abs(value - (k < 2 ? n / 2 : 0))).toBeLessThan(1e-14);
    });
  });

  test("a diagonal matrix keeps its unit vectors, largest values first", () => {
    expect(eigenmodes(real([1, 0, 0], [0, 3, 0], [0, 0, 2]))).toEqual([
      {
        value: 3,
        vector: [
          [0, 0],
          [1, 0],
          [0, 0],
        ],
      },
      {
        value: 2,
        vector: [
          [0, 0],
          [0, 0],
          [1, 0],
        ],
      },
      {
        value: 1,
        vector: [
          [1, 0],
          [0, 0],
          [0, 0],
        ],
      },
    ]);
  });

  test("equal values keep their order", () => {
    const modes = eigenmodes(real([2, 0, 0], [0, 2, 0], [0, 0, 2]));
    expect(modes.map(({ vector }) => vector.findIndex(([re]) => re === 1))).toEqual([0, 1, 2]);
  });

  test("nothing but zeros", () => {
    expect(eigenmodes(real([0, 0], [0, 0]))).toEqual([
      {
        value: 0,
        vector: [
          [1, 0],
          [0, 0],
        ],
      },
      {
        value: 0,
        vector: [
          [0, 0],
          [1, 0],
        ],
      },
    ]);
  });

  test("one mode with phases: the first of the largest components is real and positive", () => {
    const weights: Complex[] = [
      [0.1, 0.2],
      [-0.6, 0.8],
      [0, 1],
    ];
    const norm = Math.sqrt(0.05 + 1 + 1);
    const matrix = rows(3, (i, j) => multiply(weights[i] ?? [0, 0], conjugate(weights[j] ?? [0, 0])));
    const [mode, ...others] = eigenmodes(matrix);
    expect(Math.abs((mode?.value ?? 0) - norm * norm)).toBeLessThan(1e-14);
    for (const { value } of others) expect(Math.abs(value)).toBeLessThan(1e-14);
    weights.forEach((weight, k) => {
      const turned = multiply(weight, [-0.6 / norm, -0.8 / norm]);
      expect(abs(subtract(mode?.vector[k] ?? [0, 0], turned))).toBeLessThan(1e-14);
    });
    expect(mode?.vector[1]?.[1]).toBe(0);
  });

  test("a real matrix has real modes", () => {
    const matrix = random(6, 3).map((row) => row.map(([re]): Complex => [re, 0]));
    const symmetric = rows(6, (i, j) => matrix[Math.min(i, j)]?.[Math.max(i, j)] ?? [0, 0]);
    for (const { vector } of eigenmodes(symmetric))
      expect(vector.map(([, im]) => im)).toEqual(Array(6).fill(0));
  });
});
