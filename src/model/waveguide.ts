import type { Complex } from "../base/complex.ts";
import { cosSin } from "../base/elementary.ts";
import { dagger, scaleOperator } from "./algebra.ts";
import type { Operator } from "./model.ts";

/**
 * Emitters that decay into the two directions of a waveguide, in the Markov limit: emitter j lowers by s_j and sits at x_j.
 *
 *     o_R = sum_j exp(-i k x_j) s_j at rate gamma_R,    o_L = sum_j exp(+i k x_j) s_j at rate gamma_L,
 *     H = -(i/2) sum_{x_i > x_j} exp(i k (x_i - x_j)) (gamma_R s_i^+ s_j + gamma_L s_j^+ s_i) + h.c.
 *
 * so that in H_eff emitter j acts on i through right-moving photons only where x_i > x_j, through left-moving ones only
 * where x_i < x_j. Equal rates gamma/2: H = (gamma/2) sum_{i<j} sin(k |x_i - x_j|) (s_i^+ s_j + h.c.).
 * Source: Pichler, Ramos, Daley, Zoller, Phys. Rev. A 91, 042116 (2015).
 */
export interface Waveguide {
  /** In any order, several at one place if need be. */
  readonly positions: readonly number[];
  /** Wavenumber, >= 0. */
  readonly k: number;
  /** Decay rates of an emitter into the right-moving (towards larger x) and the left-moving modes. */
  readonly right: number;
  readonly left: number;
}

/** exp(-i k x_j) for all j: the weights of s_j in o_R; those in o_L are their conjugates. */
export const rightWeights = ({ positions, k }: Waveguide): readonly Complex[] =>
  positions.map((x) => {
    const [cosine, sine] = circle(k * x, k * Math.abs(x));
    return [cosine, 0 - sine];
  });

/** c_ij of H = sum (c_ij s_i^+ s_j + h.c.) over x_i > x_j; what vanishes is left out. */
export interface Exchange {
  readonly to: number;
  readonly from: number;
  readonly coefficient: Complex;
}

/** c = ((gamma_R + gamma_L) sin(k d) - i (gamma_R - gamma_L) cos(k d)) / 2 with d = x_i - x_j. */
export function exchangePairs({ positions, k, right, left }: Waveguide): readonly Exchange[] {
  const pairs: Exchange[] = [];
  for (const [to, x] of positions.entries()) {
    for (const [from, y] of positions.entries()) {
      const size = Math.abs(x) + Math.abs(y);
      if (x - y <= ROUNDING * size) continue;
      const [cosine, sine] = circle(k * (x - y), k * size);
      const coefficient: Complex = [(right / 2 + left / 2) * sine, (left / 2 - right / 2) * cosine];
      if (coefficient[0] !== 0 || coefficient[1] !== 0) pairs.push({ to, from, coefficient });
    }
  }
  return pairs;
}

/** The terms of H, two a pair. `product` multiplies two operators; it may add checks or simplify. */
export function exchangeTerms(
  lowering: readonly Operator[],
  pairs: readonly Exchange[],
  product: (a: Operator, b: Operator) => Operator,
): readonly Operator[] {
  const raising = lowering.map(dagger);
  return pairs.flatMap(({ to, from, coefficient }) => {
    const [up, down] = [raising[to], lowering[from]];
    if (up === undefined || down === undefined) return [];
    const flow = scaleOperator(product(up, down), coefficient);
    return [flow, dagger(flow)];
  });
}

/** Some roundings of positions and phases. */
const ROUNDING = 4 * Number.EPSILON;

/** Phases so large that they are nothing but rounding still are phases. */
const MOST_ROUNDING = 1e-8;

/**
 * cos and sin of an angle that is the difference of angles of the given size. What is nothing but their rounding is 0:
 * at k d = pi the exchange at equal rates vanishes, and not only to 1e-16.
 */
function circle(angle: number, size: number): readonly [cosine: number, sine: number] {
  const rounding = Math.min(ROUNDING * size, MOST_ROUNDING);
  const kept = (part: number): number => (Math.abs(part) <= rounding ? 0 : part);
  const [cosine, sine] = cosSin(angle);
  return [kept(cosine), kept(sine)];
}
