import { abs, type Complex, conjugate, isZero, multiply } from "../base/complex.ts";
import { divide } from "../base/functions.ts";
import { pushTo } from "../base/lists.ts";
import { addOperators, dagger, factorsKey, largestElement, scaleOperator, simplify } from "./algebra.ts";
import { LikeTerms } from "./like-terms.ts";
import type { Dyad, Factor, Operator } from "./model.ts";
import { ketKey } from "./states.ts";

/** A Hamiltonian must be Hermitian to this, relative to its largest element. */
export const HERMITIAN_TOLERANCE = 1e-12;

/** Beyond this many steps the comparison is given up: some seconds. */
const MAX_STEPS = 2_000_000;

/** Sums of more terms than this are not looked up: they hardly ever come again, and their keys are long. */
const MAX_KEYED = 64;

export function isHermitian(operator: Operator, dimensions: readonly number[]): boolean {
  const defect = hermitianDefect(operator, dimensions);
  return defect !== undefined && defect <= HERMITIAN_TOLERANCE;
}

/**
 * How far O - O^+ is from zero, over the largest element of O, without enumerating the product space. Most terms
 * cancel as they are written; the rest is expanded in a basis of one-site matrices (identity, |a><b| except |0><0|),
 * in which an operator has one form only, however it was written.
 * @returns the largest coefficient, or the first one found beyond the tolerance; undefined where the expansion would
 * not end in reasonable time
 */
export function hermitianDefect(operator: Operator, dimensions: readonly number[]): number | undefined {
  const simple = simplify(addOperators([operator]), dimensions);
  const difference = addOperators([simple, scaleOperator(dagger(simple), [-1, 0])]);
  const { terms, dyads } = difference;
  if (terms.length === 0 && dyads.length === 0) return 0;
  const largest = largestElement(simple);
  try {
    const expansion = new Expansion(dimensions, HERMITIAN_TOLERANCE * largest);
    const size = terms.length === 0 ? expansion.ofDyads(dyads) : expansion.ofOperator(difference);
    return size / largest;
  } catch (error) {
    if (error instanceof Beyond) return error.size / largest;
    if (error instanceof TooManySteps || error instanceof RangeError) return undefined;
    throw error;
  }
}

class TooManySteps extends Error {}

/** A coefficient beyond the tolerance was found: the rest need not be looked at. */
class Beyond extends Error {
  readonly size: number;
  constructor(size: number) {
    super();
    this.size = size;
  }
}

/** coefficient * product of one-site matrices that is still to be expanded. */
interface Rest {
  readonly coefficient: Complex;
  readonly factors: readonly Factor[];
}

class Expansion {
  private readonly dimensions: readonly number[];
  private readonly known = new Map<string, number>();
  private readonly enough: number;
  private steps = 0;

  /** @param enough a coefficient beyond this ends the expansion */
  constructor(dimensions: readonly number[], enough: number) {
    this.dimensions = dimensions;
    this.enough = enough;
  }

  /** The largest element <k| sum of dyads |b> over product kets. */
  ofDyads(dyads: readonly Dyad[]): number {
    let largest = 0;
    for (const [element] of this.pairs(dyads)) largest = Math.max(largest, abs(element));
    return largest;
  }

  ofOperator({ terms, dyads }: Operator): number {
    const products = this.pairs(dyads).map(([coefficient, { ket, bra }]): Rest => {
      this.spend(this.dimensions.length);
      return { coefficient, factors: this.transitionFactors(ket, bra) };
    });
    return this.largest([...terms, ...products]);
  }

  private spend(steps: number): void {
    this.steps += steps;
    if (this.steps > MAX_STEPS) throw new TooManySteps();
  }

  /** Elements other than 0, each with its |ket><bra|. */
  private pairs(dyads: readonly Dyad[]): readonly (readonly [Complex, { ket: Levels; bra: Levels }])[] {
    const sum = new LikeTerms<string, { ket: Levels; bra: Levels }>();
    for (const { coefficient, ket, bra } of dyads) {
      this.spend(ket.length * bra.length);
      for (const left of ket) {
        for (const right of bra) {
          const amplitude = multiply(left.amplitude, conjugate(right.amplitude));
          const pair = { ket: left.levels, bra: right.levels };
          sum.add(`${ketKey(left)}><${ketKey(right)}`, multiply(coefficient, amplitude), pair);
        }
      }
    }
    return sum.collected();
  }

  /** |ket><bra| as a product of |a><b| over all sites. */
  private transitionFactors(ket: Levels, bra: Levels): Factor[] {
    const to = new Map(ket);
    const from = new Map(bra);
    return this.dimensions.map((_, site) => ({
      site,
      elements: [[to.get(site) ?? 0, from.get(site) ?? 0, 1, 0]],
    }));
  }

  /** The largest coefficient of the sum in the basis of products, site after site. */
  private largest(terms: readonly Rest[]): number {
    const collected = this.collect(terms);
    const [first] = collected;
    if (first === undefined) return 0;
    const size = abs(first.coefficient);
    if (first.factors.length === 0 && collected.length === 1) {
      if (size > this.enough) throw new Beyond(size);
      return size;
    }
    const ofBranches = (): number =>
      Math.max(...this.branches(collected).map((branch) => this.largest(branch)));
    if (collected.length > MAX_KEYED) return ofBranches();
    // What differs by a factor only is expanded once: a product of 100 sz is 100 steps, not 2^100.
    const key = collected
      .map(({ coefficient, factors }) => `${divide(coefficient, first.coefficient)}*${factorsKey(factors)}`)
      .join("+");
    let relative = this.known.get(key);
    if (relative === undefined) {
      relative = ofBranches() / size;
      this.known.set(key, relative);
    }
    return relative * size;
  }

  private collect(terms: readonly Rest[]): readonly Rest[] {
    this.spend(terms.length);
    const sum = new LikeTerms<string, readonly Factor[]>();
    for (const { coefficient, factors } of terms) sum.add(factorsKey(factors), coefficient, factors);
    return sum.collected().map(([coefficient, factors]) => ({ coefficient, factors }));
  }

  /** The sum split by the basis matrix on its first site: what remains for each of them. */
  private branches(terms: readonly Rest[]): readonly (readonly Rest[])[] {
    const site = terms.reduce(
      (least, { factors }) => Math.min(least, factors[0]?.site ?? least),
      Number.MAX_VALUE,
    );
    const branches = new Map<string, Rest[]>();
    for (const { coefficient, factors } of terms) {
      const [first] = factors;
      if (first === undefined || first.site !== site) {
        pushTo(branches, "identity", { coefficient, factors });
        continue;
      }
      const rest = factors.slice(1);
      for (const [key, value] of this.inBasis(first)) {
        pushTo(branches, key, { coefficient: multiply(coefficient, value), factors: rest });
      }
    }
    // The shortest first: where something does not cancel, they tell soonest.
    return [...branches.values()].sort((a, b) => a.length - b.length);
  }

  /** |0><0| = 1 - sum of the other |a><a|. */
  private inBasis({ site, elements }: Factor): readonly (readonly [string, Complex])[] {
    this.spend(elements.length);
    const parts: [string, Complex][] = [];
    const lowest = elements.find(([row, column]) => row === 0 && column === 0);
    const diagonal = new Map<number, Complex>();
    if (lowest !== undefined) {
      const [, , re, im] = lowest;
      parts.push(["identity", [re, im]]);
      const dimension = this.dimensions[site] ?? 1;
      this.spend(dimension);
      for (let level = 1; level < dimension; level++) diagonal.set(level, [-re, -im]);
    }
    for (const [row, column, re, im] of elements) {
      if (row !== column) parts.push([`${row},${column}`, [re, im]]);
      else if (row > 0) {
        const [re0, im0] = diagonal.get(row) ?? [0, 0];
        diagonal.set(row, [re + re0, im + im0]);
      }
    }
    for (const [level, value] of diagonal) if (!isZero(value)) parts.push([`${level},${level}`, value]);
    return parts;
  }
}

type Levels = readonly (readonly [number, number])[];
