import { isPrintable } from "../base/printable.ts";
import { largestElement } from "./algebra.ts";
import { asOperator, type Place } from "./arithmetic.ts";
import { Budget } from "./budget.ts";
import { checkExpression } from "./check.ts";
import type { Entry, MappingNode, Node, ScalarNode } from "./document.ts";
import { evaluate, evaluateRows } from "./evaluate.ts";
import type { Faults, Location } from "./faults.ts";
import { LIMITS } from "./limits.ts";
import { didYouMean, meantBy } from "./meant.ts";
import type { Operator } from "./model.ts";
import { Names } from "./names.ts";
import { dimensionsOf } from "./sites.ts";
import { type Expression, parseExpression } from "./syntax.ts";
import { ExpressionFault, Suppressed } from "./tokens.ts";
import { describe, formatComplex, listValue, realPart, type Value } from "./values.ts";

/** What a number must be. */
export interface NumberRule {
  readonly whole?: boolean;
  readonly atLeast?: number;
  readonly moreThan?: number;
  readonly atMost?: number;
  /** Only its ratio to others counts: as large as numbers go. */
  readonly relative?: boolean;
}

/**
 * Reads nodes of the document into values. Each method reports what is wrong and then gives undefined, so that
 * reading goes on and all faults are told at once.
 */
export class Reader {
  readonly faults: Faults;
  readonly names = new Names();
  readonly notes: string[] = [];
  private readonly budget = new Budget();

  constructor(faults: Faults) {
    this.faults = faults;
  }

  fault(node: { readonly location: Location }, where: string, message: string): undefined {
    this.faults.add(node.location, where, message);
    return undefined;
  }

  mapping(node: Node, where: string, what: string): MappingNode | undefined {
    if (node.kind === "mapping") return node;
    if (node.kind === "broken") return undefined;
    return this.fault(node, where, `must be ${what}, but is ${describeNode(node)}`);
  }

  /** The entries of a section that may be missing. */
  section(node: Node | undefined, name: string, what: string): readonly Entry[] {
    return isAbsent(node) ? [] : (this.mapping(node, name, what)?.entries ?? []);
  }

  /** The entries of a mapping with a fixed set of keys. */
  keys(
    mapping: MappingNode,
    where: string,
    allowed: readonly string[],
    required: readonly string[],
  ): ReadonlyMap<string, Node> {
    const found = new Map<string, Node>();
    const unknown: Entry[] = [];
    for (const entry of mapping.entries) {
      if (allowed.includes(entry.key)) found.set(entry.key, entry.value);
      else unknown.push(entry);
    }
    for (const { key, keyLocation, value } of unknown) {
      const message = `must be one of the keys ${allowed.join(", ")}, but is "${key}"${didYouMean(key, allowed)}`;
      this.faults.add(keyLocation, inside(where, key), message);
      // A misspelt key is one fault: go on as if it were right.
      const meant = meantBy(key, allowed);
      if (meant !== undefined && !found.has(meant)) found.set(meant, value);
    }
    for (const key of required) {
      if (!found.has(key)) this.fault(mapping, inside(where, key), "must be given, but is missing");
    }
    return found;
  }

  /** A single text that must not be empty. */
  scalar(node: Node, where: string, what: string): ScalarNode | undefined {
    if (node.kind === "broken") return undefined;
    if (node.kind === "scalar" && !node.empty) return node;
    return this.fault(node, where, `must be ${what}, but is ${describeNode(node)}`);
  }

  /** Parses an expression and checks its names. */
  expression(scalar: ScalarNode, where: string, lists = false): Expression | undefined {
    // YAML's own words for what is no finite number.
    if (/^[-+]?\.?(inf|nan|infinity)$/i.test(scalar.text) && this.names.get(scalar.text) === undefined) {
      return this.fault(scalar, where, `must be finite, but is ${scalar.text}`);
    }
    const expression = this.guard(scalar, where, () => parseExpression(scalar.text));
    return expression === undefined ? undefined : this.checked(expression, scalar, where, lists);
  }

  /** The expression, if all its names are known and sound. */
  checked(expression: Expression, scalar: ScalarNode, where: string, lists: boolean): Expression | undefined {
    const { faults, suppressed } = checkExpression(expression, this.names, lists);
    for (const { message, index } of faults) this.faults.add(scalar.locate(index), where, message);
    return faults.length > 0 || suppressed ? undefined : expression;
  }

  /** The value of an expression, or of a list of such; `lists`: [ ] may also stand inside. */
  value(node: Node, where: string, what: string, lists = false): Value | undefined {
    if (node.kind === "sequence") return this.sequence(node.items, where, what);
    const scalar = this.scalar(node, where, what);
    if (scalar === undefined) return undefined;
    const expression = this.expression(scalar, where, lists);
    return expression === undefined ? undefined : this.evaluate(expression, scalar, where);
  }

  evaluate(expression: Expression, scalar: ScalarNode, where: string): Value | undefined {
    return this.guard(scalar, where, () => evaluate(expression, this.names, this.budget));
  }

  /** The value of an expression for a matrix: a list of lists. */
  rows(scalar: ScalarNode, where: string): Value | undefined {
    const expression = this.expression(scalar, where);
    if (expression === undefined) return undefined;
    return this.guard(scalar, where, () => evaluateRows(expression, this.names, this.budget));
  }

  /** Arithmetic with what a node was read into; its faults are the node's, its work counts like that of expressions. */
  compute<T>(node: Node, where: string, action: (place: Place) => T): T | undefined {
    const dimensions = dimensionsOf(this.names.sites ?? []);
    return this.guard({ locate: () => node.location }, where, () =>
      action({ budget: this.budget, dimensions, at: 0 }),
    );
  }

  private sequence(items: readonly Node[], where: string, what: string): Value | undefined {
    const values = items.map((item, index) => {
      const path = `${where}[${index + 1}]`;
      if (item.kind === "sequence") return this.fault(item, path, `must be ${what}, but is a list in a list`);
      const value = this.value(item, path, what);
      if (value?.kind !== "list") return value;
      return this.fault(item, path, `must be ${what}, but is ${describe(value)} in a list`);
    });
    const known = values.filter((value) => value !== undefined);
    return known.length === values.length ? listValue(known) : undefined;
  }

  /** The action's value; what it throws of an expression are faults of the scalar that the expression stands in. */
  guard<T>(scalar: Pick<ScalarNode, "locate">, where: string, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (error instanceof Suppressed) return undefined;
      if (!(error instanceof ExpressionFault)) throw error;
      for (const { index, message } of error.all) this.faults.add(scalar.locate(index), where, message);
      return undefined;
    }
  }

  /** A real number that keeps a rule. */
  number(node: Node, where: string, rule: NumberRule): number | undefined {
    const what = describeRule(rule);
    if (node.kind === "sequence") return this.fault(node, where, `must be ${what}, but is a list`);
    const value = this.value(node, where, what);
    return value === undefined ? undefined : this.realOf(value, node, where, rule);
  }

  /** The real number behind a key, if it is given. */
  numberAt(
    keys: ReadonlyMap<string, Node>,
    where: string,
    key: string,
    rule: NumberRule,
  ): number | undefined {
    const node = keys.get(key);
    return node && this.number(node, inside(where, key), rule);
  }

  /** The real number in a value that was read from a node. */
  realOf(value: Value, node: Node, where: string, rule: NumberRule): number | undefined {
    const real = value.kind === "number" ? realPart(value.value) : undefined;
    if (real !== undefined && keeps(real, rule)) {
      if (Math.abs(real) <= LIMITS.largest || rule.relative === true) return real + 0;
      return this.fault(node, where, tooLarge("be", "is", real));
    }
    const found = value.kind === "number" ? formatComplex(value.value) : describe(value);
    const inexact = rule.whole === true && Number.isInteger(real) && !Number.isSafeInteger(real);
    const hint = inexact ? ", beyond 2^53, where whole numbers are no longer told apart" : "";
    return this.fault(node, where, `must be ${describeRule(rule)}, but is ${found}${hint}`);
  }

  /** A single operator; a number stands for number x identity. */
  operator(node: Node, where: string): Operator | undefined {
    if (node.kind === "sequence") {
      return this.fault(node, where, "must be an operator, but is a list; write a sum");
    }
    const value = this.value(node, where, "an operator");
    return value === undefined ? undefined : this.operatorOf(value, node, where);
  }

  operatorOf(value: Value, node: Node, where: string): Operator | undefined {
    const operator = asOperator(value);
    if (operator === undefined) {
      return this.fault(node, where, `must be an operator, but is ${describe(value)}${operatorHint(value)}`);
    }
    const largest = largestElement(operator);
    if (largest <= LIMITS.largest) return operator;
    if (Number.isFinite(largest))
      return this.fault(node, where, tooLarge("have elements of", "has", largest));
    return this.fault(node, where, "must be finite, but has an element that is infinite or no number");
  }
}

/** "must be at most 1e+60 in size, but is 1e+200" */
export const tooLarge = (must: string, found: string, size: number): string =>
  `must ${must} at most ${LIMITS.largest} in size, but ${found} ${Number(size.toPrecision(3))}`;

const operatorHint = (value: Value): string => {
  if (value.kind === "list") return "; add it up with sum(...)";
  return value.kind === "state" ? "; projector(...) makes one" : "";
};

function keeps(value: number, { whole, atLeast, moreThan, atMost }: NumberRule): boolean {
  if (!Number.isFinite(value)) return false;
  if (whole === true && !Number.isSafeInteger(value)) return false;
  if (atLeast !== undefined && value < atLeast) return false;
  if (moreThan !== undefined && value <= moreThan) return false;
  return atMost === undefined || value <= atMost;
}

/** "a whole number >= 1", "a real number > 0". */
function describeRule({ whole, atLeast, moreThan, atMost }: NumberRule): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`>= ${atLeast}`]),
    ...(moreThan === undefined ? [] : [`> ${moreThan}`]),
    ...(atMost === undefined ? [] : [`<= ${atMost}`]),
  ];
  return [whole === true ? "a whole number" : "a real number", bounds.join(" and ")].join(" ").trim();
}

export function describeNode(node: Node): string {
  if (node.kind === "mapping") return "a mapping";
  if (node.kind === "sequence") return "a list";
  if (node.kind === "broken") return "broken";
  return node.empty ? "empty" : `"${node.text}"`;
}

export const inside = (where: string, key: string): string => (where === "" ? key : `${where}.${key}`);

/** Whether a section that may be missing is: no key, or nothing behind it. */
export const isAbsent = (node: Node | undefined): node is undefined =>
  node === undefined || (node.kind === "scalar" && node.empty);

/** name, or name1, name2, ... for a list: clashes of such names are faults. */
export class GeneratedNames {
  private readonly owners = new Map<string, string>();
  private readonly reader: Reader;
  private readonly section: string;

  constructor(reader: Reader, section: string) {
    this.reader = reader;
    this.section = section;
  }

  /** True where the name is still free. */
  take(name: string, { key, keyLocation }: Entry): boolean {
    const owner = this.owners.get(name);
    if (owner === undefined) {
      this.owners.set(name, key);
      return true;
    }
    this.reader.faults.add(
      keyLocation,
      inside(this.section, key),
      `must make new names, but ${name} is also made by ${owner}`,
    );
    return false;
  }

  /** What cannot stand as a name in results. */
  check({ key, keyLocation }: Entry): void {
    const wrong = key.trim() === "" || key === "__proto__" || !isPrintable(key);
    if (wrong) {
      this.reader.faults.add(
        keyLocation,
        inside(this.section, key),
        `must be a name, but is ${JSON.stringify(key)}`,
      );
    }
  }
}
