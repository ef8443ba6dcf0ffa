import type { Program } from "../compile/program.ts";
import { momentExponents, powerOfTwo } from "../kernel/fixed-point.ts";
import { type Batch, REPLICATES, type Sampling } from "../kernel/types.ts";
import type { SingleTrajectory } from "../results/trajectories.ts";
import { InlineRunner } from "../workers/inline.ts";
import type { KernelBinary } from "../workers/platform.ts";
import { seedKey } from "./seed.ts";

export interface SingleOptions {
  readonly seed: string;
  readonly sampling: Sampling;
  /** Which trajectories; with sampling "stratified" none that never jumps is among them. */
  readonly indices: readonly number[];
}

/**
 * Single trajectories of the ensemble with this seed and sampling, at the program's times. Trajectory k depends on
 * neither the number of trajectories nor the times that are asked for, so these are the very ones that a run averages.
 * @throws NumericsError when the numerics refuse
 */
export async function singleTrajectories(
  program: Program,
  { seed, sampling, indices }: SingleOptions,
  kernel: KernelBinary,
): Promise<SingleTrajectory[]> {
  const runner = new InlineRunner({
    type: "load",
    module: kernel.module,
    program,
    key: seedKey(seed),
    options: { sampling, records: false },
  });
  try {
    await runner.start();
    const singles: SingleTrajectory[] = [];
    for (const index of indices) singles.push(readSingle(program, (await runner.run(index, 1)).batch));
    return singles;
  } finally {
    runner.close();
  }
}

/** The sums of a batch of one trajectory are its values. */
function readSingle(program: Program, { first, sums }: Batch): SingleTrajectory {
  const exponents = momentExponents(program);
  const { length: times } = program.times;
  const { length: moments } = program.moments;
  const start = (first % REPLICATES) * times * moments;
  const valuesOf = (moment: number) =>
    Array.from(
      program.times,
      (_, time) =>
        Number(sums[start + time * moments + moment] ?? 0n) * powerOfTwo(-(exponents[moment] ?? 0)),
    );
  return {
    index: first,
    times: Array.from(program.times),
    values: Object.fromEntries(
      program.layout.observables.map(({ name, re, im }) => [
        name,
        { real: valuesOf(re), ...(im !== null && { imaginary: valuesOf(im) }) },
      ]),
    ),
  };
}
