import { abs2, add, type Complex, multiply, scale, subtract } from "../../base/complex.ts";

/** Closed forms that claims are held against. Derived in docs/paper.md. */

/** exp(z), sin(z)/z and cos(z) are wanted of complex z with one part 0 only: sin(x t)/x for x^2 of either sign. */
function oscillation(square: number, time: number): { readonly cos: number; readonly sinc: number } {
  const x = Math.sqrt(Math.abs(square));
  if (x * time < 1e-8) return { cos: 1, sinc: time };
  return square > 0
    ? { cos: Math.cos(x * time), sinc: Math.sin(x * time) / x }
    : { cos: Math.cosh(x * time), sinc: Math.sinh(x * time) / x };
}

/** Rates and detuning of two qubits; amplitude rates, as in the paper. */
export interface Pair {
  readonly kappa: number;
  readonly alpha?: number;
  readonly delta: number;
}

/**
 * Amplitudes of |10> and |01> under H_eff = [[-i(kappa + alpha), -i kappa], [-i kappa, delta - i(kappa + alpha)]] (omega
 * taken out), whose eigenvalues are delta/2 - i(kappa + alpha) +- x, x^2 = delta^2/4 - kappa^2:
 * exp(-i H t) = exp(-i (delta/2) t - (kappa + alpha) t) (cos x t - i (sin x t / x) [[-delta/2, -i kappa], [-i kappa, delta/2]]).
 */
export function oneExcitation(
  { kappa, alpha = 0, delta }: Pair,
  [a, b]: readonly [number, number],
  time: number,
): readonly [Complex, Complex] {
  const { cos, sinc } = oscillation(delta ** 2 / 4 - kappa ** 2, time);
  const decay = Math.exp(-(kappa + alpha) * time);
  const [m, k]: readonly [Complex, Complex] = [
    [0, (sinc * delta) / 2],
    [-sinc * kappa, 0],
  ];
  const row = (own: number, other: number, turn: Complex): Complex =>
    scale(add(multiply(add([cos, 0], turn), [own, 0]), scale(k, other)), decay);
  return [row(a, b, m), row(b, a, subtract([0, 0], m))];
}

/** Population of Psi-. */
export const darkPart = ([a, b]: readonly [Complex, Complex]): number => abs2(subtract(a, b)) / 2;
/** Energy in units of omega = 1, where qubit 2 has 1 + delta. */
export const energyOf = ([a, b]: readonly [Complex, Complex], { delta }: Pair): number =>
  abs2(a) + (1 + delta) * abs2(b);

/** log2 ||rho^T||_1 of p |D><D| + (1 - p)|0><0| between qubit 1 and all others, D the dark part of |10...0>. */
export function entanglementOfFirst(N: number): number {
  const p = 1 / N;
  const c = (N - 1) ** 1.5 / N ** 2;
  return Math.log2(1 + Math.hypot(p, 2 * c) - p);
}

/**
 * k of N qubits excited: weight of total spin J = |N/2 - k|, ..., N/2,
 * (2J+1) (2a)! (2b)! / ((a+b+J+1)! (a+b-J)!), a = k/2, b = (N-k)/2. Ends after k - N/2 + J clicks with N/2 - J excitations.
 */
export function totalSpinWeight(N: number, k: number, J: number): number {
  return ((2 * J + 1) * factorial(k) * factorial(N - k)) / (factorial(N / 2 + J + 1) * factorial(N / 2 - J));
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** Excitations that stay for ever of k of N. */
export function keptExcitations(N: number, k: number): number {
  let sum = 0;
  for (let J = Math.abs(N / 2 - k); J <= N / 2; J++) sum += totalSpinWeight(N, k, J) * (N / 2 - J);
  return sum;
}
