import { conjugate } from "../../base/complex.ts";
import { addOperators, multiplyOperators, scaleOperator, simplify } from "../algebra.ts";
import type { MappingNode, Node } from "../document.ts";
import { LIMITS } from "../limits.ts";
import type { Channel, Operator } from "../model.ts";
import type { Reader } from "../reader.ts";
import { loweringOperator, siteAt } from "../sites.ts";
import { describe, type Value } from "../values.ts";
import { exchangePairs, exchangeTerms, rightWeights, type Waveguide } from "../waveguide.ts";
import { complete, entryNode, realsOf } from "./lists.ts";

/** What emitters in a waveguide come to: a channel for each direction, and terms of the Hamiltonian. */
export interface GuidedEmitters {
  readonly channels: readonly Channel[];
  readonly exchange: readonly Operator[];
}

const KEYS = ["waveguide", "kx", "x", "k", "rate", "chirality", "right", "left"];
const EMITTERS = "sites or lowering operators";
const POSITIONS = "a list of real numbers, one for each emitter";

type Keys = ReadonlyMap<string, Node>;

/**
 * `{ waveguide: emitters, kx: [...], rate: total, chirality: -1 ... 1 }`, with `x` and `k` in place of `kx`, `right` and
 * `left` in place of `rate` and `chirality`. Makes the channels NAME_R and NAME_L.
 */
export function readWaveguide(
  name: string,
  mapping: MappingNode,
  reader: Reader,
): GuidedEmitters | undefined {
  const where = `channels.${name}`;
  const before = reader.faults.count;
  const keys = reader.keys(mapping, where, KEYS, ["waveguide"]);
  const unknownKeys = mapping.entries.length > keys.size;
  const node = keys.get("waveguide");
  const emitters = node && readEmitters(node, `${where}.waveguide`, reader);
  const places = readPlaces(keys, mapping, where, unknownKeys, reader);
  const rates = readRates(keys, mapping, where, unknownKeys, reader);
  if (places !== undefined && emitters !== undefined && places.positions.length !== emitters.length) {
    reader.fault(
      places.node,
      `${where}.${places.key}`,
      `must have one entry for each emitter (${emitters.length}), but has ${places.positions.length}`,
    );
  }
  if (!node || !emitters || !places || !rates || reader.faults.count > before) return undefined;
  const { positions, k } = places;
  return expand(name, node, emitters, { positions, k, ...rates }, reader);
}

/** Sites stand for their lowering operators; arrays and lists for their members. */
function readEmitters(node: Node, where: string, reader: Reader): readonly Operator[] | undefined {
  const whole = node.kind !== "sequence";
  const items = whole ? [node] : node.items;
  const groups = complete(
    items.map((item, index) => readGroup(item, whole ? where : `${where}[${index + 1}]`, reader)),
  );
  if (groups?.every((group) => group.length === 0)) {
    return reader.fault(node, where, `must be ${EMITTERS}, but is an empty list`);
  }
  return groups?.flat();
}

function readGroup(node: Node, where: string, reader: Reader): readonly Operator[] | undefined {
  const value = reader.value(node, where, EMITTERS);
  if (value === undefined) return undefined;
  const members = value.kind === "list" ? value.items : [value];
  return complete(members.map((member, index) => lowering(member, entryNode(node, index), where, reader)));
}

function lowering(value: Value, node: Node, where: string, reader: Reader): Operator | undefined {
  if (value.kind === "operator") return reader.operatorOf(value, node, where);
  if (value.kind !== "site") {
    return reader.fault(node, where, `must be ${EMITTERS}, but is ${describe(value)}`);
  }
  const sites = reader.names.sites ?? [];
  const operator = loweringOperator(sites, value.site);
  if (operator !== undefined) return operator;
  const { name, dimension } = siteAt(sites, value.site);
  return reader.fault(
    node,
    where,
    `must be a lowering operator where a site has ${dimension} named levels, but is ${name}; write transition(${name}, to, from)`,
  );
}

interface Places extends Pick<Waveguide, "positions" | "k"> {
  /** Where the positions stand, for faults. */
  readonly key: string;
  readonly node: Node;
}

/** kx, or x and k. */
function readPlaces(
  keys: Keys,
  mapping: MappingNode,
  where: string,
  unknownKeys: boolean,
  reader: Reader,
): Places | undefined {
  const phases = keys.get("kx");
  const [x, k] = [keys.get("x"), keys.get("k")];
  if (phases !== undefined && x === undefined && k === undefined) {
    const positions = readPositions(phases, `${where}.kx`, reader);
    return positions && { positions, k: 1, key: "kx", node: phases };
  }
  if (phases !== undefined || x === undefined || k === undefined) {
    return unknownKeys ? undefined : oneOf("kx, or x and k", ["kx", "x", "k"], keys, mapping, where, reader);
  }
  const positions = readPositions(x, `${where}.x`, reader);
  const wavenumber = reader.number(k, `${where}.k`, { atLeast: 0 });
  return positions && wavenumber !== undefined ? { positions, k: wavenumber, key: "x", node: x } : undefined;
}

function readPositions(node: Node, where: string, reader: Reader): readonly number[] | undefined {
  const value = reader.value(node, where, POSITIONS);
  if (value === undefined) return undefined;
  if (value.kind === "list") return realsOf(value, node, where, {}, reader);
  return reader.fault(node, where, `must be ${POSITIONS}, but is ${describe(value)}`);
}

/** rate and perhaps chirality, or right and left. */
function readRates(
  keys: Keys,
  mapping: MappingNode,
  where: string,
  unknownKeys: boolean,
  reader: Reader,
): Pick<Waveguide, "right" | "left"> | undefined {
  const [rate, chirality] = [keys.get("rate"), keys.get("chirality")];
  const [right, left] = [keys.get("right"), keys.get("left")];
  const read = (node: Node, key: string): number | undefined =>
    reader.number(node, `${where}.${key}`, { atLeast: 0 });
  if (right && left && !rate && !chirality) {
    const [toRight, toLeft] = [read(right, "right"), read(left, "left")];
    return toRight === undefined || toLeft === undefined ? undefined : { right: toRight, left: toLeft };
  }
  if (!rate || right || left) {
    const all = ["rate", "chirality", "right", "left"];
    const what = "rate (and chirality), or right and left";
    return unknownKeys ? undefined : oneOf(what, all, keys, mapping, where, reader);
  }
  const total = read(rate, "rate");
  const bias = chirality ? reader.number(chirality, `${where}.chirality`, { atLeast: -1, atMost: 1 }) : 0;
  if (total === undefined || bias === undefined) return undefined;
  return { right: total * ((1 + bias) / 2), left: total * ((1 - bias) / 2) };
}

function oneOf(
  what: string,
  all: readonly string[],
  keys: Keys,
  mapping: MappingNode,
  where: string,
  reader: Reader,
): undefined {
  const given = all.filter((key) => keys.has(key));
  const found = given.length === 0 ? "none of them" : given.join(" and ");
  return reader.fault(mapping, where, `must have ${what}, but has ${found}`);
}

function expand(
  name: string,
  node: Node,
  emitters: readonly Operator[],
  guide: Waveguide,
  reader: Reader,
): GuidedEmitters | undefined {
  const where = `channels.${name}.waveguide`;
  const pairs = exchangePairs(guide);
  const size = (index: number): number =>
    (emitters[index]?.terms.length ?? 0) + (emitters[index]?.dyads.length ?? 0);
  const terms = pairs.reduce((sum, { to, from }) => sum + 2 * size(to) * size(from), 0);
  if (terms > LIMITS.exchange) {
    return reader.fault(
      node,
      where,
      `must make at most ${LIMITS.exchange} terms of exchange between emitters, but makes ${terms}`,
    );
  }
  return reader.compute(node, where, ({ budget, dimensions, at }) => {
    const exchange = exchangeTerms(emitters, pairs, (a, b) => {
      budget.product(a, b, at);
      return simplify(multiplyOperators(a, b), dimensions);
    });
    const toRight = rightWeights(guide);
    const collective = (weights: typeof toRight): Operator =>
      simplify(
        addOperators(
          weights.flatMap((weight, j) => (emitters[j] ? [scaleOperator(emitters[j], weight)] : [])),
        ),
        dimensions,
      );
    return {
      channels: [
        { name: `${name}_R`, rate: guide.right, operator: collective(toRight) },
        { name: `${name}_L`, rate: guide.left, operator: collective(toRight.map(conjugate)) },
      ],
      exchange,
    };
  });
}
