import { abs, abs2, add, type Complex, conjugate, multiply, ONE, scale, ZERO } from "../base/complex.ts";
import { LikeTerms } from "./like-terms.ts";
import type { KetTerm, State } from "./model.ts";

/** Every site in its lowest level. */
export const GROUND: State = [{ amplitude: ONE, levels: [] }];

/** One string for one product ket. */
export const ketKey = (ket: Pick<KetTerm, "levels">): string => ket.levels.join(";");

/** |l_1 l_2 ...>, the level of every site in tensor order. */
export function productKet(levels: readonly number[]): State {
  const excited = levels.flatMap((level, site): [number, number][] => (level === 0 ? [] : [[site, level]]));
  return [{ amplitude: ONE, levels: excited }];
}

/** Adds up; like kets are collected in the order of their first appearance, zeros dropped. Time linear in the kets. */
export function addStates(states: readonly State[]): State {
  const kets = new LikeTerms<string, KetTerm>();
  for (const ket of states.flat()) kets.add(ketKey(ket), ket.amplitude, ket);
  return kets.collected().map(([amplitude, { levels }]) => ({ amplitude, levels }));
}

export function scaleState(state: State, factor: Complex): State {
  return addStates([
    state.map((ket) => ({ amplitude: multiply(factor, ket.amplitude), levels: ket.levels })),
  ]);
}

/** <bra|ket> */
export function innerProduct(bra: State, ket: State): Complex {
  const amplitudes = new Map(bra.map((term) => [ketKey(term), term.amplitude]));
  let sum = ZERO;
  for (const term of ket) {
    const left = amplitudes.get(ketKey(term));
    if (left !== undefined) sum = add(sum, multiply(conjugate(left), term.amplitude));
  }
  return sum;
}

/** Why a state cannot be normalised; undefined where it can. */
export function stateFault(state: State): string | undefined {
  const largest = largestAmplitude(state);
  if (largest === 0) return "must be a state other than zero, but is zero";
  if (!Number.isFinite(largest)) return "must be a finite state, but is infinite";
  if (largest >= LEAST_AMPLITUDE) return undefined;
  return `must have an amplitude of ${LEAST_AMPLITUDE} at least, but has none above ${largest.toPrecision(3)}`;
}

/** Amplitudes a millionth of it still have all their digits. */
const LEAST_AMPLITUDE = 1e-300;

/** state / norm(state). Throws a RangeError for the zero state: callers say it in their own words first. */
export function normalise(state: State): State {
  const largest = largestAmplitude(state);
  if (largest === 0 || !Number.isFinite(largest)) throw new RangeError("a state must have a finite norm > 0");
  // In two steps, so that neither 1 / largest nor the squares leave the range of numbers.
  const scaled = state.map((ket) => ({
    amplitude: [ket.amplitude[0] / largest, ket.amplitude[1] / largest] as const,
    levels: ket.levels,
  }));
  const length = Math.sqrt(sumOfSquares(scaled, 1));
  return scaled.map((ket) => ({
    amplitude: [ket.amplitude[0] / length + 0, ket.amplitude[1] / length + 0],
    levels: ket.levels,
  }));
}

/** max |amplitude| */
export const largestAmplitude = (state: State): number =>
  state.reduce((largest, ket) => Math.max(largest, abs(ket.amplitude)), 0);

const sumOfSquares = (state: State, factor: number): number =>
  state.reduce((sum, ket) => sum + abs2(scale(ket.amplitude, factor)), 0);
