import { addOperators, simplify, ZERO_OPERATOR } from "../algebra.ts";
import type { Entry, Node } from "../document.ts";
import { HERMITIAN_TOLERANCE, hermitianDefect, isHermitian } from "../hermitian.ts";
import { LIMITS } from "../limits.ts";
import type { Channel, Observable, Operator } from "../model.ts";
import { GeneratedNames, isAbsent, type Reader } from "../reader.ts";
import { dimensionsOf } from "../sites.ts";
import { describe, type Value } from "../values.ts";

/** The Hamiltonian: one expression, or a list that is added up. It is then known to the names. */
export function readHamiltonian(node: Node | undefined, reader: Reader): Operator {
  const hamiltonian = isAbsent(node) ? ZERO_OPERATOR : hermitianSum(node, reader);
  reader.names.hamiltonian = hamiltonian ?? null;
  return hamiltonian ?? ZERO_OPERATOR;
}

function hermitianSum(node: Node, reader: Reader): Operator | undefined {
  const items = node.kind === "sequence" ? node.items : [node];
  const where = (index: number): string =>
    node.kind === "sequence" ? `hamiltonian[${index + 1}]` : "hamiltonian";
  const operators = items.map((item, index) => reader.operator(item, where(index)));
  const { sites } = reader.names;
  const known = operators.filter((operator) => operator !== undefined);
  if (!sites || known.length < operators.length) return undefined;
  const dimensions = dimensionsOf(sites);
  const sum = simplify(addOperators(known), dimensions);
  const terms = sum.terms.length + sum.dyads.length;
  if (terms > LIMITS.terms) {
    return reader.fault(node, "hamiltonian", `must have at most ${LIMITS.terms} terms, but has ${terms}`);
  }
  const defect = hermitianDefect(sum, dimensions);
  if (defect !== undefined && defect <= HERMITIAN_TOLERANCE) return sum;
  // Point at the entry that is to blame, if one is.
  const culprit = known.findIndex((operator) => !isHermitian(operator, dimensions));
  const index = Math.max(culprit, 0);
  const found =
    defect === undefined
      ? "it is too intricate to tell; write it as X + dag(X)"
      : `H - dag(H) has an element of ${defect.toPrecision(3)} times the largest`;
  return reader.fault(
    items[index] ?? node,
    culprit < 0 ? "hamiltonian" : where(index),
    `must be Hermitian to ${HERMITIAN_TOLERANCE} of its largest element, but ${found}`,
  );
}

/** Channels, one for each jump operator. */
export function readChannels(node: Node | undefined, reader: Reader): readonly Channel[] {
  const section = isAbsent(node)
    ? undefined
    : reader.mapping(node, "channels", "a mapping from names to channels");
  const names = new GeneratedNames(reader, "channels");
  return (section?.entries ?? []).flatMap((entry) => {
    names.check(entry);
    return readChannel(entry, names, reader);
  });
}

function readChannel(entry: Entry, names: GeneratedNames, reader: Reader): readonly Channel[] {
  const where = `channels.${entry.key}`;
  const mapping = reader.mapping(entry.value, where, "a mapping with rate and operator (or each)");
  if (mapping === undefined) return [];
  const keys = reader.keys(mapping, where, ["rate", "operator", "each"], ["rate"]);
  const rateNode = keys.get("rate");
  const operatorNode = keys.get("operator");
  const eachNode = keys.get("each");
  const both = operatorNode !== undefined && eachNode !== undefined;
  const unknownKeys = mapping.entries.length > keys.size;
  if (both || (operatorNode === undefined && eachNode === undefined && !unknownKeys)) {
    reader.fault(mapping, where, `must have operator or each, but has ${both ? "both" : "neither"}`);
    return [];
  }
  if (eachNode !== undefined) return readEach(entry, rateNode, eachNode, names, reader);
  names.take(entry.key, entry);
  const rate = rateNode === undefined ? undefined : reader.number(rateNode, `${where}.rate`, { atLeast: 0 });
  const operator =
    operatorNode === undefined ? undefined : reader.operator(operatorNode, `${where}.operator`);
  return rate === undefined || operator === undefined ? [] : [{ name: entry.key, rate, operator }];
}

function readEach(
  entry: Entry,
  rateNode: Node | undefined,
  eachNode: Node,
  names: GeneratedNames,
  reader: Reader,
): readonly Channel[] {
  const where = `channels.${entry.key}`;
  const rate = rateNode === undefined ? undefined : readRates(rateNode, `${where}.rate`, reader);
  const operators = readOperators(eachNode, `${where}.each`, reader);
  if (operators === undefined) return [];
  if (rateNode !== undefined && Array.isArray(rate) && rate.length !== operators.length) {
    reader.fault(
      rateNode,
      `${where}.rate`,
      `must have as many entries as each (${operators.length}), but has ${rate.length}`,
    );
    return [];
  }
  return operators.flatMap((operator, index) => {
    const name = `${entry.key}${index + 1}`;
    const value = typeof rate === "number" ? rate : rate?.[index];
    return names.take(name, entry) && value !== undefined ? [{ name, rate: value, operator }] : [];
  });
}

/** One rate for all, or a list with one for each. */
function readRates(node: Node, where: string, reader: Reader): number | readonly number[] | undefined {
  const value = reader.value(node, where, "a real number >= 0, or a list of such");
  if (value === undefined) return undefined;
  if (value.kind !== "list") return reader.realOf(value, node, where, { atLeast: 0 });
  const rates = value.items.map((item, index) => {
    const itemNode = node.kind === "sequence" ? (node.items[index] ?? node) : node;
    return reader.realOf(item, itemNode, where, { atLeast: 0 });
  });
  const known = rates.filter((rate) => rate !== undefined);
  return known.length === rates.length ? known : undefined;
}

function readOperators(node: Node, where: string, reader: Reader): readonly Operator[] | undefined {
  const value = reader.value(node, where, "a list of operators");
  if (value === undefined) return undefined;
  if (value.kind !== "list") {
    return reader.fault(
      node,
      where,
      `must be a list of operators, but is ${describe(value)}; a single one stands behind operator:`,
    );
  }
  return operatorsOf(value.items, node, where, reader);
}

function operatorsOf(
  items: readonly Value[],
  node: Node,
  where: string,
  reader: Reader,
): readonly Operator[] | undefined {
  const operators = items.map((item, index) => {
    const itemNode = node.kind === "sequence" ? (node.items[index] ?? node) : node;
    return reader.operatorOf(item, itemNode, where);
  });
  const known = operators.filter((operator) => operator !== undefined);
  return known.length === operators.length ? known : undefined;
}

/** Observables; a list gives name1, name2, ... */
export function readObservables(node: Node | undefined, reader: Reader): readonly Observable[] {
  const section = isAbsent(node)
    ? undefined
    : reader.mapping(node, "observables", "a mapping from names to operators");
  const names = new GeneratedNames(reader, "observables");
  return (section?.entries ?? []).flatMap((entry) => {
    names.check(entry);
    return readObservable(entry, names, reader);
  });
}

function readObservable(entry: Entry, names: GeneratedNames, reader: Reader): readonly Observable[] {
  const where = `observables.${entry.key}`;
  const value = reader.value(entry.value, where, "an operator or a list of operators");
  if (value === undefined) return [];
  const dimensions = dimensionsOf(reader.names.sites ?? []);
  const observable = (name: string, operator: Operator): readonly Observable[] =>
    names.take(name, entry) ? [{ name, operator, hermitian: isHermitian(operator, dimensions) }] : [];
  if (value.kind !== "list") {
    const operator = reader.operatorOf(value, entry.value, where);
    return operator === undefined ? [] : observable(entry.key, operator);
  }
  const operators = operatorsOf(value.items, entry.value, where, reader);
  return (operators ?? []).flatMap((operator, index) => observable(`${entry.key}${index + 1}`, operator));
}
