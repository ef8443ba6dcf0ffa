/**
 * Upper bounds of tail probabilities that hold at any number of trajectories, in logarithms. A mean is taken over
 * `units` independent parts: trajectories, or replicates where draws are stratified (then trajectories in one replicate
 * depend on each other).
 */

/** A mean of independent values in [0, 1] with the given expectation. */
export interface UnitMean {
  readonly units: number;
  readonly expectation: number;
  readonly observed: number;
}

/**
 * ln of exp(-units KL(x || q)), KL(x || q) = x ln(x/q) + (1-x) ln((1-x)/(1-q)): bounds the probability to be as far from
 * q on the side of x. Source: W. Hoeffding, J. Am. Stat. Assoc. 58 (1963) 13, theorem 1 (Chernoff's method).
 */
export function hoeffdingLog({ units, expectation: q, observed: x }: UnitMean): number {
  if (x === q) return 0;
  if (x < 0 || x > 1) return Number.NEGATIVE_INFINITY;
  return -units * (relativeEntropy(x, q) + relativeEntropy(1 - x, 1 - q));
}

function relativeEntropy(x: number, q: number): number {
  return x === 0 ? 0 : x * Math.log(x / q);
}

/**
 * ln of exp(-units (v/b^2) h(b d/v)), h(u) = (1+u) ln(1+u) - u: bounds the probability that a mean of independent values
 * with variance <= v, none more than b above its expectation, exceeds it by d > 0. Source: G. Bennett,
 * J. Am. Stat. Assoc. 57 (1962) 33.
 */
export function bennettLog(units: number, variance: number, largest: number, deviation: number): number {
  if (deviation === 0) return 0;
  if (variance === 0 || largest === 0) return Number.NEGATIVE_INFINITY;
  const u = (largest * deviation) / variance;
  return -units * (variance / (largest * largest)) * ((1 + u) * Math.log1p(u) - u);
}

/** Counts of jumps: no trajectory has a bounded number of them, but their rate is bounded. */
export interface JumpTail {
  readonly units: number;
  /** Largest number of trajectories in a unit that can jump at all, and the expected part of that number. */
  readonly jumpers: number;
  readonly part: number;
  /** Largest total jump rate times the time: no trajectory has more jumps than a Poisson variable with this mean. */
  readonly rateBound: number;
  /** Expected number of jumps in a unit. */
  readonly expectation: number;
}

/**
 * ln of a bound for `observed` or more jumps a unit on average. A trajectory that jumps has E exp(s N) <=
 * G = exp(s + rateBound (e^s - 1)); so a unit has E exp(s C) <= 1 + part (G^jumpers - 1); minimised over s > 0.
 */
export function manyJumpsLog(tail: JumpTail, observed: number): number {
  const exponent = (s: number) => {
    const growth = tail.jumpers * (s + tail.rateBound * Math.expm1(s));
    const generating =
      growth < 700 ? Math.log1p(tail.part * Math.expm1(growth)) : growth + Math.log(tail.part);
    return tail.units * (generating - s * observed);
  };
  return Math.min(0, convexMinimum(exponent, 40));
}

/**
 * ln of a bound for `observed` or fewer jumps a unit on average: C >= 0, so E exp(-s C) <= 1 - s E C + s^2 E C^2 / 2,
 * which gives exp(-units (E C - observed)^2 / (2 E C^2)). E N^2 <= E N (1 + 2 rateBound); jumps of different
 * trajectories in a unit add at most jumpers^2 part (1 + rateBound)^2.
 */
export function fewJumpsLog(tail: JumpTail, observed: number): number {
  const missing = tail.expectation - observed;
  if (missing <= 0) return 0;
  const several = tail.jumpers * (tail.jumpers - 1) * tail.part * (1 + tail.rateBound) ** 2;
  const square = tail.expectation * (1 + 2 * tail.rateBound) + several;
  return (-tail.units * missing * missing) / (2 * square);
}

/** Minimum over 0 < s <= largest of a convex function, by thirds. */
function convexMinimum(f: (s: number) => number, largest: number): number {
  let low = 0;
  let high = largest;
  for (let i = 0; i < 200; i++) {
    const a = low + (high - low) / 3;
    const b = high - (high - low) / 3;
    if (f(a) <= f(b)) high = b;
    else low = a;
  }
  return f((low + high) / 2);
}
