import type { HermitianForm, Program } from "../compile/program.ts";

/** Where every trajectory that jumps ends. */
export interface CommonEnd {
  /** Means in that state, one for each moment. */
  readonly values: Float64Array;
  /** The channel of the jump; null if there are several. */
  readonly channel: number | null;
}

/**
 * The state that every jump from the pure initial state leads into, where that is a single basis state that nothing leaves:
 * all trajectories that have jumped are then the same, and known. null where it is not so.
 */
export function commonEnd({ initial, spaces }: Program): CommonEnd | null {
  const [component, another] = initial;
  const jumps = spaces[component?.space ?? -1]?.jumps ?? [];
  const [jump] = jumps;
  if (jump === undefined || another !== undefined) return null;
  if (jumps.some(({ target }) => target !== jump.target)) return null;
  const end = spaces[jump.target];
  if (end === undefined || end.dimension !== 1 || end.jumps.length > 0) return null;
  const channel = jumps.every((other) => other.channel === jump.channel) ? jump.channel : null;
  return { values: Float64Array.from(end.forms, valueInOnlyState), channel };
}

function valueInOnlyState({ diagonal, projectors }: HermitianForm): number {
  return projectors.reduce(
    (sum, { weight, values: [re = 0, im = 0] }) => sum + weight * (re * re + im * im),
    diagonal[0] ?? 0,
  );
}
