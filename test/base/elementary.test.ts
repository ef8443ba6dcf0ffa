import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as elementary from "#src/base/elementary.js";

/** Distance in units of the last place of b. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const view = new DataView(new ArrayBuffer(8));
  const ordinal = (x: number): bigint => {
    view.setFloat64(0, x);
    const bits = view.getBigInt64(0);
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const difference = ordinal(a) - ordinal(b);
  return Number(difference < 0n ? -difference : difference);
}

/** Functions by name, and the ulps to which each is promised. What is right to less than 1 may round to a neighbour. */
const PROMISED = {
  exp: [elementary.exp, 1],
  log: [elementary.log, 1],
  sin: [elementary.sin, 1],
  cos: [elementary.cos, 1],
  pow: [elementary.pow, 1],
  atan2: [elementary.atan2, 2],
  sinh: [elementary.sinh, 3],
  cosh: [elementary.cosh, 3],
} as const;

/** [name, arguments, value], correctly rounded from 1400 bits. */
type Reference = readonly (readonly [keyof typeof PROMISED, readonly [number, number], number])[];
const REFERENCE: Reference = JSON.parse(
  readFileSync(new URL("elementary.reference.json", import.meta.url), "utf8"),
);

test.each(REFERENCE)("%s(%j) = %d", (name, args, value) => {
  const [f, promised] = PROMISED[name];
  expect(ulps(f(...args), value)).toBeLessThanOrEqual(promised);
});

/** A fixed sequence in [0, 1), the same at every run. */
function* fractions(count: number): Generator<number> {
  let state = 12345;
  for (let k = 0; k < count; k++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    yield state / 2 ** 32;
  }
}

describe("agrees with the engine's own functions to 1 ulp", () => {
  // Both are within 1 ulp of the true value, so they are at most neighbours.
  test.each([
    ["exp", elementary.exp, Math.exp, (u: number) => (u - 0.5) * 1480],
    ["exp near 0", elementary.exp, Math.exp, (u: number) => (u - 0.5) * 2],
    ["log", elementary.log, Math.log, (u: number) => 2 ** ((u - 0.5) * 2140)],
    ["log near 1", elementary.log, Math.log, (u: number) => 0.5 + 1.5 * u],
    ["sin", elementary.sin, Math.sin, (u: number) => (u - 0.5) * 40],
    ["cos", elementary.cos, Math.cos, (u: number) => (u - 0.5) * 40],
    ["sin, medium", elementary.sin, Math.sin, (u: number) => (u - 0.5) * 3e6],
    ["cos, medium", elementary.cos, Math.cos, (u: number) => (u - 0.5) * 3e6],
    ["sin, large", elementary.sin, Math.sin, (u: number) => 2 ** (20 + 1000 * u)],
    ["cos, large", elementary.cos, Math.cos, (u: number) => -(2 ** (20 + 1000 * u))],
    [
      "sin at multiples of pi/2",
      elementary.sin,
      Math.sin,
      (u: number) => Math.round(u * 1e6) * (Math.PI / 2),
    ],
    [
      "cos at multiples of pi/2",
      elementary.cos,
      Math.cos,
      (u: number) => Math.round(u * 1e6) * (Math.PI / 2),
    ],
  ] as const)("%s", (_, own, engine, argument) => {
    for (const u of fractions(5000)) {
      const x = argument(u);
      expect(ulps(own(x), engine(x)), String(x)).toBeLessThanOrEqual(1);
    }
  });
});

test("exp and log at the ends of their range", () => {
  expect(elementary.exp(0)).toBe(1);
  expect(elementary.exp(709.9)).toBe(Number.POSITIVE_INFINITY);
  expect(elementary.exp(-746)).toBe(0);
  expect(elementary.exp(-745)).toBe(5e-324);
  expect(elementary.exp(Number.NaN)).toBeNaN();
  expect(elementary.log(1)).toBe(0);
  expect(elementary.log(0)).toBe(Number.NEGATIVE_INFINITY);
  expect(elementary.log(-1)).toBeNaN();
  expect(elementary.log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
});

test("sin and cos are odd and even to the bit, and NaN where there is no angle", () => {
  for (const u of fractions(500)) {
    const x = 2 ** (60 * u - 20);
    expect(elementary.sin(-x)).toBe(-elementary.sin(x));
    expect(elementary.cos(-x)).toBe(elementary.cos(x));
    expect(elementary.cosSin(x)).toEqual([elementary.cos(x), elementary.sin(x)]);
  }
  expect(elementary.sin(Number.POSITIVE_INFINITY)).toBeNaN();
  expect(elementary.cos(Number.NaN)).toBeNaN();
  expect(elementary.sin(0)).toBe(0);
});

test("pow is exact where the result is a double", () => {
  for (let base = 2; base < 60; base++) {
    for (let n = 0; base ** n < 2 ** 53; n++) {
      expect(elementary.pow(base, n)).toBe(Number(BigInt(base) ** BigInt(n)));
    }
  }
  for (let n = -1074; n <= 1023; n++) expect(elementary.pow(2, n)).toBe(2 ** n);
  expect(elementary.pow(2, 1024)).toBe(Number.POSITIVE_INFINITY);
  expect(elementary.pow(0.5, 2000)).toBe(0);
});

test("atan2 on the axes", () => {
  expect(elementary.atan2(0, 1)).toBe(0);
  expect(elementary.atan2(0, -1)).toBe(Math.PI);
  expect(elementary.atan2(2, 0)).toBe(Math.PI / 2);
  expect(elementary.atan2(-2, 0)).toBe(-Math.PI / 2);
  expect(elementary.atan2(0, 0)).toBe(0);
});
