import type { Model } from "../model/model.ts";
import type { Generator } from "./generator.ts";

/** Errors above this are told to the user. */
const NOTABLE = 1e-10;

/** Rates, energies and times are known to 2^-53 of themselves, so exp(x t) is known to no more than 2^-53 x t. */
export function roundingNotes(model: Model, { layout, decay, frequency }: Generator): string[] {
  const last = model.times.at(-1) ?? 0;
  const rotation = layout.blocks.reduce((most, block) => Math.max(most, Math.abs(block.frequency)), 0);
  const phase = (Number.EPSILON / 2) * Math.max(rotation, frequency) * last;
  const population = (Number.EPSILON / 2) * decay * last;
  return [
    ...(phase > NOTABLE ? [`phases lose ${phase.toPrecision(2)} rad to rounding by the last time`] : []),
    ...(population > NOTABLE
      ? [`populations may lose ${population.toPrecision(2)} to rounding by the last time`]
      : []),
  ];
}
