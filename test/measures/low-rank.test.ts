import { expect, test } from "vitest";
import { hermitianEigenvalues } from "#src/measures/hermitian.js";
import { compressed } from "#src/measures/low-rank.js";

const SIZE = 60;
/** Orthogonal, with all entries different. */
const vectors = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) =>
  Array.from(
    { length: SIZE },
    (_, i) => Math.sqrt(2 / (SIZE + 1)) * Math.sin((Math.PI * k * (i + 1)) / (SIZE + 1)),
  ),
);
const matrixOf = (eigenvalues: readonly number[]) =>
  Float64Array.from({ length: SIZE * SIZE }, (_, e) => {
    const [i, j] = [Math.floor(e / SIZE), e % SIZE];
    return eigenvalues.reduce(
      (sum, value, k) => sum + value * (vectors[k]?.[i] ?? 0) * (vectors[k]?.[j] ?? 0),
      0,
    );
  });

const realMatrix = (re: Float64Array) => ({ n: SIZE, re, im: new Float64Array(SIZE * SIZE) });

test("a matrix of rank 3 is compressed to 3 x 3 and keeps its eigenvalues", () => {
  const wanted = [-0.25, 1e-6, 0.75];
  const re = matrixOf(wanted);
  expect(compressed(realMatrix(re)).n).toBe(3);
  const found = hermitianEigenvalues({ n: SIZE, re, im: new Float64Array(SIZE * SIZE) }).sort(
    (a, b) => a - b,
  );
  expect(found).toHaveLength(SIZE);
  expect(found[0]).toBeCloseTo(-0.25, 14);
  expect(found.at(-1)).toBeCloseTo(0.75, 14);
  expect(found.at(-2)).toBeCloseTo(1e-6, 14);
  expect(found.slice(1, -2).every((value) => Math.abs(value) < 1e-14)).toBe(true);
});

test("complex: each eigenvalue once", () => {
  const re = matrixOf([0.5, -0.5]);
  // diag(e^(i j)) A diag(e^(-i j)) has the eigenvalues of A.
  const turned = (f: (angle: number) => number) =>
    re.map((value, e) => value * f(Math.floor(e / SIZE) - (e % SIZE)));
  const matrix = { n: SIZE, re: turned(Math.cos), im: turned(Math.sin) };
  expect(compressed(matrix).n).toBe(2);
  const found = hermitianEigenvalues(matrix).sort((a, b) => a - b);
  expect(found).toHaveLength(SIZE);
  expect([found[0], found.at(-1)]).toEqual([expect.closeTo(-0.5, 13), expect.closeTo(0.5, 13)]);
  expect(found.slice(1, -1).every((value) => Math.abs(value) < 1e-13)).toBe(true);
});

test("a matrix of higher rank, or a small one, is left as it is", () => {
  const nine = matrixOf([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(compressed(realMatrix(nine))).toEqual(realMatrix(nine));
  const small = { n: 2, re: Float64Array.of(1, 1, 1, 1), im: new Float64Array(4) };
  expect(compressed(small)).toBe(small);
  expect(compressed(realMatrix(new Float64Array(SIZE * SIZE))).n).toBe(0);
});

test("rounding noise at the limit neither makes rank nor spoils the basis", () => {
  // With vectors that were orthogonalised once only, the eigenvalues came out wrong by percents.
  const wanted = [-0.25, 0.75];
  const clean = matrixOf(wanted);
  for (const noise of [1e-17, 1e-16, 3e-16, 1e-15]) {
    const re = clean.map((value, e) => {
      const [i, j] = [Math.floor(e / SIZE), e % SIZE];
      const sparse = (Math.min(i, j) * 7 + Math.max(i, j) * 3) % 50 === 0;
      return value + (sparse ? noise * Math.sin(Math.min(i, j) + 31 * Math.max(i, j)) : 0);
    });
    const found = hermitianEigenvalues({ n: SIZE, re, im: new Float64Array(SIZE * SIZE) });
    expect(found.reduce((sum, value) => sum + Math.abs(value), 0)).toBeCloseTo(1, 12);
  }
});
