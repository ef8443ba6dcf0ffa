import { NumericsError, SizeError } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import type { DensityMatrix } from "../measures/density.ts";
import type { Model } from "../model/model.ts";
import { ketPrinter } from "../model/print.ts";
import { densityOf } from "../results/density.ts";
import type { Density, JumpCount, Result } from "../results/result.ts";
import { layOut } from "./blocks.ts";
import { estimateApplications, evolveByChebyshev } from "./chebyshev.ts";
import { type Control, type Evolution, report, type Task } from "./evolution.ts";
import { exploreSpace } from "./explore.ts";
import { evolveByExponentials, exponentialCost, reachedUnknowns, type Unknowns } from "./exponential.ts";
import { jumpRate } from "./functional.ts";
import { buildGenerator, type Generator, staysReal } from "./generator.ts";
import { initialElements, initialVector, isReal } from "./initial.ts";
import { roundingNotes } from "./notes.ts";
import { densityAt, densityPattern, functionalsOf, type Plan, planReadout, Readings } from "./readout.ts";
import type { Space } from "./space.ts";

export interface MasterOptions extends Control {
  /** Refuse density matrices of more elements; default and most: what fits into memory. */
  readonly maxElements?: number | undefined;
  /** Refuse computations of more multiplications, some 5e8 a second; default: about an hour. */
  readonly maxWork?: number | undefined;
}

/**
 * Real numbers of one density matrix: some six vectors of this length are held at once, 2.4 GB.
 * 14 qubits half excited under collective decay (26 million) fit.
 */
const LARGEST_STATE = 50_000_000;
/** Numbers of all probes at all times, 0.8 GB. */
const LARGEST_OUTPUT = 100_000_000;

/**
 * Solves the master equation d rho/dt = -i[H, rho] + sum_c rate_c (L_c rho L_c^+ - {L_c^+ L_c, rho}/2) from the
 * model alone, to about 1e-12 of the norm of each observable.
 *
 * The density matrix is stored in blocks between sectors, as far as it is reached and matters; the frequency that
 * a group of blocks shares is taken out exactly. Jumps are the integral of rate Tr(L^+ L rho) from 0 to the last
 * time. `engine.sectors` lists the number of elements of each block.
 *
 * @throws SizeError when the density matrix does not fit, before work starts; the reason of an aborted signal.
 */
export function solveMaster(model: Model, options: MasterOptions = {}): Result {
  report(options, 0);
  const most = Math.min(LARGEST_STATE, options.maxElements ?? LARGEST_STATE);
  const space = exploreSpace(model, Math.floor(Math.sqrt(most)));
  const plan = planReadout(model, space);
  const generator = prepare(model, space, plan, most);
  const { layout, gap } = generator;
  const readings = new Readings(plan, layout, gap);
  readings.checkMeasures(() => densityPattern(space, layout));
  if (readings.rows.count * model.times.length > LARGEST_OUTPUT) {
    throw new SizeError(
      "times",
      `must leave at most ${LARGEST_OUTPUT} numbers of the exact solver, but ${model.times.length} times of ` +
        `${readings.rows.count} numbers are asked for`,
    );
  }
  const start = initialVector(initialElements(model, space.locate), generator);
  const task: Task = { generator, start, times: model.times, probes: readings.rows, control: options };
  const evolution = evolve(task, options.maxWork);
  if (!evolution.outputs.every(Number.isFinite)) {
    throw new NumericsError("the exact solver must give finite numbers, but some overflow");
  }
  const wholeAt = (t: number): DensityMatrix =>
    densityAt(space, layout, gap, readings.state(t, evolution.outputs), model.times[t] ?? 0);
  const density = wantedDensity(model, wholeAt, () =>
    densityAt(space, layout, gap, evolution.end, model.times.at(-1) ?? 0),
  );
  return {
    format: "mcwf-result/1",
    kind: "exact",
    model,
    times: model.times,
    observables: readings.observables(model, evolution.outputs),
    measures: readings.measures(model, evolution.outputs, wholeAt),
    channels: jumpCounts(model, space, generator, evolution.end),
    ...(density === null ? {} : { density }),
    engine: {
      version: VERSION,
      sectors: layout.blocks.map(({ rows, columns }) => rows * columns),
      method: `master equation in blocks between sectors; ${evolution.method}`,
    },
    notes: [...readings.cutOffNotes(model, evolution.outputs), ...roundingNotes(model, generator)],
  };
}

/** Blocks that are kept, and the equation over them. */
function prepare(model: Model, space: Space, plan: Plan, maxElements: number): Generator {
  const rates = space.channels.map((channel) => jumpRate(channel, space));
  const layout = layOut(model, space, {
    means: functionalsOf(plan),
    integrated: rates,
    everything: plan.wholeAlways || plan.wholeFinally,
    maxElements,
  });
  const real = staysReal(space, layout) && isReal(initialElements(model, space.locate));
  if (!real && 2 * layout.size > LARGEST_STATE) {
    throw new SizeError(
      "sites",
      `must make at most ${LARGEST_STATE / 2} complex elements of the density matrix for the exact solver, but make ` +
        `${layout.size}`,
    );
  }
  return buildGenerator(space, layout, rates, real, model.times.at(-1) ?? 0);
}

/** Multiplications of the longest computation, about an hour. */
const MOST_WORK = 2e12;
const WORK_IN_A_SECOND = 5e8;

/** Counting further would take longer than the series in every case that was measured. */
const MOST_UNKNOWNS = 400;

/**
 * Dense exponentials where they cost less than the series, counted in multiplications; they also keep more digits
 * over long times. Milliseconds, exponentials against series: k of N excited under collective and own decay, t = 0..5
 * at 101 times: 2 of 4 11 / 7.5, 2 of 5 20 / 4.6, 3 of 6 575 / 30; N driven qubits, t = 0..10: N = 2 0.7 / 4.5,
 * N = 3 3 / 24 (at 50 irregular times 96 / 17), N = 4 118 / 124, to t = 1000 566 / 7700.
 *
 * @throws SizeError when either would take too long
 */
export function evolve(task: Task, maxWork = MOST_WORK): Evolution {
  const { unknowns, cost } = chooseEngine(task);
  if (cost > maxWork) {
    throw new SizeError(
      "times",
      `must need at most ${maxWork.toExponential()} multiplications of the exact solver, ` +
        `about ${maxWork === MOST_WORK ? "an hour" : `${Math.ceil(maxWork / WORK_IN_A_SECOND)} s`}, but ` +
        `${task.generator.layout.size} elements of the density matrix until t = ${task.times.at(-1) ?? 0} need ` +
        `${cost.toExponential(1)}`,
    );
  }
  return unknowns === null ? evolveByChebyshev(task) : evolveByExponentials(task, unknowns);
}

/** Null unknowns stand for the series. */
function chooseEngine({ generator, start, times }: Task): { cost: number; unknowns: Unknowns | null } {
  const applications = estimateApplications(generator, times.at(-1) ?? 0);
  const series = applications * (3 * generator.cost + 10 * generator.size + 2000);
  const unknowns = reachedUnknowns(generator, start, MOST_UNKNOWNS);
  const dense = unknowns === null ? Number.POSITIVE_INFINITY : exponentialCost(unknowns, times);
  return dense <= series ? { cost: dense, unknowns } : { cost: series, unknowns: null };
}

/** Every channel of the model; those that cannot act have made no jump. */
function jumpCounts(
  model: Model,
  space: Space,
  generator: Generator,
  end: Float64Array,
): Record<string, JumpCount> {
  const counts = new Map<string, number>();
  space.channels.forEach(({ name }, c) => {
    const scaled = end[generator.counterOffset + c] as number;
    counts.set(name, Math.max(0, scaled * (generator.counterScale[c] ?? 1)));
  });
  return Object.fromEntries(model.channels.map(({ name }) => [name, { jumps: counts.get(name) ?? 0 }]));
}

function wantedDensity(
  model: Model,
  wholeAt: (t: number) => DensityMatrix,
  final: () => DensityMatrix,
): Density | null {
  const times = model.density === "all" ? model.times : model.times.slice(-1);
  if (model.density === "none" || times.length === 0) return null;
  const matrices = model.density === "all" ? times.map((_, t) => wholeAt(t)) : [final()];
  const print = ketPrinter(model.sites);
  return densityOf(matrices[0]?.kets.map((levels) => print(levels)) ?? [], times, matrices);
}
