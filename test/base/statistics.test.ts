import { describe, expect, test } from "vitest";
import { incompleteBeta, studentTwoSided } from "#src/base/statistics.js";

const relative = (value: number, exact: number) => Math.abs(value / exact - 1);

describe("incompleteBeta", () => {
  test("closed forms: I_x(1, b) = 1 - (1-x)^b and I_x(a, 1) = x^a", () => {
    for (const x of [1e-6, 0.1, 0.5, 0.9, 0.999]) {
      expect(relative(incompleteBeta(x, 1, 3.5), -Math.expm1(3.5 * Math.log1p(-x)))).toBeLessThan(1e-12);
      expect(relative(incompleteBeta(x, 2.5, 1), x ** 2.5)).toBeLessThan(1e-12);
    }
  });
  test("I_x(a, b) + I_{1-x}(b, a) = 1, and the ends", () => {
    expect(incompleteBeta(0.3, 4, 7) + incompleteBeta(0.7, 7, 4)).toBeCloseTo(1, 13);
    expect(incompleteBeta(0, 2, 3)).toBe(0);
    expect(incompleteBeta(1, 2, 3)).toBe(1);
  });
});

describe("studentTwoSided", () => {
  test("one degree of freedom is Cauchy, two have a closed form", () => {
    for (const t of [0.1, 1, 5, 40]) {
      expect(relative(studentTwoSided(t, 1), (2 / Math.PI) * Math.atan(1 / t))).toBeLessThan(1e-12);
      // 1 - t / sqrt(2 + t^2), written without cancellation
      const root = Math.sqrt(2 + t * t);
      expect(relative(studentTwoSided(t, 2), 2 / (root * (root + t)))).toBeLessThan(1e-12);
    }
  });
  test("tabulated 97.5 % and 99.95 % quantiles of 31 and 30 degrees of freedom", () => {
    expect(studentTwoSided(2.039513, 31)).toBeCloseTo(0.05, 6);
    expect(studentTwoSided(3.645959, 30)).toBeCloseTo(0.001, 8);
  });
  test("tends to the normal law: P(|Z| >= 1.959964) = 0.05", () => {
    expect(studentTwoSided(1.959964, 1e7)).toBeCloseTo(0.05, 6);
  });
  test("far tail of 31 degrees of freedom, against direct integration of the density", () => {
    const degrees = 31;
    const t = 9;
    // Substituting u = 1 / s turns the tail into a finite integral, here by Simpson's rule.
    const steps = 20_000;
    const density = (s: number) => (1 + (s * s) / degrees) ** (-(degrees + 1) / 2);
    const integrate = (f: (x: number) => number, from: number, to: number) => {
      const h = (to - from) / steps;
      let sum = f(from) + f(to);
      for (let i = 1; i < steps; i++) sum += f(from + i * h) * (i % 2 === 1 ? 4 : 2);
      return (sum * h) / 3;
    };
    const tail = integrate((u) => (u === 0 ? 0 : density(1 / u) / (u * u)), 0, 1 / t);
    const body = integrate(density, 0, 1) + integrate((u) => (u === 0 ? 0 : density(1 / u) / (u * u)), 0, 1);
    expect(relative(studentTwoSided(t, degrees), tail / body)).toBeLessThan(1e-9);
  });
});
