import { type Fault, InputError } from "../../base/errors.ts";
import { VERSION } from "../../base/version.ts";
import { writersOf } from "../../results/writers.ts";
import type { Sweep } from "../../study/sweep.ts";
import { formatSweepCsv, sweepCsvFaults } from "../../study/sweep-csv.ts";
import { planSweep, type SweepPlan } from "../../study/sweep-plan.ts";
import type { SweepRoutes } from "../../study/sweep-point.ts";
import { runSweep, type SweepRun } from "../../study/sweep-run.ts";
import { deliver, drawFigure } from "../deliver.ts";
import { type ExitCode, exitCodeOf } from "../exit.ts";
import { fileName, readModelText } from "../input.ts";
import { type Options, readOptions } from "../options.ts";
import { note, print } from "../output.ts";
import { checkDestinations, gather } from "../prepare.ts";
import { startProgress } from "../progress.ts";
import { announceSeed, compileModel, sampleTrajectories, solveInThread } from "../routes.ts";
import { StoppedError, stoppable } from "../stop.ts";
import { type RawSweepOptions, readSweepOptions, type SweepOptions } from "../sweep-options.ts";
import { formatSweep } from "../sweep-report.ts";

/**
 * Beside trajectories the exact solver is not given more than this, some twenty seconds a point (12 qubits half excited, 1.8
 * million elements, took 27 s). `--route exact` alone goes as far as the solver does.
 */
const BESIDE = { maxElements: 1_048_576, maxWork: 1e10 };

const writerFor = writersOf(formatSweepCsv);

/** mcwf sweep FILE */
export async function sweep(path: string, raw: RawSweepOptions): Promise<ExitCode> {
  const { options, asked, plan, text } = await prepareSweep(path, raw);
  if (!options.quiet) for (const line of plan.notes) note(`note: ${line}`);
  const seed = seedOf(plan, options, asked);
  const run = await stoppable((signal) => go(plan, path, options, asked, seed, signal));
  if (run.rows.length === 0)
    throw new StoppedError("stopped before the first point was finished; nothing is kept");
  if (run.outcome === "aborted") note(`stopped: ${run.rows.length} of ${plan.points.length} points are kept`);
  const value = sweepOf({ plan, run, options, asked, raw, text, seed });
  await deliver({ value, writerFor, summary: formatSweep, notes: value.notes }, options);
  // A file of numbers does not say whether they agree.
  if (options.out !== undefined && !options.json) await print(formatSweep(value));
  if (options.plot !== undefined) {
    const { sweepFigure } = await import("../../figures/sweep.ts");
    await drawFigure(sweepFigure(value), options.plot, options.quiet);
  }
  return exitCodeOf(run.outcome, value.agree ?? true);
}

interface PreparedSweep {
  readonly options: Options;
  readonly asked: SweepOptions;
  readonly plan: SweepPlan;
  readonly text: string;
}

async function prepareSweep(path: string, raw: RawSweepOptions): Promise<PreparedSweep> {
  const faults: Fault[] = [];
  const options = readOptions(raw, faults);
  const asked = readSweepOptions(raw, faults);
  await checkDestinations(path, options, writerFor, faults);
  const input = await gather(faults, () => readModelText(path));
  const { axes, closedForms, at, only } = asked;
  if (input === undefined || axes.length === 0) throw new InputError(faults);
  const plan = await gather(faults, async () =>
    planSweep({ ...input, axes, closedForms, set: options.set, at, only }),
  );
  if (plan !== undefined && /\.csv$/i.test(options.out ?? "")) {
    const [axes, quantities] = [plan.axes, plan.quantities].map((list) => list.map(({ name }) => name));
    faults.push(...sweepCsvFaults(axes ?? [], quantities ?? [], "--out"));
  }
  if (plan === undefined || faults.length > 0) throw new InputError(faults);
  return { options, asked, plan, text: input.text };
}

/** One for all points, so that one number tells how to repeat them; null without trajectories. */
function seedOf({ points }: SweepPlan, options: Options, { routes }: SweepOptions): string | null {
  if (!routes.includes("run")) return null;
  return options.seed ?? points[0]?.model.ensemble.seed ?? announceSeed(options.quiet);
}

async function go(
  plan: SweepPlan,
  path: string,
  options: Options,
  { routes }: SweepOptions,
  seed: string | null,
  signal: AbortSignal,
): Promise<SweepRun> {
  const bar = await startProgress(`${plan.points.length} points`, options.quiet);
  const both = routes.length > 1;
  const ways: SweepRoutes = {
    ...(routes.includes("run") && {
      run: async (model, { signal, onProgress }) =>
        sampleTrajectories(
          { model, options: { ...options, seed: seed ?? "" } },
          await compileModel({ model, file: fileName(path) }, true, signal),
          { signal, onProgress: (done, total) => onProgress(total === null ? 0 : done / total) },
        ),
    }),
    ...(routes.includes("exact") && {
      exact: (model, control) => solveInThread(model, { ...control, ...(both && BESIDE) }),
    }),
  };
  try {
    return await runSweep(plan, ways, options.falseAlarm, {
      signal,
      onProgress: (done) => bar.update(Math.round(1000 * done), 1000),
    });
  } finally {
    bar.stop();
  }
}

interface Finished extends PreparedSweep {
  readonly run: SweepRun;
  readonly raw: RawSweepOptions;
  readonly seed: string | null;
}

function sweepOf({ plan, run, options, asked, raw, text, seed }: Finished): Sweep {
  const judged = run.rows.flatMap(({ agree }) => agree ?? []);
  return {
    format: "mcwf-sweep/1",
    kind: "sweep",
    title: plan.title,
    axes: plan.axes,
    quantities: plan.quantities,
    rows: run.rows,
    points: plan.points.length,
    agree: judged.length === 0 ? null : judged.every(Boolean),
    falseAlarm: options.falseAlarm,
    seed,
    source: {
      version: VERSION,
      model: text,
      set: raw.set ?? [],
      over: raw.over ?? [],
      closedForms: raw.closedForm ?? [],
      at: asked.at ?? null,
    },
    notes: run.notes,
  };
}
