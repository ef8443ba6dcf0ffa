import { abs, add, type Complex, isZero, ZERO } from "../base/complex.ts";

/**
 * Adds complex numbers and tells exact cancellation from rounding: a sum that is smaller than the rounding of its
 * terms is zero. Without this, exp(i pi) |1> + |1> would be a "state" of norm 1e-16.
 */
class CancellingSum {
  private value: Complex = ZERO;
  private magnitude = 0;

  add(term: Complex): void {
    this.value = add(this.value, term);
    this.magnitude += abs(term);
  }

  /** The sum, or exactly zero; never -0. Infinite or NaN where the terms overflow. */
  get total(): Complex {
    // An overflow must not pass for terms that cancel: whoever asked for the sum refuses it.
    if (!Number.isFinite(this.magnitude)) return [this.magnitude, 0];
    if (abs(this.value) <= 4 * Number.EPSILON * this.magnitude) return ZERO;
    return withoutNegativeZero(this.value);
  }
}

export const withoutNegativeZero = (a: Complex): Complex => [a[0] + 0, a[1] + 0];

/** A sum of terms coefficient * item, in which those of one key are the same item. */
export class LikeTerms<Key, T> {
  private readonly terms = new Map<Key, { readonly item: T; readonly sum: CancellingSum }>();

  add(key: Key, coefficient: Complex, item: T): void {
    let term = this.terms.get(key);
    if (term === undefined) {
      term = { item, sum: new CancellingSum() };
      this.terms.set(key, term);
    }
    term.sum.add(coefficient);
  }

  /** One of each item, in the order of their first appearance, without what cancels. */
  collected(): (readonly [Complex, T])[] {
    return [...this.terms.values()]
      .map(({ item, sum }) => [sum.total, item] as const)
      .filter(([coefficient]) => !isZero(coefficient));
  }
}
