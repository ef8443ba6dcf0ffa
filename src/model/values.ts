import type { Complex } from "../base/complex.ts";
import type { Operator, State } from "./model.ts";

/** What an expression can stand for. */
export type Value = NumberValue | OperatorValue | StateValue | SiteValue | TextValue | ListValue;

export interface NumberValue {
  readonly kind: "number";
  readonly value: Complex;
}
export interface OperatorValue {
  readonly kind: "operator";
  readonly operator: Operator;
}
export interface StateValue {
  readonly kind: "state";
  readonly state: State;
}
/** The index of a site in tensor order. */
export interface SiteValue {
  readonly kind: "site";
  readonly site: number;
}
/** A quoted text: only ever a label. */
export interface TextValue {
  readonly kind: "text";
  readonly text: string;
}
/** An array of sites, a list parameter, `n(q)` of an array, ... */
export interface ListValue {
  readonly kind: "list";
  readonly items: readonly Value[];
}

export const numberValue = (value: Complex): NumberValue => ({
  kind: "number",
  value: [value[0] + 0, value[1] + 0],
});
export const operatorValue = (operator: Operator): OperatorValue => ({ kind: "operator", operator });
export const stateValue = (state: State): StateValue => ({ kind: "state", state });
export const listValue = (items: readonly Value[]): ListValue => ({ kind: "list", items });

const NOUNS: Readonly<Record<Value["kind"], readonly [one: string, many: string]>> = {
  number: ["a number", "numbers"],
  operator: ["an operator", "operators"],
  state: ["a state", "states"],
  site: ["a site", "sites"],
  text: ["a quoted text", "quoted texts"],
  list: ["a list", "lists"],
};

/** "an operator", "a list of 3 operators": for "must be ..., but is ...". */
export function describe(value: Value): string {
  if (value.kind !== "list") return NOUNS[value.kind][0];
  const [first] = value.items;
  if (first === undefined) return "an empty list";
  const count = value.items.length;
  const noun = NOUNS[first.kind];
  return `a list of ${count} ${count === 1 ? noun[0].replace(/^an? /, "") : noun[1]}`;
}

/** 2, -0.5 or 1+2i, for messages. */
export function formatComplex([re, im]: Complex): string {
  if (im === 0) return String(re);
  const imaginary = `${im}i`;
  if (re === 0) return imaginary;
  return `${re}${im < 0 ? "" : "+"}${imaginary}`;
}

/** The real number, where the imaginary part is nothing but rounding; undefined otherwise. */
export function realPart([re, im]: Complex): number | undefined {
  return Math.abs(im) <= 16 * Number.EPSILON * Math.abs(re) ? re : undefined;
}
