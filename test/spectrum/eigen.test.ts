import { describe, expect, test } from "vitest";
import { hermitianEigen } from "#src/spectrum/hermitian.js";
import { type Matrix, multiply, zeros } from "#src/spectrum/matrix.js";
import { schur } from "#src/spectrum/schur.js";
import { Split } from "#src/spectrum/split.js";
import { uniform } from "../support/uniform.ts";
import {
  diagonal,
  difference,
  hermitian,
  largest,
  randomMatrix,
  randomUnitary,
  real,
  rounding,
  skewness,
  turned,
  UNITS,
} from "./support.ts";

describe("Schur form", () => {
  test.each([1, 2, 3, 5, 20, 60])("of a random matrix of %i rows", (n) => {
    const a = randomMatrix(n, n, uniform(`schur ${n}`));
    const { t, u } = schur(a);
    expect(skewness(u)).toBeLessThan(UNITS * n * Number.EPSILON);
    expect(difference(turned(u, t), a)).toBeLessThan(rounding(a));
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) expect(t.re[i * n + j] || t.im[i * n + j]).toBe(0);
  });

  test("graded, zero, nilpotent and cyclic matrices", () => {
    const graded = randomMatrix(8, 8, uniform("graded"));
    graded.re.set(graded.re.map((x, e) => x * 10 ** (-2 * Math.floor(e / 8))));
    const cyclic = real([
      [0, 1, 0],
      [0, 0, 1],
      [1, 0, 0],
    ]);
    const nilpotent = turned(
      randomUnitary(3, "n"),
      real([
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 0],
      ]),
    );
    for (const a of [graded, zeros(4, 4), cyclic, nilpotent]) {
      const { t, u } = schur(a);
      expect(difference(turned(u, t), a)).toBeLessThanOrEqual(rounding(a));
    }
    const { t } = schur(cyclic);
    const roots = [0, 4, 8].map((e) => Math.atan2(t.im[e] ?? 0, t.re[e] ?? 0)).sort((a, b) => a - b);
    for (const [i, third] of [-2, 0, 2].entries()) {
      expect(roots[i]).toBeCloseTo((third * Math.PI) / 3, 14);
    }
  });

  test("a triangular matrix in any order of rows keeps its eigenvalues to the bit", () => {
    const n = 30;
    const random = uniform("order");
    const order = Array.from({ length: n }, (_, i) => i).sort(() => random() - 0.5);
    const a = zeros(n, n);
    order.forEach((i, p) => {
      order.forEach((j, q) => {
        if (p >= q) a.re[i * n + j] = p === q ? 0.7 : 1;
      });
    });
    const { t } = schur(a);
    for (let i = 0; i < n; i++) expect(t.re[i * n + i]).toBe(0.7);
  });
});

describe("Hermitian eigenvalues", () => {
  test.each([
    ["real", false],
    ["real up to basis phases", true],
  ])("%s: the library's solver", (_, phased) => {
    const n = 12;
    const random = uniform("real");
    const a = hermitian(
      real(Array.from({ length: n }, () => Array.from({ length: n }, () => random() - 0.5))),
    );
    const phases = diagonal(Array.from({ length: n }, (__, i) => [Math.cos(i * i), Math.sin(i * i)]));
    check(phased ? turned(phases, a) : a);
  });

  test("complex, diagonal, degenerate and empty", () => {
    check(hermitian(randomMatrix(15, 15, uniform("complex"))));
    check(
      real([
        [3, 0],
        [0, 1],
      ]),
    );
    check(turned(randomUnitary(6, "u"), diagonal([1, 1, 1, 2, 2, 5].map((x) => [x, 0]))));
    expect(hermitianEigen(zeros(0, 0)).values).toHaveLength(0);
  });

  function check(a: Matrix): void {
    const { values, vectors } = hermitianEigen(a);
    expect([...values]).toEqual([...values].sort((x, y) => x - y));
    expect(skewness(vectors)).toBeLessThan(1e-13);
    const back = turned(vectors, diagonal([...values].map((x) => [x, 0])));
    expect(difference(back, a)).toBeLessThan(rounding(a));
  }
});

test("a split absorbs exactly the row space, whatever its rank", () => {
  const rows = multiply(randomMatrix(7, 3, uniform("a")), randomMatrix(3, 9, uniform("b")));
  const split = new Split(9);
  split.absorb(rows, 1e-12, 1);
  expect(split.rank).toBe(3);
  split.absorb(rows, 1e-12, 1);
  expect(split.rank).toBe(3);
  expect(skewness(split.basis)).toBeLessThan(1e-14 * 9);
  const image = multiply(rows, split.basis);
  const left = Array.from({ length: 7 * 9 }, (_, e) =>
    e % 9 < 3 ? 0 : Math.hypot(image.re[e] ?? 0, image.im[e] ?? 0),
  );
  expect(Math.max(...left)).toBeLessThan(rounding(rows));
  expect(largest(image)).toBeGreaterThan(1);
});
