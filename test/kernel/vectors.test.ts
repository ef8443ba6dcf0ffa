// Functions of vectors against plain twins.
import { describe, expect, test } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { Buffer, expectClose, kernel, placed, room, rounding } from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";
import { combination, dot, image, norm2, plus, type Rows, rows, vector } from "../support/vectors.ts";

const random = uniform("kernel twins");
const draw = (): Complex => [random() - 0.5, random() - 0.5];

describe.each([1, 2, 3, 4, 5, 7, 8, 13, 16, 33])("vectors of %i amplitudes", (n) => {
  const stride = kernel.vectorBytes(n);
  /** A vector where the kernel may read on to a multiple of four amplitudes. */
  const padded = (x: readonly Complex[]) => placed(x, stride / 16);
  const stacked = (basis: Rows) =>
    new Buffer(basis.flatMap((x) => [...x.flat(), ...new Array<number>(stride / 8 - 2 * n).fill(0)]));
  const some = () => vector(n, draw);

  test("norm2, dot", () => {
    const [x, y] = [some(), some()];
    const [a, b, out] = [padded(x), padded(y), room(2)];
    expectClose([kernel.norm2(a.address, n)], [norm2(x)], rounding(2 * n));
    kernel.dot(a.address, b.address, n, out.address);
    expectClose(out.read(), [...dot(x, y)], rounding(2 * n));
  });

  test("scaleInto, addScaled, rotate", () => {
    const [x, y] = [some(), some()];
    const c: Complex = [0.3, -0.7];
    const [a, b] = [placed(x), placed(y)];
    kernel.addScaled(b.address, a.address, n, ...c);
    expectClose(b.read(), plus(y, c, x).flat(), rounding(3));
    kernel.scaleInto(b.address, a.address, n, 0.25);
    expect(b.read()).toEqual(x.flat().map((v) => 0.25 * v));
    kernel.rotate(b.address, n, ...c);
    expectClose(b.read(), combination([[0.25 * c[0], 0.25 * c[1]]], [x]).flat(), rounding(3));
  });

  test("combine, evaluatePolynomial", () => {
    const basis = rows(4, n, draw);
    const coefficients = vector(4, draw);
    const [v, c, out] = [stacked(basis), placed(coefficients), room(2 * n)];
    kernel.combine(out.address, n, v.address, stride, 4, c.address);
    expectClose(out.read(), combination(coefficients, basis).flat(), rounding(8));
    kernel.evaluatePolynomial(out.address, n, v.address, stride, 3, 0.7);
    const powers = vector(4, (k) => [0.7 ** k, 0]);
    expectClose(out.read(), combination(powers, basis).flat(), rounding(8));
  });

  test("dotFour, addFour", () => {
    const [basis, y] = [rows(4, n, draw), some()];
    const [v, w, out] = [stacked(basis), placed(y), room(8)];
    kernel.dotFour(v.address, stride, w.address, n, out.address);
    const dots = basis.map((b) => dot(b, y));
    expectClose(out.read(), dots.flat(), rounding(2 * n));
    kernel.addFour(w.address, v.address, stride, n, out.address, -1);
    const left = plus(y, [-1, 0], combination(dots, basis));
    expectClose(w.read(), left.flat(), rounding(8 * n));
  });

  test("combineTwo", () => {
    const basis = rows(6, n, draw);
    const weights = rows(2, 6, () => [random() - 0.5, 0]);
    const [v, y, z] = [stacked(basis), room(2 * n), room(2 * n)];
    const [c, d] = weights.map((w) => placed(w).address) as [number, number];
    kernel.combineTwo(y.address, z.address, n, v.address, stride, 6, c, d);
    [y, z].forEach((out, k) => {
      expectClose(out.read(), combination(weights[k] ?? [], basis).flat(), rounding(12));
    });
  });

  test("chebyshevStep", () => {
    const [w, now, before] = [some(), some(), some()];
    const out = placed(w);
    kernel.chebyshevStep(out.address, placed(now).address, placed(before).address, n, 0.5, 0.2, -0.4);
    const expected = plus(before, [0.5, 0], plus(w, [-0.2, 0.4], now));
    expectClose(out.read(), expected.flat(), rounding(8));
  });

  test("packed matrices", () => {
    const matrix = rows(n, n, draw);
    const [packed, square] = [0, 1].map(() => new Buffer([], kernel.packedBytes(n) / 8)) as [Buffer, Buffer];
    for (let column = 0; column < n; column++) {
      const x = padded(matrix.map((row) => row[column] ?? [0, 0]));
      kernel.setColumn(packed.address, n, column, x.address);
      const back = room(2 * n);
      kernel.getColumn(packed.address, n, column, back.address);
      expect(back.read()).toEqual(x.read(2 * n));
    }
    const x = some();
    const [a, y, z] = [padded(x), padded(some()), padded(some())];
    const once = image(matrix, x);
    const norm = kernel.multiplyPacked(packed.address, n, a.address, y.address);
    expectClose(y.read(2 * n), once.flat(), rounding(4 * n));
    expectClose([norm], [norm2(once)], n * rounding(4 * n));
    const sumNorm = kernel.addPackedProduct(packed.address, n, a.address, y.address);
    const shifted = plus(x, [1, 0], once);
    expectClose(y.read(2 * n), shifted.flat(), rounding(4 * n + 2));
    expectClose([sumNorm], [norm2(shifted)], n * rounding(4 * n + 4));
    kernel.composeIncrements(square.address, packed.address, packed.address, n, a.address, y.address);
    kernel.multiplyPacked(square.address, n, padded(x).address, z.address);
    const twice = plus(image(matrix, once), [2, 0], once);
    expectClose(z.read(2 * n), twice.flat(), n * rounding(8 * n));
  });
});
