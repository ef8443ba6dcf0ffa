import { InputError } from "../base/errors.ts";
import type { Sampling } from "../kernel/types.ts";
import type { RecordTable } from "../records/read.ts";
import type { Result } from "../results/result.ts";
import type { JumpList, SingleTrajectory } from "../results/trajectories.ts";
import type { RecordFile } from "./figure-files.ts";
import { note } from "./output.ts";

/** Points of a single trajectory's curve beside the run's own times: a jump is then a step at the size of a figure. */
const FINE = 600;
/** Curves that are shown if nobody says which. */
const CURVES = 3;

/** How the run of a result was sampled; files of before there was a choice do not say. */
export const samplingOf = ({ sampling }: Result): Sampling => sampling ?? "plain";

/** The first trajectories of a run once more, for their jumps. Throws InputError where the model cannot be computed. */
export async function recomputeJumps(run: Result, rows: number): Promise<JumpList> {
  const [{ compile }, { runEnsemble }, { nodePlatform }] = await Promise.all([
    import("../compile/compile.ts"),
    import("../trajectories/ensemble.ts"),
    import("../workers/node-platform.ts"),
  ]);
  const model = { ...run.model, measures: [], density: "none" as const };
  const program = compile(model);
  const { records } = await runEnsemble(
    model,
    program,
    {
      seed: run.seed ?? "",
      trajectories: Math.min(rows, run.trajectories ?? rows),
      sampling: samplingOf(run),
      records: true,
    },
    await nodePlatform(),
  );
  return {
    trajectory: Array.from(records?.trajectory ?? []),
    time: Array.from(records?.time ?? []),
    channel: Array.from(records?.channel ?? [], (channel) => program.channels[channel] ?? ""),
  };
}

/** Some observables of single trajectories of a run, at its times and at finer ones. */
export async function recomputeCurves(
  run: Result,
  names: readonly string[],
  indices: readonly number[],
  quiet: boolean,
): Promise<SingleTrajectory[]> {
  const [{ compile }, { singleTrajectories }, { loadNodeKernel }] = await Promise.all([
    import("../compile/compile.ts"),
    import("../trajectories/single.ts"),
    import("../workers/node-kernel.ts"),
  ]);
  const kernel = await loadNodeKernel();
  if (kernel.identity !== run.engine.kernel && !quiet) {
    note(
      "note: the result was made by another version; its single trajectories may differ in their last digits",
    );
  }
  const observables = run.model.observables.filter(({ name }) => names.includes(name));
  const model = {
    ...run.model,
    observables,
    measures: [],
    density: "none" as const,
    times: fineTimes(run.times),
  };
  return singleTrajectories(
    compile(model),
    { seed: run.seed ?? "", sampling: samplingOf(run), indices },
    kernel,
  );
}

function fineTimes(times: readonly number[]): number[] {
  const [first = 0, last = first] = [times[0], times.at(-1)];
  const fine = Array.from({ length: FINE + 1 }, (_, k) => first + (k * (last - first)) / FINE);
  return [...new Set([...times, ...fine])].filter((time) => time <= last).sort((a, b) => a - b);
}

/**
 * Of the first `rows` trajectories, one for each number of jumps where only a few numbers occur, such as none, one and
 * two; else simply the first ones.
 */
export function typicalTrajectories({ trajectory }: JumpList, rows: number): number[] {
  const jumps = Array.from({ length: rows }, () => 0);
  for (const index of trajectory) if (index < rows) jumps[index] = (jumps[index] ?? 0) + 1;
  const numbers = [...new Set(jumps)];
  if (numbers.length > CURVES) return jumps.slice(0, CURVES).map((_, index) => index);
  return numbers.map((number) => jumps.indexOf(number)).sort((a, b) => a - b);
}

/** Relative; sums of many weights are rounded. */
const SAME_NUMBER = 1e-9;

/** Throws InputError for records that cannot be those of this run: the numbers of jumps must agree. */
export function checkRecords({ file, table }: RecordFile, run: Result): void {
  const counts = jumpsByChannel(table, run.trajectories ?? 1);
  const names = new Set([...Object.keys(run.channels), ...counts.keys()]);
  const wrong = [...names].filter((name) => {
    const [said = 0, found = 0] = [run.channels[name]?.jumps, counts.get(name)];
    return Math.abs(said - found) > SAME_NUMBER * Math.max(said, found);
  });
  if (wrong.length === 0) return;
  const faults = wrong.map((name) => ({
    file,
    where: `channel ${name}`,
    message: `must be the records of the run beside it, but has ${counts.get(name) ?? 0} jumps a trajectory and the run ${run.channels[name]?.jumps ?? "no such channel"}`,
  }));
  throw new InputError(faults);
}

function jumpsByChannel({ channel, weight }: RecordTable, trajectories: number): Map<string, number> {
  const counts = new Map<string, number>();
  channel.forEach((name, jump) => {
    counts.set(name, (counts.get(name) ?? 0) + (weight?.[jump] ?? 1));
  });
  if (weight === null) for (const [name, count] of counts) counts.set(name, count / trajectories);
  return counts;
}
