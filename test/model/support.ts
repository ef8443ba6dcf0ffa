import type { Fault } from "#src/base/errors.js";
import { parseModel, type Setting } from "#src/model/file.js";
import type { Model, Operator, ParameterValue, State } from "#src/model/model.js";
import { faultsIn, messagesIn } from "../support/faults.js";

/** A small sound model; each test replaces the sections that it is about. */
const SOUND: Readonly<Record<string, string>> = {
  parameters: "{ N: 3, k: 0.1, phi: [0, 0.4, 0.8] }",
  sites: '\n  q: { kind: qubit, count: N }\n  A: { levels: [g, "0", "1", e] }',
  initial: "ground",
  times: "[0, 1]",
};

/** The text of the sound model with other sections; null leaves one out. */
export function modelText(sections: Readonly<Record<string, string | null>> = {}): string {
  return Object.entries({ ...SOUND, ...sections })
    .filter(([, text]) => text !== null)
    .map(([key, text]) => `${key}: ${text}\n`)
    .join("");
}

export const parse = (text: string, set: readonly Setting[] = []): Model =>
  parseModel(text, { file: "m.yaml", set }).model;

export const notesOf = (text: string): readonly string[] => parseModel(text, { file: "m.yaml" }).notes;

export const modelWith = (sections: Readonly<Record<string, string | null>>): Model =>
  parse(modelText(sections));

export const faultsOf = (text: string, set: readonly Setting[] = []): readonly Fault[] =>
  faultsIn(() => parse(text, set));

/** "line:column where: message" of each fault. */
export const faultLines = (text: string, set: readonly Setting[] = []): string[] =>
  faultsOf(text, set).map(
    ({ line, column, where, message }) => `${line ?? "-"}:${column ?? "-"} ${where}: ${message}`,
  );

/** What is said of one section's value, without places. */
export const messagesOf = (sections: Readonly<Record<string, string | null>>): string[] =>
  messagesIn(() => modelWith(sections));

const quoted = (expression: string): string => JSON.stringify(expression);

/** The value of an expression in the parameters. */
export function parameter(expression: string): ParameterValue {
  const value = modelWith({ parameters: `{ N: 3, phi: [0, 0.4, 0.8], x: ${quoted(expression)} }` }).parameters
    .x;
  if (value === undefined) throw new Error("the parameter is missing");
  return value;
}

export function operatorOf(expression: string, sections: Readonly<Record<string, string>> = {}): Operator {
  const [observable] = modelWith({ ...sections, observables: `{ o: ${quoted(expression)} }` }).observables;
  if (observable === undefined) throw new Error("the observable is missing");
  return observable.operator;
}

export function stateOf(expression: string, sections: Readonly<Record<string, string>> = {}): State {
  const [component] = modelWith({ ...sections, initial: quoted(expression) }).initial;
  if (component === undefined) throw new Error("the state is missing");
  return component.state;
}
