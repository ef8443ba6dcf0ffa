import type { Fault } from "../base/errors.ts";
import { ENGINES, type EngineChoice, SAMPLINGS, type Sampling } from "../kernel/types.ts";
import type { Setting } from "../model/file.ts";
import { nameAndValue, OptionValues } from "./option-values.ts";

/** The options of run, exact and compare as commander hands them over: text, or absent. */
export interface RawOptions {
  readonly trajectories?: string;
  readonly seed?: string;
  readonly workers?: string;
  readonly sampling?: string;
  readonly engine?: string;
  readonly set?: readonly string[];
  readonly out?: string;
  readonly plot?: string;
  readonly records?: string;
  readonly clicks?: string;
  readonly bins?: string;
  readonly tau?: string;
  readonly falseAlarm?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export interface Options {
  /** Over the file's own. */
  readonly trajectories: number | undefined;
  readonly seed: string | undefined;
  /** Threads; 0 computes in the calling thread; absent leaves the choice to the program. */
  readonly workers: number | undefined;
  readonly sampling: Sampling | undefined;
  readonly engine: EngineChoice | undefined;
  /** Parameters of the file to replace; of equal names the last one holds. */
  readonly set: readonly Setting[];
  readonly out: string | undefined;
  readonly plot: string | undefined;
  /** File for the jump records. */
  readonly records: string | undefined;
  /** Averages apart for 0, 1, ..., this many jumps so far. */
  readonly clicks: number | undefined;
  /** Intervals of each histogram of clicks. */
  readonly bins: number | undefined;
  /** Longest time between two clicks that are looked at. */
  readonly tau: number | undefined;
  /** Probability that a right model is called wrong. */
  readonly falseAlarm: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

const MOST_WORKERS = 1024;
const MOST_CLICKS = 1000;
const MOST_BINS = 10_000;
const DEFAULT_FALSE_ALARM = 1e-3;

/** Reads the options; `faults` receives everything that is wrong with them, so that all can be told at once. */
export function readOptions(raw: RawOptions, faults: Fault[]): Options {
  const values = new OptionValues(faults);
  const { out, plot, records, json = false, quiet = false } = raw;
  return {
    trajectories: values.whole("--trajectories", raw.trajectories, 1, Number.MAX_SAFE_INTEGER),
    workers: values.whole("--workers", raw.workers, 0, MOST_WORKERS),
    clicks: values.whole("--clicks", raw.clicks, 1, MOST_CLICKS),
    bins: values.whole("--bins", raw.bins, 1, MOST_BINS),
    tau: values.below(Number.POSITIVE_INFINITY, "--tau", raw.tau, "a time, more than 0"),
    sampling: values.oneOf("--sampling", raw.sampling, SAMPLINGS),
    engine: values.oneOf("--engine", raw.engine, ENGINES),
    falseAlarm:
      values.below(1, "--false-alarm", raw.falseAlarm, "a probability between 0 and 1") ??
      DEFAULT_FALSE_ALARM,
    seed: values.read("--seed", raw.seed, "a text of one character at least", (text) => text || undefined),
    set: (raw.set ?? []).flatMap((text) => values.read("--set", text, "name=value", nameAndValue) ?? []),
    out,
    plot,
    records,
    json,
    quiet,
  };
}
