import type { Model } from "../model/model.ts";
import type { Generator } from "./generator.ts";
import type { Space } from "./space.ts";

/** Errors above this are told to the user. */
const NOTABLE = 1e-10;

/** Remarks on what the model makes of the numerics. */
export function makeNotes(model: Model, space: Space, generator: Generator): string[] {
  return [...cutOffNotes(model, space), ...roundingNotes(model, generator)];
}

function cutOffNotes(model: Model, space: Space): string[] {
  return model.sites.flatMap(({ kind, name, dimension }, site) => {
    const top = dimension - 1;
    const reached = space.sectors.some(({ kets }) => kets.some((levels) => levels[site] === top));
    return kind === "fock" && reached
      ? [`mode ${name}: its highest level ${top} is reached; the cut-off may matter`]
      : [];
  });
}

/** Rates, energies and times are known to 2^-53 of themselves, so exp(x t) is known to no more than 2^-53 x t. */
function roundingNotes(model: Model, { layout, decay, frequency }: Generator): string[] {
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
