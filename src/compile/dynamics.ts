import { dagger, largestElement } from "../model/algebra.ts";
import type { Channel, Model, Operator } from "../model/model.ts";
import { DiagonalEnergy } from "./energy.ts";
import { PackedOperator } from "./packed-operator.ts";
import { createPacking, type Packing } from "./packing.ts";
import { splitByShift } from "./split.ts";

/** What moves packed kets: H in two parts and the channels with a rate > 0. */
export interface Dynamics {
  readonly packing: Packing;
  /** The diagonal terms of H. */
  readonly energy: DiagonalEnergy;
  /** The rest of H. (Dyads and wide products in it may still have diagonal elements.) */
  readonly coupling: PackedOperator;
  readonly channels: readonly ActiveChannel[];
  /**
   * The largest element of any term of H_eff other than a diagonal one of H, whose size is a matter of the frame:
   * an optical frequency of 1e15 must not make a linewidth of 1 negligible.
   */
  readonly scale: number;
}

export interface ActiveChannel {
  readonly name: string;
  /** sqrt(rate) */
  readonly root: number;
  readonly operator: PackedOperator;
  /** L^+, or null where L^+ L is diagonal. */
  readonly adjoint: PackedOperator | null;
  /** The number of a channel before it that moves every ket also to where this one does; -1 where none is known to. */
  readonly within: number;
}

export function createDynamics(model: Model): Dynamics {
  const packing = createPacking(model.sites);
  const parts = model.hamiltonian.terms.flatMap(splitByShift);
  const rest: Operator = {
    terms: parts.filter(({ shift }) => shift !== ""),
    dyads: model.hamiltonian.dyads,
  };
  const acting = model.channels.filter(({ rate, operator }) => rate > 0 && largestElement(operator) > 0);
  const scale = acting.reduce(
    (largest, { rate, operator }) => Math.max(largest, rate * square(largestElement(operator))),
    largestElement(rest),
  );
  return {
    packing,
    energy: new DiagonalEnergy(
      parts.filter(({ shift }) => shift === ""),
      packing,
    ),
    coupling: new PackedOperator(rest, packing, scale),
    channels: activeChannels(acting, packing),
    scale,
  };
}

function activeChannels(channels: readonly Channel[], packing: Packing): ActiveChannel[] {
  const active: ActiveChannel[] = [];
  for (const { name, rate, operator } of channels) {
    const packed = new PackedOperator(operator, packing);
    const adjoint = packed.injective ? null : new PackedOperator(dagger(operator), packing);
    const within = active.findIndex(
      (before) =>
        before.within < 0 && before.operator.moves !== null && packed.moves?.isWithin(before.operator.moves),
    );
    active.push({ name, root: Math.sqrt(rate), operator: packed, adjoint, within });
  }
  return active;
}

const square = (x: number): number => x * x;
