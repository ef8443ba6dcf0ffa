import type { KetSuperposition } from "../spectrum/kets.ts";
import type { Spectrum } from "../spectrum/spectrum.ts";

/** One row a level. */
export function formatSpectrumCsv({ sectors }: Spectrum): string {
  const header =
    "sector,dimension,class,energy,rate,independent_rate,multiplicity,largest_jordan_block,condition,states";
  const rows = sectors.flatMap(({ dimension, levels }, s) =>
    levels.map((level) =>
      [
        s + 1,
        dimension,
        level.class,
        level.energy,
        level.rate,
        level.independentRate,
        level.multiplicity,
        level.jordan[0] ?? "",
        level.condition,
        quoted(level.states),
      ].join(),
    ),
  );
  return `${[header, ...rows].join("\n")}\n`;
}

const quoted = (states: readonly KetSuperposition[]): string =>
  `"${states
    .map(({ text }) => text)
    .join("; ")
    .replaceAll('"', '""')}"`;
