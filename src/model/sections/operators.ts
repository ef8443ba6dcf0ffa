import { addOperators, largestElement, simplify, ZERO_OPERATOR } from "../algebra.ts";
import type { Entry, Node } from "../document.ts";
import { HERMITIAN_TOLERANCE, hermitianDefect, isHermitian } from "../hermitian.ts";
import { LIMITS } from "../limits.ts";
import type { Observable, Operator } from "../model.ts";
import { GeneratedNames, isAbsent, type Reader } from "../reader.ts";
import { dimensionsOf } from "../sites.ts";
import { operatorsOf } from "./lists.ts";

/** The Hamiltonian as it is written: one expression, or a list that is added up. */
export const readHamiltonian = (node: Node | undefined, reader: Reader): Operator | undefined =>
  isAbsent(node) ? ZERO_OPERATOR : hermitianSum(node, reader);

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

/** Observables; a list gives name1, name2, ... */
export function readObservables(node: Node | undefined, reader: Reader): readonly Observable[] {
  const names = new GeneratedNames(reader, "observables");
  return reader.section(node, "observables", "a mapping from names to operators").flatMap((entry) => {
    names.check(entry);
    return readObservable(entry, names, reader);
  });
}

function isMeasurable(operator: Operator, { value }: Entry, where: string, reader: Reader): boolean {
  const largest = largestElement(operator);
  if (largest === 0 || largest >= LIMITS.smallest) return true;
  const message = `must have an element of ${LIMITS.smallest} at least, but has none above ${largest.toPrecision(3)}`;
  reader.fault(value, where, message);
  return false;
}

function readObservable(entry: Entry, names: GeneratedNames, reader: Reader): readonly Observable[] {
  const where = `observables.${entry.key}`;
  const value = reader.value(entry.value, where, "an operator or a list of operators");
  if (value === undefined) return [];
  const dimensions = dimensionsOf(reader.names.sites ?? []);
  const observable = (name: string, operator: Operator): readonly Observable[] => {
    if (!names.take(name, entry) || !isMeasurable(operator, entry, where, reader)) return [];
    // The name alone gives the very object; an operator that is equal by chance is another one.
    const isHamiltonian = operator === reader.names.hamiltonian;
    const hermitian = isHermitian(operator, dimensions);
    return [{ name, operator, hermitian, ...(isHamiltonian && { isHamiltonian }) }];
  };
  if (value.kind !== "list") {
    const operator = reader.operatorOf(value, entry.value, where);
    return operator === undefined ? [] : observable(entry.key, operator);
  }
  const operators = operatorsOf(value.items, entry.value, where, reader);
  return (operators ?? []).flatMap((operator, index) => observable(`${entry.key}${index + 1}`, operator));
}
