import { expect, test } from "vitest";
import { tridiagonal, tridiagonalEigenvalues } from "#src/measures/tridiagonal.js";

/** U D U^+ with the eigenvalues in D and a product of rotations with phases as U. */
function hermitian(eigenvalues: readonly number[]) {
  const n = eigenvalues.length;
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  eigenvalues.forEach((value, k) => {
    re[k * n + k] = value;
  });
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < n; i++) {
      const j = (i + 1 + round) % n;
      if (i !== j) rotate(n, re, im, [i, j], 1 + i + 7 * round);
    }
  }
  return { n, re, im };
}

/** M <- G M G^+ with G = [[c, -s e^(i angle)], [s e^(-i angle), c]] on two basis states. */
function rotate(
  n: number,
  re: Float64Array,
  im: Float64Array,
  [i, j]: readonly [number, number],
  angle: number,
) {
  const [c, s] = [Math.cos(angle / 3), Math.sin(angle / 3)];
  const [p, q] = [s * Math.cos(angle), s * Math.sin(angle)];
  const at = (k: number) => [re[k] ?? 0, im[k] ?? 0] as const;
  for (let k = 0; k < n; k++) {
    const [[a, b], [x, y]] = [at(i * n + k), at(j * n + k)];
    [re[i * n + k], im[i * n + k]] = [c * a - p * x + q * y, c * b - p * y - q * x];
    [re[j * n + k], im[j * n + k]] = [c * x + p * a + q * b, c * y + p * b - q * a];
  }
  for (let k = 0; k < n; k++) {
    const [[a, b], [x, y]] = [at(k * n + i), at(k * n + j)];
    [re[k * n + i], im[k * n + i]] = [c * a - p * x - q * y, c * b - p * y + q * x];
    [re[k * n + j], im[k * n + j]] = [c * x + p * a - q * b, c * y + p * b + q * a];
  }
}

const eigenvaluesOf = (matrix: ReturnType<typeof hermitian>) =>
  Array.from(tridiagonalEigenvalues(tridiagonal(matrix))).sort((a, b) => a - b);

test.each([1, 2, 3, 5, 40])(
  "Hermitian of size %d: eigenvalues to rounding, degenerate and small ones too",
  (n) => {
    const wanted = Array.from({ length: n }, (_, k) => [1, -0.5, -0.5, 1e-6, 0][k % 5] ?? 0);
    const found = eigenvaluesOf(hermitian(wanted));
    wanted
      .sort((a, b) => a - b)
      .forEach((value, k) => {
        // n rounding errors of 1e-16 in each of n reflections, adding up at random
        expect(Math.abs((found[k] ?? Number.NaN) - value)).toBeLessThan(4e-16 * n);
      });
  },
);

test("no matrix, a diagonal one, one of zeros", () => {
  expect(eigenvaluesOf({ n: 0, re: new Float64Array(0), im: new Float64Array(0) })).toEqual([]);
  expect(eigenvaluesOf({ n: 2, re: Float64Array.of(3, 0, 0, -1), im: new Float64Array(4) })).toEqual([-1, 3]);
  expect(eigenvaluesOf({ n: 3, re: new Float64Array(9), im: new Float64Array(9) })).toEqual([0, 0, 0]);
});

test("elements as small as 1e-150 beside others", () => {
  const wanted = [1, 0.5, 0, 0, 0];
  const matrix = hermitian(wanted);
  const small = hermitian([1e-150, -2e-150, 3e-150, 0, 1e-149]);
  for (const [scale, both] of [
    [1, matrix.re.map((x, e) => x + (small.re[e] ?? 0))],
    [1e-149, small.re],
  ] as const) {
    const found = eigenvaluesOf({ n: 5, re: both, im: scale === 1 ? matrix.im : small.im });
    expect(Math.max(...found) / scale).toBeCloseTo(1, 14);
  }
});

test("a chain with equal couplings: 2 cos(pi k / (n + 1))", () => {
  const n = 30;
  const found = tridiagonalEigenvalues({
    diagonal: new Float64Array(n),
    subdiagonal: new Float64Array(n - 1).fill(1),
  }).sort();
  found.forEach((value, k) => {
    expect(value).toBeCloseTo(-2 * Math.cos((Math.PI * (k + 1)) / (n + 1)), 13);
  });
});
