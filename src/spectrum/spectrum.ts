import { NumericsError } from "../base/errors.ts";
import { VERSION } from "../base/version.ts";
import type { Model } from "../model/model.ts";
import { decompose } from "./dark.ts";
import { describeState } from "./kets.ts";
import { type Level, levelsOfSector } from "./levels.ts";
import { adjointTimes, columnVector, frobenius, type Matrix, multiply } from "./matrix.ts";
import { solveOpen } from "./open.ts";
import { findSystem, type Sector, type System } from "./sectors.ts";
import { silentLevels } from "./silent.ts";
import { findTransients, type SolvedSector } from "./transient.ts";
import { type Fate, Fates, MOST_FREQUENCIES, type SilentSector } from "./trapping.ts";

/** What `mcwf spectrum` gives; the JSON file is this object as it stands. */
export interface Spectrum {
  readonly format: "mcwf-spectrum/1";
  readonly model: Model;
  readonly sectors: readonly SectorSpectrum[];
  /** One entry a component of the initial mixture, in order. */
  readonly initial: readonly InitialFate[];
  /** Of the mixture as a whole; null where it was not computed. */
  readonly mixture: Fate | null;
  /** Exceptional points, in words. */
  readonly remarks: readonly string[];
  readonly engine: { readonly version: string; readonly method: string };
  /** What was refused or left out. */
  readonly notes: readonly string[];
}

export interface SectorSpectrum {
  readonly dimension: number;
  /** Printed kets; left out of large sectors. */
  readonly kets: readonly string[];
  /** Dark and stable levels first, then by rate; empty where the sector was too large. */
  readonly levels: readonly Level[];
  /** The sector is larger than the dense solver takes. */
  readonly refused: boolean;
}

export interface InitialFate {
  readonly weight: number;
  readonly state: string;
  /** Null where it was not computed; a note says why. */
  readonly fate: Fate | null;
}

/** A sector of this dimension takes minutes; the next larger ones are refused. */
const LARGEST_SECTOR = 1000;
/** Kets of larger sectors are not listed. */
const MOST_LISTED_KETS = 64;
/** Condition above which a level is called nearly defective. */
const NEARLY_DEFECTIVE = 1e4;

/**
 * Eigenvalues of H_eff = H - (i/2) sum_c rate_c L_c^+ L_c in every sector that the initial states reach, to about
 * 1e-13 of ||H_eff|| (eps^(1/k) at an exceptional point of order k, where the mean of the k eigenvalues is given), and
 * what becomes of each initial state for t -> infinity.
 *
 * @param file names the model in messages
 * @throws InputError for a model of which too much is reached
 */
export function computeSpectrum(model: Model, file = "model"): Spectrum {
  const system = findSystem(model, file);
  const notes: string[] = [];
  const solved = system.sectors.map((sector) => solveSector(system, sector));
  const refused = system.sectors.filter((_, s) => solved[s] === null);
  for (const { index, dimension } of refused) {
    notes.push(
      `sector ${index + 1} must have at most ${LARGEST_SECTOR} dimensions for its eigenvalues, but has ${dimension}`,
    );
  }
  const sectors = system.sectors.map((sector, s) => describeSector(sector, solved[s] ?? null));
  const fates =
    refused.length > 0
      ? null
      : followFates(
          system,
          solved.filter((one) => one !== null),
          notes,
        );
  if (refused.length > 0) notes.push("where initial states end was not computed: it needs every sector");
  const methods = new Set(solved.flatMap((one) => (one === null ? [] : [one.open.method])));
  return {
    format: "mcwf-spectrum/1",
    model,
    sectors,
    initial: system.initial.map(({ weight, amplitudes }, i) => ({
      weight,
      state: describeState(columnVector(amplitudes), 0, system.ket).text,
      fate: fates?.components[i] ?? null,
    })),
    mixture: fates?.mixture ?? null,
    remarks: sectors.flatMap(({ levels }, s) => exceptionalRemarks(levels, s)),
    engine: {
      version: VERSION,
      method: `H_eff by sector, dark subspaces first; ${[...methods].sort().join(" and ")} eigenvalue solver`,
    },
    notes,
  };
}

interface Solved extends SolvedSector {
  readonly silent: SilentSector;
  /** Of H_eff without the energy that the sector shares. */
  readonly norm: number;
}

function solveSector(system: System, sector: Sector): Solved | null {
  if (sector.dimension > LARGEST_SECTOR) return null;
  const parts = decompose(system, sector);
  const { hamiltonian, rates, open } = parts;
  const whole = open.columns === sector.dimension;
  const within = (m: Matrix): Matrix => (whole ? m : adjointTimes(open, multiply(m, open)));
  return {
    parts,
    open: solveOpen(within(hamiltonian), within(rates)),
    silent: {
      dark: silentLevels(parts.dark, hamiltonian),
      stable: silentLevels(parts.stable, hamiltonian),
    },
    norm: frobenius(hamiltonian) + frobenius(rates),
  };
}

function describeSector(sector: Sector, solved: Solved | null): SectorSpectrum {
  const { dimension } = sector;
  const shown = dimension <= MOST_LISTED_KETS ? dimension : 0;
  return {
    dimension,
    kets: Array.from({ length: shown }, (_, i) => sector.ket(i)),
    levels: solved === null ? [] : levelsOfSector(sector, solved, solved.silent),
    refused: solved === null,
  };
}

function followFates(
  system: System,
  solved: readonly Solved[],
  notes: string[],
): ReturnType<Fates["all"]> | null {
  const resolution = 1e-12 * solved.reduce((most, { norm }) => Math.max(most, norm), 0);
  try {
    const transients = findTransients(system, solved);
    const fates = new Fates(
      system,
      solved.map(({ silent }) => silent),
      transients,
      resolution,
    );
    const found = fates.all();
    if (fates.incomplete) {
      notes.push(
        `dark energies must differ in at most ${MOST_FREQUENCIES} ways for the coherences between them, but differ in more; they are left out`,
      );
    }
    return found;
  } catch (error) {
    if (!(error instanceof NumericsError)) throw error;
    notes.push(`where initial states end was not computed: ${error.message}`);
    return null;
  }
}

/** Exceptional points in words, and whether eigenvectors are nearly parallel. */
function exceptionalRemarks(levels: readonly Level[], sector: number): string[] {
  const points = levels
    .filter(({ multiplicity, jordan }) => multiplicity > 1 && jordan[0] !== 1)
    .map((level) => {
      const where = `sector ${sector + 1}, energy ${short(level.energy)}, rate ${short(level.rate)}`;
      return `${where}: exceptional point, ${blocksInWords(level)}`;
    });
  const worst = levels.reduce((most, { condition }) => Math.max(most, condition), 1);
  if (worst < NEARLY_DEFECTIVE) return points;
  const near = `sector ${sector + 1}: eigenvectors are nearly parallel, as near an exceptional point (condition number up to ${short(worst)})`;
  const accuracy = (worst * Number.EPSILON).toExponential(0);
  return [...points, `${near}; eigenvalues are known to about ${accuracy} of ||H_eff||`];
}

function blocksInWords({ multiplicity, jordan }: Level): string {
  const coalesce = `${multiplicity} eigenvalues of H_eff coalesce`;
  if (jordan.length === 0) return `${coalesce}; how many eigenvectors are left is hidden by rounding`;
  if (jordan.length === 1) {
    return `${coalesce} and so do their eigenvectors: H_eff is defective, with a Jordan block of size ${multiplicity}`;
  }
  return `${coalesce} and ${jordan.length} eigenvectors are left: H_eff is defective, with Jordan blocks of sizes ${jordan.join(", ")}`;
}

const short = (x: number): string => String(Number(x.toPrecision(6)));
