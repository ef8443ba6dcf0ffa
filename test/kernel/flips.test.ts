// Sums of flips over all bits, as matrices and as quadratic forms, against plain twins.
import { beforeAll, describe, expect, test } from "vitest";
import { packMatrix } from "#src/compile/block-matrix.js";
import type { SparseMatrix } from "#src/compile/program.js";
import { addMatrix } from "#src/kernel/load.js";
import {
  Guarded,
  type KernelFunctions,
  kernelFunctions,
  placeIntegers,
} from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";

type C = readonly [number, number];
let kernel: KernelFunctions;
beforeAll(async () => {
  kernel = await kernelFunctions();
});

const random = uniform("flips");
const vector = (n: number): C[] => Array.from({ length: n }, () => [random() - 0.5, random() - 0.5]);
const placed = (x: readonly C[]): Guarded => new Guarded(kernel, x.flat());
const times = ([a, b]: C, [c, d]: C): C => [a * c - b * d, a * d + b * c];
const plus = ([a, b]: C, [c, d]: C): C => [a + c, b + d];
const at = (x: readonly C[], i: number): C => x[i] ?? [Number.NaN, Number.NaN];
const flipped = (i: number, bits: number): number[] => Array.from({ length: bits }, (_, b) => i ^ (1 << b));
const flipsOf = (x: readonly C[], bits: number): C[] =>
  x.map((_, i) =>
    flipped(i, bits)
      .map((j) => at(x, j))
      .reduce(plus),
  );

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  // Fewer than 100 numbers below 10 are added up to each.
  for (const [k, x] of expected.entries())
    expect(Math.abs((actual[k] ?? Number.NaN) - x)).toBeLessThan(1e-12);
}

test.each([1, 2, 3, 4, 7, 8, 9, 10, 11])("y = F x, %i bits", (bits) => {
  const x = vector(1 << bits);
  const [from, to] = [placed(x), placed(vector(1 << bits))];
  kernel.sumFlips(from.address, to.address, bits);
  expectClose(to.read(), flipsOf(x, bits).flat());
  expect([from, to].every((g) => g.untouchedAround)).toBe(true);
});

const FACTORS: readonly C[] = [
  [0.7, 0],
  [0, -0.3],
  [0.2, 0.5],
];

describe.each([1, 2, 5, 6])("<x|O|x>, %i bits", (bits) => {
  const pairs = Array.from({ length: 1 << bits }, (_, i) => flipped(i, bits).filter((j) => j > i))
    .map((columns) => columns.sort((a, b) => a - b))
    .flatMap((columns, i) => columns.map((j) => [i, j] as const));
  // With another value, or with a pair that differs in two bits, it is no sum of flips.
  test.each(["flips", "another value", "another pair"])("%s", (kind) => {
    for (const factor of FACTORS) {
      const x = vector(1 << bits);
      const list = pairs.map(([i, j], k) => {
        const last = k === pairs.length - 1;
        if (last && kind === "another pair") return { i: 0, j: (1 << bits) - 1, v: factor };
        return { i, j, v: last && kind === "another value" ? ([0.9, 0.1] as const) : factor };
      });
      const psi = placed(x);
      const rows = placeIntegers(
        kernel,
        list.map(({ i }) => i),
      );
      const columns = placeIntegers(
        kernel,
        list.map(({ j }) => j),
      );
      const values = placed(list.map(({ v }) => v));
      const value = kernel.formValue(x.length, 0, list.length, rows, columns, values.address, psi.address);
      const parts = list.map(({ i, j, v }) => {
        const [re, im] = at(x, i);
        return 2 * times([re, -im], times(v, at(x, j)))[0];
      });
      expectClose([value], [parts.reduce((sum, part) => sum + part, 0)]);
    }
  });
});

/** factor F + D over 2^6 states; `extra`: one more element in each block, so that it is no sum of flips. */
function matrixOf(factor: C, diagonal: readonly C[], extra: boolean): { sparse: SparseMatrix; dense: C[][] } {
  const bits = 6;
  const dense = Array.from({ length: 1 << bits }, (_, i) =>
    Array.from({ length: 1 << bits }, (_unused, j): C => {
      if (i === j) return at(diagonal, i);
      if (extra && i >> 3 === j >> 3 && (i & 7) === 0 && (j & 7) === 7) return factor;
      return flipped(i, bits).includes(j) ? factor : [0, 0];
    }),
  );
  const rows = dense.map((row) => row.flatMap((v, j) => (v[0] === 0 && v[1] === 0 ? [] : [{ j, v }])));
  const rowStart = new Uint32Array(dense.length + 1);
  rows.forEach((row, i) => {
    rowStart[i + 1] = (rowStart[i] ?? 0) + row.length;
  });
  const elements = rows.flat();
  return {
    sparse: {
      rows: dense.length,
      columns: dense.length,
      rowStart,
      column: Uint32Array.from(elements, ({ j }) => j),
      values: Float64Array.from(elements.flatMap(({ v }) => v)),
    },
    dense,
  };
}

describe.each(["flips", "one element more"])("matrices: %s", (kind) => {
  test.each([...FACTORS.entries()])("factor %i", (_, factor) => {
    const n = 64;
    const { sparse, dense } = matrixOf(factor, vector(n), kind !== "flips");
    const stretches = Uint32Array.from({ length: 9 }, (_unused, k) => 8 * k);
    const packed = packMatrix(sparse, stretches, stretches);
    expect("blocks" in packed).toBe(true);
    const number = addMatrix(kernel, packed);
    const [v, u] = [vector(n), vector(n)];
    const product = dense.map((row) => row.map((e, j) => times(e, at(v, j))).reduce(plus));
    const [from, before, to] = [placed(v), placed(u), placed(vector(n))];
    kernel.recurMatrix(number, to.address, from.address, before.address, 0.3, -0.6, 0.4);
    expectClose(
      to.read(),
      product.flatMap((y, i) => plus(times([0.3, 0], plus(y, times([0.6, -0.4], at(v, i)))), at(u, i))),
    );
    kernel.multiplyMatrix(number, from.address, to.address, 0.5);
    expectClose(to.read(), product.flat());
    const adjoint = dense.map((row, i) =>
      row.map((_unused, j) => at(dense[j] ?? [], i)).map(([re, im], j) => times([re, -im], at(product, j))),
    );
    expectClose(
      from.read(),
      adjoint.flatMap((parts, i) => plus(at(v, i), times([0.5, 0], parts.reduce(plus)))),
    );
  });
});
