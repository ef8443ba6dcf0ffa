import { faultOf } from "../../base/errors.ts";
import { chooseNames } from "../../figures/choice.ts";
import { clicksFigure } from "../../figures/clicks.ts";
import { densityFigure } from "../../figures/density.ts";
import type { AnyFigure } from "../../figures/figure.ts";
import { groupsFigure } from "../../figures/groups.ts";
import { type RasterOptions, ROWS, rasterFigure } from "../../figures/jumps.ts";
import { labelSystems } from "../../figures/labels.ts";
import { spectrumFigure } from "../../figures/levels.ts";
import { type LabelledRoutes, modelOf, namesOf } from "../../figures/routes.ts";
import { seriesFigure } from "../../figures/series.ts";
import { sweepFigure } from "../../figures/sweep.ts";
import { COLOURS } from "../../figures/theme.ts";
import { timeAxis } from "../../figures/time.ts";
import { CLICK_QUANTITIES } from "../../results/clicks.ts";
import { drawFigure } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { type FigureFiles, readFigureFiles } from "../figure-files.ts";
import { withFineExact } from "../fine-exact.ts";
import { type PlotOptions, type RawPlotOptions, readPlotOptions } from "../plot-options.ts";
import {
  checkRecords,
  recomputeCurves,
  recomputeJumps,
  samplingOf,
  typicalTrajectories,
} from "../raster-data.ts";

/** mcwf plot RESULT... --out FIGURE: what the files hold and the options ask for decides what is drawn. */
export async function plot(paths: readonly string[], raw: RawPlotOptions): Promise<ExitCode> {
  const options = await readPlotOptions(raw);
  const files = await readFigureFiles(paths);
  await drawFigure(await figureOf(files, options), options.out, options.quiet);
  return EXIT.done;
}

async function figureOf(files: FigureFiles, options: PlotOptions): Promise<AnyFigure> {
  const alone = standAlone(files, options);
  if (alone !== undefined) return alone;
  if (files.records.length > 0 || options.trajectories !== undefined || options.rows !== undefined) {
    return rasterOf(files, options);
  }
  const { title, labels } = labelSystems(files.systems);
  const systems = files.systems.map((system, index) => ({ ...system, label: labels[index] ?? "" }));
  if (systems.length > COLOURS.length) {
    throw faultOf(
      "RESULT",
      `must be ${COLOURS.length} systems at most, which can be told apart, but are ${systems.length}`,
    );
  }
  const { columns } = options;
  const shared = { title: options.title ?? title, columns, time: timeOf(systems, options) };
  if (options.clicks) return groupsOf(systems, options);
  if (options.density !== undefined) return densityFigure(systems, { ...shared, times: options.density });
  const names = chooseNames([...new Set(systems.flatMap(namesOf))], options.only, "--only");
  if (names.length === 0)
    throw faultOf("RESULT", "must hold observables or measures to draw, but holds none");
  return seriesFigure(await withFineExact(systems), {
    ...shared,
    names,
    errors: options.errors,
  });
}

/** Kinds of files that are a figure each; undefined if there is none. */
function standAlone(files: FigureFiles, options: PlotOptions): AnyFigure | undefined {
  const { spectra, sweeps, clicks, systems, records } = files;
  const kinds = [spectra, sweeps, clicks];
  if (kinds.every((kind) => kind.length === 0)) return undefined;
  if ([...kinds, systems, records].flat().length > 1) {
    throw faultOf(
      "RESULT",
      "must be one spectrum, sweep or file of clicks alone, but there are other files beside it",
    );
  }
  const [[spectrum], [sweep], [click]] = [spectra, sweeps, clicks];
  if (spectrum !== undefined) return spectrumFigure(spectrum, options.title);
  if (click !== undefined) {
    const chosen = chooseNames(CLICK_QUANTITIES, options.only, "--only");
    const figure = clicksFigure(click, {
      ...layoutOf(options),
      quantities: CLICK_QUANTITIES.filter((quantity) => chosen.includes(quantity)),
      time: timeAxis(options.timeUnit, [click.model], "--time-unit"),
    });
    if (figure.panels.length === 0)
      throw faultOf("RESULT", "must hold clicks to draw, but holds none of those asked for");
    return figure;
  }
  if (sweep === undefined) return undefined;
  const known = sweep.quantities.map(({ name }) => name);
  return sweepFigure(sweep, { ...layoutOf(options), names: chooseNames(known, options.only, "--only") });
}

/** Averages by the number of clicks, of one run. */
function groupsOf(systems: readonly LabelledRoutes[], options: PlotOptions): AnyFigure {
  const [system, another] = systems;
  const run = system?.run;
  if (system === undefined || another !== undefined || run?.clicks === undefined) {
    throw faultOf("--clicks", "must be given one run that was made with --clicks, but is given another");
  }
  return groupsFigure(run, {
    ...layoutOf(options),
    names: chooseNames(namesOf({ run }), options.only, "--only"),
    time: timeOf([system], options),
  });
}

const layoutOf = ({ title, columns }: PlotOptions) => ({ title, columns });

const timeOf = (systems: readonly LabelledRoutes[], { timeUnit }: PlotOptions) =>
  timeAxis(timeUnit, systems.map(modelOf), "--time-unit");

async function rasterOf({ systems, records }: FigureFiles, options: PlotOptions): Promise<AnyFigure> {
  const [recordFile, anotherFile] = records;
  const [system, anotherSystem] = systems;
  if (anotherFile !== undefined || anotherSystem !== undefined) {
    throw faultOf("RESULT", "must be one file of records and one run for a jump raster, but are more");
  }
  const run = system?.run;
  if (recordFile !== undefined && system === undefined) {
    const { table } = recordFile;
    const channels = [...new Set(table.channel)];
    return rasterFigure(table, channels, Math.max(...table.time, 0), {
      title: options.title,
      rows: options.rows,
    });
  }
  if (system === undefined || run === undefined) {
    throw faultOf("RESULT", "must be a run, whose trajectories can be shown, but none is");
  }
  if (recordFile !== undefined) checkRecords(recordFile, run);
  const rows = Math.min(options.rows ?? ROWS, run.trajectories ?? ROWS);
  const jumps = recordFile?.table ?? (await recomputeJumps(run, rows));
  const names = chooseNames(Object.keys(run.observables), options.only, "--only");
  const shown = options.only === undefined ? names.slice(0, 1) : names;
  const indices = options.trajectories ?? typicalTrajectories(jumps, rows);
  const beyond = indices.find((index) => index >= (run.trajectories ?? 0));
  if (beyond !== undefined) {
    throw faultOf(
      "--trajectories",
      `must be trajectories of the run, 0 to ${(run.trajectories ?? 0) - 1}, but ${beyond} is none`,
    );
  }
  const ensemble = { run, label: "" };
  const raster: RasterOptions = {
    title: options.title,
    rows,
    ensemble,
    names: shown,
    trajectories: shown.length === 0 ? [] : await recomputeCurves(run, shown, indices, options.quiet),
    time: timeOf([ensemble], options),
    remark: samplingOf(run) === "stratified" ? "those without any jump are not sampled" : undefined,
  };
  return rasterFigure(jumps, Object.keys(run.channels), run.times.at(-1) ?? 0, raster);
}
