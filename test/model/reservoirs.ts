// What the tests of waveguides and of decay matrices share.
import { expect } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { addOperators, scaleOperator } from "#src/model/algebra.js";
import type { Channel, Model, Operator } from "#src/model/model.js";
import { type Dense, difference } from "../support/dense.js";
import { dimensionsOf, fullMatrix } from "../support/full-space.js";
import { modelWith } from "./support.js";

const QUBITS = "{ q: { kind: qubit, count: 3 } }";
export const SITES =
  '{ q: { kind: qubit, count: 3 }, S: { spin: 1 }, c: { fock: 2 }, A: { levels: [g, "0", e] } }';
export const withChannels = (channels: string, more: Record<string, string> = {}): Model =>
  modelWith({ sites: QUBITS, channels, ...more });

export const dense = (model: Model, operator: Operator): Dense => fullMatrix(operator, dimensionsOf(model));

export function expectEqual(found: Dense, expected: Dense, tolerance = 1e-14): void {
  expect(difference(found, expected)).toBeLessThan(tolerance);
}

/** sum of coefficient * operator, dense. */
export const combination = (model: Model, parts: readonly (readonly [Complex, Operator])[]): Dense =>
  dense(model, addOperators(parts.map(([coefficient, operator]) => scaleOperator(operator, coefficient))));

/** The operators that a model file writes, as observables. */
export const operators = (...texts: readonly string[]): readonly Operator[] =>
  withChannels("{}", {
    sites: SITES,
    observables: JSON.stringify(Object.fromEntries(texts.map((text, j) => [`o${j}`, text]))),
  }).observables.map(({ operator }) => operator);

export const channel = (model: Model, name: string): Channel => {
  const found = model.channels.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no channel ${name}`);
  return found;
};
