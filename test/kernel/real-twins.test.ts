// The kernel's functions for real states (packed, two numbers a word) against plain twins, with guard values around buffers.
import { beforeAll, describe, expect, test } from "vitest";
import {
  Guarded,
  type KernelFunctions,
  kernelFunctions,
  placeIntegers,
} from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";

let kernel: KernelFunctions;
beforeAll(async () => {
  kernel = await kernelFunctions();
});

const random = uniform("kernel twins for reals");
const reals = (n: number): number[] => Array.from({ length: n }, () => random() - 0.5);
const inner = (x: readonly number[], y: readonly number[]): number =>
  x.reduce((sum, a, i) => sum + a * (y[i] ?? Number.NaN), 0);
/** Numbers in kernel memory, padded with zeros to whole words of two. */
const padded = (x: readonly number[]): Guarded => new Guarded(kernel, x, x.length + (x.length % 2));

/** Rounding of a sum of `terms` products of numbers below 1. */
function expectClose(actual: readonly number[], expected: readonly number[], terms: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [k, x] of expected.entries()) {
    expect(Math.abs((actual[k] ?? Number.NaN) - x)).toBeLessThanOrEqual((terms + 4) * terms * 2 ** -53);
  }
}

describe.each([1, 2, 3, 7, 8, 9, 16, 33])("%i numbers", (n) => {
  const words = (n + 1) >> 1;
  const even = 2 * words;

  test("inner products, one by one and in a block", () => {
    const vectors = Array.from({ length: 6 }, () => reals(n));
    const placed = vectors.map(padded);
    const [x0, x1, x2, x3, y0, y1] = placed.map(({ address }) => address) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const out = new Guarded(kernel, new Array<number>(8).fill(0));
    expectClose([kernel.dotReal(x0, y0, words)], [inner(vectors[0] ?? [], vectors[4] ?? [])], n);
    kernel.gramBlock(x0, x1, x2, x3, y0, y1, words, out.address);
    const expected = [0, 1, 2, 3].flatMap((a) =>
      [4, 5].map((b) => inner(vectors[a] ?? [], vectors[b] ?? [])),
    );
    expectClose(out.read(), expected, n);
    expect([...placed, out].every((g) => g.untouchedAround)).toBe(true);
  });

  test("three-term recurrence, multiplication by i", () => {
    const [w, v, u] = [reals(even), reals(even), reals(even)];
    const placed = [w, v, u].map((x) => new Guarded(kernel, x));
    const [a, b, c] = placed.map(({ address }) => address) as [number, number, number];
    const expected = w.map((x, i) => x - 0.3 * (v[i] ?? 0) + 0.7 * (u[i] ?? 0));
    expectClose([kernel.threeTerms(a, b, c, words, 0.3, -0.7)], [inner(expected, expected)], 4 * even);
    expectClose(placed[0]?.read() ?? [], expected, 3);
    kernel.timesI(a, b, words, 0.25);
    const sum = expected.map((x, i) => x + 0.25 * (v[i] ?? 0));
    expectClose(
      placed[0]?.read() ?? [],
      sum.map((_, i) => (i % 2 === 0 ? -(sum[i + 1] ?? 0) : (sum[i - 1] ?? 0))),
      4,
    );
    expect(placed.every((g) => g.untouchedAround)).toBe(true);
  });

  test("packing", () => {
    const x = reals(n);
    const complex = new Guarded(
      kernel,
      x.flatMap((re) => [re, 0]),
    );
    const out = new Guarded(kernel, new Array<number>(even).fill(5));
    const back = new Guarded(kernel, new Array<number>(2 * n).fill(5));
    expect(kernel.isReal(complex.address, n)).toBeTruthy();
    const other = new Guarded(
      kernel,
      x.flatMap((re, i) => [re, i === n - 1 ? 1e-300 : 0]),
    );
    expect(kernel.isReal(other.address, n)).toBeFalsy();
    kernel.packReal(complex.address, n, out.address);
    expect(out.read()).toEqual([...x, ...new Array<number>(even - n).fill(0)]);
    kernel.unpackReal(out.address, n, back.address);
    expect(back.read()).toEqual(x.flatMap((re) => [re, 0]));
    expect([complex, out, back].every((g) => g.untouchedAround)).toBe(true);
  });

  test.each(["uniform", "real"])("sparse matrix, %s", (kind) => {
    const rows = n + 2;
    const dense = Array.from({ length: rows }, () =>
      reals(n).map((x) => (x > 0 ? (kind === "uniform" ? 0.25 : x) : 0)),
    );
    const elements = dense.flatMap((row, i) =>
      row.flatMap((value, j) => (value === 0 ? [] : [{ i, j, value }])),
    );
    const rowStart = Array.from({ length: rows + 1 }, (_, i) => elements.filter((e) => e.i < i).length);
    const x = reals(n);
    const a = padded(x);
    const y = new Guarded(kernel, new Array<number>(rows + (rows % 2)).fill(3));
    kernel.multiplyPackedReals(
      rows,
      n,
      placeIntegers(kernel, rowStart),
      placeIntegers(
        kernel,
        elements.map((e) => e.j),
      ),
      new Guarded(
        kernel,
        elements.flatMap((e) => [e.value, 0]),
      ).address,
      a.address,
      y.address,
      -0.5,
    );
    const image = dense.map((row) => inner(row, x));
    expectClose(y.read().slice(0, rows), image, 2 * n);
    expectClose(
      a.read().slice(0, n),
      x.map((xj, j) => xj - 0.5 * dense.reduce((sum, row, i) => sum + (row[j] ?? 0) * (image[i] ?? 0), 0)),
      4 * n * rows,
    );
    expect([a, y].every((g) => g.untouchedAround)).toBe(true);
  });

  test("Hermitian form with a projector", () => {
    const diagonal = reals(n);
    const phi = reals(2 * n);
    const upper = Array.from({ length: n }, (_, i) => i).flatMap((i) =>
      Array.from({ length: n - i - 1 }, (_, k) => ({ i, j: i + k + 1, re: random(), im: random() })),
    );
    const x = reals(n);
    const y = new Guarded(kernel, new Array<number>(even).fill(3));
    kernel.applyFormPacked(
      n,
      new Guarded(kernel, diagonal).address,
      upper.length,
      placeIntegers(
        kernel,
        upper.map((e) => e.i),
      ),
      placeIntegers(
        kernel,
        upper.map((e) => e.j),
      ),
      new Guarded(
        kernel,
        upper.flatMap((e) => [e.re, e.im]),
      ).address,
      0.5,
      n,
      placeIntegers(
        kernel,
        Array.from({ length: n }, (_, i) => i),
      ),
      new Guarded(kernel, phi).address,
      padded(x).address,
      y.address,
    );
    const re = phi.filter((_, k) => k % 2 === 0);
    const im = phi.filter((_, k) => k % 2 === 1);
    const expected = x.map(
      (xi, i) =>
        (diagonal[i] ?? 0) * xi +
        upper.reduce((sum, e) => sum + (e.i === i ? e.re * (x[e.j] ?? 0) : 0), 0) +
        upper.reduce((sum, e) => sum + (e.j === i ? e.re * (x[e.i] ?? 0) : 0), 0) +
        0.5 * ((re[i] ?? 0) * inner(re, x) + (im[i] ?? 0) * inner(im, x)),
    );
    expectClose(y.read().slice(0, n), expected, 8 * n);
    expect(y.untouchedAround).toBe(true);
  });
});
