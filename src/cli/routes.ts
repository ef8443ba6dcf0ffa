import { randomBytes } from "node:crypto";
import { Worker } from "node:worker_threads";
import { InputError, NumericsError, SizeError } from "../base/errors.ts";
import type { Program } from "../compile/program.ts";
import type { Model } from "../model/model.ts";
import type { Result } from "../results/result.ts";
import type { EnsembleOptions, EnsembleRun, Outcome } from "../trajectories/options.ts";
import type { Comparison } from "./comparison.ts";
import { StoppedError } from "./errors.ts";
import type { ExactTask, FromExactWorker } from "./exact-messages.ts";
import type { Options } from "./options.ts";
import { note } from "./output.ts";
import type { Prepared } from "./prepare.ts";
import { startProgress } from "./progress.ts";

/** Where neither the file nor the command says how many. */
const DEFAULT_TRAJECTORIES = 1000;

/** What a command wants of the jumps. */
export type JumpOptions = Pick<EnsembleOptions, "clicks" | "onRecords">;

/**
 * The ensemble of quantum trajectories of a model, with a progress bar.
 * @param jumpsOf asked before the first trajectory; channels in records are indices into `program.channels`
 */
export async function runTrajectories(
  prepared: Prepared,
  signal: AbortSignal,
  jumpsOf?: JumpsOf,
): Promise<EnsembleRun> {
  const bar = await startProgress("trajectories", prepared.options.quiet);
  try {
    const onProgress = (done: number, total: number | null) => bar.update(done, total ?? done);
    const run = await sampleTrajectories(prepared, { signal, onProgress }, jumpsOf);
    bar.stop();
    sayOutcome(run);
    return run;
  } finally {
    bar.stop();
  }
}

type JumpsOf = (program: Program) => JumpOptions | Promise<JumpOptions>;

/** The ensemble as the options say, without a word on the terminal but for a seed that was drawn. */
export async function sampleTrajectories(
  { model, file, options }: Prepared,
  control: Required<Pick<EnsembleOptions, "signal" | "onProgress">>,
  jumpsOf?: JumpsOf,
): Promise<EnsembleRun> {
  const [{ compile }, { runEnsemble }, { nodePlatform }] = await Promise.all([
    import("../compile/compile.ts"),
    import("../trajectories/ensemble.ts"),
    import("../workers/node-platform.ts"),
  ]);
  const program = compile(model, file);
  const platform = await nodePlatform();
  const jumps = await jumpsOf?.(program);
  const settled = {
    ...settle(model, options),
    ...jumps,
    ...control,
    ...(options.sampling !== undefined && { sampling: options.sampling }),
    ...(options.workers !== undefined && { workers: options.workers }),
  };
  try {
    return await runEnsemble(model, program, settled, platform);
  } catch (error) {
    if (isAbort(error))
      throw new StoppedError("stopped before the first batch was finished; nothing is kept");
    throw error;
  }
}

/** Command over file over default. */
function settle(model: Model, options: Options) {
  const { tolerance, ...file } = model.ensemble;
  const asked = options.trajectories ?? file.trajectories;
  const trajectories = asked ?? (tolerance === undefined ? DEFAULT_TRAJECTORIES : undefined);
  const seed = options.seed ?? file.seed ?? drawSeed(options.quiet);
  return {
    seed,
    ...(trajectories !== undefined && { trajectories }),
    ...(tolerance !== undefined && { tolerance }),
  };
}

/** The only thing that differs from run to run, so it is told, and stored in the result. */
export function drawSeed(quiet: boolean): string {
  const seed = randomBytes(8).toString("hex");
  if (!quiet) note(`note: no seed was given; this run has --seed ${seed}`);
  return seed;
}

function sayOutcome({ outcome, result }: EnsembleRun): void {
  if (outcome === "aborted") note(`stopped: the first ${result.trajectories} trajectories are kept`);
  if (outcome === "capped") note(`the tolerance was not reached with ${result.trajectories} trajectories`);
}

/** Both routes, the exact one beside the other, and the verdict on them. */
export async function compareRoutes(
  prepared: Prepared,
  signal: AbortSignal,
): Promise<{ comparison: Comparison; outcome: Outcome }> {
  const { compareResults } = await import("../compare/compare.ts");
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  // One bar at a time: the exact solver is mostly the quicker one, and shows none here.
  const solving = solveExactly({ ...prepared, options: { ...prepared.options, quiet: true } }, either);
  const both = Promise.all([runTrajectories(prepared, either), solving]);
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

interface ThreadControl extends Partial<ExactTask["limits"]> {
  readonly signal: AbortSignal;
  /** Part that is done, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** The master equation of a model, in a thread of its own. */
export async function solveInThread(model: Model, control: ThreadControl): Promise<Result> {
  const { signal, onProgress, maxElements, maxWork } = control;
  const task: ExactTask = { model, limits: { maxElements, maxWork } };
  const worker = new Worker(new URL("./exact-worker.js", import.meta.url), { workerData: task });
  const settled = new AbortController();
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on("message", (message: FromExactWorker) => {
        if (message.type === "progress") onProgress(message.done);
        else if (message.type === "solved") resolve(message.result);
        else reject(revive(message));
      });
      worker.on("error", reject);
      worker.on("exit", (code) => reject(new Error(`the exact solver's thread ended with code ${code}`)));
      const stop = () =>
        reject(new StoppedError("stopped; the master equation was not finished and nothing is kept"));
      if (signal.aborted) stop();
      // A sweep has one signal for all of its points.
      else signal.addEventListener("abort", stop, { once: true, signal: settled.signal });
    });
  } finally {
    settled.abort();
    await worker.terminate();
  }
}

/** Errors lose their class between threads. */
function revive({ name, message, faults, size }: Extract<FromExactWorker, { type: "failed" }>): Error {
  if (name === "InputError") return new InputError(faults);
  if (size !== null) return new SizeError(size.where, size.reason);
  if (name === "NumericsError") return new NumericsError(message);
  return new Error(`${name}: ${message}`);
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";
