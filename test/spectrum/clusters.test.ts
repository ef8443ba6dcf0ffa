import { describe, expect, test } from "vitest";
import { type Cluster, findClusters } from "#src/spectrum/clusters.js";
import { strongComponents } from "#src/spectrum/graph.js";
import { combine, copy, identity, type Matrix, multiply, zeros } from "#src/spectrum/matrix.js";
import { schur } from "#src/spectrum/schur.js";
import { uniform } from "../support/uniform.ts";
import { difference, randomMatrix, randomUnitary, real, rounding, turned } from "./support.ts";

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

test("strong components come after those that they lead to", () => {
  const edges = [[1], [2, 3], [0], [4], [5], [4], []];
  const components = strongComponents(7, (v) => edges[v] ?? []).map((one) => [...one].sort((a, b) => a - b));
  expect(components).toEqual([[4, 5], [3], [0, 1, 2], [6]]);
});
