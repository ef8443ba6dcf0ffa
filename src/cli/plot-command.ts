import type { Command } from "commander";
import type { ExitCode } from "./exit.ts";
import type { RawPlotOptions } from "./plot-options.ts";

const DESCRIPTION = "figures from results: series, jump rasters, density matrices, spectra, sweeps, clicks";

const HELP = `
Results of several systems share panels; a run and an exact result of the same model are one system, points over
lines. Records or --trajectories make a jump raster; the single trajectories above it are computed again, which gives
the same ones. A spectrum, a sweep and a file of clicks stand alone.

Examples:
  mcwf plot both.json --out figure.svg
  mcwf plot start-10.json start-11.json --only energy --time-unit kappa --out energies.png
  mcwf plot run.json jumps.csv --trajectories 0,1,2 --only dark --out jumps.svg
  mcwf plot exact.json --density all --out rho.svg
  mcwf plot clicks.json --only numbers,g2 --out photons.svg
`;

/** Adds `mcwf plot`, the only command that takes results. */
export function addPlot(program: Command, footer: string, onDone: (code: ExitCode) => void): void {
  program
    .command("plot")
    .description(DESCRIPTION)
    .argument(
      "<result...>",
      "what run, exact, compare, spectrum, sweep and clicks write (.json), and run --records (.csv)",
    )
    .helpOption("-h, --help", "this text")
    .option("--out <file>", "the figure; the ending chooses .svg or .png")
    .option("--only <names>", "observables and measures to show, such as energy,n1,n2 (n: all of a list)")
    .option("--time-unit <parameter>", "times in units of 1/parameter, such as kappa")
    .option(
      "--errors <marks>",
      "bars (default beside exact lines) or band: mean plus and minus standard error",
    )
    .option("--columns <n>", "panels in a row; 1 fits a journal's column, 2 its page")
    .option("--density <times>", "density matrices: last, all, or those nearest to times such as 0,100")
    .option("--clicks", "averages by the number of jumps so far, of a run that was made with --clicks")
    .option("--trajectories <numbers>", "single trajectories such as 0,1,2 above a raster of all jumps")
    .option("--rows <n>", "trajectories in the jump raster (default: 200)")
    .option("--title <text>", "instead of the model's own; may be empty")
    .option("--quiet", "no notes on stderr")
    .addHelpText("after", HELP + footer)
    .action(async (files: string[], options: RawPlotOptions) => {
      onDone(await (await import("./commands/plot.ts")).plot(files, options));
    });
}
