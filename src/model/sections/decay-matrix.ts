import { abs, add, type Complex, conjugate, scale, subtract } from "../../base/complex.ts";
import { addOperators, scaleOperator, simplify } from "../algebra.ts";
import type { MappingNode, Node } from "../document.ts";
import { eigenmodes } from "../eigenmodes.ts";
import { HERMITIAN_TOLERANCE } from "../hermitian.ts";
import { LIMITS } from "../limits.ts";
import type { Channel, Operator } from "../model.ts";
import { type Reader, tooLarge } from "../reader.ts";
import { describe, formatComplex, type Value } from "../values.ts";
import { complete, entryNode, readOperators } from "./lists.ts";

type Rows = readonly (readonly Complex[])[];

const ROWS = "the rows of a matrix (a list of lists of numbers)";

/**
 * `{ matrix: Gamma, operators: [s_1, ...] }`: sum_ij Gamma_ij (s_i rho s_j^+ - {s_j^+ s_i, rho}/2). With
 * Gamma = sum_m rate_m |u_m><u_m| these are the channels NAMEm with L_m = sum_j <j|u_m> s_j, largest rates first. Modes of
 * rate 0 make no channel, and a note.
 */
export function readDecayMatrix(name: string, mapping: MappingNode, reader: Reader): readonly Channel[] {
  const where = `channels.${name}`;
  const keys = reader.keys(mapping, where, ["matrix", "operators"], ["matrix", "operators"]);
  const operatorsNode = keys.get("operators");
  const operators =
    operatorsNode &&
    readOperators(operatorsNode, `${where}.operators`, reader, "; a single one is written [...]");
  const node = keys.get("matrix");
  const rows = node && readRows(node, `${where}.matrix`, reader);
  if (!node || !rows || !operatorsNode || !operators) return [];
  if (operators.length > LIMITS.matrix) {
    const message = `must be at most ${LIMITS.matrix} operators, but is ${operators.length}`;
    return reader.fault(operatorsNode, `${where}.operators`, message) ?? [];
  }
  return isDecayMatrix(rows, node, `${where}.matrix`, operators.length, reader)
    ? collectiveChannels(name, rows, node, operators, reader)
    : [];
}

function readRows(node: Node, where: string, reader: Reader): Rows | undefined {
  if (node.kind === "sequence") {
    return complete(
      node.items.map((item, row) => {
        const path = `${where}[${row + 1}]`;
        const value = reader.value(item, path, "a row of numbers");
        return value && readRow(value, item, path, reader);
      }),
    );
  }
  const scalar = reader.scalar(node, where, ROWS);
  const value = scalar && reader.rows(scalar, where);
  if (value === undefined) return undefined;
  if (value.kind !== "list") return reader.fault(node, where, `must be ${ROWS}, but is ${describe(value)}`);
  return complete(value.items.map((item, row) => readRow(item, node, `${where}[${row + 1}]`, reader)));
}

function readRow(value: Value, node: Node, where: string, reader: Reader): readonly Complex[] | undefined {
  if (value.kind !== "list") {
    return reader.fault(node, where, `must be a row (a list of numbers), but is ${describe(value)}`);
  }
  return complete(
    value.items.map((item, column) => {
      if (item.kind === "number" && item.value.every(Number.isFinite)) return item.value;
      const found = item.kind === "number" ? formatComplex(item.value) : describe(item);
      const message = `must be a finite number, but is ${found}`;
      return reader.fault(entryNode(node, column), `${where}[${column + 1}]`, message);
    }),
  );
}

/** Whether it is n x n and Hermitian. */
function isDecayMatrix(rows: Rows, node: Node, where: string, n: number, reader: Reader): boolean {
  const before = reader.faults.count;
  if (rows.length !== n) {
    reader.fault(node, where, `must have one row for each operator (${n}), but has ${rows.length}`);
  }
  rows.forEach((row, index) => {
    if (row.length === rows.length) return;
    const message = `must have as many entries as there are rows (${rows.length}), but has ${row.length}`;
    reader.fault(entryNode(node, index), `${where}[${index + 1}]`, message);
  });
  if (reader.faults.count > before) return false;
  const largest = rows.flat().reduce((most, element) => Math.max(most, abs(element)), 0);
  if (!(largest <= LIMITS.largest)) {
    reader.fault(node, where, tooLarge("have elements of", "has", largest));
    return false;
  }
  for (const [i, row] of rows.entries()) {
    for (const [j, element] of row.entries()) {
      const mirror = rows[j]?.[i] ?? element;
      if (j < i || abs(subtract(element, conjugate(mirror))) <= HERMITIAN_TOLERANCE * largest) continue;
      const found = i === j ? "has" : `has ${formatComplex(mirror)} at [${j + 1}][${i + 1}] and`;
      const message = `must be Hermitian, but ${found} ${formatComplex(element)} here`;
      reader.fault(entryNode(entryNode(node, i), j), `${where}[${i + 1}][${j + 1}]`, message);
      return false;
    }
  }
  return true;
}

/** Rates and eigenvalues below this fraction of the largest are 0: the elements are not known better. */
const ZERO = HERMITIAN_TOLERANCE;

function collectiveChannels(
  name: string,
  rows: Rows,
  node: Node,
  operators: readonly Operator[],
  reader: Reader,
): readonly Channel[] {
  const where = `channels.${name}.matrix`;
  const hermitian = rows.map((row, i) =>
    row.map((element, j) => scale(add(element, conjugate(rows[j]?.[i] ?? element)), 0.5)),
  );
  const modes = eigenmodes(hermitian);
  const largest = modes.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  const least = modes.at(-1)?.value ?? 0;
  if (least < -ZERO * largest) {
    const message = `must have no negative eigenvalue, but has ${Number(least.toPrecision(6))}`;
    return reader.fault(node, where, message) ?? [];
  }
  const decaying = modes.filter(({ value }) => value > ZERO * largest);
  noteDropped(name, modes.length - decaying.length, modes.length, reader);
  const channels = reader.compute(node, where, ({ budget, dimensions, at }) => {
    const terms = operators.reduce((sum, operator) => sum + operator.terms.length + operator.dyads.length, 0);
    budget.spend(terms * decaying.length, at);
    return decaying.map(({ value, vector }, m) => {
      const parts = operators.map((operator, j) => scaleOperator(operator, vector[j] ?? [0, 0]));
      return { name: `${name}${m + 1}`, rate: value, operator: simplify(addOperators(parts), dimensions) };
    });
  });
  return channels ?? [];
}

function noteDropped(name: string, dropped: number, all: number, reader: Reader): void {
  if (dropped === 0) return;
  reader.notes.push(
    `channels.${name}: ${dropped} of the ${all} modes of the matrix ${dropped === 1 ? "has" : "have"} rate 0 and ` +
      `${dropped === 1 ? "makes" : "make"} no channel`,
  );
}
