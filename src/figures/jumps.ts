import type { JumpList, SingleTrajectory } from "../results/trajectories.ts";
import type { RasterFigure } from "./figure.ts";
import { curveOf, type LabelledRoutes, modelOf } from "./routes.ts";
import { partsOf } from "./series.ts";
import { groupedDigits, printedKets } from "./text.ts";
import { PLAIN_TIME, type TimeAxis } from "./time.ts";

export interface RasterOptions {
  /** Trajectories in the raster at most, from 0 on. */
  readonly rows?: number | undefined;
  /** The ensemble that the trajectories are of; its means go with the curves. */
  readonly ensemble?: LabelledRoutes;
  /** Curves above the raster, a panel an observable of `names`, two of one that is not Hermitian. */
  readonly trajectories?: readonly SingleTrajectory[];
  readonly names?: readonly string[];
  readonly time?: TimeAxis;
  readonly title?: string | undefined;
  /** Added to the line below the title. */
  readonly remark?: string | undefined;
}

/** A few pixels each. */
export const ROWS = 200;
/** Curves are told apart by style, and one style is the ensemble's. */
export const MOST_CURVES = 5;
/** Black and dashed. */
const MEAN_STYLE = 3;

/**
 * When each trajectory jumps, one mark a jump, with single trajectories above.
 * @param channels in the order of the legend
 * @param end the last time of the records
 */
export function rasterFigure(
  jumps: JumpList,
  channels: readonly string[],
  end: number,
  options: RasterOptions = {},
): RasterFigure {
  const { ensemble, names = [], time = PLAIN_TIME, trajectories = [], remark = "" } = options;
  const scale = ensemble === undefined ? 1 : time.scaleOf(modelOf(ensemble));
  const count = rowsOf(jumps, ensemble, options.rows ?? ROWS);
  const shown = jumps.time.flatMap((at, index) => {
    const trajectory = jumps.trajectory[index] ?? 0;
    return trajectory < count ? [{ x: at * scale, trajectory, channel: jumps.channel[index] ?? "" }] : [];
  });
  const xRange = [0, end * scale] as const;
  const title = options.title ?? (ensemble === undefined ? "" : modelOf(ensemble).title);
  const many = `one mark a jump: ${groupedDigits(shown.length)} jumps of trajectories 0 to ${count - 1}`;
  return {
    kind: "raster",
    title: printedKets(title),
    subtitle: remark === "" ? many : `${many}; ${remark}`,
    xTitle: time.title,
    yTitle: "trajectory",
    xRange,
    first: 0,
    count,
    channels: byNumber(channels, shown),
    jumps: shown,
    above:
      trajectories.length === 0 ? [] : names.flatMap((name) => panelsOf(name, trajectories, options, scale)),
  };
}

/** Trajectories without a jump are rows too, but records alone do not tell how many follow the last one. */
function rowsOf({ trajectory }: JumpList, ensemble: LabelledRoutes | undefined, most: number): number {
  const known = ensemble?.run?.trajectories ?? trajectory.reduce((a, b) => Math.max(a, b), 0) + 1;
  return Math.min(known, most);
}

/** Those that jump most come first; of equals, in their given order. */
function byNumber(channels: readonly string[], jumps: RasterFigure["jumps"]): string[] {
  const counts = new Map<string, number>();
  for (const { channel } of jumps) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  const seen = channels.filter((channel) => counts.has(channel));
  return seen.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
}

function panelsOf(
  name: string,
  trajectories: readonly SingleTrajectory[],
  { ensemble }: RasterOptions,
  timeScale: number,
) {
  const run = ensemble?.run;
  const models = ensemble === undefined ? [] : [modelOf(ensemble)];
  return partsOf(models, [name]).map(({ part, yTitle }) => {
    const singles = trajectories.map(({ index, times, values }, place) => ({
      label: `trajectory ${index}`,
      style: place < MEAN_STYLE ? place : place + 1,
      line: { x: times.map((at) => at * timeScale), y: values[name]?.[part] ?? [] },
    }));
    const mean = run && {
      style: MEAN_STYLE,
      ...curveOf({ run }, name, `mean of all ${groupedDigits(run.trajectories ?? 0)}`, {
        part,
        errors: "band",
        timeScale,
      }),
    };
    return { letter: "", xTitle: "", yTitle, curves: mean === undefined ? singles : [...singles, mean] };
  });
}
