import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import { hermitianEigenvalues } from "#src/measures/hermitian.js";
import { parseModel } from "#src/model/file.js";

/**
 * Log-negativity of one of the k excited qubits against the rest, when all has decayed (docs/sweep.md).
 *
 * The state is sum_s w_s |D_s><D_s|, D_s dark with s excitations: m of them in the group Q with probability P_s(m), the
 * others in P, signs alternating in m. With the qubit p taken out, |D_s> = |1>|b_s> + |0>|a_s>, and the partial transpose
 * falls into blocks over |0>{a_x, b_(x+1)} and |1>{b_(x+2), a_(x+1)}.
 */
function logNegativityOfOne(N: number, k: number): number {
  const logs = [0];
  for (let n = 1; n <= N + 1; n++) logs.push((logs[n - 1] ?? 0) + Math.log(n));
  /** ln n! */
  const log = (n: number) => logs[n] ?? Number.NaN;
  const weight = (s: number) =>
    s < 0 || s > k ? 0 : (N - 2 * s + 1) * Math.exp(log(k) + log(N - k) - log(N - s + 1) - log(s));
  const parts = Array.from({ length: k + 1 }, (_, s) => {
    const terms = Array.from(
      { length: s + 1 },
      (_unused, m) => log(k - s + m) + log(N - k - m) - log(s - m) - log(m),
    );
    const most = Math.max(...terms);
    const raw = terms.map((value) => Math.exp(value - most));
    const total = raw.reduce((a, b) => a + b, 0);
    return raw.map((value) => value / total);
  });
  /** |b_s|^2 = P(p is excited), |a_s|^2 = 1 - that; 0 where there is no D_s. */
  const b = (s: number) => (parts[s] ?? []).reduce((sum, p, m) => sum + (p * (s - m)) / k, 0);
  const a = (s: number) => (parts[s] === undefined ? 0 : 1 - b(s));
  /** <a_s|b_(s+1)> */
  const overlap = (s: number) =>
    (parts[s] ?? []).reduce((sum, p, m) => {
      const next = parts[s + 1]?.[m] ?? 0;
      return sum + Math.sqrt(p * (1 - (s - m) / k) * ((next * (s + 1 - m)) / k));
    }, 0);
  let norm = 0;
  for (let x = -2; x <= k; x++) {
    const [e, f, g] = factor(a(x), overlap(x), b(x + 1));
    const [h, i, j] = factor(b(x + 2), overlap(x + 1), a(x + 1));
    // Rows: a_x, b_(x+1), b_(x+2), a_(x+1) in orthonormal bases of their spans.
    const vectors = [
      [e, 0, 0, 0],
      [f, g, 0, 0],
      [0, 0, h, 0],
      [0, 0, i, j],
    ];
    const re = new Float64Array(16);
    const add = (w: number, left: number, right: number) => {
      for (let r = 0; r < 4; r++) {
        for (let c = 0; c < 4; c++) {
          re[4 * r + c] = (re[4 * r + c] ?? 0) + w * (vectors[left]?.[r] ?? 0) * (vectors[right]?.[c] ?? 0);
        }
      }
    };
    add(weight(x), 0, 0);
    add(weight(x + 2), 2, 2);
    add(weight(x + 1), 1, 3);
    add(weight(x + 1), 3, 1);
    const eigenvalues = hermitianEigenvalues({ n: 4, re, im: new Float64Array(16) });
    norm += eigenvalues.reduce((sum, value) => sum + Math.abs(value), 0);
  }
  return Math.log2(norm);
}

/** Two vectors of these squared lengths and this overlap, in an orthonormal basis: (e, 0) and (f, g). */
function factor(first: number, overlap: number, second: number): [number, number, number] {
  const e = Math.sqrt(Math.max(0, first));
  const f = e > 0 ? overlap / e : 0;
  return [e, f, Math.sqrt(Math.max(0, second - f * f))];
}

const groups = readFileSync(new URL("../../examples/w-like-groups.yaml", import.meta.url), "utf8");
const solved = (N: number, k: number) => {
  const set = [
    { name: "N", value: String(N) },
    { name: "k", value: String(k) },
  ];
  return solveMaster(parseModel(groups, { file: "w-like-groups.yaml", set }).model).measures.EN?.mean[0];
};

describe("entanglement of one with the rest", () => {
  test.each([
    [4, 1],
    [5, 2],
    [6, 3],
  ])("%i qubits, %i excited: the exact solver meets the closed form", (N, k) => {
    expect(solved(N, k)).toBeCloseTo(logNegativityOfOne(N, k), 9);
  });

  test("one excitation: the formula of w-like.yaml", () => {
    for (const N of [2, 10, 1000]) {
      const p = (N - 1) / N;
      const formula = Math.log2(p + Math.sqrt((1 - p) ** 2 + (4 * p * p * (N - 1)) / N ** 2));
      expect(logNegativityOfOne(N, 1)).toBeCloseTo(formula, 10);
    }
  });

  test("at large N it vanishes, slowly: the numbers of docs/sweep.md", () => {
    const document = readFileSync(new URL("../../docs/sweep.md", import.meta.url), "utf8");
    for (const [N, k] of [
      [1000, 1],
      [100, 50],
      [1000, 500],
    ] as const) {
      expect(document).toContain(logNegativityOfOne(N, k).toPrecision(4));
    }
  });
});
