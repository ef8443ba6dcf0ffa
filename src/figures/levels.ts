import type { EigenvalueKind, SpectrumFigure } from "./figure.ts";
import { printedKets } from "./text.ts";

/** What a figure needs of the file that `mcwf spectrum` writes. */
export interface SectorLevels {
  readonly model: { readonly title: string };
  readonly sectors: readonly {
    readonly dimension: number;
    /** Empty for a large sector. */
    readonly kets: readonly string[];
    readonly levels: readonly {
      readonly energy: number;
      readonly rate: number;
      readonly class: EigenvalueKind;
      readonly multiplicity: number;
    }[];
    /** Too large for its levels to be known. */
    readonly refused: boolean;
  }[];
}

/** Eigenvalues of H_eff in the complex plane: energy against decay rate, sector by sector. */
export function spectrumFigure({ model, sectors }: SectorLevels, title = model.title): SpectrumFigure {
  const labels = sectors.map(sectorLabel);
  const refused = sectors.filter((sector) => sector.refused).length;
  const left = refused === 0 ? "" : `; ${refused} of ${sectors.length} sectors were too large`;
  return {
    kind: "spectrum",
    title: printedKets(title),
    subtitle: `eigenvalues E − iΓ/2 of the effective Hamiltonian; ×n: n of them in one place${left}`,
    xTitle: "energy E (frequency units, ħ = 1)",
    yTitle: "decay rate Γ (frequency units)",
    sectors: labels,
    eigenvalues: sectors.flatMap(({ levels }, index) =>
      levels.map(({ energy, rate, class: kind, multiplicity }) => ({
        energy,
        decayRate: rate,
        multiplicity,
        kind,
        sector: labels[index] ?? "",
      })),
    ),
  };
}

/** The kets of a sector, or the first and the last of many; the number keeps labels apart where kets do not. */
function sectorLabel({ dimension, kets }: SectorLevels["sectors"][number], index: number): string {
  const ket = (name = "") => `|${name}⟩`;
  if (kets.length === 0) return `sector ${index + 1} (${dimension} kets)`;
  if (kets.length <= 2) return kets.map(ket).join(", ");
  return `${ket(kets[0])} … ${ket(kets.at(-1))}`;
}
