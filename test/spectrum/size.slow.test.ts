import { expect, test } from "vitest";
import { computeSpectrum } from "#src/spectrum/spectrum.js";
import { read } from "../support/read.ts";
import { qubits, spectrumOf } from "./support.ts";

test("one excitation in 400 qubits: 399 dark states, one that decays 400 times as fast, (N - 1)/N trapped", () => {
  const { sectors, mixture } = spectrumOf(qubits(400, "sp(q1)*ground"));
  const levels = sectors[0]?.levels ?? [];
  expect(levels.map(({ class: kind, multiplicity }) => [kind, multiplicity])).toEqual([
    ["dark", 399],
    ["superradiant", 1],
  ]);
  expect(levels[1]?.rate).toBeCloseTo(800, 9);
  expect(mixture?.dark).toBeCloseTo(399 / 400, 12);
  expect(mixture?.remaining?.purity).toBeCloseTo(1, 10);
});

test("a general sector of 300 dimensions: the traces of H_eff come back", () => {
  const n = 300;
  const { sectors } = spectrumOf(qubits(n, "sp(q1)*ground", { hamiltonian: "sum(j, 1, N, sin(j)*n(q[j]))" }));
  const levels = sectors[0]?.levels ?? [];
  const energy = levels.reduce((sum, level) => sum + level.multiplicity * level.energy, 0);
  const rate = levels.reduce((sum, level) => sum + level.multiplicity * level.rate, 0);
  const expected = Array.from({ length: n }, (_, j) => Math.sin(j + 1)).reduce((sum, x) => sum + x, 0);
  expect(Math.abs(energy - expected)).toBeLessThan(1e-12 * 2 * n * n);
  expect(Math.abs(rate / (2 * n) - 1)).toBeLessThan(1e-12 * n);
});

test("a model of which too much is reached is refused", () => {
  const model = read(qubits(30, "prod(j, 1, 15, sp(q[j]))*ground"));
  expect(() => computeSpectrum(model, "big.yaml")).toThrow(/^big\.yaml: sites: must reach at most 4194304/);
});
