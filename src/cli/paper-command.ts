import type { Command } from "commander";
import type { RawPaperOptions } from "./commands/paper.ts";
import type { ExitCode } from "./exit.ts";

const DESCRIPTION = "every figure and claim of the paper, by both routes, with a verdict for each";

const HELP = `
The paper: Yang, Wang, Li, Hu, You, "Entanglement Emerges from Dissipation-Structured Quantum Self-Organization" (2021).
Writes report.md, report.json and each panel as SVG and PNG (fig2a, fig2b, fig3a, ...), all or none of them, and prints
a table. Verdicts follow from the numbers; exits with 1 where one is not what is known to come out. With --models the
model files of another folder take the place of those in examples/, under the same names. docs/paper.md explains it.

Examples:
  mcwf paper
  mcwf paper --out report --trajectories 1e5 --seed again
  cp -r examples mine; $EDITOR mine/pair-10.yaml; mcwf paper --models mine --out changed
`;

/** Adds `mcwf paper`, the only command without a file. */
export function addPaper(program: Command, footer: string, onDone: (code: ExitCode) => void): void {
  program
    .command("paper")
    .description(DESCRIPTION)
    .helpOption("-h, --help", "this text")
    .option("--out <folder>", "where the report and the figures go (default: out/paper)")
    .option("--trajectories <n>", "for each system (default: 40000, clockwork 10000)")
    .option("--seed <text>", "seed; same seed and number give the same report (default: paper)")
    .option("--workers <n>", "threads, 0 for none but the main one (default: what is quickest)")
    .option("--false-alarm <p>", "probability that chance changes any verdict (default: 0.001)")
    .option("--models <folder>", "model files to take instead of those in examples/")
    .option("--quiet", "no progress on stderr")
    .allowExcessArguments(false)
    .addHelpText("after", HELP + footer)
    .action(async (options: RawPaperOptions) => {
      onDone(await (await import("./commands/paper.ts")).paper(options));
    });
}
