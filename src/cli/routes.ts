import type { Program } from "../compile/program.ts";
import type { Model } from "../model/model.ts";
import type { Result } from "../results/result.ts";
import type { EnsembleOptions, EnsembleRun, Outcome } from "../trajectories/options.ts";
import { drawSeed } from "../trajectories/seed.ts";
import type { ComparisonFile } from "./comparison.ts";
import type { CompileTask } from "./compile-worker.ts";
import type { ExactTask } from "./exact-worker.ts";
import type { Options } from "./options.ts";
import { note } from "./output.ts";
import type { Prepared } from "./prepare.ts";
import { startProgress } from "./progress.ts";
import { StoppedError } from "./stop.ts";
import { inThread, type ThreadControl } from "./thread.ts";

/** Where neither the file nor the command says how many. */
const DEFAULT_TRAJECTORIES = 1000;

/** A model with so many basis states in all is compiled at once, sooner than a thread starts. */
const SMALL = 256;

/**
 * The program of a model; in a thread of its own where that may take long.
 * @throws InputError where the model cannot be computed; StoppedError
 */
export async function compileModel(
  { model, file }: Pick<Prepared, "model" | "file">,
  quiet: boolean,
  signal?: AbortSignal,
): Promise<Program> {
  if (model.sites.reduce((product, { dimension }) => product * dimension, 1) <= SMALL) {
    const { compile } = await import("../compile/compile.ts");
    return compile(model, file);
  }
  const task: CompileTask = { model, file };
  const bar = await startProgress("compiling the model", quiet);
  try {
    return await inThread(new URL("./compile-worker.js", import.meta.url), task, {
      signal,
      stopped: "stopped while the model was compiled; nothing is kept",
    });
  } finally {
    bar.stop();
  }
}

/**
 * The ensemble of quantum trajectories of a model, which `program` was compiled from, with a progress bar.
 * @param jumps what is wanted of them; channels in records are indices into `program.channels`
 */
export async function runTrajectories(
  prepared: Prepared,
  program: Program,
  signal: AbortSignal,
  jumps?: Pick<EnsembleOptions, "clicks" | "onRecords">,
): Promise<EnsembleRun> {
  const bar = await startProgress("trajectories", prepared.options.quiet, "evolution without a jump");
  try {
    const onProgress = (done: number, total: number | null) => bar.update(done, total);
    const run = await sampleTrajectories(prepared, program, { ...jumps, signal, onProgress });
    bar.stop();
    sayOutcome(run);
    return run;
  } finally {
    bar.stop();
  }
}

/** The ensemble as the options say, without a word on the terminal but for a seed that was drawn. */
export async function sampleTrajectories(
  { model, options }: Pick<Prepared, "model" | "options">,
  program: Program,
  control: Omit<EnsembleOptions, keyof Settled>,
): Promise<EnsembleRun> {
  const [{ runEnsemble }, { mayTakeLong }, { nodePlatform }] = await Promise.all([
    import("../trajectories/ensemble.ts"),
    import("../trajectories/effort.ts"),
    import("../workers/node-platform.ts"),
  ]);
  const settled = settle(model, options);
  // Also without workers the command must hear a signal.
  const workers = settled.workers === 0 && mayTakeLong(program, settled.engine) ? 1 : settled.workers;
  try {
    return await runEnsemble(model, program, { ...settled, workers, ...control }, await nodePlatform());
  } catch (error) {
    if (isAbort(error))
      throw new StoppedError("stopped before the first batch was finished; nothing is kept");
    throw error;
  }
}

type Settled = Pick<
  EnsembleOptions,
  "trajectories" | "tolerance" | "seed" | "sampling" | "engine" | "workers"
>;

/** Command over file over default. */
function settle({ ensemble }: Model, options: Options): Settled {
  const { trajectories, seed, sampling, engine, workers, quiet } = options;
  const { tolerance } = ensemble;
  const otherwise = tolerance === undefined ? DEFAULT_TRAJECTORIES : undefined;
  return {
    trajectories: trajectories ?? ensemble.trajectories ?? otherwise,
    tolerance,
    seed: seed ?? ensemble.seed ?? announceSeed(quiet),
    sampling,
    engine,
    workers,
  };
}

/** Draws the only thing that differs from run to run, so it is told, and stored in the result. */
export function announceSeed(quiet: boolean): string {
  const seed = drawSeed();
  if (!quiet) note(`note: no seed was given; this run has --seed ${seed}`);
  return seed;
}

function sayOutcome({ outcome, result }: EnsembleRun): void {
  if (outcome === "aborted") note(`stopped: the first ${result.trajectories} trajectories are kept`);
  if (outcome === "capped") note(`the tolerance was not reached with ${result.trajectories} trajectories`);
}

/**
 * Both routes, the exact one beside the other, and the verdict on them.
 * @param keep called when trajectories begin
 */
export async function compareRoutes(
  prepared: Prepared,
  signal: AbortSignal,
  keep: () => void = () => undefined,
): Promise<{ comparison: ComparisonFile; outcome: Outcome }> {
  const { compareResults } = await import("../compare/compare.ts");
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  // One bar at a time: the exact solver is mostly the quicker one, and shows none here.
  const solving = solveExactly({ ...prepared, options: { ...prepared.options, quiet: true } }, either);
  const sampling = compileModel(prepared, prepared.options.quiet, either).then((program) => {
    keep();
    return runTrajectories(prepared, program, either);
  });
  const both = Promise.all([sampling, solving]);
  both.catch(() => failed.abort());
  const [run, exact] = await both;
  const verdict = compareResults(run, exact, { falseAlarm: prepared.options.falseAlarm });
  return {
    comparison: { format: "mcwf-comparison/1", verdict, run: run.result, exact },
    outcome: run.outcome,
  };
}

/** The master equation of a model, in a thread of its own, with a progress bar. */
export async function solveExactly({ model, options }: Prepared, signal: AbortSignal): Promise<Result> {
  const bar = await startProgress("master equation", options.quiet);
  try {
    const onProgress = (done: number) => bar.update(Math.round(100 * done), 100);
    return await solveInThread(model, { signal, onProgress });
  } finally {
    bar.stop();
  }
}

interface ExactControl extends Partial<ExactTask["limits"]>, Omit<ThreadControl, "stopped"> {}

/** The master equation of a model, in a thread of its own. */
export function solveInThread(model: Model, control: ExactControl): Promise<Result> {
  const { signal, onProgress, maxElements, maxWork } = control;
  const task: ExactTask = { model, limits: { maxElements, maxWork } };
  const stopped = "stopped; the master equation was not finished and nothing is kept";
  return inThread(new URL("./exact-worker.js", import.meta.url), task, { signal, onProgress, stopped });
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";
