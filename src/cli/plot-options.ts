import { type Fault, InputError } from "../base/errors.ts";
import type { DensityTimes } from "../figures/density.ts";
import { drawerFor } from "../figures/files.ts";
import { MOST_CURVES } from "../figures/jumps.ts";
import type { ErrorMarks } from "../figures/routes.ts";
import { namesIn, OptionValues } from "./option-values.ts";
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
  readonly only: readonly string[] | undefined;
  /** Parameter whose inverse is the unit of time. */
  readonly timeUnit: string | undefined;
  readonly errors: ErrorMarks | undefined;
  /** Panels in a row. */
  readonly columns: number | undefined;
  /** Draw the averages by the number of clicks. */
  readonly clicks: boolean;
  /** Draw density matrices, at these times. */
  readonly density: DensityTimes | undefined;
  /** Draw these trajectories above a jump raster. */
  readonly trajectories: readonly number[] | undefined;
  /** Trajectories in the raster. */
  readonly rows: number | undefined;
  readonly title: string | undefined;
  readonly quiet: boolean;
}

const MOST_COLUMNS = 3;
const MOST_ROWS = 1000;

/** Reads the options. Throws InputError with everything that is wrong with them. */
export async function readPlotOptions(raw: RawPlotOptions): Promise<PlotOptions> {
  const faults: Fault[] = [];
  const values = new OptionValues(faults);
  const { out = "", title, timeUnit, clicks = false, quiet = false } = raw;
  if (out === "") values.refuse("--out", "must be given a file that ends in .svg or .png, but is not");
  else await gather(faults, async () => drawerFor(out, "--out") && checkDestination("--out", out));
  const options: PlotOptions = {
    out,
    only: namesIn(raw.only),
    timeUnit,
    errors: values.oneOf("--errors", raw.errors, ["bars", "band"]),
    trajectories: values.read(
      "--trajectories",
      raw.trajectories,
      `at most ${MOST_CURVES} whole numbers such as 0,1,2`,
      someTrajectories,
    ),
    density: values.read("--density", raw.density, "last, all or times such as 0,100,500", densityTimes),
    columns: values.whole("--columns", raw.columns, 1, MOST_COLUMNS),
    rows: values.whole("--rows", raw.rows, 1, MOST_ROWS),
    title,
    clicks,
    quiet,
  };
  const { density, trajectories, rows } = options;
  if (density !== undefined && (trajectories !== undefined || rows !== undefined)) {
    values.refuse(
      "--density",
      "must be in another figure than --trajectories and --rows, but is given with them",
    );
  }
  if (faults.length > 0) throw new InputError(faults);
  return options;
}

/** "0,1,2" as numbers, each of them once; undefined for anything else. */
function someTrajectories(text: string): number[] | undefined {
  const numbers = /^\s*\d+\s*(,\s*\d+\s*)*$/.test(text) ? text.split(",").map(Number) : [Number.NaN];
  return numbers.length <= MOST_CURVES && numbers.every(Number.isSafeInteger)
    ? [...new Set(numbers)]
    : undefined;
}

function densityTimes(text: string): DensityTimes | undefined {
  if (text === "last" || text === "all") return text;
  const times = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  return times.every((time) => time >= 0 && Number.isFinite(time)) ? times : undefined;
}
