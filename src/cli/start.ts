import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type ObservablePanel, systemsFigure } from "../figures/systems.ts";
import { type ComparisonFile, comparisonWriterFor } from "./comparison.ts";
import { drawFigure } from "./deliver.ts";
import { EXIT, type ExitCode, reportFailure } from "./exit.ts";
import { note, print, tameStreams } from "./output.ts";
import { prepare } from "./prepare.ts";
import { compareRoutes } from "./routes.ts";
import { stoppable } from "./stop.ts";
import { verdictLine, verdictTable } from "./verdict-report.ts";

/**
 * `npm start`: Figs. 2 and 4 of the paper from the files in examples/, by trajectories and by the master equation, with
 * a verdict for each start and the figures in out/.
 */
interface PaperFigure {
  readonly name: string;
  readonly title: string;
  readonly systems: readonly { readonly file: string; readonly label: string }[];
  readonly panels: readonly ObservablePanel[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ENERGY: ObservablePanel = { observable: "energy", yTitle: "energy E/ħω" };
const X_TITLE = "evolution time ωt";

/** The paper prints a fidelity with a square root but plots the population of the dark state; so does this. */
const FIGURES: readonly PaperFigure[] = [
  {
    name: "fig2",
    title: "Fig. 2: two qubits, one reservoir",
    systems: [
      { file: "pair-11", label: "|11⟩" },
      { file: "pair-10", label: "|10⟩" },
      { file: "pair-dark", label: "|Ψ₋⟩" },
      { file: "pair-bright", label: "|Ψ₊⟩" },
    ],
    panels: [ENERGY, { observable: "dark", yTitle: "fidelity F = ⟨Ψ₋|ρ|Ψ₋⟩" }],
  },
  {
    name: "fig4",
    title: "Fig. 4: three qubits, one reservoir",
    systems: [
      { file: "three-qubits-100", label: "|100⟩" },
      { file: "three-qubits-011", label: "|011⟩" },
    ],
    panels: [ENERGY, { observable: "dark", yTitle: "fidelity F = ⟨Ψ₂|ρ|Ψ₂⟩" }],
  },
];

async function start(signal: AbortSignal): Promise<ExitCode> {
  const comparisons: ComparisonFile[] = [];
  const drawn: string[] = [];
  await mkdir(join(ROOT, "out"), { recursive: true });
  for (const { name, title, systems, panels } of FIGURES) {
    const routes = [];
    for (const { file, label } of systems) {
      const comparison = await compareExample(file, signal);
      comparisons.push(comparison);
      routes.push({ label, run: comparison.run, exact: comparison.exact });
    }
    const path = join(ROOT, "out", `${name}.svg`);
    await drawFigure(systemsFigure(title, routes, panels, X_TITLE), path, true);
    drawn.push(relative(process.cwd(), path));
  }
  await print(`${summary(comparisons)}\nfigures: ${drawn.join("  ")}\n`);
  return comparisons.every(({ verdict }) => verdict.agree) ? EXIT.done : EXIT.disagree;
}

async function compareExample(name: string, signal: AbortSignal): Promise<ComparisonFile> {
  const prepared = await prepare(join(ROOT, "examples", `${name}.yaml`), {}, comparisonWriterFor);
  note(`${prepared.model.title} ...`);
  return (await compareRoutes(prepared, signal)).comparison;
}

function summary(comparisons: readonly ComparisonFile[]): string {
  const disagreeing = comparisons.filter(({ verdict }) => !verdict.agree);
  const last = comparisons[0]?.run.times.at(-1) ?? 0;
  return [
    `Means at t = ${last}, |z| over all times; "dark": population of Psi- (pairs) or Psi2 (three qubits).\n`,
    verdictTable(comparisons),
    ...disagreeing.map(({ run, verdict }) => `${run.model.title}: ${verdictLine(verdict)}\n`),
  ].join("\n");
}

tameStreams();
try {
  process.exitCode = await stoppable(start);
} catch (error) {
  process.exitCode = reportFailure(error);
}
