import { type Entry, type MappingNode, type Node, readDocument } from "./document.ts";
import { Faults, type Location } from "./faults.ts";
import type { Model } from "./model.ts";
import { describeNode, Reader } from "./reader.ts";
import { readDynamics } from "./sections/channels.ts";
import { readDensity, readEnsemble, readTitle } from "./sections/ensemble.ts";
import { readInitial } from "./sections/initial.ts";
import { readMeasures } from "./sections/measures.ts";
import { readObservables } from "./sections/operators.ts";
import { nodeOf, readParameters, type Setting } from "./sections/parameters.ts";
import { announceSites, readSites } from "./sections/sites.ts";
import { readTimes } from "./sections/times.ts";

export type { Setting } from "./sections/parameters.ts";

export interface ParseOptions {
  /** The file's name, for messages. */
  readonly file: string;
  /** Parameters to replace before later expressions are evaluated; of equal names the last one holds. */
  readonly set?: readonly Setting[];
  /** Expressions in the parameters, evaluated when the whole file has been read: real numbers. */
  readonly evaluate?: readonly Setting[];
  /** Tells by their places which entries are not read: "observables.energy", "measures.C". */
  readonly leaveOut?: (place: string) => boolean;
}

export interface ParsedModel {
  readonly model: Model;
  /** Remarks for the user, such as weights that were normalised. */
  readonly notes: readonly string[];
}

export interface ParsedFile extends ParsedModel {
  /** Where a part of the model stands ("sites", "measures.S", ...), for what is only found out later. */
  readonly locate: (where: string) => Location;
  /** By name: what `evaluate` asked for. */
  readonly values: Readonly<Record<string, number>>;
}

const SECTIONS = [
  "title",
  "parameters",
  "sites",
  "hamiltonian",
  "channels",
  "initial",
  "times",
  "observables",
  "measures",
  "ensemble",
  "density",
] as const;
const REQUIRED = ["sites", "initial", "times"] as const;

/** Names the schema to editors, in JSON, where a comment cannot: no part of the model. */
const FOR_EDITORS = "$schema";

/**
 * Reads a model file (YAML 1.2 or JSON).
 * @throws InputError with every fault found, in the order of the text
 */
export function parseModel(text: string, options: ParseOptions): ParsedFile {
  const faults = new Faults();
  const root = readDocument(text, options.file, faults);
  const reader = new Reader(faults);
  const kept = root && options.leaveOut ? without(root, options.leaveOut) : root;
  const model = kept === undefined ? undefined : readRoot(kept, options.set ?? [], reader);
  const values = (options.evaluate ?? []).flatMap((setting) => {
    const value = model && reader.number(nodeOf(setting), setting.name, {});
    return value === undefined ? [] : [[setting.name, value] as const];
  });
  faults.throwIfAny();
  if (model === undefined) throw new Error("a model without faults must have been read");
  const start = { file: options.file };
  const locate = (where: string): Location => (root === undefined ? start : placeOf(root, where));
  return { model, locate, notes: reader.notes, values: Object.fromEntries(values) };
}

/** The key of `where`, or of as much of it as is written. */
function placeOf(root: Node, where: string): Location {
  let node: Node | undefined = root;
  let place = root.location;
  for (const name of where.split(".")) {
    const entry: Entry | undefined =
      node?.kind === "mapping" ? node.entries.find(({ key }) => key === name) : undefined;
    if (entry === undefined) break;
    node = entry.value;
    place = entry.keyLocation;
  }
  return place;
}

function without(root: Node, leaveOut: (place: string) => boolean): Node {
  if (root.kind !== "mapping") return root;
  const entries = root.entries.map((entry) => {
    const { key: section, value } = entry;
    if (value.kind !== "mapping") return entry;
    const kept = value.entries.filter(({ key }) => !leaveOut(`${section}.${key}`));
    return { ...entry, value: { ...value, entries: kept } };
  });
  return { ...root, entries };
}

function readRoot(root: Node, settings: readonly Setting[], reader: Reader): Model | undefined {
  if (root.kind === "mapping") return readModel(root, settings, reader);
  const found = root.kind === "scalar" && root.empty ? "empty" : describeNode(root);
  if (root.kind !== "broken")
    reader.fault(root, "", `must be a mapping with the keys of a model, but is ${found}`);
  return undefined;
}

/** The sections in the order in which they need each other. What it gives is a model if the reader met no fault. */
export function readModel(root: MappingNode, settings: readonly Setting[], reader: Reader): Model {
  const entries = root.entries.filter(({ key }) => key !== FOR_EDITORS);
  const sections = reader.keys({ ...root, entries }, "", SECTIONS, REQUIRED);
  const section = (name: (typeof SECTIONS)[number]): Node | undefined => sections.get(name);
  announceSites(section("sites"), reader);
  const parameters = readParameters(section("parameters"), settings, reader);
  const sites = readSites(section("sites"), reader);
  return {
    title: readTitle(section("title"), reader),
    parameters,
    sites,
    ...readDynamics(section("hamiltonian"), section("channels"), reader),
    initial: readInitial(section("initial"), reader),
    times: readTimes(section("times"), reader),
    observables: readObservables(section("observables"), reader),
    measures: readMeasures(section("measures"), reader),
    ensemble: readEnsemble(section("ensemble"), reader),
    density: readDensity(section("density"), reader),
  };
}
