import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bennettLog, fewJumpsLog, hoeffdingLog, manyJumpsLog } from "#src/compare/bounds.js";

/** Rounding of the sums below; a bound may fall short of the exact tail by no more. */
const ROUNDING = 1e-12;

/** P(X = k), k = 0 .. n, for n trials with probability q, by the ratio of neighbours from the largest one on. */
function binomial(n: number, q: number): number[] {
  const weights = new Array<number>(n + 1).fill(0);
  const mode = Math.min(n, Math.floor((n + 1) * q));
  weights[mode] = 1;
  for (let k = mode; k < n; k++) weights[k + 1] = ((weights[k] ?? 0) * (n - k) * q) / ((k + 1) * (1 - q));
  for (let k = mode; k > 0; k--) weights[k - 1] = ((weights[k] ?? 0) * k * (1 - q)) / ((n - k + 1) * q);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const upperTail = (law: readonly number[], from: number) => law.slice(from).reduce((sum, p) => sum + p, 0);
const lowerTail = (law: readonly number[], to: number) => law.slice(0, to + 1).reduce((sum, p) => sum + p, 0);
const trials = fc.integer({ min: 1, max: 300 });
const chance = fc.double({ min: 1e-4, max: 1 - 1e-4, noNaN: true });

describe("hoeffdingLog", () => {
  test("is never below the exact tail of a binomial law, on either side", () => {
    fc.assert(
      fc.property(trials, chance, (n, q) => {
        const law = binomial(n, q);
        for (let k = 0; k <= n; k += Math.ceil(n / 20)) {
          const bound = Math.exp(hoeffdingLog({ units: n, expectation: q, observed: k / n }));
          const exact = k >= n * q ? upperTail(law, k) : lowerTail(law, k);
          expect(bound).toBeGreaterThanOrEqual(exact * (1 - ROUNDING));
        }
      }),
    );
  });
  test("is sharp where it can be: all or none", () => {
    expect(hoeffdingLog({ units: 50, expectation: 0.2, observed: 0 })).toBeCloseTo(50 * Math.log(0.8), 10);
    expect(hoeffdingLog({ units: 50, expectation: 0.2, observed: 1 })).toBeCloseTo(50 * Math.log(0.2), 10);
  });
  test("an impossible value", () => {
    expect(hoeffdingLog({ units: 5, expectation: 0, observed: 0.1 })).toBe(Number.NEGATIVE_INFINITY);
    expect(hoeffdingLog({ units: 5, expectation: 0.5, observed: 1.1 })).toBe(Number.NEGATIVE_INFINITY);
    expect(hoeffdingLog({ units: 5, expectation: 0, observed: 0 })).toBe(0);
  });
});

describe("bennettLog", () => {
  test("is never below the exact upper tail of a binomial law", () => {
    fc.assert(
      fc.property(trials, chance, (n, q) => {
        const law = binomial(n, q);
        for (let k = Math.ceil(n * q); k <= n; k += Math.ceil(n / 20)) {
          const bound = Math.exp(bennettLog(n, q * (1 - q), 1 - q, k / n - q));
          expect(bound).toBeGreaterThanOrEqual(upperTail(law, k) * (1 - ROUNDING));
        }
      }),
    );
  });
  test("nothing varies: nothing may deviate", () => {
    expect(bennettLog(10, 0, 1, 0.1)).toBe(Number.NEGATIVE_INFINITY);
    expect(bennettLog(10, 0, 1, 0)).toBe(0);
  });
});

describe("bounds of jump counts", () => {
  /** Jumps at a constant rate: Poisson, of which the rate bound is just the mean. */
  const poisson = (mean: number, last: number) => {
    const law = [Math.exp(-mean)];
    for (let k = 1; k <= last; k++) law.push(((law[k - 1] ?? 0) * mean) / k);
    return law;
  };
  test("are never below the exact tails of a Poisson law", () => {
    for (const mean of [0.02, 0.5, 3]) {
      for (const units of [1, 10, 40]) {
        const law = poisson(mean * units, 600);
        const part = 1 - Math.exp(-mean);
        const tail = { units, jumpers: 1, part, rateBound: mean, expectation: mean };
        for (let k = 0; k <= 6 * mean * units + 5; k++) {
          const exact = k > mean * units ? upperTail(law, k) : lowerTail(law, k);
          const log = k > mean * units ? manyJumpsLog(tail, k / units) : fewJumpsLog(tail, k / units);
          expect(Math.exp(log)).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
        }
      }
    }
  });
  test("bursts: one trajectory in a thousand jumps 50 times on average", () => {
    const tail = { units: 1000, jumpers: 1, part: 1e-3, rateBound: 50, expectation: 0.05 };
    // No burst at all has probability e^-1: it must not look unlikely.
    expect(Math.exp(fewJumpsLog(tail, 0))).toBeGreaterThan(Math.exp(-1));
    // Three bursts: 8 %.
    expect(Math.exp(manyJumpsLog(tail, 0.15))).toBeGreaterThan(0.08);
    // A hundred thousand jumps: hopeless.
    expect(manyJumpsLog(tail, 100)).toBeLessThan(-1000);
  });
});
