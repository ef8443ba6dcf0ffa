import type { Program } from "../compile/program.ts";
import { DEFAULT_SAMPLING, type KeptPath, type KernelOptions, type RootPath } from "../kernel/types.ts";
import type { Model } from "../model/model.ts";
import type { ClickGroup } from "../results/result.ts";
import { InlineRunner } from "../workers/inline.ts";
import type { LoadMessage } from "../workers/messages.ts";
import type { Platform } from "../workers/platform.ts";
import { WorkerPool } from "../workers/pool.ts";
import type { BatchRunner } from "../workers/runner.ts";
import { checkpointAfter } from "./checkpoints.ts";
import type { ClickSums } from "./click-sums.ts";
import { Collector } from "./collector.ts";
import { mayTakeLong } from "./effort.ts";
import type { Estimator, SampledEnsemble } from "./estimate.ts";
import { gatherEvidence } from "./evidence.ts";
import type { EnsembleOptions, EnsembleRun, Outcome } from "./options.ts";
import { RecordList } from "./record-list.ts";
import { ensembleResult } from "./result.ts";
import { Schedule } from "./schedule.ts";
import { seedKey } from "./seed.ts";

/**
 * Starting two workers takes about 0.1 s (measured 50 to 115 ms) of both cores, and halves what is left at best: not worth it
 * for less remaining work than this.
 */
const WORTH_WORKERS_MS = 400;
/** Before so much work is done, the kernel runs in the engine's baseline code and looks several times as slow as it is. */
const WARM_UP_MS = 20;

/** More threads only take memory. */
const MOST_ON_A_CORE = 8;

/** So long a signal waits for the batches under way, which are then kept too; they may take hours. */
const GRACE_MS = 500;

/**
 * Of a program with more states, loading alone takes longer than starting workers (0.3 s with 16 qubits): it is not loaded in
 * the calling thread first, where it would also take up as much memory as in one more worker.
 */
const LARGE_STATES = 32_768;

/**
 * Runs a seeded ensemble of quantum trajectories of `program`, which `model` was compiled to. The same program, seed,
 * sampling and number of trajectories give the same bits, whatever the number of workers, the batches and the machine.
 *
 * @throws SizeError when a measure would not fit; NumericsError when the numerics refuse; WorkerError when workers keep dying; an AbortError (DOMException) when
 * the signal came before the first batch was finished
 */
export async function runEnsemble(
  model: Model,
  program: Program,
  options: EnsembleOptions,
  platform: Platform,
): Promise<EnsembleRun> {
  checkOptions(options);
  // The library of eigenvalues behind measures takes a tenth of the start-up of a small run, so it waits until it is needed.
  const measures = model.measures.length === 0 ? null : await import("./measures.ts");
  measures?.checkMeasures(program, model);
  const clickGroups = options.clicks === undefined ? 1 : options.clicks + 1;
  const kernel: KernelOptions = {
    sampling: options.sampling ?? DEFAULT_SAMPLING,
    records: options.onRecords !== undefined || (options.records ?? false),
    clickGroups,
    engine: options.engine ?? "auto",
  };
  const load: LoadMessage = {
    type: "load",
    module: platform.kernel.module,
    program,
    key: seedKey(options.seed),
    options: kernel,
  };
  const kept = kernel.records && options.onRecords === undefined ? new RecordList() : null;
  const collector = new Collector(program, {
    sampling: kernel.sampling,
    tolerance: options.tolerance ?? null,
    most: options.trajectories ?? Number.POSITIVE_INFINITY,
    clickGroups,
    onRecords: options.onRecords ?? ((records) => kept?.add(records)),
  });
  const aborted = await collect(collector, load, options, platform);
  const estimator = collector.estimator();
  const estimated = measures?.estimateMeasures(estimator, model) ?? [];
  const { clicks } = collector;
  return {
    result: {
      ...ensembleResult(estimator, estimated, {
        model,
        seed: options.seed,
        kernel: platform.kernel.identity,
        method: methodOf(estimator.ensemble),
      }),
      ...(clicks !== null && { clicks: await clicksOf(estimator, clicks, model) }),
    },
    outcome: outcomeOf(collector, options, aborted),
    records: kept?.joined() ?? null,
    evidence: gatherEvidence(estimator, estimated),
  };
}

/** Clicks have measures too, and wait for the same library. */
async function clicksOf(estimator: Estimator, clicks: ClickSums, model: Model): Promise<ClickGroup[]> {
  return (await import("./clicks.ts")).estimateClicks(estimator, clicks, model);
}

const KEPT: Readonly<Record<KeptPath, string>> = {
  none: "",
  table: "one table",
  eigenbasis: "one eigenbasis",
  ladder: "one eigenbasis, and of those after the first channel's jumps",
  chain: "Krylov bases that are kept",
};

/** In the order in which they first occur. */
function methodOf({ root, sampling }: SampledEnsemble): string {
  const segments = [...new Set(root.segments)].join(", ");
  const kept = [...new Set(root.silentPaths.map((path) => KEPT[path.kept]))].filter((words) => words !== "");
  const first = kept.length === 0 ? "" : `; before the first jump: ${kept.join(", ")}`;
  return `quantum trajectories, ${sampling} sampling; no-jump segments: ${segments}${first}`;
}

function checkOptions({ trajectories, tolerance, workers, clicks }: EnsembleOptions): void {
  const whole = (x: number, least: number) => Number.isSafeInteger(x) && x >= least;
  if (trajectories === undefined && tolerance === undefined) {
    throw new RangeError("ensemble: trajectories or tolerance must be given, but neither was");
  }
  if (trajectories !== undefined && !whole(trajectories, 1)) {
    throw new RangeError(`ensemble: trajectories must be a whole number >= 1, but was ${trajectories}`);
  }
  if (tolerance !== undefined && !(tolerance > 0)) {
    throw new RangeError(`ensemble: tolerance must be > 0, but was ${tolerance}`);
  }
  if (workers !== undefined && !whole(workers, 0)) {
    throw new RangeError(`ensemble: workers must be a whole number >= 0, but was ${workers}`);
  }
  if (clicks !== undefined && !whole(clicks, 1)) {
    throw new RangeError(`ensemble: clicks must be a whole number >= 1, but was ${clicks}`);
  }
}

/** Fills the collector; returns whether the signal has cut the run short. */
async function collect(
  collector: Collector,
  load: LoadMessage,
  options: EnsembleOptions,
  platform: Platform,
): Promise<boolean> {
  const { tolerance, trajectories, signal, onProgress } = options;
  const schedule = new Schedule({
    total: trajectories ?? Number.POSITIVE_INFINITY,
    boundaryAfter: tolerance === undefined ? () => Number.POSITIVE_INFINITY : checkpointAfter,
    accept: (batch) => collector.accept(batch),
    progress: (done) => onProgress?.(done, tolerance === undefined ? (trajectories ?? null) : null),
  });
  const runners = new Runners(load, platform);
  let aborted = signal?.aborted ?? false;
  let grace: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    aborted = true;
    schedule.close();
    grace = setTimeout(() => schedule.stop(), GRACE_MS);
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    if (!aborted)
      await Promise.race([runAll(runners, schedule, collector, options.workers), schedule.stopped]);
  } finally {
    signal?.removeEventListener("abort", stop);
    clearTimeout(grace);
    schedule.stop();
    runners.close();
  }
  if (aborted && collector.sums.count === 0) {
    throw new DOMException("the run was stopped before the first batch was finished", "AbortError");
  }
  return aborted;
}

async function runAll(
  runners: Runners,
  schedule: Schedule,
  collector: Collector,
  workers: number | undefined,
) {
  const wanted = workers ?? (runners.large ? runners.cores : 0);
  const first =
    wanted === 0
      ? runners.inline()
      : runners.pool(Math.min(wanted, schedule.total, MOST_ON_A_CORE * runners.cores));
  const root = await first.start();
  collector.root = root;
  if (root.jumpWeight === 0) {
    // Nothing is sampled: every trajectory is the exactly known branch.
    collector.sums.addUnsampled(
      schedule.total === Number.POSITIVE_INFINITY ? checkpointAfter(0) : schedule.total,
    );
  } else if (workers === undefined && wanted === 0) {
    await driveWhereQuicker(runners, first, schedule);
  } else {
    await schedule.drive(first);
  }
}

/** Begins in the calling thread; if there is enough to do, workers are started meanwhile and take over when ready. */
async function driveWhereQuicker(runners: Runners, inline: BatchRunner, schedule: Schedule): Promise<void> {
  let pool: BatchRunner | null = null;
  let ready: Promise<RootPath> | null = null;
  let settled = false;
  await schedule.drive(inline, () => {
    const worthIt = schedule.spent > WARM_UP_MS && schedule.remainingWork > WORTH_WORKERS_MS;
    if (pool === null && runners.cores > 1 && worthIt) {
      pool = runners.pool(runners.cores);
      ready = pool.start();
      const settle = () => {
        settled = true;
      };
      ready.then(settle, settle);
    }
    return settled;
  });
  if (schedule.exhausted || pool === null) return;
  inline.close();
  await ready;
  await schedule.drive(pool);
}

/** Makes the runners of one run, and closes them all at its end. */
class Runners {
  readonly cores: number;
  /** Best begun in workers at once. */
  readonly large: boolean;
  readonly #load: LoadMessage;
  readonly #platform: Platform;
  readonly #made: BatchRunner[] = [];

  constructor(load: LoadMessage, platform: Platform) {
    this.#load = load;
    this.#platform = platform;
    this.cores = platform.host === null ? 1 : platform.cores;
    const states = load.program.spaces.reduce((sum, { dimension }) => sum + dimension, 0);
    this.large =
      platform.host !== null && (states > LARGE_STATES || mayTakeLong(load.program, load.options.engine));
  }

  inline(): BatchRunner {
    return this.#keep(new InlineRunner(this.#load));
  }

  /** @throws RangeError where the platform has no workers */
  pool(size: number): BatchRunner {
    const { host } = this.#platform;
    if (host === null) throw new RangeError(`ensemble: workers must be 0 here, but was ${size}`);
    return this.#keep(new WorkerPool(host, this.#load, size));
  }

  close(): void {
    for (const runner of this.#made) runner.close();
  }

  #keep(runner: BatchRunner): BatchRunner {
    this.#made.push(runner);
    return runner;
  }
}

function outcomeOf(collector: Collector, options: EnsembleOptions, aborted: boolean): Outcome {
  if (aborted) return "aborted";
  if (options.tolerance === undefined) return "complete";
  return collector.toleranceReached() ? "complete" : "capped";
}
