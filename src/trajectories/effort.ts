import { elementCount } from "../compile/matrix.ts";
import type { Program, Space } from "../compile/program.ts";
import type { EngineChoice } from "../kernel/types.ts";

/** Up to this dimension a space has exact propagators: the kernel's MAX_DENSE, and what it allows where one is forced. */
const DENSE: Readonly<Record<EngineChoice, number>> = {
  auto: 96,
  uncached: 96,
  chebyshev: 96,
  krylov: 0,
  dense: 1024,
};
/** Vectors of a Krylov basis, or squarings and products that find a jump with exact propagators; roughly. */
const VECTORS = 30;

/** Some 10^9 a second. */
const LONG = 3e8;

/**
 * Whether one trajectory may take longer than 0.3 s. It is then not to be run in the calling thread, which hears no signal and
 * shows no progress meanwhile.
 */
export const mayTakeLong = (program: Program, engine?: EngineChoice): boolean =>
  mostEffort(program, engine) > LONG;

/**
 * Operations that one trajectory, the evolution without a jump and what is made once for them take at most, roughly: an
 * estimate for where to compute, never for what. It may be a thousand times too large, for most of what is stiff decays at once.
 */
export function mostEffort({ spaces, initial, times }: Program, engine: EngineChoice = "auto"): number {
  const last = times.at(-1) ?? 0;
  let [jumpRate, segment, rate, once] = [0, 0, 0, 0];
  for (const space of spaces) {
    const { dimension, generator } = space;
    const dense = dimension <= DENSE[engine];
    const product = dense ? dimension * dimension : sparseCost(space);
    jumpRate = Math.max(jumpRate, generator.rateBound);
    segment = Math.max(segment, VECTORS * product);
    if (dense) once += VECTORS * dimension * dimension * dimension;
    else rate = Math.max(rate, generator.norm * product);
  }
  const path = (jumpRate * last + 1) * segment + rate * last + times.length * segment;
  return once + (initial.length + 1) * path;
}

/** Operations of a product with the generator, and with the other vectors of a basis. */
function sparseCost({ dimension, generator, jumps }: Space): number {
  const factored = [...generator.factored].map((k) => jumps[k]?.matrix);
  const applied = factored.reduce((sum, matrix) => sum + (matrix ? 2 * elementCount(matrix) : 0), 0);
  return elementCount(generator.matrix) + applied + VECTORS * dimension;
}
