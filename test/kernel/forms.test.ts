// Quadratic forms and projectors against plain twins.
import { describe, test } from "vitest";
import { abs2, type Complex, conjugate, multiply } from "#src/base/complex.js";
import {
  Buffer,
  expectClose,
  kernel,
  placed,
  placeIntegers,
  room,
  rounding,
} from "../support/kernel-functions.ts";
import { uniform } from "../support/uniform.ts";
import { adjoint, dot, image, plus, rows, vector } from "../support/vectors.ts";

const random = uniform("forms");
const draw = (): Complex => [random() - 0.5, random() - 0.5];

describe.each([1, 2, 3, 4, 5, 7, 8, 9, 13, 16, 33])("forms on %i amplitudes", (n) => {
  const diagonal = Array.from({ length: n }, () => random() - 0.5);
  const upper = Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: n - i - 1 }, (_unused, k) => ({ i, j: i + k + 1, value: draw() })),
  );
  const place = () =>
    [
      new Buffer(diagonal).address,
      upper.length,
      placeIntegers(upper.map(({ i }) => i)),
      placeIntegers(upper.map(({ j }) => j)),
      placed(upper.map(({ value }) => value)).address,
    ] as const;
  const order = Array.from({ length: n }, (_, i) => i);
  const phi = vector(n, draw);

  test("<psi|O|psi>, w |<phi|psi>|^2", () => {
    const psi = vector(n, draw);
    const x = placed(psi, kernel.vectorBytes(n) / 16).address;
    const at = (i: number): Complex => psi[i] ?? [0, 0];
    const expected =
      diagonal.reduce((s, d, i) => s + d * abs2(at(i)), 0) +
      2 * upper.reduce((s, { i, j, value }) => s + multiply(conjugate(at(i)), multiply(value, at(j)))[0], 0);
    expectClose([kernel.formValue(n, ...place(), x)], [expected], rounding(8 * n * n));
    const projected = kernel.projectorValue(0.5, n, placeIntegers(order), placed(phi).address, x);
    expectClose([projected], [0.5 * abs2(dot(phi, psi))], rounding(8 * n));
  });

  test("Re(O) x for packed reals, with a projector", () => {
    const even = n + (n % 2);
    const x = vector(n, () => [random() - 0.5, 0]);
    const y = room(even);
    const reals = new Buffer(
      x.map(([re]) => re),
      even,
    );
    kernel.applyFormPacked(
      n,
      ...place(),
      0.5,
      n,
      placeIntegers(order),
      placed(phi).address,
      reals.address,
      y.address,
    );
    const half = rows(n, n, (i, j) => upper.find((e) => e.i === i && e.j === j)?.value ?? [0, 0]);
    const diagonals = x.map(([re], i): Complex => [(diagonal[i] ?? 0) * re, 0]);
    const form = plus(plus(diagonals, [1, 0], image(half, x)), [1, 0], image(adjoint(half), x));
    const expected = plus(form, multiply([0.5, 0], dot(phi, x)), phi);
    expectClose(
      y.read(n),
      expected.map(([re]) => re),
      rounding(8 * n),
    );
  });
});
