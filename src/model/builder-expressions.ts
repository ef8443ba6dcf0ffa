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

  /** JavaScript's own arithmetic knows numbers and texts only: 2 * A would be NaN without a word. */
  [Symbol.toPrimitive](): never {
    throw new TypeError(
      "an operator must be calculated with by its methods, A.times(2), A.plus(B), A.minus(B), A.over(2), " +
        "or by sum and product, but stands where a number or a text is needed, as in 2 * A or A + B",
    );
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

  /** As for operators. */
  [Symbol.toPrimitive](): never {
    throw new TypeError(
      "a state must be calculated with by its methods, psi.times(2), psi.plus(phi), psi.minus(phi), psi.over(2), " +
        "or by sum, but stands where a number or a text is needed, as in 2 * psi or psi + phi",
    );
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
/** @throws TypeError where a program without types gives something else, such as undefined */
export function number(scalar: Scalar): Expression {
  if (!isScalar(scalar)) {
    const found = Array.isArray(scalar) ? "another list" : (JSON.stringify(scalar) ?? typeof scalar);
    throw new TypeError(`must be a number, or a complex one as [re, im], but is ${found}`);
  }
  const value: Complex = typeof scalar === "number" ? [scalar, 0] : [scalar[0], scalar[1]];
  return { kind: "number", value, text: String(scalar), ...NOWHERE };
}
const isScalar = (value: unknown): value is Scalar =>
  typeof value === "number" ||
  (Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number"));

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

/** Every name in an expression, in the order of the text. */
export function namesIn(expression: Expression): Set<string> {
  const names = new Set<string>();
  const walk = (node: Expression): void => {
    if (node.kind === "name") names.add(node.name);
    for (const child of childrenOf(node)) walk(child);
  };
  walk(expression);
  return names;
}

function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "number":
    case "text":
    case "name":
      return [];
    case "call":
      return node.args;
    case "index":
      return [node.target, node.index];
    case "list":
      return node.items;
    case "negate":
      return [node.operand];
    case "power":
      return [node.base, node.exponent];
    case "chain":
      return [node.first, ...node.rest.map(({ operand }) => operand)];
  }
}
