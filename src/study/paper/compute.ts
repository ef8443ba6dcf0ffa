import { compareResults } from "../../compare/compare.ts";
import type { Verdict as RouteVerdict } from "../../compare/verdict.ts";
import { compile } from "../../compile/compile.ts";
import { solveMaster } from "../../master/solve.ts";
import type { Setting } from "../../model/file.ts";
import type { Model } from "../../model/model.ts";
import { atClicks, countedModel } from "../../records/counted.ts";
import type { Result } from "../../results/result.ts";
import { computeSpectrum, type Spectrum } from "../../spectrum/spectrum.ts";
import { runEnsemble } from "../../trajectories/ensemble.ts";
import type { EnsembleRun } from "../../trajectories/options.ts";
import type { Platform } from "../../workers/platform.ts";
import { type SystemSpec, TRAJECTORIES } from "./systems.ts";

/** The model of a file of `examples/` (named without its ending), with these parameters replaced. */
export type LoadModel = (file: string, set: readonly Setting[]) => Model;

/** One system by both routes. */
export interface SolvedSystem {
  readonly spec: SystemSpec;
  readonly run: EnsembleRun;
  readonly exact: Result;
  /** Whether the two agree, at the level that was asked for. */
  readonly routes: RouteVerdict;
  /** Where trajectories are grouped by clicks: the same groups by the master equation. */
  readonly counted: readonly CountedGroup[];
  readonly spectrum: () => Spectrum;
}

/** Trajectories with one number of clicks, exactly: by time. */
export interface CountedGroup {
  readonly weight: readonly number[];
  /** Means within the group; NaN while its weight is rounding. */
  readonly observables: Readonly<Record<string, readonly number[]>>;
}

export interface SolveOptions {
  /** Probability, at most, to find that a right run disagrees. */
  readonly falseAlarm: number;
  /** Of each system. */
  readonly trajectories?: number | undefined;
  readonly seed: string;
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws what the two routes throw; an AbortError when the signal came */
export async function solveSystem(
  spec: SystemSpec,
  load: LoadModel,
  platform: Platform,
  options: SolveOptions,
): Promise<SolvedSystem> {
  const model = modelOf(spec, load);
  const trajectories = options.trajectories ?? spec.trajectories ?? TRAJECTORIES;
  const run = await runEnsemble(
    model,
    compile(model, spec.file),
    {
      trajectories,
      // Independent, as in an experiment: stratified draws would leave next to nothing of some systems to chance.
      sampling: "plain",
      seed: options.seed,
      clicks: spec.clicks,
      workers: options.workers,
      signal: options.signal,
    },
    platform,
  );
  options.signal?.throwIfAborted();
  const exact = solveMaster(model, { signal: options.signal });
  let spectrum: Spectrum | undefined;
  return {
    spec,
    run,
    exact,
    routes: compareResults(run, exact, { falseAlarm: options.falseAlarm }),
    counted: spec.clicks === undefined ? [] : solveCounted(model, spec.clicks),
    spectrum: () => {
      spectrum ??= computeSpectrum(model, spec.file);
      return spectrum;
    },
  };
}

function modelOf({ file, set = [], times, later = [] }: SystemSpec, load: LoadModel): Model {
  const model = load(file, set);
  const all = [...(times ?? model.times), ...later];
  return { ...model, times: all, density: "none" };
}

/** Weights below this are rounding, and means over them mean nothing. */
const ROUNDING = 1e-9;

/** The number-resolved master equation: rho_n(t), its weight Tr rho_n and its means Tr(X rho_n) / Tr rho_n. */
function solveCounted(model: Model, most: number): CountedGroup[] {
  const counted = countedModel(
    model,
    model.channels.map(({ name }) => name),
    most,
  );
  const one = { terms: [{ coefficient: [1, 0] as const, factors: [] }], dyads: [] };
  const named = [{ name: "", operator: one, hermitian: true }, ...model.observables];
  const levels = Array.from({ length: most + 1 }, (_, n) => n);
  const { observables } = solveMaster({
    ...counted,
    observables: levels.flatMap((n) =>
      named.map(({ name, operator, hermitian }) => ({
        name: `${n} ${name}`,
        operator: atClicks(operator, counted, n),
        hermitian,
      })),
    ),
  });
  return levels.map((n) => {
    const weight = observables[`${n} `]?.mean ?? [];
    const conditional = (name: string) =>
      (observables[`${n} ${name}`]?.mean ?? []).map((value, t) => {
        const known = weight[t] ?? 0;
        return known > ROUNDING ? value / known : Number.NaN;
      });
    return {
      weight,
      observables: Object.fromEntries(model.observables.map(({ name }) => [name, conditional(name)])),
    };
  });
}
