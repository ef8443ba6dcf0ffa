// Sums of flips over all bits, as matrices and as quadratic forms, against plain twins.
import { describe, expect, test } from "vitest";
import { type Complex, conjugate, multiply } from "#src/base/complex.js";
import { packMatrix } from "#src/compile/pack-matrix.js";
import { addMatrix } from "#src/kernel/load.js";
import { expectClose, kernel, placed, placeIntegers, room } from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";
import { adjoint, at, image, plus, rows, sparse, sum, vector } from "../support/vectors.ts";

const random = uniform("flips");
const some = (n: number): Complex[] => vector(n, () => [random() - 0.5, random() - 0.5]);
const flipped = (i: number, bits: number): number[] => Array.from({ length: bits }, (_, b) => i ^ (1 << b));
/** Fewer than 100 numbers below 10 are added up to each. */
const TOLERANCE = 1e-12;

test.each([1, 2, 3, 4, 7, 8, 9, 10, 11])("y = F x, %i bits", (bits) => {
  const x = some(1 << bits);
  const to = room(2 << bits);
  kernel.sumFlips(placed(x).address, to.address, bits);
  const expected = x.map((_, i) => sum(flipped(i, bits).map((j) => at(x, j))));
  expectClose(to.read(), expected.flat(), TOLERANCE);
});

const FACTORS: readonly Complex[] = [
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
      const x = some(1 << bits);
      const list = pairs.map(([i, j], k) => {
        const last = k === pairs.length - 1;
        if (last && kind === "another pair") return { i: 0, j: (1 << bits) - 1, v: factor };
        return { i, j, v: last && kind === "another value" ? ([0.9, 0.1] as const) : factor };
      });
      const value = kernel.formValue(
        x.length,
        0,
        list.length,
        placeIntegers(list.map(({ i }) => i)),
        placeIntegers(list.map(({ j }) => j)),
        placed(list.map(({ v }) => v)).address,
        placed(x).address,
      );
      const parts = list.map(({ i, j, v }) => multiply(conjugate(at(x, i)), multiply(v, at(x, j))));
      expectClose([value], [2 * sum(parts)[0]], TOLERANCE);
    }
  });
});

/** factor F + D over 2^6 states; `extra`: one more element in each block, so that it is no sum of flips. */
const matrixOf = (factor: Complex, diagonal: readonly Complex[], extra: boolean): Complex[][] =>
  rows(64, 64, (i, j) => {
    if (i === j) return at(diagonal, i);
    if (extra && i >> 3 === j >> 3 && (i & 7) === 0 && (j & 7) === 7) return factor;
    return flipped(i, 6).includes(j) ? factor : [0, 0];
  });

describe.each(["flips", "one element more"])("matrices: %s", (kind) => {
  test.each(FACTORS)("factor %d + %d i", (...factor) => {
    const n = 64;
    const dense = matrixOf(factor, some(n), kind !== "flips");
    const stretches = Uint32Array.from({ length: 9 }, (_, k) => 8 * k);
    const packed = packMatrix(sparse(dense), stretches, stretches);
    expect("blocks" in packed).toBe(true);
    const number = addMatrix(kernel, packed);
    const [v, u] = [some(n), some(n)];
    const product = image(dense, v);
    const [from, to] = [placed(v), room(2 * n)];
    kernel.recurMatrix(number, to.address, from.address, placed(u).address, 0.3, -0.6, 0.4);
    expectClose(to.read(), plus(u, [0.3, 0], plus(product, [0.6, -0.4], v)).flat(), TOLERANCE);
    kernel.multiplyMatrix(number, from.address, to.address, 0.5);
    expectClose(to.read(), product.flat(), TOLERANCE);
    expectClose(from.read(), plus(v, [0.5, 0], image(adjoint(dense), product)).flat(), TOLERANCE);
  });
});
