import { compareResults } from "./compare/compare.ts";
import type { Comparison } from "./compare/verdict.ts";
import { compile } from "./compile/compile.ts";
import type { Program } from "./compile/program.ts";
import { ENGINES, type JumpRecords, SAMPLINGS } from "./kernel/types.ts";
import { type MasterOptions, solveMaster } from "./master/solve.ts";
import { didYouMean } from "./model/meant.ts";
import type { Model } from "./model/model.ts";
import type { Result } from "./results/result.ts";
import { runEnsemble } from "./trajectories/ensemble.ts";
import type { EnsembleOptions, EnsembleRun } from "./trajectories/options.ts";
import { drawSeed } from "./trajectories/seed.ts";

/** The two routes from a model to numbers, and the verdict on them: what the commands of the same names do. */

/** What is not given is taken from the model's `ensemble`; without a seed there either, one is drawn. */
export type RunOptions = Partial<EnsembleOptions>;

const OPTIONS: Readonly<Record<keyof EnsembleOptions, true>> = {
  trajectories: true,
  tolerance: true,
  seed: true,
  sampling: true,
  records: true,
  onRecords: true,
  clicks: true,
  engine: true,
  workers: true,
  signal: true,
  onProgress: true,
};

/** Types refuse a misspelt name, but a program may have none, and would not be told that it is not heard. */
function checkSpelling(options: RunOptions): void {
  for (const option of Object.keys(options)) oneOf("an option of a run", Object.keys(OPTIONS), option);
  oneOf("sampling", SAMPLINGS, options.sampling);
  oneOf("engine", ENGINES, options.engine);
}

function oneOf(what: string, choices: readonly string[], chosen: string | undefined): void {
  if (chosen === undefined || choices.includes(chosen)) return;
  const found = `${JSON.stringify(chosen)}${didYouMean(String(chosen), choices)}`;
  throw new RangeError(`${what} must be one of ${choices.join(", ")}, but is ${found}`);
}

/**
 * Averages over quantum trajectories. Between jumps psi' = -i H_eff psi, H_eff = H - (i/2) sum_c rate_c L_c^+ L_c;
 * a jump psi -> L_c psi happens when the squared norm meets a random number. Same model, seed and number of
 * trajectories: the same bits, for any number of workers.
 *
 *     const { result } = await run(twoQubits({ start: "10" }), { seed: "a", trajectories: 1000 });
 *     result.observables.energy?.mean;   // one value a time, with standardError beside it
 *
 * Jump records give a channel by its place in `model.channels`, from 0.
 *
 * @throws InputError or NumericsError where the model cannot be computed; RangeError where neither trajectories nor a
 * tolerance is given, and for options that cannot be
 */
export async function run(model: Model, options: RunOptions = {}): Promise<EnsembleRun> {
  checkSpelling(options);
  // Loaded when it is needed: worker threads and files are Node's, models are for browsers too.
  const { nodePlatform } = await import("./workers/node-platform.ts");
  const {
    trajectories = model.ensemble.trajectories,
    tolerance = model.ensemble.tolerance,
    seed = model.ensemble.seed ?? drawSeed(),
    onRecords,
    ...others
  } = options;
  const program = compile(model);
  const byModel = recordsByModel(model, program);
  const ensemble = await runEnsemble(
    model,
    program,
    {
      ...others,
      trajectories,
      tolerance,
      // A number is a seed in a model file, too, and means its digits.
      seed: String(seed),
      onRecords: onRecords && ((records) => onRecords(byModel(records))),
    },
    await nodePlatform(),
  );
  return { ...ensemble, records: ensemble.records === null ? null : byModel(ensemble.records) };
}

/** Programs leave out channels that never act, so that their numbers are not those of the model's list. */
function recordsByModel({ channels }: Model, program: Program): (records: JumpRecords) => JumpRecords {
  const places = program.channels.map((name) => channels.findIndex((channel) => channel.name === name));
  if (places.every((place, c) => place === c)) return (records) => records;
  return (records) => ({ ...records, channel: records.channel.map((c) => places[c] ?? c) });
}

/**
 * Solves d rho/dt = -i[H, rho] + sum_c rate_c (L_c rho L_c^+ - {L_c^+ L_c, rho}/2), to about 1e-12. Shares nothing with
 * `run` but the model.
 * @throws NumericsError where the density matrix does not fit
 */
export const exact = (model: Model, options: MasterOptions = {}): Result => solveMaster(model, options);

/**
 * Both routes, and whether they agree: all observables, measures and jump counts at all times together, at a false-alarm
 * probability of `falseAlarm` (1e-3).
 * @throws like `run` and `exact`
 */
export async function compare(
  model: Model,
  options: RunOptions & { readonly falseAlarm?: number } = {},
): Promise<Comparison> {
  const { falseAlarm, ...runOptions } = options;
  const sampled = await run(model, runOptions);
  const solved = exact(model, { signal: options.signal });
  const verdict = compareResults(sampled, solved, { falseAlarm });
  return { verdict, run: sampled.result, exact: solved };
}
