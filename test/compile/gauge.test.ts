import { describe, expect, test } from "vitest";
import { type Complex, conjugate, multiply } from "#src/base/complex.js";
import { findGauge, type Gauge, inGauge, phaseOfLevels } from "#src/compile/gauge.js";
import type { Model, Operator } from "#src/model/model.js";
import { exact, run } from "#src/simulate.js";
import { difference, matrix, product, scaled } from "../support/dense.js";
import { dimensionsOf, fullMatrix } from "../support/full-space.js";
import { read } from "../support/read.ts";

/** Emitters and a spin at places along one reservoir, with exchange around a ring: chi = [0.6, 1.7, -2.3] fits the places. */
const ring = (chi: string, initial: string): Model =>
  read(`
parameters: { phi: [0.3, 0.9, 2.6], chi: "${chi}" }
sites: { q: { kind: qubit, count: 3 }, S: { spin: 1 } }
hamiltonian:
  - 0.4*sum(n(q)) + 0.2*jz(S)
  - 0.3*sum(j, 1, 3, exp(i*chi[j])*sp(q[j])*sm(q[mod(j, 3) + 1]) + exp(-i*chi[j])*sp(q[mod(j, 3) + 1])*sm(q[j]))
  - 0.1*exp(0.1i)*jp(S)*sm(q1) + 0.1*exp(-0.1i)*jm(S)*sp(q1)
channels:
  common: { rate: 2, operator: "i*sum(exp(i*phi) .* sm(q)) + i*exp(0.2i)*jm(S)" }
  own: { rate: 0.1, each: exp(0.5i)*sm(q) }
initial: ${initial}
times: { from: 0, to: 1.5, points: 4 }
observables: { hop: sp(q1)*sm(q2), dipole: sum(sm(q)) + jm(S), both: "projector(ket(1, 0, 0, -1) - 1i*ket(0, 1, 0, -1))" }
density: final`);
const FITTING = "[0.6, 1.7, -2.3]";
const ONE_EXCITATION = "ket(1, 0, 0, -1) + exp(2i)*ket(0, 1, 0, -1) + 0.5i*ket(0, 0, 0, 0)";

/** The phases of the product states. */
function diagonal(gauge: Gauge, dimensions: readonly number[]): Complex[] {
  let phases: Complex[] = [[1, 0]];
  dimensions.forEach((dimension, site) => {
    phases = phases.flatMap((phase) =>
      Array.from({ length: dimension }, (_, level) => multiply(phase, phaseOfLevels(gauge, [[site, level]]))),
    );
  });
  return phases;
}

describe("findGauge", () => {
  test.each([
    [
      "all is real",
      read(
        "{ sites: { q: qubit }, channels: { c: { rate: 1, operator: sm(q) } }, initial: ground, times: [0] }",
      ),
    ],
    ["a flux through a ring", ring("[0.6, 1.7, -2.2]", ONE_EXCITATION)],
    [
      "two directions along a waveguide",
      read(`
sites: { q: { kind: qubit, count: 3 } }
channels:
  right: { rate: 1, operator: "sum(j, 1, 3, exp(0.7i*j)*sm(q[j]))" }
  left: { rate: 1, operator: "sum(j, 1, 3, exp(-0.7i*j)*sm(q[j]))" }
initial: ket("110")
times: [0, 1]`),
    ],
  ])("none: %s", (_, model) => {
    expect(findGauge(model)).toBeNull();
  });
});

describe("a model in its gauge", () => {
  const model = ring(FITTING, ONE_EXCITATION);
  const gauge = findGauge(model);
  if (gauge === null) throw new Error("there is one");
  const turned = inGauge(model, gauge);
  const dimensions = dimensionsOf(model);
  const phases = diagonal(gauge, dimensions);
  const g = matrix(phases.length, (i, j) => (i === j ? (phases[i] ?? [0, 0]) : [0, 0]));
  const back = matrix(phases.length, (i, j) => (i === j ? conjugate(phases[i] ?? [0, 0]) : [0, 0]));
  const expectTurned = (after: Operator, before: Operator, factor: Complex): void => {
    const expected = scaled(product(product(g, fullMatrix(before, dimensions)), back), factor);
    expect(difference(fullMatrix(after, dimensions), expected)).toBeLessThan(1e-14);
  };

  test("is G O G^+, and real", () => {
    expectTurned(turned.hamiltonian, model.hamiltonian, [1, 0]);
    expect(fullMatrix(turned.hamiltonian, dimensions).im.every((x) => x === 0)).toBe(true);
    turned.channels.forEach(({ operator }, c) => {
      expectTurned(operator, model.channels[c]?.operator ?? operator, conjugate(gauge.channels[c] ?? [1, 0]));
      expect(fullMatrix(operator, dimensions).im.every((x) => x === 0)).toBe(true);
    });
    turned.observables.forEach(({ operator }, o) => {
      expectTurned(operator, model.observables[o]?.operator ?? operator, [1, 0]);
    });
  });

  test("has equal couplings where they differ by phases alone", () => {
    const sizes = turned.channels[0]?.operator.terms.map(({ coefficient: [re] }) => Math.abs(re));
    expect(new Set(sizes?.slice(0, 3)).size).toBe(1);
  });

  test("gives what the master equation does", async () => {
    // With one excitation the state after a jump is known: nothing at the last time is left to chance.
    const sampled = await run(model, { trajectories: 64, seed: "gauge", workers: 0 });
    const solved = exact(model);
    for (const part of ["re", "im"] as const) {
      const [a, b] = [sampled.result, solved].map(({ density }) => density?.[part].flat(2) ?? []);
      expect(a).toHaveLength(25);
      expect(Math.max(...(b ?? []).map(Math.abs))).toBeGreaterThan(0.01);
      for (const [place, x] of a?.entries() ?? []) {
        expect(Math.abs(x - (b?.[place] ?? Number.NaN))).toBeLessThan(1e-11);
      }
    }
  });
});
