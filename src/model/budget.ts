import { LIMITS } from "./limits.ts";
import type { Factor, Operator, State } from "./model.ts";
import { ExpressionFault, Suppressed } from "./tokens.ts";

/**
 * Bounds the work of evaluation before it is done. One for a file: thousands of expressions, each within the limits,
 * must not add up to hours either.
 */
export class Budget {
  private steps = 0;

  /** Each step is a number, a term or a matrix element that is touched. */
  spend(steps: number, at: number): void {
    if (this.steps > LIMITS.steps) throw new Suppressed();
    this.steps += steps;
    if (this.steps > LIMITS.steps) {
      throw new ExpressionFault(
        `must need at most ${LIMITS.steps} elementary steps with all expressions before it, but needs more`,
        at,
      );
    }
  }

  terms(count: number, at: number): void {
    if (count > LIMITS.terms) {
      throw new ExpressionFault(
        `must expand to at most ${LIMITS.terms} terms, but expands to ${atLeast(count)}`,
        at,
      );
    }
  }

  kets(count: number, at: number): void {
    if (count > LIMITS.kets) {
      throw new ExpressionFault(
        `must be a superposition of at most ${LIMITS.kets} kets, but would have ${atLeast(count)}`,
        at,
      );
    }
    this.spend(count, at);
  }

  /** Before a * b of two operators. */
  product(a: Operator, b: Operator, at: number): void {
    // Like terms are still to be collected, hence not the limit of terms itself.
    const raw = (a.terms.length + a.dyads.length) * (b.terms.length + b.dyads.length);
    if (raw > 100 * LIMITS.terms) {
      throw new ExpressionFault(
        `must expand to at most ${LIMITS.terms} terms, but multiplies out to ${raw} before like terms are collected`,
        at,
      );
    }
    const factors = factorCount(a) * b.terms.length + factorCount(b) * a.terms.length;
    this.spend(raw + factors + matrixSteps(a, b), at);
    const kets = (dyads: Operator["dyads"]): number =>
      dyads.reduce((sum, dyad) => sum + dyad.ket.length + dyad.bra.length, 0);
    this.kets(a.dyads.length === 0 ? 0 : kets(a.dyads) * branching(b), at);
    this.kets(b.dyads.length === 0 ? 0 : kets(b.dyads) * branching(a), at);
  }

  /** Before operator * state. */
  application(operator: Operator, state: State, at: number): void {
    const kets = operator.dyads.reduce((sum, dyad) => sum + dyad.ket.length, 0);
    this.kets(kets + state.length * branching(operator), at);
    const factors = operator.terms.reduce((sum, term) => sum + elementCount(term.factors), 0);
    this.spend(factors + state.length * operator.dyads.length, at);
  }
}

const atLeast = (count: number): string =>
  Number.isFinite(count) ? String(count) : "more than can be counted";

const factorCount = (operator: Operator): number =>
  operator.terms.reduce((sum, term) => sum + term.factors.length, 0);

const elementCount = (factors: readonly Factor[]): number =>
  factors.reduce((sum, { elements }) => sum + elements.length, 0);

/** At most this many kets come out of one ket. */
function branching(operator: Operator): number {
  return operator.terms.reduce(
    (sum, { factors }) =>
      sum +
      factors.reduce(
        (product, factor) => product * Math.max(largestLine(factor, 0), largestLine(factor, 1)),
        1,
      ),
    0,
  );
}

/** The largest number of elements in a row (0) or column (1). */
function largestLine({ elements }: Factor, index: 0 | 1): number {
  const counts = new Map<number, number>();
  let largest = 0;
  for (const element of elements) {
    const count = (counts.get(element[index]) ?? 0) + 1;
    counts.set(element[index], count);
    largest = Math.max(largest, count);
  }
  return largest;
}

/** An upper bound of the multiplications of matrix elements in a * b. */
function matrixSteps(a: Operator, b: Operator): number {
  const rows = new Map<number, number>();
  for (const { factors } of b.terms) {
    for (const factor of factors) {
      rows.set(factor.site, (rows.get(factor.site) ?? 0) + largestLine(factor, 0));
    }
  }
  let steps = 0;
  for (const { factors } of a.terms) {
    for (const { site, elements } of factors) steps += elements.length * (rows.get(site) ?? 0);
  }
  return steps;
}
