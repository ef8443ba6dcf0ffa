import type { Fault } from "../base/errors.ts";
import type { Sampling } from "../kernel/types.ts";
import type { Setting } from "../model/file.ts";

/** The options of run, exact and compare as commander hands them over: text, or absent. */
export interface RawOptions {
  readonly trajectories?: string;
  readonly seed?: string;
  readonly workers?: string;
  readonly sampling?: string;
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
  readonly trajectories?: number;
  readonly seed?: string;
  /** Threads; 0 computes in the calling thread; absent leaves the choice to the program. */
  readonly workers?: number;
  readonly sampling?: Sampling;
  /** Parameters of the file to replace. */
  readonly set: readonly Setting[];
  readonly out?: string;
  readonly plot?: string;
  /** File for the jump records. */
  readonly records?: string;
  /** Averages apart for 0, 1, ..., this many jumps so far. */
  readonly clicks?: number;
  /** Intervals of each histogram of clicks. */
  readonly bins?: number;
  /** Longest time between two clicks that are looked at. */
  readonly tau?: number;
  /** Probability that a right model is called wrong. */
  readonly falseAlarm: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

const MOST_WORKERS = 1024;
const MOST_CLICKS = 1000;
const MOST_BINS = 10_000;
const DEFAULT_FALSE_ALARM = 1e-3;
const SAMPLINGS: readonly Sampling[] = ["plain", "stratified"];

/** Reads the options; `faults` receives everything that is wrong with them, so that all can be told at once. */
export function readOptions(raw: RawOptions, faults: Fault[]): Options {
  const refuse = (file: string, must: string, found: string): undefined => {
    faults.push({ file, where: "", message: `must be ${must}, but is ${JSON.stringify(found)}` });
  };
  const whole = (
    option: string,
    text: string | undefined,
    least: number,
    most: number,
  ): number | undefined => {
    if (text === undefined) return undefined;
    const value = /^\d+(\.\d+)?(e\+?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    return refuse(option, `a whole number from ${least} to ${most}`, text);
  };
  const trajectories = whole("--trajectories", raw.trajectories, 1, Number.MAX_SAFE_INTEGER);
  const workers = whole("--workers", raw.workers, 0, MOST_WORKERS);
  const clicks = whole("--clicks", raw.clicks, 1, MOST_CLICKS);
  const bins = whole("--bins", raw.bins, 1, MOST_BINS);
  const tau = raw.tau === undefined ? undefined : Number(raw.tau || Number.NaN);
  if (tau !== undefined && !(tau > 0 && tau < Number.POSITIVE_INFINITY)) {
    refuse("--tau", "a time, more than 0", raw.tau ?? "");
  }
  const sampling = SAMPLINGS.find((name) => name === raw.sampling);
  if (raw.sampling !== undefined && sampling === undefined) {
    refuse("--sampling", SAMPLINGS.join(" or "), raw.sampling);
  }
  const falseAlarm =
    raw.falseAlarm === undefined ? DEFAULT_FALSE_ALARM : Number(raw.falseAlarm || Number.NaN);
  if (!(falseAlarm > 0 && falseAlarm < 1)) {
    refuse("--false-alarm", "a probability between 0 and 1", raw.falseAlarm ?? "");
  }
  if (raw.seed === "") refuse("--seed", "a text of one character at least", raw.seed);
  return {
    falseAlarm,
    set: readSettings(raw.set ?? [], faults),
    json: raw.json ?? false,
    quiet: raw.quiet ?? false,
    ...(trajectories !== undefined && { trajectories }),
    ...(workers !== undefined && { workers }),
    ...(sampling !== undefined && { sampling }),
    ...(raw.seed !== undefined && { seed: raw.seed }),
    ...(raw.out !== undefined && { out: raw.out }),
    ...(raw.plot !== undefined && { plot: raw.plot }),
    ...(raw.records !== undefined && { records: raw.records }),
    ...(clicks !== undefined && { clicks }),
    ...(bins !== undefined && { bins }),
    ...(tau !== undefined && { tau }),
  };
}

/** Of equal names the last one holds. */
function readSettings(settings: readonly string[], faults: Fault[]): Setting[] {
  return settings.flatMap((setting) => {
    const equals = setting.indexOf("=");
    const name = setting.slice(0, Math.max(0, equals)).trim();
    if (name !== "") return [{ name, value: setting.slice(equals + 1).trim() }];
    const message = `must be name=value, but is ${JSON.stringify(setting)}`;
    faults.push({ file: "--set", where: "", message });
    return [];
  });
}
