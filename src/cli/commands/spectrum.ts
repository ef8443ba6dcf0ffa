import { writersOf } from "../../results/writers.ts";
import { deliver } from "../deliver.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { RawOptions } from "../options.ts";
import { prepare, withPlaces } from "../prepare.ts";
import { formatSpectrumCsv } from "../spectrum-csv.ts";
import { formatSpectrum } from "../spectrum-report.ts";

const writerFor = writersOf(formatSpectrumCsv);

/** mcwf spectrum FILE */
export async function spectrum(path: string, raw: RawOptions): Promise<ExitCode> {
  const prepared = await prepare(path, raw, writerFor);
  const { model, file, options } = prepared;
  const { computeSpectrum } = await import("../../spectrum/spectrum.ts");
  const value = await withPlaces(prepared, async () => computeSpectrum(model, file));
  await deliver({ value, writerFor, summary: formatSpectrum, notes: value.notes }, options);
  return value.mixture === null ? EXIT.cutShort : EXIT.done;
}
