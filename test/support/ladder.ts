/** Collective decay of identical two-level systems by total spin. */

/**
 * Weight of |1^k 0^(N-k)> on total spin J: a spin a = k/2 up and a spin b = (N-k)/2 down couple to J, M = a - b, with
 * (2J+1) (2a)! (2b)! / ((a+b+J+1)! (a+b-J)!).
 */
export function totalSpinWeights(n: number, k: number): { j: number; weight: number }[] {
  const lowest = Math.abs(k - n / 2);
  const weights: { j: number; weight: number }[] = [];
  for (let j = lowest; j <= n / 2; j++) {
    const weight =
      ((2 * j + 1) * factorial(k) * factorial(n - k)) / (factorial(n / 2 + j + 1) * factorial(n / 2 - j));
    weights.push({ j, weight });
  }
  return weights;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/**
 * Populations of M = start, start - 1, ..., -J at time t for M -> M - 1 at rate * (J + M)(J - M + 1): the exponential
 * of the rate matrix by uniformisation, p(t) = sum_n Poisson(n; q t) (1 + Q/q)^n p(0). Nothing cancels, and equal
 * rates (which J + M and J - M + 1 give in pairs) need no care.
 */
export function ladderPopulations(
  j: number,
  start: number,
  rate: number,
  t: number,
): { m: number; p: number }[] {
  const steps = Math.round(start + j);
  const levels = Array.from({ length: steps + 1 }, (_, index) => start - index);
  const rates = levels.map((m) => rate * (j + m) * (j - m + 1));
  const fastest = Math.max(...rates);
  const pieces = Math.max(1, Math.ceil((fastest * t) / 16));
  let populations: number[] = levels.map((_, index) => (index === 0 ? 1 : 0));
  for (let piece = 0; piece < pieces; piece++) {
    populations = uniformised(populations, rates, fastest, (fastest * t) / pieces);
  }
  return levels.map((m, index) => ({ m, p: populations[index] ?? 0 }));
}

function uniformised(
  start: readonly number[],
  rates: readonly number[],
  fastest: number,
  x: number,
): number[] {
  let chain = [...start];
  let weight = Math.exp(-x);
  const sum = chain.map((p) => weight * p);
  for (let n = 1; n < 200; n++) {
    chain = chain.map((p, index) => {
      const stay = fastest === 0 ? 1 : 1 - (rates[index] ?? 0) / fastest;
      const arrive = index === 0 ? 0 : ((rates[index - 1] ?? 0) / fastest) * (chain[index - 1] ?? 0);
      return stay * p + arrive;
    });
    weight *= x / n;
    chain.forEach((p, index) => {
      sum[index] = (sum[index] ?? 0) + weight * p;
    });
  }
  return sum;
}
