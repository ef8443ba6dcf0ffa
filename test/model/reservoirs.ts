// What the tests of waveguides and of decay matrices share.
import { expect } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { addOperators, scaleOperator } from "#src/model/algebra.js";
import type { Channel, Model, Operator } from "#src/model/model.js";
import type { Result } from "#src/results/result.js";
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

/** Of what the exact solver finds. */
export const TOLERANCE = 1e-12;

interface Sections {
  readonly sites?: string;
  readonly hamiltonian?: string;
  readonly channels: string;
  readonly initial: string;
  readonly observables: string;
  readonly measures?: string;
  readonly times?: string;
}
export const model = (sections: Sections): Model =>
  modelWith({ times: "list(j, 0, 20, j/4)", sites: "{ q: { kind: qubit, count: 3 } }", ...sections });

/** Everything that is linear in rho of up to 3 qubits and keeps or changes the number of excitations by one. */
export const EVERYTHING =
  "{ n: n(q), p12: sp(q1)*sm(q2), p13: sp(q1)*sm(q3), p23: sp(q2)*sm(q3), nn: n(q1)*n(q2)*n(q3), s: sm(q), H: hamiltonian }";

export function expectSameMeans(found: Result, expected: Result, names: readonly string[]): void {
  let worst = 0;
  for (const name of names) {
    const [a, b] = [found.observables[name], expected.observables[name]];
    a?.mean.forEach((mean, k) => {
      const [re, im] = [mean - (b?.mean[k] ?? Number.NaN), (a.meanIm?.[k] ?? 0) - (b?.meanIm?.[k] ?? 0)];
      worst = Math.max(worst, Math.abs(re), Math.abs(im));
    });
  }
  expect(worst).toBeLessThan(TOLERANCE);
}
export const MOMENTS = ["n1", "n2", "n3", "p12", "p13", "p23", "nn", "s1", "s2", "s3"];
/** Populated in every sector, with phases between sectors. */
export const MIXED_UP = "(1 + 0.3*sp(q1))*(sp(q2) + 0.5i)*(1 + 2*sp(q3))*ground";

/** Total number of jumps: how it is shared out between equal channels is no physics. */
export const jumps = (result: Result): number =>
  Object.values(result.channels).reduce((sum, { jumps }) => sum + jumps, 0);
