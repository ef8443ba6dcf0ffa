import { expect } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { EngineChoice } from "#src/kernel/types.js";
import type { Model } from "#src/model/model.js";
import { KEY, runEngine } from "./engines.ts";
import { jumpNorms, jumpsOf, randomNumbers } from "./jump-norms.ts";

/** What the squared norm may be off by from one jump to the next, ||A|| times that time being `span`. */
export const allowedError = (span: number): number => 1e-12 + span * 2 ** -52;

/** Each engine jumps where the squared norm is its random number. Plain sampling; see `jumpNorms` for what models may be. */
export async function expectJumpNorms(
  model: Model,
  engines: readonly EngineChoice[],
  trajectories: number,
): Promise<void> {
  const program = compile(model);
  for (const engine of engines) {
    const { batch } = await runEngine(program, engine, trajectories);
    for (let k = 0; k < trajectories; k++) {
      const numbers = randomNumbers(KEY, k, 2 * jumpsOf(batch, k).length + 1);
      for (const { error, span } of jumpNorms(program, batch, k, numbers)) {
        expect(Math.abs(error), engine).toBeLessThan(allowedError(span));
      }
    }
  }
}
