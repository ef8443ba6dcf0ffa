import { IDENTITY, siteOperator } from "./algebra.ts";
import type { MatrixElement, Operator, Site, SiteKind } from "./model.ts";

/** Sites and the operators that belong to each kind. Level 0 is the lowest one: m = -j of a spin, the vacuum of a mode. */

type Named = Pick<Site, "name" | "array" | "member">;

export const qubitSite = (named: Named): Site => ({
  ...named,
  kind: "qubit",
  dimension: 2,
  labels: ["0", "1"],
});

export const levelsSite = (named: Named, labels: readonly string[]): Site => ({
  ...named,
  kind: "levels",
  dimension: labels.length,
  labels,
});

/** A spin j = 0, 1/2, 1, ...: 2j + 1 levels m = -j ... j, m rising. */
export const spinSite = (named: Named, j: number): Site => ({
  ...named,
  kind: "spin",
  dimension: 2 * j + 1,
  labels: Array.from({ length: 2 * j + 1 }, (_, level) => halfInteger(level - j)),
});

/** An oscillator mode cut off at `dimension` levels, 0 to dimension - 1. */
export const fockSite = (named: Named, dimension: number): Site => ({
  ...named,
  kind: "fock",
  dimension,
  labels: Array.from({ length: dimension }, (_, level) => String(level)),
});

const halfInteger = (m: number): string => (Number.isInteger(m) ? String(m + 0) : `${2 * m}/2`);

const LOWER: readonly MatrixElement[] = [[0, 1, 1, 0]];
const RAISE: readonly MatrixElement[] = [[1, 0, 1, 0]];
const SX: readonly MatrixElement[] = [
  [0, 1, 1, 0],
  [1, 0, 1, 0],
];
// sp = (sx + i sy) / 2, with |1> the upper state: sz |1> = |1>.
const SY: readonly MatrixElement[] = [
  [0, 1, 0, 1],
  [1, 0, 0, -1],
];
const SZ: readonly MatrixElement[] = [
  [0, 0, -1, 0],
  [1, 1, 1, 0],
];
const EXCITED: readonly MatrixElement[] = [[1, 1, 1, 0]];

const upper = (dimension: number, value: (level: number) => number): MatrixElement[] =>
  Array.from({ length: dimension - 1 }, (_, level): MatrixElement => [level, level + 1, value(level + 1), 0]);

const lower = (dimension: number, value: (level: number) => number): MatrixElement[] =>
  Array.from({ length: dimension - 1 }, (_, level): MatrixElement => [level + 1, level, value(level + 1), 0]);

const diagonal = (dimension: number, value: (level: number) => number): MatrixElement[] =>
  Array.from({ length: dimension }, (_, level): MatrixElement => [level, level, value(level), 0]);

/** <m - 1| J_- |m> = sqrt(j (j+1) - m (m-1)) = sqrt(k (2j + 1 - k)) with k = j + m, the level. */
const ladder = (dimension: number) => (level: number) => Math.sqrt(level * (dimension - level));

type Matrix = (dimension: number) => readonly MatrixElement[];

/** The operators by name, for each kind of site. `id` and `transition` belong to every kind. */
const MATRICES: Readonly<Record<SiteKind, Readonly<Record<string, Matrix>>>> = {
  qubit: {
    sm: () => LOWER,
    sp: () => RAISE,
    sx: () => SX,
    sy: () => SY,
    sz: () => SZ,
    n: () => EXCITED,
  },
  levels: {},
  spin: {
    jm: (dimension) => upper(dimension, ladder(dimension)),
    jp: (dimension) => lower(dimension, ladder(dimension)),
    jz: (dimension) => diagonal(dimension, (level) => level - (dimension - 1) / 2),
  },
  fock: {
    a: (dimension) => upper(dimension, Math.sqrt),
    ad: (dimension) => lower(dimension, Math.sqrt),
    n: (dimension) => diagonal(dimension, (level) => level),
  },
};

/** "sm", "sp", ... : every name that is an operator of some kind of site. */
export const SITE_OPERATOR_NAMES: readonly string[] = [
  ...new Set(Object.values(MATRICES).flatMap((matrices) => Object.keys(matrices))),
  "id",
];

/** The operators that a kind of site has, as printed in messages. */
export const operatorNamesOf = (kind: SiteKind): readonly string[] => [
  ...Object.keys(MATRICES[kind]),
  "id",
  "transition",
];

/** The kinds of site that have an operator of this name. */
export const kindsWithOperator = (name: string): readonly SiteKind[] =>
  (Object.keys(MATRICES) as SiteKind[]).filter(
    (kind) => name === "id" || Object.hasOwn(MATRICES[kind], name),
  );

/** sm, a, jz, id, ... of one site; undefined where its kind has no operator of that name. */
export function namedOperator(sites: readonly Site[], site: number, name: string): Operator | undefined {
  const { kind, dimension } = siteAt(sites, site);
  if (name === "id") return IDENTITY;
  const matrix = Object.hasOwn(MATRICES[kind], name) ? MATRICES[kind][name] : undefined;
  return matrix === undefined ? undefined : siteOperator(site, matrix(dimension));
}

/** The operator that takes out one quantum: sm, jm, a, and |0><1| of two named levels; undefined for other sites. */
export function loweringOperator(sites: readonly Site[], site: number): Operator | undefined {
  const { kind, dimension } = siteAt(sites, site);
  if (kind === "levels") return dimension === 2 ? transition(site, 0, 1) : undefined;
  return namedOperator(sites, site, { qubit: "sm", spin: "jm", fock: "a" }[kind]);
}

/** |to><from| on one site; levels count from 0. */
export const transition = (site: number, to: number, from: number): Operator =>
  siteOperator(site, [[to, from, 1, 0]]);

export function siteAt(sites: readonly Site[], index: number): Site {
  const site = sites[index];
  if (site === undefined) throw new RangeError(`there is no site ${index}: the model has ${sites.length}`);
  return site;
}

export const dimensionsOf = (sites: readonly Site[]): readonly number[] =>
  sites.map((site) => site.dimension);
