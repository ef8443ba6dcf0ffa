import { Command, Option } from "commander";
import { VERSION } from "../base/version.ts";
import { EXIT, type ExitCode } from "./exit.ts";
import type { RawOptions } from "./options.ts";
import { addPaper } from "./paper-command.ts";
import { addPlot } from "./plot-command.ts";
import { usageError } from "./usage.ts";

/** A command's code is loaded when it is called, so that --help and faults in options answer at once. */
type Action = (file: string, options: RawOptions) => Promise<ExitCode>;

const EXIT_CODES = `
Exit codes: 0 done; 1 a comparison failed; 2 bad input, nothing written; 3 cut short, what was finished is kept.`;

const FILE_HELP = "model file, YAML or JSON; - reads stdin";

/** Reads a command line and runs the command. Throws InputError for a wrong command line. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = EXIT.done;
  const program = new Command("mcwf");
  program
    .description(
      "Quantum trajectories (Monte Carlo wave function) of open systems, checked against the master equation.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "explain a command")
    .helpCommand("help [command]", "explain a command")
    .addHelpText("after", PROGRAM_HELP + EXIT_CODES);
  const add = (name: string, description: string, help: string, load: () => Promise<Action>): Command => {
    const command = program
      .command(name)
      .description(description)
      .argument("<file>", FILE_HELP)
      .helpOption("-h, --help", "this text")
      .allowExcessArguments(false)
      .addHelpText("after", help + EXIT_CODES);
    command.action(async (file: string, options: RawOptions) => {
      code = await (await load())(file, options);
    });
    return command;
  };
  const run = add("run", RUN, RUN_HELP, async () => (await import("./commands/run.ts")).run);
  addEnsembleOptions(addOutputOptions(addModelOptions(run)))
    .option("--records <file>", "write every jump as trajectory,time,channel to a .csv file")
    .option("--clicks <n>", "averages also apart for 0, 1, ..., n - 1 and for n or more jumps so far");
  const exact = add("exact", EXACT, EXACT_HELP, async () => (await import("./commands/exact.ts")).exact);
  addOutputOptions(addModelOptions(exact));
  const compare = add(
    "compare",
    COMPARE,
    COMPARE_HELP,
    async () => (await import("./commands/compare.ts")).compare,
  );
  addEnsembleOptions(addOutputOptions(addModelOptions(compare)))
    .option("--false-alarm <p>", "probability that a right model is called wrong (default: 0.001)")
    .option("--plot <file>", "draw both routes; the ending chooses .svg or .png");
  const spectrum = add(
    "spectrum",
    SPECTRUM,
    SPECTRUM_HELP,
    async () => (await import("./commands/spectrum.ts")).spectrum,
  );
  addOutputOptions(addModelOptions(spectrum));
  const clicks = add(
    "clicks",
    CLICKS,
    CLICKS_HELP,
    async () => (await import("./commands/clicks.ts")).clicks,
  );
  addEnsembleOptions(addOutputOptions(addModelOptions(clicks)))
    .option("--bins <n>", "intervals of each histogram (default: 20)")
    .option("--tau <t>", "longest time between two clicks (default: half of the time there is)")
    .option("--false-alarm <p>", "probability that a right model is called wrong (default: 0.001)");
  const sweep = add("sweep", SWEEP, SWEEP_HELP, async () => (await import("./commands/sweep.ts")).sweep);
  addEnsembleOptions(addOutputOptions(addModelOptions(sweep)))
    .addOption(
      new Option("--over <name=values>", "a parameter to sweep; given again: a grid").argParser(collect),
    )
    .option("--route <route>", "run, exact or both (default)")
    .option("--at <time>", "number or expression in the parameters (default: the last time)")
    .option("--only <names>", "observables and measures, such as energy,C")
    .addOption(
      new Option("--closed-form <name=expression>", "a formula for an observable or measure").argParser(
        collect,
      ),
    )
    .option("--false-alarm <p>", "probability that a right model is called wrong (default: 0.001)")
    .option("--plot <file>", "draw all quantities; the ending chooses .svg or .png");
  addPlot(program, EXIT_CODES, (done) => {
    code = done;
  });
  addPaper(program, EXIT_CODES, (done) => {
    code = done;
  });
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeErr: () => undefined }).exitOverride((error) => {
      if (error.exitCode === 0) throw error;
      throw usageError(command, error);
    });
  }
  if (args.length === 0) program.outputHelp();
  else await parse(program, args);
  return code;
}

async function parse(program: Command, args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    // Commander reports that help or the version was asked for, and printed, as an error with exit code 0.
    if (!(error instanceof Error && "exitCode" in error && error.exitCode === 0)) throw error;
  }
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const addModelOptions = (command: Command): Command =>
  command.addOption(
    new Option("--set <name=value>", "replace a parameter of the file; may be repeated").argParser(collect),
  );

const addOutputOptions = (command: Command): Command =>
  command
    .option("--out <file>", "write the result; the ending chooses .json or .csv")
    .option("--json", "print the result itself, as JSON, to stdout")
    .option("--quiet", "no progress and no notes on stderr");

const addEnsembleOptions = (command: Command): Command =>
  command
    .option("--trajectories <n>", "number of trajectories (over the file's own)")
    .option("--seed <text>", "seed; same model, seed and number give the same bits")
    .option(
      "--workers <n>",
      "threads, 0 for none but the main one where steps are short (default: what is quickest)",
    )
    .option("--sampling <kind>", "stratified (default), or plain: independent trajectories, larger errors")
    .option("--engine <kind>", "auto (default), or for checks: dense, krylov, chebyshev, uncached");

const RUN = "a seeded ensemble of quantum trajectories: means, standard errors, jumps";
const EXACT = "the master equation, integrated deterministically";
const COMPARE = "both, and a statistical verdict: do they agree?";

const SPECTRUM = "eigenvalues of H_eff by sector, dark states, and what stays in them for ever";

const CLICKS = "photon statistics of the jump records, against the master equation";

const SWEEP = "observables and measures against parameters: one table, one figure";

const PROGRAM_HELP = `
Examples:
  mcwf compare examples/pair-10.yaml                two qubits, one reservoir: trajectories against the master equation
  mcwf run examples/pair-10.yaml --out pair.json    the ensemble as a file, with all its numbers
  mcwf compare FILE --set N=6 --plot figure.svg     with another parameter, and drawn

A model file names sites, a Hamiltonian, jump channels, an initial state, times and observables; it is described in
docs/model-file.md, and examples/ has one for every system of the paper. Data goes to stdout or to files, progress
and notes to stderr.
`;
const RUN_HELP = `
Without --out or --json a summary is printed. Ctrl-C stops after the batches under way and keeps the trajectories
from the first to the last without a gap as a result; Ctrl-C again ends at once.

Examples:
  mcwf run model.yaml
  mcwf run model.yaml --trajectories 1e6 --seed today --out result.csv
  mcwf run model.yaml --set kappa=0.01 --set N=5 --json | jq .channels
  mcwf run model.yaml --clicks 2 --records jumps.csv
`;
const CLICKS_HELP = `
For all channels together and for each: numbers of clicks, time to the first click, rate in time, time from a click to
the next, g2. Waiting times and g2 take clicks from the first output time on and follow each for --tau: start late to
see the steady state. Exact values beside them where the system is small enough; exits with 1 where they disagree.

Examples:
  mcwf clicks model.yaml
  mcwf clicks model.yaml --trajectories 1e5 --bins 40 --tau 10 --out clicks.csv
`;
const EXACT_HELP = `
Without --out or --json a summary is printed. The result has the shape of a run's, without errors.

Examples:
  mcwf exact model.yaml
  mcwf exact model.yaml --set alpha=0 --out exact.json
`;
const COMPARE_HELP = `
All observables, measures and jump counts at all times are tested together: a right model is called wrong with
probability --false-alarm at most. Prints a table with a row for each of them, the verdict and the worst point, also
where --out writes both results and the verdict to a file (.csv: the results alone); with --json these go to stdout
instead. Exits with 1 when the routes disagree.

Examples:
  mcwf compare model.yaml
  mcwf compare model.yaml --trajectories 1e5 --plot compare.png
  mcwf compare model.yaml --false-alarm 1e-6 --out both.json
`;
const SWEEP_HELP = `
Values: 2..20 counts in steps of 1, 0:0.1:0.02 goes from 0 to 0.1 in steps of 0.02, and lists such as 2,5,10..20,pi mix
numbers, ranges and expressions. A parameter of --set may depend on a swept one: --over N=2:20:2 --set k=N/2.
At every point the model goes both routes. A route or quantity that is too large there is skipped and named with the
reason; the others go on. With both routes the exact one stops at some twenty seconds a point; --route exact has no such end.
Closed forms are expressions in the parameters. Trajectories are tested against the exact values, where these are
skipped against the closed forms; exact values must meet closed forms to 1e-9. Exits with 1 where something disagrees.
Ctrl-C keeps the points that are finished.

Examples:
  mcwf sweep examples/w-like.yaml --over N=2..12 --plot sweep.svg --out sweep.csv
  mcwf sweep examples/w-like.yaml --over N=4,8 --over alpha=0:2e-4:5e-5 --only energy,EN
  mcwf sweep model.yaml --over delta=-1:1:0.1 --closed-form "energy=1/(1+delta^2)" --at 2*pi
`;
const SPECTRUM_HELP = `
Without --out or --json a table is printed: energy and decay rate of each level, dark, subradiant or superradiant; the
dark states; exceptional points; and for each initial state the exact probability to be trapped in the dark subspace,
with the state that remains. docs/spectrum.md defines the words.

Examples:
  mcwf spectrum examples/three-qubits-100.yaml
  mcwf spectrum examples/pair-detuned.yaml --set delta=2*kappa
  mcwf spectrum model.yaml --out levels.csv
`;
