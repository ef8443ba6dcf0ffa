import fc from "fast-check";
import { expect, test } from "vitest";
import { abs, type Complex, multiply, subtract } from "#src/base/complex.js";
import { cos, divide, exp, log, power, sin, sqrt } from "#src/base/functions.js";

const part = fc.double({ min: -20, max: 20, noNaN: true });
const complexNumber = fc.tuple(part, part);

/** |a - b| against the size of b, in units of the rounding error. */
const roundings = (a: Complex, b: Complex, scale = abs(b)): number =>
  abs(subtract(a, b)) / (Number.EPSILON * Math.max(scale, Number.MIN_VALUE / Number.EPSILON));

test.each<[string, Complex, Complex]>([
  ["sqrt(-1)", sqrt([-1, 0]), [0, 1]],
  ["sqrt(4)", sqrt([4, 0]), [2, 0]],
  ["sqrt(2i)", sqrt([0, 2]), [1, 1]],
  ["sqrt(-2i)", sqrt([0, -2]), [1, -1]],
  ["log(-1)", log([-1, 0]), [0, Math.PI]],
  ["i^2", power([0, 1], [2, 0]), [-1, 0]],
  ["i^-1", power([0, 1], [-1, 0]), [0, -1]],
  ["(-8)^3", power([-8, 0], [3, 0]), [-512, 0]],
  ["(-1)^0.5", power([-1, 0], [0.5, 0]), [0, 1]],
  ["0^0", power([0, 0], [0, 0]), [1, 0]],
  ["0^2", power([0, 0], [2, 0]), [0, 0]],
  ["1/2i", divide([1, 0], [0, 2]), [0, -0.5]],
  ["cos(i)", cos([0, 1]), [1.5430806348152437, 0]],
  ["sin(i)", sin([0, 1]), [0, 1.1752011936438014]],
])("%s", (_, found, expected) => {
  expect(roundings(found, expected)).toBeLessThanOrEqual(2);
});

test("0 to a negative power is no number", () => {
  expect(power([0, 0], [-1, 0])).toEqual([Number.NaN, Number.NaN]);
});

test("division undoes multiplication", () => {
  fc.assert(
    fc.property(complexNumber, complexNumber, (a, b) => {
      fc.pre(abs(b) > 1e-6 && abs(a) > 1e-6);
      expect(roundings(divide(multiply(a, b), b), a)).toBeLessThan(16);
    }),
  );
});

test("division neither overflows nor underflows on the way", () => {
  expect(divide([1e300, 1e300], [1e300, 1e300])).toEqual([1, 0]);
  expect(divide([1e-300, 0], [1e-300, 1e-300])).toEqual([0.5, -0.5]);
});

test("sqrt squares back, with a real part >= 0", () => {
  fc.assert(
    fc.property(complexNumber, (z) => {
      const root = sqrt(z);
      expect(root[0]).toBeGreaterThanOrEqual(0);
      expect(roundings(multiply(root, root), z)).toBeLessThan(16);
    }),
  );
});

test("exp undoes log", () => {
  fc.assert(
    fc.property(complexNumber, (z) => {
      fc.pre(abs(z) > 1e-3);
      expect(roundings(exp(log(z)), z)).toBeLessThan(64);
    }),
  );
});

test("sin^2 + cos^2 = 1, to the rounding of the squares", () => {
  fc.assert(
    fc.property(fc.tuple(part, fc.double({ min: -5, max: 5, noNaN: true })), (z) => {
      const s = multiply(sin(z), sin(z));
      const c = multiply(cos(z), cos(z));
      expect(roundings([s[0] + c[0], s[1] + c[1]], [1, 0], 1 + abs(s) + abs(c))).toBeLessThan(16);
    }),
  );
});
