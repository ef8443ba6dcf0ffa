import { abs, type Complex, conjugate, isZero, multiply, ONE } from "../base/complex.ts";
import { groupBy, pushTo } from "../base/lists.ts";
import { LikeTerms, withoutNegativeZero } from "./like-terms.ts";
import { adjoint, elementsKey, identityElements, multiplyElements, sortedElements } from "./matrices.ts";
import type { Dyad, Factor, MatrixElement, Operator, OperatorTerm, State } from "./model.ts";
import { addStates, innerProduct, ketKey, largestAmplitude, normalise, scaleState } from "./states.ts";

/**
 * Arithmetic of operators and states as plain data. Nothing here knows the dimension of the whole space: terms are
 * products of one-site matrices, and the cost follows the number of written terms.
 */

export const ZERO_OPERATOR: Operator = { terms: [], dyads: [] };
export const IDENTITY: Operator = { terms: [{ coefficient: ONE, factors: [] }], dyads: [] };

/** value * identity */
export const scalarOperator = (value: Complex): Operator => scaleOperator(IDENTITY, value);

/** A matrix on one site, identity elsewhere. Elements in any order; equal places are added. */
export function siteOperator(site: number, elements: readonly MatrixElement[]): Operator {
  const factor: Factor = { site, elements: sortedElements(elements) };
  return factor.elements.length === 0
    ? ZERO_OPERATOR
    : { terms: [{ coefficient: ONE, factors: [factor] }], dyads: [] };
}

/** Sum of any number of operators; like terms are collected. Time linear in the terms. */
export function addOperators(operators: readonly Operator[]): Operator {
  return {
    terms: collectTerms(operators.flatMap((operator) => operator.terms)),
    dyads: collectDyads(operators.flatMap((operator) => operator.dyads)),
  };
}

export function scaleOperator(operator: Operator, factor: Complex): Operator {
  if (isZero(factor)) return ZERO_OPERATOR;
  const scaled = (coefficient: Complex): Complex => withoutNegativeZero(multiply(factor, coefficient));
  return {
    terms: operator.terms.map((term) => ({ ...term, coefficient: scaled(term.coefficient) })),
    dyads: operator.dyads.map((dyad) => ({ ...dyad, coefficient: scaled(dyad.coefficient) })),
  };
}

/** a * b, b acting first. */
export function multiplyOperators(a: Operator, b: Operator): Operator {
  const terms: OperatorTerm[] = [];
  for (const left of a.terms) {
    for (const right of b.terms) {
      const factors = multiplyFactors(left.factors, right.factors);
      if (factors !== null)
        terms.push({ coefficient: multiply(left.coefficient, right.coefficient), factors });
    }
  }
  return { terms: collectTerms(terms), dyads: collectDyads(dyadsOfProduct(a, b)) };
}

/** (A + |p><q|)(B + |r><s|): the parts that contain a dyad. */
function dyadsOfProduct(a: Operator, b: Operator): Dyad[] {
  const termsOfA: Operator = { terms: a.terms, dyads: [] };
  const daggerOfB = dagger({ terms: b.terms, dyads: [] });
  const dyads: Dyad[] = [];
  for (const dyad of a.dyads) dyads.push({ ...dyad, bra: applyOperator(daggerOfB, dyad.bra) });
  for (const dyad of b.dyads) dyads.push({ ...dyad, ket: applyOperator(termsOfA, dyad.ket) });
  for (const left of a.dyads) {
    for (const right of b.dyads) {
      const overlap = innerProduct(left.bra, right.ket);
      const coefficient = multiply(multiply(left.coefficient, overlap), right.coefficient);
      dyads.push({ coefficient, ket: left.ket, bra: right.bra });
    }
  }
  return dyads;
}

/** Hermitian conjugate. */
export function dagger(operator: Operator): Operator {
  return {
    terms: operator.terms.map((term) => ({
      coefficient: withoutNegativeZero(conjugate(term.coefficient)),
      factors: term.factors.map((factor) => ({ site: factor.site, elements: adjoint(factor.elements) })),
    })),
    dyads: operator.dyads.map((dyad) => ({
      coefficient: withoutNegativeZero(conjugate(dyad.coefficient)),
      ket: dyad.bra,
      bra: dyad.ket,
    })),
  };
}

/** operator^exponent for a whole exponent >= 0, by repeated squaring; `multiplyBy` may add checks or simplify. */
export function operatorPower(
  operator: Operator,
  exponent: number,
  multiplyBy: (a: Operator, b: Operator) => Operator = multiplyOperators,
): Operator {
  let result = IDENTITY;
  let square = operator;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiplyBy(result, square);
    if (rest > 1) square = multiplyBy(square, square);
  }
  return result;
}

/** |state><state| of the normalised state. Throws a RangeError for the zero state. */
export function projector(state: State): Operator {
  const ket = normalise(state);
  return { terms: [], dyads: [{ coefficient: ONE, ket, bra: ket }] };
}

/** operator |state> */
export function applyOperator(operator: Operator, state: State): State {
  const kets: State[] = operator.terms.map((term) => applyTerm(term, state));
  for (const dyad of operator.dyads) {
    kets.push(scaleState(dyad.ket, multiply(dyad.coefficient, innerProduct(dyad.bra, state))));
  }
  return addStates(kets);
}

/** One pass over the factors and the ket's levels, both ascending in site. */
function applyTerm(term: OperatorTerm, state: State): State {
  const factors = term.factors.map(({ site, elements }) => ({
    site,
    columns: groupBy(elements, ([, column]) => column),
  }));
  return state.flatMap((ket) => {
    let results: { amplitude: Complex; levels: (readonly [number, number])[] }[] = [
      { amplitude: multiply(term.coefficient, ket.amplitude), levels: [] },
    ];
    let next = 0;
    const copyUpTo = (site: number): void => {
      for (let entry = ket.levels[next]; entry !== undefined && entry[0] < site; entry = ket.levels[++next]) {
        for (const result of results) result.levels.push(entry);
      }
    };
    for (const { site, columns } of factors) {
      copyUpTo(site);
      const entry = ket.levels[next];
      const level = entry?.[0] === site ? entry[1] : 0;
      if (level > 0) next++;
      const elements = columns.get(level) ?? [];
      results = results.flatMap(({ amplitude, levels }) =>
        elements.map(([row, , re, im], index) => {
          const own = index === elements.length - 1 ? levels : [...levels];
          if (row > 0) own.push([site, row]);
          return { amplitude: multiply([re, im], amplitude), levels: own };
        }),
      );
    }
    copyUpTo(Number.POSITIVE_INFINITY);
    return results;
  });
}

/**
 * The same operator in fewer words: multiples of the identity leave the factors, terms on one and the same site
 * become one matrix, and an operator on a single site becomes one term (so that a product of `1 - n(q[j])` over many
 * sites stays one term).
 * @param dimensions of every site, in tensor order
 */
export function simplify(operator: Operator, dimensions: readonly number[]): Operator {
  const stripped = operator.terms.map((term) => stripIdentities(term, dimensions));
  const only = onlySite(stripped);
  const single = new Map<number, OperatorTerm[]>();
  const rest: OperatorTerm[] = [];
  for (const term of stripped) {
    const site =
      term.factors.length === 0 ? only : term.factors.length === 1 ? term.factors[0]?.site : undefined;
    if (site === undefined) rest.push(term);
    else pushTo(single, site, term);
  }
  for (const [site, terms] of single) rest.push(...mergeOnSite(site, terms, dimensions[site] ?? 1));
  return { terms: collectTerms(rest), dyads: operator.dyads };
}

/** The one site that all terms act on, if there is one. */
function onlySite(terms: readonly OperatorTerm[]): number | undefined {
  const sites = new Set<number>();
  for (const term of terms) {
    for (const factor of term.factors) sites.add(factor.site);
    if (sites.size > 1) return undefined;
  }
  return sites.values().next().value;
}

function stripIdentities(term: OperatorTerm, dimensions: readonly number[]): OperatorTerm {
  let coefficient = term.coefficient;
  const factors = term.factors.filter(({ site, elements }) => {
    const [first] = elements;
    if (first === undefined || elements.length !== dimensions[site]) return true;
    const [, , re, im] = first;
    const same = elements.every((e) => e[0] === e[1] && e[2] === re && e[3] === im);
    if (same) coefficient = multiply(coefficient, [re, im]);
    return !same;
  });
  return factors.length === term.factors.length ? term : { coefficient, factors };
}

function mergeOnSite(
  site: number,
  terms: readonly OperatorTerm[],
  dimension: number,
): readonly OperatorTerm[] {
  if (terms.length < 2) return terms;
  const elements = terms.flatMap(({ coefficient, factors }) => {
    const matrix = factors[0]?.elements ?? identityElements(dimension);
    return matrix.map(([row, column, re, im]): MatrixElement => {
      const value = multiply(coefficient, [re, im]);
      return [row, column, value[0], value[1]];
    });
  });
  return siteOperator(site, elements).terms.map((term) =>
    stripIdentities(term, withDimension(site, dimension)),
  );
}

/** An array of dimensions that is only ever read at one place. */
function withDimension(site: number, dimension: number): readonly number[] {
  const dimensions: number[] = [];
  dimensions[site] = dimension;
  return dimensions;
}

/** Factors of the product of two terms, ascending in site; null where a one-site product vanishes. */
function multiplyFactors(a: readonly Factor[], b: readonly Factor[]): readonly Factor[] | null {
  const product: Factor[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const left = a[i];
    const right = b[j];
    if (left === undefined && right === undefined) return product;
    if (right === undefined || (left !== undefined && left.site < right.site)) {
      if (left !== undefined) product.push(left);
      i++;
    } else if (left === undefined || right.site < left.site) {
      product.push(right);
      j++;
    } else {
      const elements = multiplyElements(left.elements, right.elements);
      if (elements.length === 0) return null;
      product.push({ site: left.site, elements });
      i++;
      j++;
    }
  }
}

/** One string for one product of one-site matrices, number for number. */
export const factorsKey = (factors: readonly Factor[]): string =>
  factors.map(({ site, elements }) => `${site}:${elementsKey(elements)}`).join("|");

function collectTerms(terms: readonly OperatorTerm[]): readonly OperatorTerm[] {
  // A long product of single terms would otherwise build a long key at each step.
  if (terms.length === 1) return terms.filter((term) => !isZero(term.coefficient)).map(tidyCoefficient);
  const sum = new LikeTerms<string, OperatorTerm>();
  for (const term of terms) sum.add(factorsKey(term.factors), term.coefficient, term);
  return sum.collected().map(([coefficient, { factors }]) => ({ coefficient, factors }));
}

const tidyCoefficient = (term: OperatorTerm): OperatorTerm => ({
  coefficient: withoutNegativeZero(term.coefficient),
  factors: term.factors,
});

const stateKey = (state: State): string =>
  state.map((ket) => `${ket.amplitude.join(",")}@${ketKey(ket)}`).join("|");

function collectDyads(dyads: readonly Dyad[]): readonly Dyad[] {
  const sum = new LikeTerms<string, Dyad>();
  for (const dyad of dyads) {
    if (dyad.ket.length === 0 || dyad.bra.length === 0) continue;
    sum.add(`${stateKey(dyad.ket)}><${stateKey(dyad.bra)}`, dyad.coefficient, dyad);
  }
  return sum.collected().map(([coefficient, { ket, bra }]) => ({ coefficient, ket, bra }));
}

/**
 * The largest |element| of any single term: within a factor (number of terms) of the operator's largest element.
 * Infinite or NaN where it overflows.
 */
export function largestElement(operator: Operator): number {
  let largest = 0;
  for (const { coefficient, factors } of operator.terms) {
    let size = abs(coefficient);
    for (const { elements } of factors) {
      size *= elements.reduce((most, [, , re, im]) => Math.max(most, abs([re, im])), 0);
    }
    largest = Math.max(largest, size);
  }
  for (const { coefficient, ket, bra } of operator.dyads) {
    largest = Math.max(largest, abs(coefficient) * largestAmplitude(ket) * largestAmplitude(bra));
  }
  return largest;
}
