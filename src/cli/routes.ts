import { randomBytes } from "node:crypto";
import type { Model } from "../model/model.ts";
import type { Result } from "../results/result.ts";
import type { EnsembleRun } from "../trajectories/options.ts";
import { StoppedError } from "./errors.ts";
import type { Options } from "./options.ts";
import { note } from "./output.ts";
import { startProgress } from "./progress.ts";

/** Where neither the file nor the command says how many. */
const DEFAULT_TRAJECTORIES = 1000;

/** The ensemble of quantum trajectories of a model, with a progress bar. */
export async function runTrajectories(
  model: Model,
  options: Options,
  signal: AbortSignal,
): Promise<EnsembleRun> {
  const [{ compile }, { runEnsemble }, { nodePlatform }] = await Promise.all([
    import("../compile/compile.ts"),
    import("../trajectories/ensemble.ts"),
    import("../workers/node-platform.ts"),
  ]);
  const program = compile(model);
  const platform = await nodePlatform();
  const bar = await startProgress("trajectories", options.quiet);
  try {
    const run = await runEnsemble(
      model,
      program,
      {
        ...settle(model, options),
        signal,
        onProgress: (done, total) => bar.update(done, total ?? done),
        ...(options.sampling !== undefined && { sampling: options.sampling }),
        ...(options.workers !== undefined && { workers: options.workers }),
      },
      platform,
    );
    bar.stop();
    sayOutcome(run);
    return run;
  } catch (error) {
    if (isAbort(error))
      throw new StoppedError("stopped before the first batch was finished; nothing is kept");
    throw error;
  } finally {
    bar.stop();
  }
}

/** Command over file over default. */
function settle(model: Model, options: Options) {
  const { tolerance, ...file } = model.ensemble;
  const asked = options.trajectories ?? file.trajectories;
  const trajectories = asked ?? (tolerance === undefined ? DEFAULT_TRAJECTORIES : undefined);
  const seed = options.seed ?? file.seed ?? drawSeed();
  return {
    seed,
    ...(trajectories !== undefined && { trajectories }),
    ...(tolerance !== undefined && { tolerance }),
  };
}

/** The only thing that differs from run to run, so it is told, and stored in the result. */
function drawSeed(): string {
  const seed = randomBytes(8).toString("hex");
  note(`note: no seed was given; this run has --seed ${seed}`);
  return seed;
}

function sayOutcome({ outcome, result }: EnsembleRun): void {
  if (outcome === "aborted") note(`stopped: the first ${result.trajectories} trajectories are kept`);
  if (outcome === "capped") note(`the tolerance was not reached with ${result.trajectories} trajectories`);
}

/** The master equation of a model, with a progress bar. */
export async function solveExactly(model: Model, options: Options, signal: AbortSignal): Promise<Result> {
  const { solveMaster } = await import("../master/solve.ts");
  const bar = await startProgress("master equation", options.quiet);
  try {
    return await solveMaster(model, { signal, onProgress: (done: number) => bar.update(Math.round(100 * done), 100) });
  } catch (error) {
    if (isAbort(error))
      throw new StoppedError("stopped; the master equation was not finished and nothing is kept");
    throw error;
  } finally {
    bar.stop();
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";
