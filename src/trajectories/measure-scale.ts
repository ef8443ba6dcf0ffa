import { concurrenceModulus } from "../measures/concurrence.ts";
import { type DensityMatrix, partialTrace } from "../measures/density.ts";
import { keptSites } from "../measures/measures.ts";
import type { Measure, Site } from "../model/model.ts";

/** What is known of a measure as a function of the density matrix, around one. */
export interface MeasureScale {
  /** Values that it can have. */
  readonly lower: number;
  readonly upper: number;
  /** The most that it can change, up to a small factor, when the density matrix moves by this trace distance. */
  readonly modulus: (distance: number) => number;
}

/**
 * Measures are not Lipschitz continuous everywhere, so an error in the density matrix must be turned into one of the
 * measure with care where it is small. With T the trace distance and d a dimension:
 * purity 2 T; entropy T log2(d - 1) + H2(T) (Fannes and Audenaert, J. Phys. A 40 (2007) 8127); log-negativity
 * log2(1 + 2 d T), d the smaller side; concurrence: see concurrenceModulus, the one that depends on where rho is.
 */
export function measureScale(measure: Measure, sites: readonly Site[], rho: DensityMatrix): MeasureScale {
  const dimension = (side: readonly number[] | undefined) =>
    (side ?? []).reduce((product, site) => product * (sites[site]?.dimension ?? 1), 1);
  const named = measure.sides.flat();
  const whole = named.length === 0 ? rho.kets.length : dimension(named);
  const upTo = (upper: number, modulus: (distance: number) => number, lower = 0): MeasureScale => ({
    lower,
    upper,
    modulus: (distance) => Math.min(upper - lower, modulus(distance)),
  });
  switch (measure.kind) {
    case "purity":
      return upTo(1, (distance) => 2 * distance, 1 / whole);
    case "entropy":
      return upTo(
        Math.log2(whole),
        (distance) => distance * Math.log2(Math.max(1, whole - 1)) + binaryEntropy(distance),
      );
    case "concurrence":
      return upTo(1, pairModulus(measure, rho));
    case "logNegativity": {
      const smaller = Math.min(dimension(measure.sides[0]), dimension(measure.sides[1]));
      return upTo(Math.log2(smaller), (distance) => Math.log2(1 + 2 * smaller * distance));
    }
  }
}

function pairModulus(measure: Measure, rho: DensityMatrix): (distance: number) => number {
  const [a, b] = measure.sides;
  return concurrenceModulus(partialTrace(rho, keptSites(measure, rho.sites)), [a?.[0] ?? 0, b?.[0] ?? 0]);
}

/** H2, held at its maximum beyond 1/2, so that it is a modulus of continuity. */
function binaryEntropy(distance: number): number {
  if (distance <= 0) return 0;
  if (distance >= 0.5) return 1;
  return -distance * Math.log2(distance) - (1 - distance) * Math.log2(1 - distance);
}
