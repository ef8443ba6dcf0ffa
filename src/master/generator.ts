import type { Layout } from "./blocks.ts";
import type { Functional } from "./functional.ts";
import { compileSteady, evaluate } from "./probes.ts";
import type { Space } from "./space.ts";
import { elementCount } from "./sparse.ts";
import { blockSteps } from "./steps.ts";

/**
 * The master equation for the stored blocks, x' = G x, x real: real parts of all elements, then imaginary parts
 * unless everything stays real, then one counter a channel, d n_c/dt = rate_c Tr(L_c^+ L_c rho) / scale_c.
 * A block on the diagonal is stored whole and must be Hermitian.
 */
export interface Generator {
  readonly layout: Layout;
  /** Length of x. */
  readonly size: number;
  /** Distance from the real to the imaginary part of an element; 0 when all are real. */
  readonly gap: number;
  /** Where the first counter is. */
  readonly counterOffset: number;
  /** n_c counts jumps in units of this, so that it stays of order one. */
  readonly counterScale: readonly number[];
  /** Upper bounds, see Built. */
  readonly decay: number;
  readonly frequency: number;
  readonly feed: number;
  /** No block comes back to itself through jumps. */
  readonly cascade: boolean;
  /** Multiplications of one application. */
  readonly cost: number;
  /** y = G x */
  apply(x: Float64Array, y: Float64Array): void;
}

/** `rates` are the jump rates of the space's channels as functionals, `duration` the time that will be counted. */
export function buildGenerator(
  space: Space,
  layout: Layout,
  rates: readonly Functional[],
  real: boolean,
  duration: number,
): Generator {
  const gap = real ? 0 : layout.size;
  const counterOffset = layout.size + gap;
  const built = blockSteps(space, layout, real);
  const counterScale = rates.map(() => Math.max(1, built.decay * duration));
  const counters = compileSteady(rates, counterScale, layout, gap);
  return {
    layout,
    size: counterOffset + rates.length,
    gap,
    counterOffset,
    counterScale,
    decay: built.decay,
    frequency: built.frequency,
    feed: built.feed,
    cascade: built.cascade,
    cost: built.cost + counters.column.length,
    apply: (x, y) => {
      y.fill(0);
      const source = { data: x, gap };
      const target = { data: y, gap };
      for (const step of built.steps) step(source, target);
      evaluate(counters, x, y, counterOffset);
    },
  };
}

/** True when no imaginary part can arise from a real rho(0). */
export function staysReal(space: Space, layout: Layout): boolean {
  const sectors = new Set(layout.blocks.flatMap(({ rowSector, columnSector }) => [rowSector, columnSector]));
  return (
    layout.blocks.every(({ residual }) => residual === 0) &&
    [...sectors].every((s) => {
      const hamiltonian = space.sectors[s]?.hamiltonian;
      return (
        (hamiltonian === undefined || elementCount(hamiltonian) === 0) &&
        space.channels.every(({ jumps }) => (jumps[s] ?? []).every(({ matrix }) => matrix.im === null))
      );
    })
  );
}
