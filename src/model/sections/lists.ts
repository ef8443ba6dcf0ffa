import type { Node } from "../document.ts";
import type { Operator } from "../model.ts";
import type { NumberRule, Reader } from "../reader.ts";
import { describe, type ListValue, type Value } from "../values.ts";

/** Entry `index` of a list as it is written, or the expression that gives the whole list. */
export const entryNode = (node: Node, index: number): Node =>
  node.kind === "sequence" ? (node.items[index] ?? node) : node;

/** All of them, if none is missing. */
export function complete<T>(items: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = items.filter((item) => item !== undefined);
  return known.length === items.length ? known : undefined;
}

/** @param hint follows the message where something else than a list is found */
export function readOperators(
  node: Node,
  where: string,
  reader: Reader,
  hint = "",
): readonly Operator[] | undefined {
  const value = reader.value(node, where, "a list of operators");
  if (value === undefined) return undefined;
  if (value.kind === "list") return operatorsOf(value.items, node, where, reader);
  return reader.fault(node, where, `must be a list of operators, but is ${describe(value)}${hint}`);
}

export const operatorsOf = (
  items: readonly Value[],
  node: Node,
  where: string,
  reader: Reader,
): readonly Operator[] | undefined =>
  complete(items.map((item, index) => reader.operatorOf(item, entryNode(node, index), where)));

/** The real numbers in a list that was read from a node. */
export const realsOf = (
  list: ListValue,
  node: Node,
  where: string,
  rule: NumberRule,
  reader: Reader,
): readonly number[] | undefined =>
  complete(list.items.map((item, index) => reader.realOf(item, entryNode(node, index), where, rule)));
