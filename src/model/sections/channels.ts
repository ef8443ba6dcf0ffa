import { addOperators, largestElement, simplify, ZERO_OPERATOR } from "../algebra.ts";
import type { Entry, MappingNode, Node } from "../document.ts";
import { LIMITS } from "../limits.ts";
import { meantBy } from "../meant.ts";
import type { Channel, Operator } from "../model.ts";
import { GeneratedNames, type Reader, tooLarge } from "../reader.ts";
import { dimensionsOf } from "../sites.ts";
import { readDecayMatrix } from "./decay-matrix.ts";
import { readOperators, realsOf } from "./lists.ts";
import { readHamiltonian } from "./operators.ts";
import { type GuidedEmitters, readWaveguide } from "./waveguide.ts";

/** The Hamiltonian and the channels together: a waveguide is part of both. */
export interface Dynamics {
  readonly hamiltonian: Operator;
  readonly channels: readonly Channel[];
}

export function readDynamics(
  hamiltonianNode: Node | undefined,
  channelsNode: Node | undefined,
  reader: Reader,
): Dynamics {
  const written = readHamiltonian(hamiltonianNode, reader);
  const entries = reader.section(channelsNode, "channels", "a mapping from names to channels");
  // Before all other channels, for the Hamiltonian, which those may use, is not complete without them.
  const guides = readGuides(entries, reader);
  const hamiltonian = written && completeHamiltonian(written, [...guides.values()], reader);
  reader.names.hamiltonian = hamiltonian ?? null;
  const names = new GeneratedNames(reader, "channels");
  const channels = entries.flatMap((entry) => {
    names.check(entry);
    const made = guides.has(entry) ? (guides.get(entry)?.channels ?? []) : readChannel(entry, reader);
    return made.filter((channel) => names.take(channel.name, entry) && isComputable(channel, entry, reader));
  });
  return { hamiltonian: hamiltonian ?? ZERO_OPERATOR, channels };
}

/** Rate and operator each keep their limit; so must rate |L|^2. */
function isComputable({ rate, operator }: Channel, { key, value }: Entry, reader: Reader): boolean {
  const largest = largestElement(operator);
  const decay = rate * largest * largest;
  if (decay <= LIMITS.largest) return true;
  reader.fault(value, `channels.${key}`, tooLarge("decay at rates (rate |L|^2) of", "decays at", decay));
  return false;
}

function readGuides(
  entries: readonly Entry[],
  reader: Reader,
): ReadonlyMap<Entry, GuidedEmitters | undefined> {
  const guides = new Map<Entry, GuidedEmitters | undefined>();
  for (const entry of entries) {
    const { value } = entry;
    if (value.kind === "mapping" && formOf(value) === "waveguide") {
      guides.set(entry, readWaveguide(entry.key, value, reader));
    }
  }
  return guides;
}

function completeHamiltonian(
  written: Operator,
  guides: readonly (GuidedEmitters | undefined)[],
  reader: Reader,
): Operator | undefined {
  const exchange: Operator[] = [];
  for (const guide of guides) {
    if (guide === undefined) return undefined;
    exchange.push(...guide.exchange);
  }
  if (exchange.length === 0) return written;
  return simplify(addOperators([written, ...exchange]), dimensionsOf(reader.names.sites ?? []));
}

const FORMS = ["waveguide", "matrix"] as const;
const KEYS = ["rate", "operator", "each", ...FORMS];

/** What a channel is: it has one of these keys, perhaps misspelt, or else jump operators of its own. */
const formOf = ({ entries }: MappingNode): (typeof FORMS)[number] | undefined =>
  FORMS.find((form) => entries.some(({ key }) => key === form || meantBy(key, KEYS) === form));

/** One channel for each jump operator. */
function readChannel({ key, value }: Entry, reader: Reader): readonly Channel[] {
  const where = `channels.${key}`;
  const mapping = reader.mapping(value, where, "a mapping with rate and operator (or each)");
  if (mapping === undefined) return [];
  if (formOf(mapping) === "matrix") return readDecayMatrix(key, mapping, reader);
  const keys = reader.keys(mapping, where, KEYS, ["rate"]);
  const rateNode = keys.get("rate");
  const operatorNode = keys.get("operator");
  const eachNode = keys.get("each");
  const both = operatorNode !== undefined && eachNode !== undefined;
  const unknownKeys = mapping.entries.length > keys.size;
  if (both || (operatorNode === undefined && eachNode === undefined && !unknownKeys)) {
    reader.fault(mapping, where, `must have operator or each, but has ${both ? "both" : "neither"}`);
    return [];
  }
  if (eachNode !== undefined) return readEach(key, rateNode, eachNode, reader);
  const rate = rateNode === undefined ? undefined : reader.number(rateNode, `${where}.rate`, { atLeast: 0 });
  const operator =
    operatorNode === undefined ? undefined : reader.operator(operatorNode, `${where}.operator`);
  return rate === undefined || operator === undefined ? [] : [{ name: key, rate, operator }];
}

function readEach(
  key: string,
  rateNode: Node | undefined,
  eachNode: Node,
  reader: Reader,
): readonly Channel[] {
  const where = `channels.${key}`;
  const rate = rateNode === undefined ? undefined : readRates(rateNode, `${where}.rate`, reader);
  const operators = readOperators(
    eachNode,
    `${where}.each`,
    reader,
    "; a single one stands behind operator:",
  );
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
    const value = typeof rate === "number" ? rate : rate?.[index];
    return value === undefined ? [] : [{ name: `${key}${index + 1}`, rate: value, operator }];
  });
}

/** One rate for all, or a list with one for each. */
function readRates(node: Node, where: string, reader: Reader): number | readonly number[] | undefined {
  const value = reader.value(node, where, "a real number >= 0, or a list of such");
  if (value === undefined) return undefined;
  if (value.kind !== "list") return reader.realOf(value, node, where, { atLeast: 0 });
  return realsOf(value, node, where, { atLeast: 0 }, reader);
}
