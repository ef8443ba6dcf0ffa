// Matrices in parts (A x 1 + 1 x B + diagonal, in stretches of odd length) against dense twins, and back to elements.
import { beforeAll, describe, expect, test } from "vitest";
import { packMatrix, unpackMatrix } from "#src/compile/block-matrix.js";
import type { BlockMatrix, SparseMatrix } from "#src/compile/program.js";
import { addMatrix } from "#src/kernel/load.js";
import { Guarded, type KernelFunctions, kernelFunctions } from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";

type C = [number, number];
let kernel: KernelFunctions;
beforeAll(async () => {
  kernel = await kernelFunctions();
});

const random = uniform("block twins");
const times = (a: C, b: C): C => [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
const plus = (a: C, b: C): C => [a[0] + b[0], a[1] + b[1]];
const sum = (x: readonly C[]): C => x.reduce(plus, [0, 0]);
const norm2 = (x: readonly C[]): number => x.reduce((s, [re, im]) => s + re * re + im * im, 0);
const LENGTH = 17;

/** Kinds of elements: what the factors of whole rows and the elements of the block are. */
const KINDS: Readonly<
  Record<string, { readonly row: () => C; readonly element: () => C; readonly real: boolean }>
> = {
  "equal and real": { row: () => [0.3, 0], element: () => [0.3, 0], real: true },
  "equal and complex": { row: () => [0.3, -0.2], element: () => [0.3, -0.2], real: false },
  real: { row: () => [random(), 0], element: () => [random(), 0], real: true },
  complex: { row: () => [random(), random()], element: () => [random(), random()], real: false },
};

/** Rows x columns stretches of 17 states; whole rows where stretches differ, one block where they are the same. */
function dense(rows: number, columns: number, kind: keyof typeof KINDS, diagonal: boolean): C[][] {
  const { row, element, real } = KINDS[kind] ??
    KINDS.real ?? { row: () => [0, 0] as C, element: () => [0, 0] as C };
  const coupling = Array.from({ length: rows }, (_, a) =>
    Array.from({ length: columns }, (_unused, b): C => (a !== b && random() < 0.8 ? row() : [0, 0])),
  );
  const block = Array.from({ length: LENGTH }, (_, i) =>
    Array.from({ length: LENGTH }, (_unused, j): C => (i !== j && random() < 0.4 ? element() : [0, 0])),
  );
  return Array.from({ length: rows * LENGTH }, (_, i) =>
    Array.from({ length: columns * LENGTH }, (_unused, j): C => {
      const [a, b] = [Math.floor(i / LENGTH), Math.floor(j / LENGTH)];
      const [p, q] = [i % LENGTH, j % LENGTH];
      if (a === b) return p === q && diagonal ? [random(), real ? 0 : random()] : (block[p]?.[q] ?? [0, 0]);
      return p === q ? (coupling[a]?.[b] ?? [0, 0]) : [0, 0];
    }),
  );
}

function sparse(matrix: readonly (readonly C[])[]): SparseMatrix {
  const rows = matrix.map((row) =>
    row.flatMap(([re, im], j) => (re === 0 && im === 0 ? [] : [{ j, re, im }])),
  );
  const rowStart = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    rowStart[i + 1] = (rowStart[i] ?? 0) + row.length;
  });
  return {
    rows: rows.length,
    columns: matrix[0]?.length ?? 0,
    rowStart,
    column: Uint32Array.from(rows.flat(), ({ j }) => j),
    values: Float64Array.from(rows.flat().flatMap(({ re, im }) => [re, im])),
  };
}

const stretches = (count: number): Uint32Array =>
  Uint32Array.from({ length: count + 1 }, (_, k) => k * LENGTH);
const vector = (n: number): C[] => Array.from({ length: n }, () => [random() - 0.5, random() - 0.5]);
const product = (matrix: readonly (readonly C[])[], x: readonly C[]): C[] =>
  matrix.map((row) => sum(row.map((e, j) => times(e, x[j] ?? [0, 0]))));
const adjoint = (matrix: readonly (readonly C[])[]): C[][] =>
  (matrix[0] ?? []).map((_, j) => matrix.map((row): C => [row[j]?.[0] ?? 0, -(row[j]?.[1] ?? 0)]));

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  // Sums of 100 products at most, of numbers below 10.
  for (const [k, x] of expected.entries())
    expect(Math.abs((actual[k] ?? Number.NaN) - x)).toBeLessThan(1e-11);
}

const SHAPES = [
  [9, 9, true],
  [9, 9, false],
  [11, 6, false],
] as const;
const CASES = Object.keys(KINDS).flatMap((kind) => SHAPES.map((shape) => [kind, ...shape] as const));

describe.each(CASES)("%s elements, %i x %i stretches, diagonal %s", (kind, rows, columns, diagonal) => {
  const matrix = dense(rows, columns, kind, diagonal);
  const rowStretch = stretches(rows);
  const packed = packMatrix(sparse(matrix), rowStretch, rows === columns ? rowStretch : stretches(columns));

  test("packed, and back again", () => {
    expect("blocks" in packed).toBe(true);
    const { blocks, block } = packed as BlockMatrix;
    expect(blocks.length).toBe(1);
    expect(block.filter((b) => b === 1).length).toBe(Math.min(rows, columns));
    const [original, back] = [sparse(matrix), unpackMatrix(packed)];
    expect([...back.rowStart]).toEqual([...original.rowStart]);
    expect([...back.column]).toEqual([...original.column]);
    expectClose([...back.values], [...original.values]);
  });

  test("product, adjoint product, norm of the image", () => {
    const x = vector(columns * LENGTH);
    const a = new Guarded(kernel, x.flat());
    const y = new Guarded(kernel, new Array<number>(2 * rows * LENGTH).fill(3));
    const number = addMatrix(kernel, packed);
    const norm = kernel.multiplyMatrix(number, a.address, y.address, -0.5);
    const image = product(matrix, x);
    expectClose(y.read(), image.flat());
    expectClose([norm], [norm2(image)]);
    const expected = product(adjoint(matrix), image).map((v, j) => plus(x[j] ?? [0, 0], times([-0.5, 0], v)));
    expectClose(a.read(), expected.flat());
    expect([a, y].every((g) => g.untouchedAround)).toBe(true);
  });

  test("norms of columns, in parts and as a list", () => {
    const norms = adjoint(matrix).map(norm2);
    for (const number of [packed, sparse(matrix)].map((m) => addMatrix(kernel, m)))
      expectClose(
        norms.map((_, j) => kernel.columnNorm2(number, j)),
        norms,
      );
  });

  test("products of packed reals", () => {
    const x = vector(columns * LENGTH).map(([re]): C => [re, 0]);
    const reals = x.map(([re]) => re);
    const a = new Guarded(kernel, reals, reals.length + (reals.length % 2));
    const size = rows * LENGTH;
    const y = new Guarded(kernel, new Array<number>(size + (size % 2)).fill(3));
    const real = kernel.multiplyMatrixPacked(addMatrix(kernel, packed), a.address, y.address, -0.5);
    expect(Boolean(real)).toBe(KINDS[kind]?.real);
    if (!real) return;
    const image = product(matrix, x);
    expectClose(
      y.read().slice(0, size),
      image.map(([re]) => re),
    );
    expectClose(
      a.read().slice(0, reals.length),
      product(adjoint(matrix), image).map(([re], j) => (reals[j] ?? 0) - 0.5 * re),
    );
    expect([a, y].every((g) => g.untouchedAround)).toBe(true);
  });
});

test("rows that add up", () => {
  for (const n of [1, 2, 5, 8, 33]) {
    for (const count of [1, 2, 3, 4]) {
      const vectors = Array.from({ length: 5 }, () => vector(n).map(([re]) => re));
      const placed = vectors.map((v) => new Guarded(kernel, v));
      const [y, a, b, c, d] = placed.map(({ address }) => address) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const [before = [], ...rows] = vectors;
      const added = before.map((_, i) =>
        rows.slice(0, count).reduce((total, row) => total + (row[i] ?? 0), 0),
      );
      kernel.addRows(y, a, b, c, d, count, n, 0.5, false);
      const summed = before.map((v, i) => v + 0.5 * (added[i] ?? 0));
      expectClose(placed[0]?.read() ?? [], summed);
      kernel.addRows(y, a, b, c, d, count, n, -2, true);
      expectClose(
        placed[0]?.read() ?? [],
        added.map((v) => -2 * v),
      );
      expect(placed.every((g) => g.untouchedAround)).toBe(true);
    }
  }
});
