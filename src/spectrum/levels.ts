import type { Cluster } from "./clusters.ts";
import type { Decomposition } from "./dark.ts";
import { describeState, type KetSuperposition } from "./kets.ts";
import { expectation, frobenius, type Matrix, multiply } from "./matrix.ts";
import type { Sector } from "./sectors.ts";
import type { SilentLevel } from "./silent.ts";
import type { SolvedSector } from "./transient.ts";
import type { SilentSector } from "./trapping.ts";

/**
 * dark: never emits, though the kets that it is made of would. stable: never emits, and is made of kets that nothing
 * changes, such as the ground state. The others decay more slowly, as fast, or faster than emitters that share nothing.
 */
export type LevelClass = "dark" | "stable" | "subradiant" | "independent" | "superradiant";

/** Eigenvalues energy - (i/2) rate of H_eff that rounding cannot tell apart. */
export interface Level {
  readonly energy: number;
  /** Decay rate of the squared norm, -2 Im; exactly 0 for dark and stable levels. */
  readonly rate: number;
  /** Mean of <K_0> over the level: the rate if each emitter decayed on its own. */
  readonly independentRate: number;
  readonly class: LevelClass;
  readonly multiplicity: number;
  /** Sizes of its Jordan blocks, descending; all 1: as many eigenvectors; empty: rounding hides them. */
  readonly jordan: readonly number[];
  /** Norm of the spectral projector, 1 where eigenvectors are orthogonal; large near exceptional points. */
  readonly condition: number;
  /** Eigenvectors, as far as they are listed (dark and stable ones first of all). */
  readonly states: readonly KetSuperposition[];
}

/** States that one level lists at most, and kets of all of them together, but one state in any case. */
const MOST_STATES = 32;
const MOST_LISTED_KETS = 4096;
/** In larger sectors only dark and stable states are listed. */
const LARGEST_LISTED = 16;
/** Rates equal to this relative accuracy are equal. */
const SAME_RATE = 1e-9;

/** All levels of a sector: silent ones first, then by rate, then by energy. */
export function levelsOfSector(
  sector: Sector,
  { parts, open }: SolvedSector,
  { dark, stable }: SilentSector,
): Level[] {
  const independent = sector.independent();
  const size = frobenius(parts.hamiltonian) + frobenius(parts.rates);
  const silent = (levels: readonly SilentLevel[], kind: "dark" | "stable"): Level[] =>
    levels.map(({ energy, vectors }) => ({
      energy: sector.energy + tidy(energy, size),
      rate: 0,
      independentRate: tidy(meanOf(independent, vectors), size),
      class: kind,
      multiplicity: vectors.columns,
      jordan: Array.from({ length: vectors.columns }, () => 1),
      condition: 1,
      states: listed(sector, vectors, MOST_STATES),
    }));
  const decaying = open.clusters
    .map((cluster) => decayingLevel(sector, parts, independent, cluster, size))
    .sort((a, b) => a.rate - b.rate || a.energy - b.energy);
  return [...silent(dark, "dark"), ...silent(stable, "stable"), ...decaying];
}

function decayingLevel(
  sector: Sector,
  { open, jumps }: Decomposition,
  independent: Matrix,
  cluster: Cluster,
  size: number,
): Level {
  const vectors = multiply(open, cluster.vectors);
  const { multiplicity, jordan, condition } = cluster;
  // sum |J x|^2 is -2 Im of a single eigenvalue, keeps the digits of a small one and cannot be negative.
  const rate = multiplicity === 1 ? frobenius(multiply(jumps, vectors)) ** 2 : -2 * cluster.im;
  const independentRate = meanOf(independent, vectors);
  const eigenvectors = jordan.every((block) => block === 1) && sector.dimension <= LARGEST_LISTED;
  return {
    energy: sector.energy + tidy(cluster.re, size),
    rate,
    independentRate,
    class: classOf(rate, independentRate),
    multiplicity,
    jordan,
    condition,
    states: eigenvectors && multiplicity === 1 ? listed(sector, vectors, 1) : [],
  };
}

function classOf(rate: number, independentRate: number): LevelClass {
  if (Math.abs(rate - independentRate) <= SAME_RATE * Math.max(rate, independentRate)) return "independent";
  return rate < independentRate ? "subradiant" : "superradiant";
}

/** Tr(V^+ O V) / columns */
const meanOf = (operator: Matrix, vectors: Matrix): number =>
  expectation(operator, vectors) / vectors.columns;

/** Without rounding, beside which 0 would read as a result. */
const tidy = (x: number, size: number): number => (Math.abs(x) <= 4 * Number.EPSILON * size ? 0 : x);

const listed = (sector: Sector, vectors: Matrix, most: number): KetSuperposition[] =>
  Array.from(
    { length: Math.min(most, vectors.columns, Math.ceil(MOST_LISTED_KETS / vectors.rows)) },
    (_, i) => describeState(vectors, i, (k) => sector.ket(k)),
  );
