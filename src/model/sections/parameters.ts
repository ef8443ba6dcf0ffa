import type { Node, ScalarNode } from "../document.ts";
import { didYouMean } from "../meant.ts";
import type { ParameterValue } from "../model.ts";
import { nameFault } from "../names.ts";
import { isAbsent, type Reader } from "../reader.ts";
import { describe, type Value } from "../values.ts";

/** `--set name=value`: the value is an expression that takes the place of the parameter's own. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** What messages call the place where it was given; default "--set". */
  readonly option?: string;
}

/** The text of an option as a node of the document. */
export function nodeOf({ value, option = "--set" }: Setting): ScalarNode {
  const location = { file: option };
  return {
    kind: "scalar",
    text: value,
    quoted: false,
    empty: value.trim() === "",
    location,
    locate: () => location,
  };
}

const NUMBER_OR_LIST = "a number or a list of numbers";

/** Evaluates the parameters in the order of the text and binds their names. */
export function readParameters(
  node: Node | undefined,
  settings: readonly Setting[],
  reader: Reader,
): Record<string, ParameterValue> {
  const section = isAbsent(node)
    ? undefined
    : reader.mapping(node, "parameters", "a mapping from names to numbers");
  const entries = section?.entries ?? [];
  if (section === undefined && !isAbsent(node)) reader.names.incomplete = true;
  for (const { key } of entries) reader.names.set(key, { kind: "later" });
  const overrides = readSettings(
    settings,
    entries.map(({ key }) => key),
    reader,
  );
  const parameters: [string, ParameterValue][] = [];
  for (const { key, keyLocation, value } of entries) {
    const where = `parameters.${key}`;
    const wrong = nameFault(key);
    if (wrong !== undefined) reader.faults.add(keyLocation, where, wrong);
    const override = overrides.get(key);
    const result =
      override === undefined ? readParameter(value, where, reader) : readParameter(override, key, reader);
    reader.names.set(key, result === undefined ? { kind: "broken" } : { kind: "parameter", value: result });
    if (result !== undefined) parameters.push([key, plain(result)]);
  }
  return Object.fromEntries(parameters);
}

function readParameter(node: Node, where: string, reader: Reader): Value | undefined {
  const value = reader.value(node, where, NUMBER_OR_LIST, true);
  if (value === undefined) return undefined;
  const odd = value.kind === "list" ? value.items.find((item) => item.kind !== "number") : undefined;
  if (odd !== undefined) {
    return reader.fault(node, where, `must be ${NUMBER_OR_LIST}, but has ${describe(odd)} in the list`);
  }
  if (value.kind === "number" || value.kind === "list") return value;
  return reader.fault(node, where, `must be ${NUMBER_OR_LIST}, but is ${describe(value)}`);
}

function readSettings(
  settings: readonly Setting[],
  known: readonly string[],
  reader: Reader,
): ReadonlyMap<string, ScalarNode> {
  const overrides = new Map<string, ScalarNode>();
  for (const setting of settings) {
    const { name, option = "--set" } = setting;
    if (known.includes(name)) overrides.set(name, nodeOf(setting));
    else {
      const there = known.length === 0 ? "the file has no parameters" : `the file has ${known.join(", ")}`;
      reader.faults.add(
        { file: option },
        name,
        `must be a parameter of the file, but "${name}" is not (${there})${didYouMean(name, known)}`,
      );
    }
  }
  return overrides;
}

function plain(value: Value): ParameterValue {
  if (value.kind === "list") return value.items.map((item) => plainNumber(item));
  return plainNumber(value);
}

function plainNumber(value: Value): number | readonly [number, number] {
  if (value.kind !== "number") throw new TypeError("a parameter is a number or a list of numbers");
  return value.value[1] === 0 ? value.value[0] : value.value;
}
