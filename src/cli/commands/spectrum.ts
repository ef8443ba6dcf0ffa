import { byEnding } from "../../results/endings.ts";
import { formatJson } from "../../results/json.ts";
import type { Writer } from "../../results/writers.ts";
import type { Spectrum } from "../../spectrum/spectrum.ts";
import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { prepare, withPlaces } from "../prepare.ts";
import { formatSpectrum, formatSpectrumCsv } from "../spectrum-report.ts";

const WRITERS: Readonly<Record<string, Writer<Spectrum>>> = {
  ".json": { faults: () => [], encode: formatJson },
  ".csv": { faults: () => [], encode: formatSpectrumCsv },
};
const writerFor = (path: string): Writer<Spectrum> => byEnding(WRITERS, path, "--out");

/** mcwf spectrum FILE */
export async function spectrum(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, writerFor);
  const { model, file, options } = prepared;
  const { computeSpectrum } = await import("../../spectrum/spectrum.ts");
  const value = await withPlaces(prepared, async () => computeSpectrum(model, file));
  await deliver({ value, writerFor, summary: formatSpectrum, notes: value.notes }, options);
  return value.mixture === null ? EXIT.cutShort : EXIT.done;
}
