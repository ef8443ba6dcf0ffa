import { expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import { type ClockworkParameters, clockworkModel } from "../support/systems.js";

/** The steady values are known to four digits; the slowest rates of 2 alpha and 2 beta are gone by then. */
const STEADY = 400;

const lastNegativity = (parameters: ClockworkParameters, time: number): number =>
  solveMaster(clockworkModel(parameters, [time])).measures.EN?.mean[0] ?? Number.NaN;

test.each([
  [0, 0, 0.3654],
  [0.05, 0, 0.1184],
  [0.05, 0.1, 0.1161],
  [0.1, 0.1, 0.0527],
])("steady log-negativity, alpha = %d, delta = %d: %d", (alpha, delta, steady) => {
  expect(lastNegativity({ alpha, delta, epsilon: 2, beta: 0.1 }, STEADY)).toBeCloseTo(steady, 4);
});

test("at t = 20 the ideal clockwork is still settling", () => {
  expect(lastNegativity({ alpha: 0, delta: 0, epsilon: 2, beta: 0.1 }, 20)).toBeCloseTo(0.3606, 4);
});

test("without the pump the entanglement is lost once anything leaks, and stays when nothing does", () => {
  // |psi> = (|1,0> - |0,1>)/2 + rest in |0,0>: rho^(T_A) has the block [[1/2, 1/4], [1/4, 0]]
  expect(lastNegativity({ alpha: 0, delta: 0, epsilon: 0, beta: 0 }, STEADY)).toBeCloseTo(
    Math.log2(0.5 + Math.sqrt(0.25 + 0.25)),
    10,
  );
  expect(lastNegativity({ alpha: 0.05, delta: 0, epsilon: 0, beta: 0 }, STEADY)).toBeLessThan(1e-12);
  expect(lastNegativity({ alpha: 0, delta: 0, epsilon: 0, beta: 0.1 }, STEADY)).toBeLessThan(1e-12);
});
