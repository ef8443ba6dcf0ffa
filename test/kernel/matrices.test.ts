// Products of sparse matrices, as lists of elements and in parts, with complex vectors and with packed reals, against
// dense twins.
import { describe, expect, test } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { unpackMatrix } from "#src/compile/matrix.js";
import { packMatrix } from "#src/compile/pack-matrix.js";
import type { BlockMatrix, Matrix } from "#src/compile/program.js";
import { addMatrix } from "#src/kernel/load.js";
import { Buffer, expectClose, kernel, placed, room } from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";
import { adjoint, image, norm2, plus, type Rows, rows, sparse, vector } from "../support/vectors.ts";

const random = uniform("block twins");
/** Sums of 1000 products at most, of numbers below 10. */
const TOLERANCE = 1e-11;

function testProducts(matrix: Matrix, dense: Rows, real: boolean): void {
  const columns = dense[0]?.length ?? 0;

  test("product, adjoint product, norm of the image", () => {
    const x = vector(columns, () => [random() - 0.5, random() - 0.5]);
    const [a, y] = [placed(x), room(2 * dense.length)];
    const norm = kernel.multiplyMatrix(addMatrix(kernel, matrix), a.address, y.address, -0.5);
    const once = image(dense, x);
    expectClose(y.read(), once.flat(), TOLERANCE);
    expectClose([norm], [norm2(once)], TOLERANCE);
    expectClose(a.read(), plus(x, [-0.5, 0], image(adjoint(dense), once)).flat(), TOLERANCE);
  });

  test("norms of columns", () => {
    const number = addMatrix(kernel, matrix);
    const norms = adjoint(dense).map(norm2);
    const found = norms.map((_, j) => kernel.columnNorm2(number, j));
    expectClose(found, norms, TOLERANCE);
  });

  test("products of packed reals", () => {
    const x = vector(columns, () => [random() - 0.5, 0]);
    const a = new Buffer(
      x.map(([re]) => re),
      columns + (columns % 2),
    );
    const y = room(dense.length + (dense.length % 2));
    const done = kernel.multiplyMatrixPacked(addMatrix(kernel, matrix), a.address, y.address, -0.5);
    expect(Boolean(done)).toBe(real);
    if (!real) return;
    const once = image(dense, x);
    const realParts = (z: readonly Complex[]) => z.map(([re]) => re);
    expectClose(y.read(dense.length), realParts(once), TOLERANCE);
    expectClose(a.read(columns), realParts(plus(x, [-0.5, 0], image(adjoint(dense), once))), TOLERANCE);
  });
}

const VALUES: Readonly<Record<string, () => Complex>> = {
  complex: () => [random() - 0.5, random() - 0.5],
  real: () => [random() - 0.5, 0],
  equal: () => [0.7, 0],
};
const SHAPES = [
  [1, 1],
  [3, 5],
  [8, 8],
  [9, 7],
  [17, 6],
  [35, 33],
] as const;
const LISTS = SHAPES.flatMap((shape) => Object.entries(VALUES).map((kind) => [...shape, ...kind] as const));

describe.each(LISTS)("lists of elements, %i x %i, %s", (n, columns, kind, value) => {
  const dense = rows(n, columns, () => (random() < 0.4 ? value() : [0, 0]));
  testProducts(sparse(dense), dense, kind !== "complex" || dense.flat().every(([, im]) => im === 0));
});

const LENGTH = 17;

/** Kinds of elements: what the factors of whole rows and the elements of the block are. */
interface Kind {
  readonly row: () => Complex;
  readonly element: () => Complex;
  readonly real: boolean;
}
const KINDS: readonly (readonly [name: string, Kind])[] = [
  ["equal and real", { row: () => [0.3, 0], element: () => [0.3, 0], real: true }],
  ["equal and complex", { row: () => [0.3, -0.2], element: () => [0.3, -0.2], real: false }],
  ["real", { row: () => [random(), 0], element: () => [random(), 0], real: true }],
  ["complex", { row: () => [random(), random()], element: () => [random(), random()], real: false }],
];

/**
 * A x 1 + 1 x B + diagonal, with as many stretches of 17 states: whole rows where stretches differ, one block where
 * they are the same.
 */
function inStretches(
  n: number,
  columns: number,
  { row, element, real }: Kind,
  diagonal: boolean,
): Complex[][] {
  const coupling = rows(n, columns, (a, b) => (a !== b && random() < 0.8 ? row() : [0, 0]));
  const block = rows(LENGTH, LENGTH, (i, j) => (i !== j && random() < 0.4 ? element() : [0, 0]));
  return rows(n * LENGTH, columns * LENGTH, (i, j) => {
    const [a, b] = [Math.floor(i / LENGTH), Math.floor(j / LENGTH)];
    const [p, q] = [i % LENGTH, j % LENGTH];
    if (a === b) return p === q && diagonal ? [random(), real ? 0 : random()] : (block[p]?.[q] ?? [0, 0]);
    return p === q ? (coupling[a]?.[b] ?? [0, 0]) : [0, 0];
  });
}

const stretches = (count: number) => Uint32Array.from({ length: count + 1 }, (_, k) => k * LENGTH);
const PARTS = KINDS.flatMap(([name, kind]) =>
  (
    [
      [9, 9, true],
      [9, 9, false],
      [11, 6, false],
    ] as const
  ).map((shape) => [name, ...shape, kind] as const),
);

describe.each(PARTS)("%s parts, %i x %i stretches, diagonal %s", (_, n, columns, diagonal, kind) => {
  const dense = inStretches(n, columns, kind, diagonal);
  const own = stretches(n);
  const packed = packMatrix(sparse(dense), own, n === columns ? own : stretches(columns));
  testProducts(packed, dense, kind.real);

  test("packed, and back again", () => {
    expect("blocks" in packed).toBe(true);
    const { blocks, block } = packed as BlockMatrix;
    expect(blocks.length).toBe(1);
    expect(block.filter((b) => b === 1).length).toBe(Math.min(n, columns));
    const [original, back] = [sparse(dense), unpackMatrix(packed)];
    expect(back.rowStart).toEqual(original.rowStart);
    expect(back.column).toEqual(original.column);
    expectClose([...back.values], [...original.values], TOLERANCE);
  });
});
