// Functions of packed reals (two numbers a word, padded with zeros) and of sums of rows against plain twins.
import { describe, expect, test } from "vitest";
import { Buffer, expectClose, kernel, room, rounding } from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";

const random = uniform("kernel twins for reals");
const reals = (n: number): number[] => Array.from({ length: n }, () => random() - 0.5);
const inner = (x: readonly number[], y: readonly number[]): number =>
  x.reduce((sum, a, i) => sum + a * (y[i] ?? Number.NaN), 0);

describe.each([1, 2, 3, 7, 8, 9, 16, 33])("%i numbers", (n) => {
  const words = (n + 1) >> 1;
  const even = 2 * words;

  test("inner products, one by one and in a block", () => {
    const vectors = Array.from({ length: 6 }, () => reals(n));
    const addresses = vectors.map((x) => new Buffer(x, even).address);
    const [x0, x1, x2, x3, y0, y1] = addresses as [number, number, number, number, number, number];
    const out = room(8);
    expectClose([kernel.dotReal(x0, y0, words)], [inner(vectors[0] ?? [], vectors[4] ?? [])], rounding(n));
    kernel.gramBlock(x0, x1, x2, x3, y0, y1, words, out.address);
    const expected = vectors.slice(0, 4).flatMap((x) => vectors.slice(4).map((y) => inner(x, y)));
    expectClose(out.read(), expected, rounding(n));
  });

  test("three-term recurrence, multiplication by i", () => {
    const [w, v, u] = [reals(even), reals(even), reals(even)];
    const [a, b, c] = [new Buffer(w), new Buffer(v), new Buffer(u)];
    const expected = w.map((x, i) => x - 0.3 * (v[i] ?? 0) + 0.7 * (u[i] ?? 0));
    const norm = kernel.threeTerms(a.address, b.address, c.address, words, 0.3, -0.7);
    expectClose([norm], [inner(expected, expected)], rounding(4 * even));
    expectClose(a.read(), expected, rounding(3));
    kernel.timesI(a.address, b.address, words, 0.25);
    const sum = expected.map((x, i) => x + 0.25 * (v[i] ?? 0));
    const turned = sum.map((_, i) => (i % 2 === 0 ? -(sum[i + 1] ?? 0) : (sum[i - 1] ?? 0)));
    expectClose(a.read(), turned, rounding(4));
  });

  test("packing", () => {
    const x = reals(n);
    const complex = new Buffer(x.flatMap((re) => [re, 0]));
    const other = new Buffer(x.flatMap((re, i) => [re, i === n - 1 ? 1e-300 : 0]));
    const [out, back] = [room(even), room(2 * n)];
    expect(kernel.isReal(complex.address, n)).toBeTruthy();
    expect(kernel.isReal(other.address, n)).toBeFalsy();
    kernel.packReal(complex.address, n, out.address);
    expect(out.read()).toEqual([...x, ...new Array<number>(even - n).fill(0)]);
    kernel.unpackReal(out.address, n, back.address);
    expect(back.read()).toEqual(complex.read());
  });
});

test.each([1, 2, 5, 8, 33])("one to four rows of %i that add up", (n) => {
  for (const count of [1, 2, 3, 4]) {
    const [before = [], ...rows] = Array.from({ length: 5 }, () => reals(n));
    const y = new Buffer(before);
    const [a, b, c, d] = rows.map((row) => new Buffer(row).address) as [number, number, number, number];
    const added = before.map((_, i) => rows.slice(0, count).reduce((sum, row) => sum + (row[i] ?? 0), 0));
    kernel.addRows(y.address, a, b, c, d, count, n, 0.5, false);
    const expected = before.map((x, i) => x + 0.5 * (added[i] ?? 0));
    expectClose(y.read(), expected, rounding(5));
    kernel.addRows(y.address, a, b, c, d, count, n, -2, true);
    expectClose(
      y.read(),
      added.map((x) => -2 * x),
      2 * rounding(5),
    );
  }
});
