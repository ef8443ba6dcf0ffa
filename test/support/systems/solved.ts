import type { Complex } from "#src/base/complex.js";
import { scaleOperator } from "#src/model/algebra.js";
import type { Model, Observable, Operator, Site, State } from "#src/model/model.js";
import { namedOperator, qubitSite } from "#src/model/sites.js";
import { normalise } from "#src/model/states.js";

/**
 * Systems whose means are known in closed form. Rates follow the program's convention: a channel of the paper with
 * the amplitude rate kappa has the rate 2 kappa.
 */
export interface SolvedSystem {
  readonly name: string;
  readonly model: Model;
  /** Exact means as functions of time, by observable or measure; a complex one where the observable is. */
  readonly means: Readonly<Record<string, (t: number) => number | Complex>>;
  /** Exact mean number of jumps from 0 to t, by channel. */
  readonly jumps: Readonly<Record<string, (t: number) => number>>;
}

export interface Grid {
  readonly to: number;
  readonly points: number;
}

export const uniformTimes = ({ to, points }: Grid): number[] =>
  Array.from({ length: points }, (_, index) => (to * index) / (points - 1));

/** A model with everything that is not given left empty. */
export function makeModel(
  parts: Pick<Model, "sites" | "initial" | "times" | "observables"> & Partial<Model>,
): Model {
  return {
    title: "",
    parameters: {},
    hamiltonian: { terms: [], dyads: [] },
    channels: [],
    measures: [],
    ensemble: {},
    density: "none",
    ...parts,
  };
}

export const qubitSites = (count: number): Site[] =>
  Array.from({ length: count }, (_, index) =>
    qubitSite({ name: `q${index + 1}`, array: "q", member: index + 1 }),
  );

/** A named operator of a site that has it. */
export function siteNamed(sites: readonly Site[], site: number, name: string): Operator {
  const operator = namedOperator(sites, site, name);
  if (operator === undefined) throw new RangeError(`site ${site} has no operator ${name}`);
  return operator;
}

export const pure = (state: State): Model["initial"] => [{ weight: 1, state: normalise(state) }];

export const times = (factor: number, operator: Operator): Operator => scaleOperator(operator, [factor, 0]);
export const hermitian = (name: string, operator: Operator): Observable => ({
  name,
  operator,
  hermitian: true,
});
export const lowerings = (sites: readonly Site[]): Operator[] =>
  sites.map((_, j) => siteNamed(sites, j, "sm"));
export const numbers = (sites: readonly Site[]): Operator[] => sites.map((_, j) => siteNamed(sites, j, "n"));

/** exp(-x), the factor that all closed forms are made of. */
export const decay = (x: number): number => Math.exp(-x);

/**
 * exp(-rate t) cosh(mu t) and exp(-rate t) sinh(mu t)/mu for mu^2 = `square` of either sign or 0; slow = rate - mu is
 * given apart because it can be many digits smaller than both.
 */
export function dampedPair(rate: number, square: number, slow: number, t: number): [number, number] {
  const mu = Math.sqrt(Math.abs(square));
  const e = decay(rate * t);
  if (mu === 0) return [e, e * t];
  if (square < 0) return [e * Math.cos(mu * t), (e * Math.sin(mu * t)) / mu];
  return [
    (decay(slow * t) + decay((rate + mu) * t)) / 2,
    (decay(slow * t) * -Math.expm1(-2 * mu * t)) / (2 * mu),
  ];
}
