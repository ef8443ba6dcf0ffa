import { describe, expect, test } from "vitest";
import { type Cluster, findClusters } from "#src/spectrum/clusters.js";
import { strongComponents } from "#src/spectrum/graph.js";
import { hermitianEigen } from "#src/spectrum/hermitian.js";
import { combine, copy, frobenius, identity, type Matrix, multiply, zeros } from "#src/spectrum/matrix.js";
import { schur } from "#src/spectrum/schur.js";
import { Split } from "#src/spectrum/split.js";
import { uniform } from "../support/uniform.ts";
import { difference, hermitian, largest, randomMatrix, real, skewness, turned } from "./support.ts";

/** Backward errors in units of rounding of ||A||; the bound of Householder and Givens sequences grows with n. */
const UNITS = 40;
const rounding = (a: Matrix): number => UNITS * Math.sqrt(a.rows) * Number.EPSILON * frobenius(a);

const randomUnitary = (n: number, seed: string): Matrix => schur(randomMatrix(n, n, uniform(seed))).u;

const diagonal = (values: readonly (readonly [number, number])[]): Matrix => {
  const d = zeros(values.length, values.length);
  values.forEach(([re, im], i) => {
    d.re[i * values.length + i] = re;
    d.im[i * values.length + i] = im;
  });
  return d;
};

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

describe("clusters of eigenvalues", () => {
  /** Upper triangular, with the Jordan blocks given as [eigenvalue, size], turned by a random unitary. */
  function withBlocks(blocks: readonly (readonly [number, number])[], seed: string, coupling = 1): Matrix {
    const n = blocks.reduce((sum, [, size]) => sum + size, 0);
    const a = zeros(n, n);
    let place = 0;
    for (const [value, size] of blocks) {
      for (let k = 0; k < size; k++) {
        const i = place + k;
        a.re[i * n + i] = value;
        if (k + 1 < size) a.re[i * n + i + 1] = coupling;
      }
      place += size;
    }
    return turned(randomUnitary(n, seed), a);
  }
  const found = (clusters: readonly Cluster[]) =>
    [...clusters].sort((a, b) => a.re - b.re).map(({ jordan }) => jordan);

  test.each([
    [[[0, 2]], [[2]]],
    [
      [
        [0, 3],
        [1, 1],
      ],
      [[3], [1]],
    ],
    [
      [
        [-1, 2],
        [0, 1],
        [2, 2],
      ],
      [[2], [1], [2]],
    ],
    [
      [
        [0, 2],
        [0, 1],
        [0, 1],
        [3, 1],
      ],
      [[2, 1, 1], [1]],
    ],
    [
      [
        [0, 2],
        [0, 2],
        [0, 1],
      ],
      [[2, 2, 1]],
    ],
    [
      [
        [1, 1],
        [1, 1],
        [1, 1],
      ],
      [[1, 1, 1]],
    ],
    [
      [
        [0, 4],
        [5, 4],
      ],
      [[4], [4]],
    ],
  ] as [[number, number][], number[][]][])("Jordan blocks %j", (blocks, expected) => {
    const a = withBlocks(blocks, JSON.stringify(blocks));
    const clusters = findClusters(schur(a));
    expect(found(clusters)).toEqual(expected);
    // the mean is known to rounding, times the condition of the cluster
    const values = [...new Set(blocks.map(([value]) => value))].sort((x, y) => x - y);
    [...clusters]
      .sort((x, y) => x.re - y.re)
      .forEach(({ re, im, condition }, i) => {
        expect(Math.hypot(re - (values[i] ?? 0), im)).toBeLessThan(rounding(a) * condition);
      });
  });

  test("near an exceptional point the two eigenvalues stay apart, with the condition number of the closed form", () => {
    // [[d, 1], [0, -d]]: eigenvalues +-d, condition sqrt(1 + 1 / (2 d)^2)
    const d = 1e-5;
    const clusters = findClusters(
      schur(
        turned(
          randomUnitary(2, "near"),
          real([
            [d, 1],
            [0, -d],
          ]),
        ),
      ),
    );
    expect(clusters).toHaveLength(2);
    for (const { condition, re } of clusters) {
      expect(condition / Math.hypot(1, 1 / (2 * d))).toBeCloseTo(1, 4);
      expect(Math.abs(Math.abs(re) - d)).toBeLessThan(1e-14 / d);
    }
  });

  test("random matrices: eigenvectors, and condition numbers as products of norms of right and left ones", () => {
    const a = randomMatrix(12, 12, uniform("vectors"));
    const clusters = findClusters(schur(a));
    expect(clusters).toHaveLength(12);
    const v = zeros(12, 12);
    clusters.forEach(({ vectors, re, im }, c) => {
      const image = multiply(a, vectors);
      expect(difference(image, combine([re, im], vectors, [0, 0], vectors))).toBeLessThan(rounding(a));
      for (let i = 0; i < 12; i++) {
        v.re[i * 12 + c] = vectors.re[i] ?? 0;
        v.im[i * 12 + c] = vectors.im[i] ?? 0;
      }
    });
    // rows of V^-1 are left eigenvectors y^+ with y^+ x = 1; here by the independent route of solving V W = 1
    const w = inverse(v);
    clusters.forEach(({ condition }, c) => {
      let norm = 0;
      for (let j = 0; j < 12; j++) norm += (w.re[c * 12 + j] ?? 0) ** 2 + (w.im[c * 12 + j] ?? 0) ** 2;
      expect(condition / Math.sqrt(norm)).toBeCloseTo(1, 10);
    });
  });

  /** Gauss-Jordan elimination. */
  function inverse(matrix: Matrix): Matrix {
    const n = matrix.rows;
    const [a, b] = [copy(matrix), identity(n)];
    for (let k = 0; k < n; k++) {
      let p = k;
      for (let i = k; i < n; i++) {
        const size = (r: number): number => Math.hypot(a.re[r * n + k] ?? 0, a.im[r * n + k] ?? 0);
        if (size(i) > size(p)) p = i;
      }
      for (const m of [a, b]) {
        for (let j = 0; j < n; j++) {
          for (const part of [m.re, m.im]) {
            [part[k * n + j], part[p * n + j]] = [part[p * n + j] ?? 0, part[k * n + j] ?? 0];
          }
        }
      }
      const [x, y] = [a.re[k * n + k] ?? 0, a.im[k * n + k] ?? 0];
      for (let i = 0; i < n; i++) {
        const [c, d] = [a.re[i * n + k] ?? 0, a.im[i * n + k] ?? 0];
        const size = x * x + y * y;
        // rows other than k lose (c + i d) / pivot times row k; row k itself is divided by the pivot at the end
        if (i === k) continue;
        const [p, q] = [(c * x + d * y) / size, (d * x - c * y) / size];
        for (const m of [a, b]) subtract(m, i, k, p, q);
      }
      for (const m of [a, b]) divide(m, k, x, y);
    }
    return b;
  }

  function subtract({ columns: n, re, im }: Matrix, i: number, k: number, p: number, q: number): void {
    for (let j = 0; j < n; j++) {
      const [c, d] = [re[k * n + j] ?? 0, im[k * n + j] ?? 0];
      re[i * n + j] = (re[i * n + j] ?? 0) - (p * c - q * d);
      im[i * n + j] = (im[i * n + j] ?? 0) - (p * d + q * c);
    }
  }

  function divide({ columns: n, re, im }: Matrix, k: number, x: number, y: number): void {
    for (let e = k * n; e < (k + 1) * n; e++) {
      const [c, d] = [re[e] ?? 0, im[e] ?? 0];
      re[e] = (c * x + d * y) / (x * x + y * y);
      im[e] = (d * x - c * y) / (x * x + y * y);
    }
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

test("strong components come after those that they lead to", () => {
  const edges = [[1], [2, 3], [0], [4], [5], [4], []];
  const components = strongComponents(7, (v) => edges[v] ?? []).map((one) => [...one].sort((a, b) => a - b));
  expect(components).toEqual([[4, 5], [3], [0, 1, 2], [6]]);
});
