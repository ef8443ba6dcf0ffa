import type { Complex } from "../base/complex.ts";
import type { BinaryOperator, Expression } from "./syntax.ts";

/**
 * Operators and states as immutable values. Inside, each is the tree that the same expression of a model file is parsed
 * into, so that both are evaluated and checked by one piece of code and give the same numbers to the last bit.
 */

/** A real number, or a complex one as [re, im]. */
export type Scalar = number | Complex;

/** An operator: made by `sm`, `n`, `a`, `transition`, `projector`, ... and the methods below. */
export class OperatorExpression {
  readonly tree: Expression;

  constructor(tree: Expression) {
    this.tree = tree;
  }

  /** A + B; a number stands for that multiple of the identity. */
  plus(other: OperatorExpression | Scalar): OperatorExpression {
    return new OperatorExpression(chain(this.tree, "+", treeOf(other)));
  }

  /** A - B; a number stands for that multiple of the identity. */
  minus(other: OperatorExpression | Scalar): OperatorExpression {
    return new OperatorExpression(chain(this.tree, "-", treeOf(other)));
  }

  /** A B (B acts first), a multiple of A, or the state A |psi>. */
  times(state: StateExpression): StateExpression;
  times(factor: OperatorExpression | Scalar): OperatorExpression;
  times(right: OperatorExpression | StateExpression | Scalar): OperatorExpression | StateExpression {
    const tree = chain(this.tree, "*", treeOf(right));
    return right instanceof StateExpression ? new StateExpression(tree) : new OperatorExpression(tree);
  }

  /** A / divisor */
  over(divisor: Scalar): OperatorExpression {
    return new OperatorExpression(chain(this.tree, "/", treeOf(divisor)));
  }

  /** A^exponent, for a whole exponent >= 0. */
  power(exponent: number): OperatorExpression {
    return new OperatorExpression({ kind: "power", base: this.tree, exponent: number(exponent), ...NOWHERE });
  }

  /** A^+, the Hermitian conjugate. */
  dagger(): OperatorExpression {
    return new OperatorExpression(call("dag", this.tree));
  }
}

/** A pure state: made by `ground`, `ket`, an operator times a state, and the methods below. It need not be normalised. */
export class StateExpression {
  readonly tree: Expression;
  /** Tells the types apart: a state is not an operator. */
  readonly isState = true;

  constructor(tree: Expression) {
    this.tree = tree;
  }

  /** |psi> + |phi> */
  plus(other: StateExpression): StateExpression {
    return new StateExpression(chain(this.tree, "+", other.tree));
  }

  /** |psi> - |phi> */
  minus(other: StateExpression): StateExpression {
    return new StateExpression(chain(this.tree, "-", other.tree));
  }

  /** factor |psi> */
  times(factor: Scalar): StateExpression {
    return new StateExpression(chain(this.tree, "*", treeOf(factor)));
  }

  /** |psi> / divisor */
  over(divisor: Scalar): StateExpression {
    return new StateExpression(chain(this.tree, "/", treeOf(divisor)));
  }
}

/** A_1 + A_2 + ..., or |psi_1> + |psi_2> + ...; lists are added up entry by entry. An empty sum is 0. */
export function sum(...terms: (OperatorExpression | readonly OperatorExpression[])[]): OperatorExpression;
export function sum(...terms: (StateExpression | readonly StateExpression[])[]): StateExpression;
export function sum(
  ...terms: (OperatorExpression | StateExpression | readonly (OperatorExpression | StateExpression)[])[]
): OperatorExpression | StateExpression {
  const all = terms.flat();
  const tree = call("sum", list(all.map((term) => term.tree)));
  return all[0] instanceof StateExpression ? new StateExpression(tree) : new OperatorExpression(tree);
}

/** A_1 A_2 ..., the last one acting first; a list stands for its entries. An empty product is 1. */
export function product(
  ...factors: (OperatorExpression | readonly OperatorExpression[])[]
): OperatorExpression {
  const trees = factors.flat().map((factor) => factor.tree);
  return new OperatorExpression(trees.reduce((left, right) => chain(left, "*", right), number(1)));
}

/** sum_j weight_j A_j, such as the collective jump operator sum_j exp(i phi_j) sm_j. One weight for each operator. */
export function weightedSum(
  weights: readonly Scalar[],
  operators: readonly OperatorExpression[],
): OperatorExpression {
  const weighted = chain(list(weights.map(number)), ".*", list(operators.map((operator) => operator.tree)));
  return new OperatorExpression(call("sum", weighted));
}

/** There is no text that a tree of the builder stands in. */
const NOWHERE = { start: 0, end: 0 } as const;

export const name = (text: string): Expression => ({ kind: "name", name: text, ...NOWHERE });
export const quoted = (text: string): Expression => ({ kind: "text", text, ...NOWHERE });
export const list = (items: readonly Expression[]): Expression => ({ kind: "list", items, ...NOWHERE });
export const call = (of: string, ...args: Expression[]): Expression => ({
  kind: "call",
  name: of,
  args,
  ...NOWHERE,
});
export function number(scalar: Scalar): Expression {
  const value: Complex = typeof scalar === "number" ? [scalar, 0] : [scalar[0], scalar[1]];
  return { kind: "number", value, text: String(scalar), ...NOWHERE };
}

const treeOf = (value: OperatorExpression | StateExpression | Scalar): Expression =>
  value instanceof OperatorExpression || value instanceof StateExpression ? value.tree : number(value);

const isSum = (operator: BinaryOperator): boolean => operator === "+" || operator === "-";

/** `first operator operand`, flat like a chain that is written: a + b - c, a * b / c. */
function chain(first: Expression, operator: BinaryOperator, operand: Expression): Expression {
  const link = { operator, operand, at: 0 };
  const longer =
    first.kind === "chain" && first.rest.every((before) => isSum(before.operator) === isSum(operator));
  return longer
    ? { ...first, rest: [...first.rest, link] }
    : { kind: "chain", first, rest: [link], ...NOWHERE };
}
