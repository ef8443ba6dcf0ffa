import { add, type Complex, isZero, multiply, ONE, ZERO } from "../base/complex.ts";
import { divide, power } from "../base/functions.ts";
import {
  addOperators,
  applyOperator,
  multiplyOperators,
  operatorPower,
  scalarOperator,
  scaleOperator,
  simplify,
} from "./algebra.ts";
import type { Budget } from "./budget.ts";
import type { Operator } from "./model.ts";
import { addStates, scaleState } from "./states.ts";
import type { BinaryOperator } from "./syntax.ts";
import { ExpressionFault } from "./tokens.ts";
import {
  describe,
  formatComplex,
  listValue,
  type NumberValue,
  numberValue,
  operatorValue,
  stateValue,
  type Value,
} from "./values.ts";

/** Where arithmetic happens: what it may cost, the dimensions of the sites, and the place for faults. */
export interface Place {
  readonly budget: Budget;
  readonly dimensions: readonly number[];
  /** Index into the expression's text. */
  readonly at: number;
}

/** Applies f to each entry of the lists among the arguments, together with those that are no list. */
export function memberwise(
  args: readonly Value[],
  place: Place,
  f: (args: readonly Value[]) => Value,
): Value {
  let length: number | undefined;
  for (const arg of args) {
    if (arg.kind !== "list") continue;
    if (length !== undefined && length !== arg.items.length) {
      throw new ExpressionFault(
        `must combine lists of one length, but has ${length} and ${arg.items.length} entries`,
        place.at,
      );
    }
    length = arg.items.length;
  }
  if (length === undefined) return f(args);
  place.budget.spend(length, place.at);
  return listValue(
    Array.from({ length }, (_, k) =>
      f(args.map((arg) => (arg.kind === "list" ? (arg.items[k] as Value) : arg))),
    ),
  );
}

export function combine(operator: BinaryOperator, a: Value, b: Value, place: Place): Value {
  const twoLists = a.kind === "list" && b.kind === "list";
  if (twoLists && (operator === "*" || operator === "/")) {
    throw new ExpressionFault(
      operator === "*"
        ? "must not multiply two lists with *, but does; write .* for member by member, or sum(...)"
        : "must not divide a list by a list, but does",
      place.at,
    );
  }
  return memberwise([a, b], place, ([x, y]) => combineMembers(operator, x as Value, y as Value, place));
}

function combineMembers(operator: BinaryOperator, a: Value, b: Value, place: Place): Value {
  for (const value of [a, b]) {
    if (value.kind === "site" || value.kind === "text") throw noArithmetic(value, place);
  }
  if (operator === "+") return addValues([a, b], place);
  if (operator === "-") return addValues([a, negate(b, place)], place);
  if (operator === "/") return divideValues(a, b, place);
  return multiplyValues(a, b, place);
}

function noArithmetic(value: Value, place: Place): ExpressionFault {
  const hint = value.kind === "site" ? "; write an operator of it, such as n(...)" : "";
  return new ExpressionFault(
    `must be a number, an operator or a state, but is ${describe(value)}${hint}`,
    place.at,
  );
}

/** A finite number or a fault. */
export function finite(value: NumberValue, place: Place, what: string): NumberValue {
  const [re, im] = value.value;
  if (Number.isFinite(re) && Number.isFinite(im)) return value;
  const found = Number.isNaN(re) || Number.isNaN(im) ? "not a number" : "infinite";
  throw new ExpressionFault(`must be finite, but ${what} is ${found}`, place.at);
}

const isNumberZero = (value: Value): boolean => value.kind === "number" && isZero(value.value);

/** A number where an operator belongs stands for number x identity. */
export function asOperator(value: Value): Operator | undefined {
  if (value.kind === "operator") return value.operator;
  return value.kind === "number" ? scalarOperator(value.value) : undefined;
}

/** The sum of values that are not lists. 0 (an empty sum) goes with everything. */
export function addValues(values: readonly Value[], place: Place): Value {
  const summands = values.some((value) => value.kind === "state")
    ? values.filter((value) => !isNumberZero(value))
    : values;
  const odd = summands.find((value) => value.kind === "site" || value.kind === "text");
  if (odd !== undefined) throw noArithmetic(odd, place);
  const numbers = summands.filter((value) => value.kind === "number");
  if (numbers.length === summands.length) {
    const sum = numbers.reduce<Complex>((total, { value }) => add(total, value), ZERO);
    return finite(numberValue(sum), place, "the sum");
  }
  const states = summands.filter((value) => value.kind === "state");
  if (states.length === summands.length) {
    const kets = states.reduce((count, { state }) => count + state.length, 0);
    place.budget.kets(kets, place.at);
    return stateValue(addStates(states.map(({ state }) => state)));
  }
  if (states.length > 0) {
    const other = summands.find((value) => value.kind !== "state") as Value;
    throw new ExpressionFault(`must add states to states, but adds ${describe(other)} to a state`, place.at);
  }
  const operators = summands.map((value) => asOperator(value) as Operator);
  return checkedOperator(addWithin(operators, place), place);
}

function addWithin(operators: readonly Operator[], place: Place): Operator {
  const terms = operators.reduce((sum, { terms, dyads }) => sum + terms.length + dyads.length, 0);
  place.budget.spend(terms, place.at);
  return simplify(addOperators(operators), place.dimensions);
}

function checkedOperator(operator: Operator, place: Place): Value {
  place.budget.terms(operator.terms.length + operator.dyads.length, place.at);
  return operatorValue(operator);
}

export function negate(value: Value, place: Place): Value {
  return multiplyValues(numberValue([-1, 0]), value, place);
}

function multiplyValues(a: Value, b: Value, place: Place): Value {
  if (a.kind === "list" || b.kind === "list") {
    return memberwise([a, b], place, ([x, y]) => multiplyValues(x as Value, y as Value, place));
  }
  for (const value of [a, b]) {
    if (value.kind === "site" || value.kind === "text") throw noArithmetic(value, place);
  }
  if (a.kind === "number" && b.kind === "number") {
    return finite(numberValue(multiply(a.value, b.value)), place, "the product");
  }
  if (a.kind === "number") return scaleValue(b, a, place);
  if (b.kind === "number") return scaleValue(a, b, place);
  if (a.kind === "operator" && b.kind === "operator") {
    return checkedOperator(productWithin(a.operator, b.operator, place), place);
  }
  if (a.kind === "operator" && b.kind === "state") {
    place.budget.application(a.operator, b.state, place.at);
    return stateValue(applyOperator(a.operator, b.state));
  }
  throw new ExpressionFault(
    `must multiply numbers, operators and operator * state, but multiplies ${describe(a)} by ${describe(b)}`,
    place.at,
  );
}

function scaleValue(value: Value, factor: NumberValue, place: Place): Value {
  if (value.kind === "operator") {
    place.budget.spend(value.operator.terms.length, place.at);
    return operatorValue(scaleOperator(value.operator, factor.value));
  }
  if (value.kind === "state") {
    place.budget.spend(value.state.length, place.at);
    return stateValue(scaleState(value.state, factor.value));
  }
  return multiplyValues(value, factor, place);
}

function productWithin(a: Operator, b: Operator, place: Place): Operator {
  place.budget.product(a, b, place.at);
  return simplify(multiplyOperators(a, b), place.dimensions);
}

function divideValues(a: Value, b: Value, place: Place): Value {
  if (b.kind !== "number") {
    throw new ExpressionFault(`must divide by a number, but divides by ${describe(b)}`, place.at);
  }
  if (isZero(b.value)) throw new ExpressionFault("must not divide by 0, but does", place.at);
  if (a.kind === "number") return finite(numberValue(divide(a.value, b.value)), place, "the quotient");
  return multiplyValues(a, finite(numberValue(divide(ONE, b.value)), place, "the quotient"), place);
}

export function powerOf(base: Value, exponent: Value, place: Place): Value {
  if (base.kind === "list" && exponent.kind === "list") {
    throw new ExpressionFault("must not raise a list to a list, but does", place.at);
  }
  return memberwise([base, exponent], place, ([x, y]) => powerOfMember(x as Value, y as Value, place));
}

function powerOfMember(base: Value, exponent: Value, place: Place): Value {
  if (exponent.kind !== "number") {
    throw new ExpressionFault(`must have a number as exponent, but has ${describe(exponent)}`, place.at);
  }
  if (base.kind === "number") {
    return finite(numberValue(power(base.value, exponent.value)), place, "the power");
  }
  if (base.kind !== "operator") {
    throw new ExpressionFault(`must raise a number or an operator, but raises ${describe(base)}`, place.at);
  }
  const [whole, im] = exponent.value;
  if (im !== 0 || !Number.isSafeInteger(whole) || whole < 0) {
    throw new ExpressionFault(
      `must raise an operator to a whole power >= 0, but raises it to ${formatComplex(exponent.value)}`,
      place.at,
    );
  }
  const multiplyWithin = (a: Operator, b: Operator): Operator => {
    const product = productWithin(a, b, place);
    place.budget.terms(product.terms.length + product.dyads.length, place.at);
    return product;
  };
  return operatorValue(operatorPower(base.operator, whole, multiplyWithin));
}
