import type { Model } from "../model/model.ts";
import type { BuiltSpace } from "./space-builder.ts";

/** Errors of phases (in rad) and of populations above this are told to the user. */
const NOTABLE = 1e-9;
const NAMES_SHOWN = 8;

/** Remarks on what the model makes of the numerics. */
export function makeNotes(
  model: Model,
  spaces: readonly BuiltSpace[],
  acting: ReadonlySet<string>,
): string[] {
  return [...phaseNotes(model, spaces), ...decayNotes(model, spaces), ...idleNotes(model, acting)];
}

/** A phase E t is known to 2^-52 E t at best; it matters between sectors, and within one for what the frame leaves. */
function phaseNotes(model: Model, spaces: readonly BuiltSpace[]): string[] {
  let scale = 0;
  for (const { space, hamiltonianNorm } of spaces) {
    const lowest = space.energies.reduce((least, energy) => Math.min(least, energy), 0);
    const highest = space.energies.reduce((most, energy) => Math.max(most, energy), 0);
    scale = Math.max(scale, hamiltonianNorm, highest - lowest);
  }
  const last = model.times.at(-1) ?? 0;
  const error = scale * last * Number.EPSILON;
  if (error <= NOTABLE) return [];
  const [energy, time, size] = [scale, last, error].map((x) => x.toPrecision(2));
  return [`phases of up to ${energy} x ${time} lose ${size} rad to rounding by the last time`];
}

/** What decays fast is known to 2^-52 of its rate, and slower decay of the same sector no better than that. */
function decayNotes(model: Model, spaces: readonly BuiltSpace[]): string[] {
  const scale = spaces.reduce((most, { space }) => Math.max(most, space.generator.rateBound), 0);
  const last = model.times.at(-1) ?? 0;
  const error = scale * last * Number.EPSILON;
  if (error <= NOTABLE) return [];
  const [rate, time, size] = [scale, last, error].map((x) => x.toPrecision(2));
  return [
    `beside decay at up to ${rate} x ${time}, slower decay may lose ${size} to rounding by the last time`,
  ];
}

/**
 * Energy x time that a sector may reach: beyond, populations are wrong by more than 1e-3, and couplings below 1e-14 of
 * the largest, which count as zero, would matter.
 */
export const MOST_PHASE = 1e-3 / Number.EPSILON;

/** Energy x time that some sector reaches by the last time. */
export const reachedPhase = (model: Model, spaces: readonly BuiltSpace[]): number =>
  spaces.reduce((most, { hamiltonianNorm }) => Math.max(most, hamiltonianNorm), 0) *
  (model.times.at(-1) ?? 0);

function idleNotes(model: Model, acting: ReadonlySet<string>): string[] {
  const idle = model.channels
    .filter(({ name, rate }) => rate > 0 && !acting.has(name))
    .map(({ name }) => name);
  if (idle.length === 0) return [];
  const shown = idle.slice(0, NAMES_SHOWN).join(", ");
  const more = idle.length > NAMES_SHOWN ? ` and ${idle.length - NAMES_SHOWN} more` : "";
  return [`never acts on a state that is reached: ${shown}${more}`];
}
