import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Fault, InputError } from "../../base/errors.ts";
import type { AnyFigure } from "../../figures/figure.ts";
import { parseModel } from "../../model/file.ts";
import { writeAllAtomically } from "../../results/atomic.ts";
import { formatJson } from "../../results/json.ts";
import type { LoadModel } from "../../study/paper/compute.ts";
import type { PaperReport, SolvedSystems } from "../../study/paper/paper.ts";
import { SYSTEM_NAMES, SYSTEMS, type SystemSpec } from "../../study/paper/systems.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { inFolder } from "../folder.ts";
import { readModelText } from "../input.ts";
import { type RawOptions, readOptions } from "../options.ts";
import { note, print } from "../output.ts";
import { formatPaperReport, formatPaperSummary } from "../paper-report.ts";
import { gather } from "../prepare.ts";
import { StoppedError, stoppable } from "../stop.ts";

export interface RawPaperOptions
  extends Pick<RawOptions, "trajectories" | "seed" | "workers" | "falseAlarm" | "out" | "quiet"> {
  readonly models?: string;
}

/** The files that the program comes with. */
const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));
const DEFAULT_OUT = join("out", "paper");

/** mcwf paper */
export async function paper(raw: RawPaperOptions): Promise<ExitCode> {
  const faults: Fault[] = [];
  const options = readOptions(raw, faults);
  const load = await gather(faults, () => readModels(raw.models ?? EXAMPLES));
  if (load === undefined || faults.length > 0) throw new InputError(faults);
  const folder = raw.out ?? DEFAULT_OUT;
  return inFolder(folder, "report.json", async () => {
    const { report, solved } = await stoppable((signal) => reproduce(load, options, signal));
    if (!options.quiet) note("drawing ...");
    await writeAllAtomically(await filesOf(report, solved, folder));
    await print(formatPaperSummary(report));
    if (!options.quiet) note(`wrote ${join(folder, "report.md")}, report.json and the figures beside them`);
    return report.unexpected.length === 0 ? EXIT.done : EXIT.disagree;
  });
}

/** Reads all models once, so that faults show before work starts. Throws InputError with all of them. */
async function readModels(folder: string): Promise<LoadModel> {
  const texts = new Map<string, { file: string; text: string }>();
  const faults: Fault[] = [];
  for (const { file } of Object.values<SystemSpec>(SYSTEMS)) {
    if (texts.has(file)) continue;
    const text = await gather(faults, () => readModelText(join(folder, `${file}.yaml`)));
    if (text !== undefined) texts.set(file, text);
  }
  if (faults.length > 0) throw new InputError(faults);
  const load: LoadModel = (name, set) => {
    const { file, text } = texts.get(name) ?? { file: name, text: "" };
    return parseModel(text, { file, set }).model;
  };
  for (const name of SYSTEM_NAMES) {
    const { file, set = [] }: SystemSpec = SYSTEMS[name];
    await gather(faults, async () => load(file, set));
  }
  if (faults.length > 0) throw new InputError(faults);
  return load;
}

async function reproduce(load: LoadModel, options: ReturnType<typeof readOptions>, signal: AbortSignal) {
  const [{ reproducePaper }, { nodePlatform }] = await Promise.all([
    import("../../study/paper/paper.ts"),
    import("../../workers/node-platform.ts"),
  ]);
  const { trajectories, seed, workers, falseAlarm, quiet } = options;
  try {
    return await reproducePaper(load, await nodePlatform(), {
      falseAlarm,
      signal,
      trajectories,
      seed,
      workers,
      onSystem: (name, place, total) => {
        if (!quiet) note(`[${String(place).padStart(2)}/${total}] ${describe(SYSTEMS[name])} ...`);
      },
    });
  } catch (error) {
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
    throw new StoppedError("stopped; nothing is written before all is computed");
  }
}

const describe = ({ file, label }: SystemSpec): string => `${file}: ${label}`;

async function filesOf(report: PaperReport, solved: SolvedSystems, folder: string) {
  const { paperFigures } = await import("../../study/paper/figures.ts");
  const figures = paperFigures(solved);
  const drawn = [];
  for (const { name, figure } of figures) drawn.push(...(await draw(join(folder, name), figure)));
  return [
    ...drawn,
    // Numbers that there are not are null in JSON.
    { path: join(folder, "report.json"), data: formatJson(JSON.parse(JSON.stringify(report))) },
    { path: join(folder, "report.md"), data: formatPaperReport(report, figures) },
  ];
}

async function draw(path: string, figure: AnyFigure) {
  const [{ specOf }, { renderSvg, svgToPng }] = await Promise.all([
    import("../../figures/spec.ts"),
    import("../../figures/render.ts"),
  ]);
  const svg = await renderSvg(specOf(figure));
  return [
    { path: `${path}.svg`, data: svg },
    { path: `${path}.png`, data: svgToPng(svg) },
  ];
}
