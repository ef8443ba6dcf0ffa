import { type Fault, InputError } from "../base/errors.ts";
import type { DensityTimes } from "../figures/density.ts";
import { drawerFor } from "../figures/files.ts";
import { MOST_CURVES } from "../figures/jumps.ts";
import type { ErrorMarks } from "../figures/routes.ts";
import { checkDestination, gather } from "./prepare.ts";

/** The options of plot as commander hands them over: text, or absent. */
export interface RawPlotOptions {
  readonly out?: string;
  readonly only?: string;
  readonly timeUnit?: string;
  readonly errors?: string;
  readonly columns?: string;
  readonly density?: string;
  readonly clicks?: boolean;
  readonly trajectories?: string;
  readonly rows?: string;
  readonly title?: string;
  readonly quiet?: boolean;
}

export interface PlotOptions {
  readonly out: string;
  /** Observables and measures, in this order; absent: all. */
  readonly only?: readonly string[];
  /** Parameter whose inverse is the unit of time. */
  readonly timeUnit?: string;
  readonly errors?: ErrorMarks;
  /** Panels in a row. */
  readonly columns?: number;
  /** Draw the averages by the number of clicks. */
  readonly clicks: boolean;
  /** Draw density matrices, at these times. */
  readonly density?: DensityTimes;
  /** Draw these trajectories above a jump raster. */
  readonly trajectories?: readonly number[];
  /** Trajectories in the raster. */
  readonly rows?: number;
  readonly title?: string;
  readonly quiet: boolean;
}

const MOST_COLUMNS = 3;
const MOST_ROWS = 1000;

/** Reads the options. Throws InputError with everything that is wrong with them. */
export async function readPlotOptions(raw: RawPlotOptions): Promise<PlotOptions> {
  const faults: Fault[] = [];
  const refuse = (file: string, must: string, found: string): undefined => {
    faults.push({ file, where: "", message: `must be ${must}, but is ${JSON.stringify(found)}` });
  };
  const { out = "", title, timeUnit } = raw;
  if (out === "") {
    const message = "must be given a file that ends in .svg or .png, but is not";
    faults.push({ file: "--out", where: "", message });
  } else await gather(faults, async () => drawerFor(out, "--out") && checkDestination("--out", out));
  const errors = (["bars", "band"] as const).find((marks) => marks === raw.errors);
  if (raw.errors !== undefined && errors === undefined) refuse("--errors", "bars or band", raw.errors);
  const whole = (option: string, text: string | undefined, most: number) => {
    const numbers = wholeNumbers(text);
    const [value = 0] = numbers ?? [];
    if (text === undefined || (numbers?.length === 1 && value >= 1 && value <= most)) return numbers?.[0];
    return refuse(option, `a whole number from 1 to ${most}`, text);
  };
  const trajectories = wholeNumbers(raw.trajectories);
  if (raw.trajectories !== undefined && !(trajectories && trajectories.length <= MOST_CURVES)) {
    refuse("--trajectories", `at most ${MOST_CURVES} whole numbers such as 0,1,2`, raw.trajectories);
  }
  const density = densityTimes(raw.density);
  if (raw.density !== undefined && density === undefined) {
    refuse("--density", "last, all or times such as 0,100,500", raw.density);
  }
  const columns = whole("--columns", raw.columns, MOST_COLUMNS);
  const rows = whole("--rows", raw.rows, MOST_ROWS);
  if (density !== undefined && (trajectories !== undefined || rows !== undefined)) {
    const message = "must be in another figure than --trajectories and --rows, but is given with them";
    faults.push({ file: "--density", where: "", message });
  }
  if (faults.length > 0) throw new InputError(faults);
  const only = raw.only?.split(",").map((name) => name.trim());
  return {
    out,
    quiet: raw.quiet ?? false,
    clicks: raw.clicks ?? false,
    ...(only !== undefined && { only }),
    ...(timeUnit !== undefined && { timeUnit }),
    ...(errors !== undefined && { errors }),
    ...(columns !== undefined && { columns }),
    ...(density !== undefined && { density }),
    ...(trajectories !== undefined && { trajectories: [...new Set(trajectories)] }),
    ...(rows !== undefined && { rows }),
    ...(title !== undefined && { title }),
  };
}

/** "0,1,2" as numbers; undefined for anything else. */
function wholeNumbers(text: string | undefined): number[] | undefined {
  if (text === undefined || !/^\s*\d+\s*(,\s*\d+\s*)*$/.test(text)) return undefined;
  const numbers = text.split(",").map(Number);
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

function densityTimes(text: string | undefined): DensityTimes | undefined {
  if (text === undefined || text === "last" || text === "all") return text;
  const times = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return times.every((time) => time >= 0 && Number.isFinite(time)) ? times : undefined;
}
