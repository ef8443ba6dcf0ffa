import { abs, type Complex, conjugate, multiply, scale } from "../base/complex.ts";
import type { Dyad, State } from "../model/model.ts";
import { addStates, scaleState } from "../model/states.ts";
import type { Basis } from "./basis.ts";
import type { LocalIndex } from "./local-index.ts";
import { packKet } from "./packing.ts";
import type { Projector } from "./program.ts";

/** weight * |vector><vector|, vector given on the reached kets only. */
export interface RankOne {
  readonly weight: number;
  readonly kets: Uint32Array;
  readonly values: Float64Array;
}

/**
 * The Hermitian part of factor * sum_d c_d |k_d><b_d| as weighted projectors:
 * (c |k><b| + h.c.) / 2 = (|u><u| - |v><v|) / 4 with u, v = (c / sqrt|c|) |k> +- sqrt|c| |b>.
 */
export function hermitianPart(dyads: readonly Dyad[], factor: Complex, basis: Basis): RankOne[] {
  return dyads.flatMap(({ coefficient, ket, bra }) => {
    const c = multiply(factor, coefficient);
    if (sameState(ket, bra)) return rankOne(c[0], ket, basis);
    const root = Math.sqrt(abs(c));
    if (root === 0) return [];
    const left = scaleState(ket, scale(c, 1 / root));
    const plus = addStates([left, scaleState(bra, [root, 0])]);
    const minus = addStates([left, scaleState(bra, [-root, 0])]);
    return [...rankOne(1 / 4, plus, basis), ...rankOne(-1 / 4, minus, basis)];
  });
}

/** The part of the vector that lies in the space in use. */
export function restrict({ weight, kets, values }: RankOne, local: LocalIndex): Projector {
  const index: number[] = [];
  const kept: number[] = [];
  kets.forEach((ket, k) => {
    const place = local.of[ket] as number;
    if (place < 0) return;
    index.push(place);
    kept.push(values[2 * k] as number, values[2 * k + 1] as number);
  });
  return { weight, index: Uint32Array.from(index), values: Float64Array.from(kept) };
}

/** Calls `visit` with the elements of weight * |phi><phi|. */
export function forEachElement(
  { weight, index, values }: Projector,
  visit: (row: number, column: number, re: number, im: number) => void,
): void {
  const at = (k: number): Complex => [values[2 * k] as number, values[2 * k + 1] as number];
  for (let r = 0; r < index.length; r++) {
    for (let c = 0; c < index.length; c++) {
      const [re, im] = multiply(at(r), conjugate(at(c)));
      visit(index[r] as number, index[c] as number, weight * re, weight * im);
    }
  }
}

function rankOne(weight: number, state: State, { index, packing }: Basis): RankOne[] {
  const entries = state
    .map(({ amplitude, levels }) => ({ amplitude, ket: index.find(packKet(packing, levels), 0) }))
    .filter(({ ket }) => ket >= 0)
    .sort((a, b) => a.ket - b.ket);
  if (weight === 0 || entries.length === 0) return [];
  return [
    {
      weight,
      kets: Uint32Array.from(entries, ({ ket }) => ket),
      values: Float64Array.from(entries.flatMap(({ amplitude }) => amplitude)),
    },
  ];
}

function sameState(a: State, b: State): boolean {
  return a === b || (a.length === b.length && JSON.stringify(a) === JSON.stringify(b));
}
