// The no-jump evolution against closed forms.
import { describe, expect, test } from "vitest";
import type { Kernel } from "#src/kernel/kernel.js";
import { basis, create, ENGINES, lower, matrix, type OneSpace, population } from "../support/one-space.ts";

/** Largest deviation of ln(survival) and of each observable in the state without a jump from closed forms. */
function deviation(
  kernel: Kernel,
  system: OneSpace,
  logSurvival: (t: number) => number,
  values: (t: number) => number[],
): number {
  const path = kernel.root.silentPaths[0];
  if (path === undefined) throw new Error("no silent path");
  const width = system.observables.length;
  return Math.max(
    ...system.times.flatMap((t, i) => [
      Math.abs((path.logSurvival[i] ?? Number.NaN) - logSurvival(t)) / Math.max(1, Math.abs(logSurvival(t))),
      ...values(t).map((v, m) => Math.abs((path.values[i * width + m] ?? Number.NaN) - v)),
    ]),
  );
}

describe.each(ENGINES)("evolution without a jump, %s", (engine) => {
  test("damped Rabi oscillation, under- and overdamped", async () => {
    for (const [drive, rate] of [
      [1, 0.3],
      [0.2, 3],
      [5, 0.01],
    ] as const) {
      const system: OneSpace = {
        hamiltonian: matrix(2, (i, j) => (i === j ? 0 : drive)),
        jumps: [lower(2, 1, 0, Math.sqrt(rate))],
        initial: basis(2, 0),
        observables: [population(2, 1)],
        times: Array.from({ length: 41 }, (_, i) => i * 0.5),
      };
      // A = [[0, -i w], [-i w, -g/2]]: excited amplitude -i w e^{-g t/4} sinh(q t)/q, q^2 = g^2/16 - w^2.
      const amplitudes = (t: number): [number, number] => {
        const q2 = (rate * rate) / 16 - drive * drive;
        const q = Math.sqrt(Math.abs(q2));
        const c = q2 > 0 ? Math.cosh(q * t) : Math.cos(q * t);
        const s = (q2 > 0 ? Math.sinh(q * t) : Math.sin(q * t)) / q;
        const damping = Math.exp((-rate * t) / 4);
        return [damping * (c + (rate / 4) * s), damping * drive * s];
      };
      const norm = (t: number): number => amplitudes(t)[0] ** 2 + amplitudes(t)[1] ** 2;
      const kernel = await create(system, engine);
      expect(
        deviation(
          kernel,
          system,
          (t) => Math.log(norm(t)),
          (t) => [amplitudes(t)[1] ** 2 / norm(t)],
        ),
      ).toBeLessThan(2e-12);
    }
  });

  test("exceptional point of order eight: a chiral cascade", async () => {
    // One excitation in a chiral waveguide: b_j' = -b_j / 2 - sum_{i<j} b_i, an 8 x 8 Jordan block. From the first emitter
    // b_j(t) = e^{-t/2} L_j^{(-1)}(t), generalised Laguerre polynomials; the total rate is |sum b|^2.
    const n = 8;
    const d = n + 1;
    const system: OneSpace = {
      hamiltonian: matrix(d, (i, j) => (i >= n || j >= n || i === j ? 0 : [0, i > j ? -0.5 : 0.5])),
      jumps: [matrix(d, (i, j) => (i === n && j < n ? 1 : 0))],
      initial: basis(d, 0),
      observables: Array.from({ length: n }, (_, k) => population(d, k)),
      times: Array.from({ length: 31 }, (_, i) => i),
    };
    const laguerre = (degree: number, t: number): number => {
      // sum_k (-t)^k / k! * binomial(degree - 1, degree - k)
      let sum = degree === 0 ? 1 : 0;
      let term = 1;
      for (let k = 1; k <= degree; k++) {
        term *= -t / k;
        sum += term * binomial(degree - 1, degree - k);
      }
      return sum;
    };
    const binomial = (a: number, b: number): number => (b === 0 ? 1 : (binomial(a - 1, b - 1) * a) / b);
    const amplitudes = (t: number): number[] =>
      Array.from({ length: n }, (_, k) => Math.exp(-t / 2) * laguerre(k, t));
    const norm = (t: number): number => amplitudes(t).reduce((s, a) => s + a * a, 0);
    const kernel = await create(system, engine);
    // The closed form itself cancels: terms up to t^7/7! make it worse with t, so it is compared up to t = 30.
    const error = deviation(
      kernel,
      system,
      (t) => Math.log(norm(t)),
      (t) => amplitudes(t).map((a) => (a * a) / norm(t)),
    );
    expect(error).toBeLessThan(1e-11);
  });

  test("a branch of weight e^-1000 keeps its state", async () => {
    const system: OneSpace = {
      hamiltonian: matrix(3, (i, j) => (Math.abs(i - j) === 1 && i < 2 && j < 2 ? 0.4 : 0)),
      jumps: [lower(3, 0, 2, Math.sqrt(10)), lower(3, 1, 2, Math.sqrt(10))],
      initial: basis(3, 0),
      observables: [population(3, 0), population(3, 1)],
      times: Array.from({ length: 101 }, (_, i) => i),
    };
    const kernel = await create(system, engine);
    expect(
      deviation(
        kernel,
        system,
        (t) => -10 * t,
        (t) => [Math.cos(0.4 * t) ** 2, Math.sin(0.4 * t) ** 2],
      ),
    ).toBeLessThan(1e-11);
    const batch = kernel.run(0, 100);
    expect(batch.sums.every((s) => s >= 0n)).toBe(true);
  });

  test("output times so far apart that a branch underflows between two of them", async () => {
    // The fast level loses e^-240, e^-1500 or e^-4000 a step beside one that stays: neither wrong scales nor 0 x NaN.
    for (const rate of [24, 150, 400]) {
      const system: OneSpace = {
        hamiltonian: matrix(3, () => 0),
        jumps: [lower(3, 0, 2, Math.sqrt(rate)), lower(3, 1, 2, Math.sqrt(0.01))],
        initial: [
          [Math.sqrt(0.5), 0],
          [Math.sqrt(0.5), 0],
          [0, 0],
        ],
        observables: [population(3, 0)],
        times: [0, 10, 20, 30],
      };
      const parts = (t: number): [number, number] => [0.5 * Math.exp(-rate * t), 0.5 * Math.exp(-0.01 * t)];
      const norm = (t: number): number => parts(t)[0] + parts(t)[1];
      const kernel = await create(system, engine);
      const error = deviation(
        kernel,
        system,
        (t) => Math.log(norm(t)),
        (t) => [parts(t)[0] / norm(t)],
      );
      // Eigenvalues of a Krylov basis are known to 2^-53 ||A||; here ||A|| t reaches 6000.
      expect(error).toBeLessThan(2e-12);
      const fast: OneSpace = { ...system, initial: basis(3, 0) };
      const alone = await create(fast, engine);
      expect(
        deviation(
          alone,
          fast,
          (t) => -rate * t,
          () => [1],
        ),
      ).toBeLessThan(1e-12);
    }
  });

  test("rates of 1e9 beside 1 for a long time", async () => {
    const system: OneSpace = {
      hamiltonian: matrix(3, (i, j) => (i + j === 1 ? 30 : 0)),
      jumps: [lower(3, 0, 2, Math.sqrt(1e9))],
      initial: basis(3, 1),
      observables: [population(3, 1)],
      times: [0, 1e5, 2e5],
    };
    // Adiabatic elimination: the slow level decays at 4 w^2 / g = 3.6e-6 (1 + (4 w^2/g)/g + ...).
    const slow = (4 * 900) / 1e9;
    const kernel = await create(system, engine);
    const path = kernel.root.silentPaths[0];
    for (const [i, t] of system.times.entries()) {
      expect(Math.abs((path?.logSurvival[i] ?? Number.NaN) + slow * t)).toBeLessThan(1e-5);
    }
    expect(kernel.run(0, 64).count).toBe(64);
  });

  test.each([
    ["decay alone", 0],
    ["a shift of the bright state", 3e-4],
  ])("a dark state stays, however long: %s", async (_, shift) => {
    // Bright: (1, c)/sqrt(1 + c^2), decaying into the third level; dark: (c, -1)/sqrt(1 + c^2), of weight c^2/(1 + c^2).
    const c = 0.7;
    const coupling = [Math.sqrt(0.002), c * Math.sqrt(0.002), 0];
    const weight = (c * c) / (1 + c * c);
    const system: OneSpace = {
      hamiltonian: matrix(3, (i, j) => (shift * (coupling[i] ?? 0) * (coupling[j] ?? 0)) / 0.002),
      jumps: [matrix(3, (i, j) => (i === 2 ? (coupling[j] ?? 0) : 0))],
      initial: basis(3, 0),
      observables: [population(3, 0)],
      times: [0, 1e12, 1e18],
    };
    const path = (await create(system, engine)).root.silentPaths[0];
    for (const i of [1, 2]) {
      expect(path?.logSurvival[i]).toBeCloseTo(Math.log(weight), 11);
      expect(path?.values[i]).toBeCloseTo(weight, 11);
    }
  });

  test("no channels, one time, times that start late", async () => {
    const system: OneSpace = {
      hamiltonian: matrix(2, (i, j) => (i === j ? 0 : 1)),
      jumps: [],
      initial: basis(2, 0),
      observables: [population(2, 0)],
      times: [123.456],
    };
    const kernel = await create(system, engine, true);
    expect(
      deviation(
        kernel,
        system,
        () => 0,
        (t) => [Math.cos(t) ** 2],
      ),
    ).toBeLessThan(1e-12);
    expect(kernel.root.undisturbed[0]).toBe(1);
    expect(kernel.run(0, 10).records?.time.length).toBe(0);
    const atZero = await create({ ...system, times: [0] }, engine);
    expect(
      deviation(
        atZero,
        { ...system, times: [0] },
        () => 0,
        () => [1],
      ),
    ).toBe(0);
  });
});
