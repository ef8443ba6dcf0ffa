import { z } from "zod";
import { InputError } from "../base/errors.ts";
import type { ClickTable } from "../figures/clicks.ts";
import type { NamedRoutes } from "../figures/labels.ts";
import type { SectorLevels } from "../figures/levels.ts";
import type { SweepTable } from "../figures/sweep.ts";
import type { ParameterValue } from "../model/model.ts";
import { parseRecords, type RecordTable } from "../records/read.ts";
import { checkFormat, checkResult, checkShape, parseJson } from "../results/read.ts";
import type { Result } from "../results/result.ts";
import { unchecked } from "../results/schema.ts";
import { readText } from "./input.ts";

/** Enough for 10^7 jumps; the text of a file must fit into memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** All that can be drawn, as it was found in the files given. */
export interface FigureFiles {
  /** A run and an exact result of the same physics are one system. */
  readonly systems: readonly NamedRoutes[];
  readonly spectra: readonly SectorLevels[];
  readonly sweeps: readonly SweepTable[];
  readonly clicks: readonly ClickTable[];
  readonly records: readonly RecordFile[];
}

export interface RecordFile {
  readonly file: string;
  readonly table: RecordTable;
}

/** Reads results, comparisons, spectra, sweeps, click statistics (JSON) and jump records (CSV). Throws InputError with the faults of all files. */
export async function readFigureFiles(paths: readonly string[]): Promise<FigureFiles> {
  const read = await Promise.allSettled(paths.map(readOne));
  const faults = read.flatMap((one) => {
    if (one.status === "fulfilled") return [];
    if (one.reason instanceof InputError) return one.reason.faults;
    throw one.reason;
  });
  if (faults.length > 0) throw new InputError(faults);
  const found = read.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  return {
    systems: pairRoutes(found.flatMap(({ results, file }) => results.map((result) => ({ result, file })))),
    spectra: found.flatMap(({ spectra }) => spectra),
    sweeps: found.flatMap(({ sweeps }) => sweeps),
    clicks: found.flatMap(({ clicks }) => clicks),
    records: found.flatMap(({ table, file }) => (table === undefined ? [] : [{ file, table }])),
  };
}

interface Found {
  readonly file: string;
  readonly results: readonly Result[];
  readonly spectra: readonly SectorLevels[];
  readonly sweeps: readonly SweepTable[];
  readonly clicks: readonly ClickTable[];
  readonly table?: RecordTable;
}

async function readOne(path: string): Promise<Found> {
  const { file, text } = await readText(path, MOST_BYTES);
  const nothing = { file, results: [], spectra: [], sweeps: [], clicks: [] };
  if (/\.csv$/i.test(path)) return { ...nothing, table: parseRecords(text, file) };
  const data = parseJson(text, file);
  const known = [
    "mcwf-result/1",
    "mcwf-comparison/1",
    "mcwf-spectrum/1",
    "mcwf-sweep/1",
    "mcwf-clicks/1",
  ] as const;
  switch (checkFormat(data, file, known)) {
    case "mcwf-result/1":
      return { ...nothing, results: [checkResult(data, file)] };
    case "mcwf-comparison/1":
      return { ...nothing, results: readRoutes(checkShape(comparison, data, file), file) };
    case "mcwf-spectrum/1":
      return { ...nothing, spectra: [checkShape(spectrum, data, file)] };
    case "mcwf-sweep/1":
      return { ...nothing, sweeps: [checkShape(sweep, data, file)] };
    case "mcwf-clicks/1":
      return { ...nothing, clicks: [checkShape(clicks, data, file)] };
  }
}

const readRoutes = ({ run, exact }: { run: unknown; exact: unknown }, file: string): Result[] => [
  checkResult(run, file, "run"),
  checkResult(exact, file, "exact"),
];

const comparison = z.object({ run: z.object({}), exact: z.object({}) });

/** What the figures read of them. */
const sweep = z.object({
  title: z.string(),
  axes: z.array(z.object({ name: z.string(), values: z.array(unchecked<ParameterValue | string>()) })).min(1),
  quantities: z.array(z.object({ name: z.string(), energy: z.boolean() })),
  rows: z.array(
    z.object({
      places: z.array(z.int().nonnegative()),
      parameters: z.array(unchecked<ParameterValue>()),
      values: z.record(
        z.string(),
        z.object({
          mean: z.number().exactOptional(),
          standardError: z.number().nullable().exactOptional(),
          exact: z.number().exactOptional(),
          closedForm: z.number().exactOptional(),
        }),
      ),
    }),
  ),
});
const clickBins = z.array(
  z.object({
    from: z.number(),
    to: z.number().nullable(),
    value: z.number().nullable(),
    standardError: z.number().nullable(),
    exact: z.number().nullable(),
  }),
);
const clicks = z.object({
  model: z.object({ title: z.string(), parameters: z.record(z.string(), unchecked<ParameterValue>()) }),
  trajectories: z.int().positive(),
  end: z.number(),
  detectors: z.array(
    z.object({
      name: z.string(),
      numbers: clickBins,
      firstWait: clickBins,
      rate: clickBins,
      waits: clickBins,
      g2: clickBins,
    }),
  ),
});
const spectrum = z.object({
  model: z.object({ title: z.string() }),
  sectors: z.array(
    z.object({
      dimension: z.int().positive(),
      kets: z.array(z.string()),
      refused: z.boolean(),
      levels: z.array(
        z.object({
          energy: z.number(),
          rate: z.number(),
          class: z.enum(["dark", "stable", "subradiant", "independent", "superradiant"]),
          multiplicity: z.int().positive(),
        }),
      ),
    }),
  ),
});

/** Puts each exact result beside the run of the same physics, whatever times and observables each has. */
function pairRoutes(found: readonly { readonly result: Result; readonly file: string }[]): NamedRoutes[] {
  const systems: { key: string; routes: NamedRoutes }[] = [];
  for (const { result, file } of found) {
    const { title, sites, hamiltonian, channels, initial } = result.model;
    const key = JSON.stringify([title, sites, hamiltonian, channels, initial]);
    const partner = systems.find((one) => one.key === key && one.routes[result.kind] === undefined);
    if (partner === undefined) systems.push({ key, routes: { file, [result.kind]: result } });
    else partner.routes = { ...partner.routes, [result.kind]: result };
  }
  return systems.map(({ routes }) => routes);
}
