import type { Entry, MappingNode, Node } from "../document.ts";
import { LIMITS } from "../limits.ts";
import { didYouMean } from "../meant.ts";
import type { Site } from "../model.ts";
import { nameFault } from "../names.ts";
import { describeNode, type Reader } from "../reader.ts";
import { fockSite, levelsSite, qubitSite, spinSite } from "../sites.ts";

/** How sites of an entry are made: a kind with its size. */
type Make = (named: Pick<Site, "name" | "array" | "member">) => Site;

const KINDS = ["kind", "levels", "spin", "fock"] as const;
const WHAT = "qubit, or a mapping such as { kind: qubit }, { levels: [g, e] }, { spin: 1/2 } or { fock: 12 }";

/** Makes the names of all sites known before their sizes are, for messages of what is evaluated earlier. */
export function announceSites(node: Node | undefined, reader: Reader): void {
  if (node?.kind !== "mapping") return;
  for (const { key } of node.entries) {
    if (reader.names.get(key) === undefined) reader.names.set(key, { kind: "unsized" });
  }
}

/** Sites in tensor order, arrays expanded. With any fault no sites are known, and nothing is said of what needs them. */
export function readSites(node: Node | undefined, reader: Reader): readonly Site[] {
  const before = reader.faults.count;
  const section =
    node === undefined ? undefined : reader.mapping(node, "sites", "a mapping from names to sites");
  if (section !== undefined && section.entries.length === 0) {
    reader.fault(section, "sites", "must have at least one site, but has none");
  }
  const sites: Site[] = [];
  for (const entry of section?.entries ?? []) {
    if (!readEntry(entry, sites, reader)) reader.names.set(entry.key, { kind: "broken" });
  }
  const complete = section !== undefined && sites.length > 0 && reader.faults.count === before;
  if (complete) reader.names.sites = sites;
  else reader.names.breakSites();
  if (section === undefined) reader.names.incomplete = true;
  return sites;
}

/** Adds the sites of one entry; false where it has a fault. */
function readEntry(entry: Entry, sites: Site[], reader: Reader): boolean {
  const where = `sites.${entry.key}`;
  const wrong = nameFault(entry.key) ?? takenBy(entry.key, reader);
  if (wrong !== undefined) {
    reader.faults.add(entry.keyLocation, where, wrong);
    return false;
  }
  const spec = readSpec(entry.value, where, reader);
  if (spec === undefined) return false;
  const { make, count } = spec;
  const dimension = make({ name: entry.key }).dimension;
  if (!fits(sites, count ?? 1, dimension, entry, reader)) return false;
  if (count === undefined) {
    reader.names.set(entry.key, { kind: "site", site: sites.length });
    sites.push(make({ name: entry.key }));
    return true;
  }
  return readMembers(entry, make, count, sites, reader);
}

function takenBy(name: string, reader: Reader): string | undefined {
  const kind = reader.names.get(name)?.kind;
  if (kind === undefined || kind === "unsized") return undefined;
  const owner = kind === "parameter" || kind === "broken" ? "a parameter" : "another site";
  return `must be a new name, but ${owner} is called ${name}`;
}

function readMembers(entry: Entry, make: Make, count: number, sites: Site[], reader: Reader): boolean {
  const members: number[] = [];
  for (let member = 1; member <= count; member++) {
    const name = `${entry.key}${member}`;
    const binding = reader.names.get(name);
    if (binding !== undefined) {
      reader.faults.add(
        entry.keyLocation,
        `sites.${entry.key}`,
        `must make new names for its members, but ${name} is taken by another ${binding.kind === "parameter" ? "name: a parameter" : "site"}`,
      );
      return false;
    }
    reader.names.set(name, { kind: "site", site: sites.length });
    members.push(sites.length);
    sites.push(make({ name, array: entry.key, member }));
  }
  reader.names.set(entry.key, { kind: "array", sites: members });
  return true;
}

function fits(
  sites: readonly Site[],
  count: number,
  dimension: number,
  entry: Entry,
  reader: Reader,
): boolean {
  const levels = sites.reduce((sum, site) => sum + site.dimension, 0) + count * dimension;
  const message =
    sites.length + count > LIMITS.sites
      ? `must leave at most ${LIMITS.sites} sites in all, but makes ${sites.length + count}`
      : levels > LIMITS.allLevels
        ? `must leave at most ${LIMITS.allLevels} levels of all sites together, but makes ${levels}`
        : undefined;
  if (message === undefined) return true;
  reader.fault(entry.value, `sites.${entry.key}`, message);
  return false;
}

function readSpec(node: Node, where: string, reader: Reader): { make: Make; count?: number } | undefined {
  if (node.kind === "scalar" && node.text.trim() === "qubit") return { make: qubitSite };
  if (node.kind === "scalar" && !node.empty) {
    const hint = didYouMean(node.text, ["qubit"]);
    return reader.fault(node, where, `must be ${WHAT}, but is "${node.text}"${hint}`);
  }
  const mapping = reader.mapping(node, where, WHAT);
  if (mapping === undefined) return undefined;
  const before = reader.faults.count;
  const keys = reader.keys(mapping, where, [...KINDS, "count"], []);
  const count = reader.numberAt(keys, where, "count", { whole: true, atLeast: 1, atMost: LIMITS.sites });
  const make = readKind(mapping, keys, where, reader);
  if (make === undefined || reader.faults.count > before || (keys.has("count") && count === undefined)) {
    return undefined;
  }
  return count === undefined ? { make } : { make, count };
}

function readKind(
  mapping: MappingNode,
  keys: ReadonlyMap<string, Node>,
  where: string,
  reader: Reader,
): Make | undefined {
  const given = KINDS.filter((key) => keys.has(key));
  const [key] = given;
  if (key === undefined || given.length > 1) {
    // An unknown key was told already, and was probably meant to be the kind.
    if (key === undefined && mapping.entries.length > keys.size) return undefined;
    const found = key === undefined ? "none" : given.join(" and ");
    return reader.fault(mapping, where, `must have one of ${KINDS.join(", ")}, but has ${found}`);
  }
  const node = keys.get(key);
  if (node === undefined) return undefined;
  const path = `${where}.${key}`;
  if (key === "levels") return readLevels(node, path, reader);
  if (key === "spin") return readSpin(node, path, reader);
  if (key === "fock") {
    const size = reader.number(node, path, { whole: true, atLeast: 1, atMost: LIMITS.levels });
    return size === undefined ? undefined : (named) => fockSite(named, size);
  }
  const kind = reader.scalar(node, path, "qubit");
  if (kind === undefined) return undefined;
  if (kind.text.trim() === "qubit") return qubitSite;
  return reader.fault(
    node,
    path,
    `must be qubit (other sites are { levels: [...] }, { spin: j }, { fock: levels }), but is "${kind.text}"`,
  );
}

function readSpin(node: Node, where: string, reader: Reader): Make | undefined {
  const j = reader.number(node, where, { atLeast: 0, atMost: (LIMITS.levels - 1) / 2 });
  if (j === undefined) return undefined;
  if (Number.isInteger(2 * j)) return (named) => spinSite(named, j);
  return reader.fault(node, where, `must be a half-integer (0, 1/2, 1, ...), but is ${j}`);
}

function readLevels(node: Node, where: string, reader: Reader): Make | undefined {
  if (node.kind === "broken") return undefined;
  if (node.kind !== "sequence" || node.items.length === 0) {
    const found = node.kind === "sequence" ? "an empty list" : describeNode(node);
    return reader.fault(node, where, `must be a list of labels, lowest first, but is ${found}`);
  }
  const labels: string[] = [];
  node.items.forEach((item, index) => {
    const path = `${where}[${index + 1}]`;
    if (item.kind === "broken") return;
    if (item.kind !== "scalar" || item.text === "") {
      reader.fault(item, path, `must be a label, but is ${describeNode(item)}`);
    } else if (labels.includes(item.text)) {
      reader.fault(item, path, `must be a new label, but "${item.text}" is given twice`);
    } else labels.push(item.text);
  });
  return labels.length === node.items.length ? (named) => levelsSite(named, labels) : undefined;
}
