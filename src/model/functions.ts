import { abs, type Complex, conjugate } from "../base/complex.ts";
import * as analytic from "../base/functions.ts";
import { dagger, projector } from "./algebra.ts";
import { finite, memberwise, type Place } from "./arithmetic.ts";
import type { Operator, Site } from "./model.ts";
import { kindsWithOperator, namedOperator, operatorNamesOf, SITE_OPERATOR_NAMES, siteAt } from "./sites.ts";
import { stateFault } from "./states.ts";
import { ExpressionFault } from "./tokens.ts";
import {
  describe,
  formatComplex,
  type NumberValue,
  numberValue,
  operatorValue,
  realPart,
  type Value,
} from "./values.ts";

/** What a function call knows of its surroundings. */
export interface Call extends Place {
  readonly name: string;
  readonly sites: readonly Site[];
  /** Where each argument stands. */
  readonly argAt: readonly number[];
}

/** A function of values, applied member by member to lists. */
export interface FunctionEntry {
  /** As printed where it is called wrongly. */
  readonly usage: string;
  readonly arguments: number;
  readonly apply: (args: readonly Value[], call: Call) => Value;
}

const NUMERIC: Readonly<Record<string, (z: Complex) => Complex>> = {
  sqrt: analytic.sqrt,
  exp: analytic.exp,
  log: analytic.log,
  sin: analytic.sin,
  cos: analytic.cos,
  abs: (z) => [abs(z), 0],
  conj: conjugate,
};

const numeric = (name: string, f: (z: Complex) => Complex): FunctionEntry => ({
  usage: `${name}(number)`,
  arguments: 1,
  apply: ([x], call) => {
    const { value } = needNumber(x, call, 0, name === "conj" ? "; dag(...) is for operators" : "");
    return finite(numberValue(f(value)), call, `${name}(${formatComplex(value)})`);
  },
});

function needNumber(value: Value | undefined, call: Call, argument: number, hint = ""): NumberValue {
  if (value?.kind === "number") return value;
  throw mismatch("must be a number", value, call, argument, hint);
}

function needReal(value: Value | undefined, call: Call, argument: number): number {
  const number = needNumber(value, call, argument);
  const real = realPart(number.value);
  if (real !== undefined) return real;
  throw new ExpressionFault(
    `must be a real number, but is ${formatComplex(number.value)}`,
    call.argAt[argument] ?? call.at,
  );
}

function mismatch(
  wanted: string,
  value: Value | undefined,
  call: Call,
  argument: number,
  hint = "",
): ExpressionFault {
  const found = value === undefined ? "missing" : describe(value);
  return new ExpressionFault(`${wanted}, but is ${found}${hint}`, call.argAt[argument] ?? call.at);
}

/** 170! is the last one below the largest double. */
const LAST_FACTORIAL = 170;

function factorial([x]: readonly Value[], call: Call): Value {
  const n = needReal(x, call, 0);
  if (!Number.isInteger(n) || n < 0 || n > LAST_FACTORIAL) {
    throw new ExpressionFault(
      `must be a whole number from 0 to ${LAST_FACTORIAL}, but is ${n}`,
      call.argAt[0] ?? call.at,
    );
  }
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return numberValue([product, 0]);
}

/** a - b floor(a / b), which has the sign of b; the remainder itself is exact. */
function mod([x, y]: readonly Value[], call: Call): Value {
  const a = needReal(x, call, 0);
  const b = needReal(y, call, 1);
  if (b === 0) throw new ExpressionFault("must not be 0, but is", call.argAt[1] ?? call.at);
  const remainder = a % b;
  return numberValue([remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder, 0]);
}

/** To a whole number: k = floor(N/2) for any N. */
const rounding = (name: "floor" | "ceil"): [string, FunctionEntry] => [
  name,
  {
    usage: `${name}(number)`,
    arguments: 1,
    // + 0: the ceiling of -0.5 is 0, not -0.
    apply: ([x], call) => numberValue([Math[name](needReal(x, call, 0)) + 0, 0]),
  },
];

function dag([x]: readonly Value[], call: Call): Value {
  if (x?.kind === "number") return numberValue(conjugate(x.value));
  if (x?.kind !== "operator") throw mismatch("must be an operator", x, call, 0);
  call.budget.spend(x.operator.terms.length, call.at);
  return operatorValue(dagger(x.operator));
}

function projectorOn([x]: readonly Value[], call: Call): Value {
  if (x?.kind !== "state") throw mismatch("must be a state", x, call, 0);
  const fault = stateFault(x.state);
  if (fault !== undefined) throw new ExpressionFault(fault, call.argAt[0] ?? call.at);
  return operatorValue(projector(x.state));
}

const siteFunction = (name: string): FunctionEntry => ({
  usage: `${name}(site)`,
  arguments: 1,
  apply: ([x], call) => {
    if (x?.kind !== "site") throw mismatch("must be a site or an array", x, call, 0);
    return operatorValue(operatorOn(name, x.site, call));
  },
});

function operatorOn(name: string, index: number, call: Call): Operator {
  const operator = namedOperator(call.sites, index, name);
  if (operator !== undefined) return operator;
  const site = siteAt(call.sites, index);
  throw new ExpressionFault(
    `${name} must act on ${kindsWithOperator(name).map(kindNoun).join(" or ")}, but ${site.name} is ${kindNoun(site.kind)} ` +
      `(${operatorNamesOf(site.kind).join(" ")})`,
    call.argAt[0] ?? call.at,
  );
}

const KIND_NOUNS = {
  qubit: "a qubit",
  levels: "a site with named levels",
  spin: "a spin",
  fock: "a mode",
} as const;
const kindNoun = (kind: Site["kind"]): string => KIND_NOUNS[kind];

export const FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map<string, FunctionEntry>([
  ...Object.entries(NUMERIC).map(([name, f]): [string, FunctionEntry] => [name, numeric(name, f)]),
  ["factorial", { usage: "factorial(number)", arguments: 1, apply: factorial }],
  ["mod", { usage: "mod(number, number)", arguments: 2, apply: mod }],
  rounding("floor"),
  rounding("ceil"),
  ["dag", { usage: "dag(operator)", arguments: 1, apply: dag }],
  ["projector", { usage: "projector(state)", arguments: 1, apply: projectorOn }],
  ...SITE_OPERATOR_NAMES.map((name): [string, FunctionEntry] => [name, siteFunction(name)]),
]);

/** Calls a function of the table, member by member where arguments are lists. */
export const applyFunction = (entry: FunctionEntry, args: readonly Value[], call: Call): Value =>
  memberwise(args, call, (members) => entry.apply(members, call));
