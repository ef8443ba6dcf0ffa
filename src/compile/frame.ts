import type { Basis } from "./basis.ts";
import { DoubleDouble } from "./double-double.ts";
import type { Dynamics } from "./dynamics.ts";
import { KetSum } from "./ket-sum.ts";
import { NEGLIGIBLE } from "./limits.ts";

/** The energy taken out of H in each sector, to about 32 digits, and what is left of the diagonal. */
export interface Frame {
  readonly energyHi: Float64Array;
  readonly energyLo: Float64Array;
  /** <ket|H|ket> minus the energy of the ket's sector. */
  readonly detuning: Float64Array;
}

/**
 * In each sector the middle of the diagonal is taken out, which keeps ||A|| small. A diagonal that is constant but
 * for rounding vanishes entirely: equal frequencies contribute exactly nothing, however large they are.
 */
export function createFrame(dynamics: Dynamics, { index, sectorStart }: Basis): Frame {
  const hi = new Float64Array(index.count);
  const lo = new Float64Array(index.count);
  const diagonal = couplingDiagonal(dynamics);
  for (let ket = 0; ket < index.count; ket++) {
    const offset = ket * index.words;
    const energy = dynamics.energy.of(index.kets, offset);
    if (diagonal !== null) energy.add(diagonal(index.kets, offset));
    hi[ket] = energy.hi;
    lo[ket] = energy.lo;
  }
  const sectors = sectorStart.length - 1;
  const frame = {
    energyHi: new Float64Array(sectors),
    energyLo: new Float64Array(sectors),
    detuning: new Float64Array(index.count),
  };
  for (let s = 0; s < sectors; s++) {
    takeOut(frame, s, hi, lo, sectorStart[s] as number, sectorStart[s + 1] as number);
  }
  return frame;
}

/** energies[s] - energies[0] of the sectors of a space, each rounded once. */
export function relativeEnergies({ energyHi, energyLo }: Frame, sectors: Uint32Array): Float64Array {
  const first = sectors[0] as number;
  const difference = new DoubleDouble();
  return Float64Array.from(sectors, (s) => {
    difference.set(energyHi[s] as number, energyLo[s] as number);
    return difference.add(-(energyHi[first] as number), -(energyLo[first] as number)).hi;
  });
}

function takeOut(
  frame: Frame,
  sector: number,
  hi: Float64Array,
  lo: Float64Array,
  begin: number,
  end: number,
): void {
  let lowest = begin;
  let highest = begin;
  for (let ket = begin + 1; ket < end; ket++) {
    if ((hi[ket] as number) < (hi[lowest] as number)) lowest = ket;
    if ((hi[ket] as number) > (hi[highest] as number)) highest = ket;
  }
  const energy = new DoubleDouble().set(hi[lowest] as number, lo[lowest] as number);
  const spread = (hi[highest] as number) - (hi[lowest] as number);
  const largest = Math.max(Math.abs(hi[highest] as number), Math.abs(hi[lowest] as number));
  const constant = spread <= NEGLIGIBLE * largest;
  if (!constant) energy.add(hi[highest] as number, lo[highest] as number).multiply(0.5);
  frame.energyHi[sector] = energy.hi;
  frame.energyLo[sector] = energy.lo;
  if (constant) return;
  const left = new DoubleDouble();
  for (let ket = begin; ket < end; ket++) {
    left.set(hi[ket] as number, lo[ket] as number);
    frame.detuning[ket] = left.add(-energy.hi, -energy.lo).hi;
  }
}

/** The diagonal elements that hide in the coupling part of H, or null if it has none. */
function couplingDiagonal({
  coupling,
  packing: { words },
}: Dynamics): ((kets: Uint32Array, offset: number) => number) | null {
  if (coupling.offDiagonal) return null;
  const images = new KetSum(words);
  return (kets, offset) => {
    coupling.apply(kets, offset, images);
    for (let i = 0; i < images.count; i++) {
      let w = 0;
      while (w < words && images.kets[i * words + w] === kets[offset + w]) w++;
      if (w === words) return images.re[i] as number;
    }
    return 0;
  };
}
