import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseModel } from "#src/model/file.js";
import { type JsonSchema, modelSchema } from "#src/model/schema.js";
import { isName } from "#src/model/tokens.js";
import { messagesIn } from "../support/faults.js";

const FOLDER = new URL("../../examples/", import.meta.url);
const examples = readdirSync(FOLDER).filter((file) => /\.(yaml|json)$/.test(file));
const definitions = modelSchema.definitions ?? {};

const resolve = (schema: JsonSchema): JsonSchema =>
  schema.$ref === undefined ? schema : (definitions[schema.$ref.replace("#/definitions/", "")] ?? {});

const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/** What a document breaks, for the words of draft-07 that the schema uses. */
function faults(schema: JsonSchema, value: unknown, path = "$"): string[] {
  const { type, enum: allowed, pattern, anyOf, minItems, items } = resolve(schema);
  const found: string[] = [];
  if (type !== undefined && ![type].flat().includes(typeOf(value))) found.push(`${path} is no ${type}`);
  if (allowed !== undefined && !allowed.some((one) => one === value))
    found.push(`${path} is none of ${allowed}`);
  if (pattern !== undefined && typeof value === "string" && !new RegExp(pattern, "u").test(value)) {
    found.push(`${path} does not match ${pattern}`);
  }
  if (anyOf?.every((one) => faults(one, value, path).length > 0)) {
    found.push(`${path} fits nothing`);
  }
  if (Array.isArray(value)) {
    if (value.length < (minItems ?? 0)) found.push(`${path} is too short`);
    for (const [k, item] of value.entries()) found.push(...faults(items ?? {}, item, `${path}[${k}]`));
  } else if (typeof value === "object" && value !== null) {
    found.push(...objectFaults(resolve(schema), value, path));
  }
  return found;
}

function objectFaults(schema: JsonSchema, value: object, path: string): string[] {
  const { required = [], properties = {}, additionalProperties, propertyNames } = schema;
  const found = required.filter((key) => !(key in value)).map((key) => `${path}.${key} is missing`);
  for (const [key, item] of Object.entries(value)) {
    const here = `${path}.${key}`;
    if (propertyNames !== undefined) found.push(...faults(propertyNames, key, here));
    const property = properties[key] ?? additionalProperties;
    if (property === false) found.push(`${here} is unknown`);
    else if (typeof property === "object") found.push(...faults(property, item, here));
  }
  return found;
}

/** All schemas inside. */
const parts = (schema: JsonSchema): JsonSchema[] => {
  const { properties = {}, anyOf = [], items, additionalProperties, definitions = {} } = schema;
  const inner = [...Object.values(properties), ...anyOf, ...Object.values(definitions)];
  if (items !== undefined) inner.push(items);
  if (typeof additionalProperties === "object") inner.push(additionalProperties);
  return [schema, ...inner.flatMap(parts)];
};

test("the file in the repository is this schema", () => {
  const file = readFileSync(new URL("../../src/model.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(file)).toEqual(JSON.parse(JSON.stringify(modelSchema)));
});

test("the package exports the schema", () => {
  expect(JSON.parse(readFileSync(new URL(import.meta.resolve("mcwf/schema.json")), "utf8"))).toEqual(
    JSON.parse(JSON.stringify(modelSchema)),
  );
});

test("every key has a description", () => {
  const keys = parts(modelSchema).flatMap(({ properties = {} }) => Object.entries(properties));
  expect(keys.length).toBeGreaterThan(25);
  expect(keys.filter(([, schema]) => schema.description === undefined)).toEqual([]);
});

test.each(parts(modelSchema).filter(({ examples }) => examples !== undefined))(
  "the examples of $description fit it",
  (schema) => {
    for (const example of schema.examples ?? []) expect(faults(schema, example)).toEqual([]);
  },
);

test.each(examples)("%s fits", (file) => {
  expect(faults(modelSchema, parse(readFileSync(new URL(file, FOLDER), "utf8")))).toEqual([]);
});

/** The smallest model, with what a test is about. */
const withSections = (sections: object): object => ({
  sites: { q: "qubit" },
  initial: "ground",
  times: [0],
  ...sections,
});

const readerFaults = (document: object): string[] =>
  messagesIn(() => parseModel(JSON.stringify(document), { file: "model.json" }));

const recordsIn = (schema: JsonSchema | undefined): JsonSchema[] =>
  parts(schema ?? {})
    .map(resolve)
    .flatMap(parts)
    .filter(({ properties }) => properties !== undefined);

/** The forms of a channel that cannot do without a key. */
const channelsWith = (key: string): JsonSchema[] =>
  recordsIn(definitions.channel).filter(({ required }) => required?.includes(key));

/** Where the format has a fixed set of keys: a document with a wrong key there, and the schema's records of that place. */
const KEYED: readonly [where: string, document: object, records: JsonSchema[]][] = [
  ["", withSections({ wrong: 1 }), [modelSchema]],
  ["sites.q", withSections({ sites: { q: { kind: "qubit", wrong: 1 } } }), recordsIn(definitions.site)],
  [
    "channels.c",
    withSections({ channels: { c: { rate: 1, operator: "sm(q)", wrong: 1 } } }),
    // With one of the last two it would be a channel of another form.
    [...channelsWith("rate"), { properties: { waveguide: {}, matrix: {} } }],
  ],
  [
    "channels.guide",
    withSections({ channels: { guide: { waveguide: "q", kx: [0], rate: 1, wrong: 1 } } }),
    channelsWith("waveguide"),
  ],
  [
    "channels.decay",
    withSections({ channels: { decay: { matrix: [[1]], operators: ["sm(q)"], wrong: 1 } } }),
    channelsWith("matrix"),
  ],
  [
    "initial[1]",
    withSections({ initial: [{ weight: 1, state: "ground", wrong: 1 }] }),
    recordsIn(modelSchema.properties?.initial),
  ],
  [
    "times",
    withSections({ times: { from: 0, to: 1, points: 2, wrong: 1 } }),
    recordsIn(modelSchema.properties?.times),
  ],
  ["ensemble", withSections({ ensemble: { wrong: 1 } }), recordsIn(modelSchema.properties?.ensemble)],
];

describe.each(KEYED)("keys of %s", (where, document, records) => {
  test("are the same for the reader and the schema", () => {
    const [fault, ...others] = readerFaults(document);
    expect(others).toEqual([]);
    const keys = /^(.*?)\.?wrong: must be one of the keys (.*), but is "wrong"/.exec(fault ?? "");
    expect(keys?.[1]).toBe(where);
    const known = new Set(records.flatMap(({ properties }) => Object.keys(properties ?? {})));
    known.delete("$schema"); // for editors, no key of a model
    expect([...known].sort()).toEqual(keys?.[2]?.split(", ").sort());
  });

  test("and no others fit the schema", () => {
    expect(faults(modelSchema, document)).not.toEqual([]);
  });
});

test.each(modelSchema.required ?? [])("%s is required by both", (key) => {
  const rest = Object.fromEntries(Object.entries(withSections({})).filter(([name]) => name !== key));
  expect(readerFaults(rest)).toEqual([`${key}: must be given, but is missing`]);
  expect(faults(modelSchema, rest)).toEqual([`$.${key} is missing`]);
});

test.each<[string, object]>([
  [
    "sections left empty",
    { title: null, parameters: null, hamiltonian: null, channels: null, ensemble: null },
  ],
  ["more left empty", { observables: null, measures: null, density: null }],
  ["names in other alphabets", { parameters: { ω: 1, κ_2: 2 }, sites: { q: "qubit", 量子: "qubit" } }],
  [
    "names that are any text",
    { channels: { "in → out": { rate: 1, operator: "sm(q)" } }, observables: { "⟨n⟩, 1": "n(q)" } },
  ],
  ["more of such", { measures: { "S / bit": "entropy(q)" } }],
  ["where the schema is", { $schema: "model.schema.json" }],
  ["times by rule", { times: "list(j, 0, 10, 2^j)" }],
  ["lists of operators", { observables: { x: ["sx(q)", "sy(q)"] } }],
  ["operators that are numbers", { hamiltonian: [1, "n(q)"] }],
  ["a list behind each", { channels: { c: { rate: ["1", 2], each: ["sm(q)", "sp(q)"] } } }],
  ["a waveguide of one site", { channels: { c: { waveguide: "q", kx: ["pi"], rate: 1, chirality: -1 } } }],
  [
    "a waveguide of lists, with positions",
    { channels: { c: { waveguide: ["q", "sm(q)", ["q"]], x: [0, 1, 2], k: "2*pi", right: 1, left: "0" } } },
  ],
  ["positions by rule", { channels: { c: { waveguide: "sm(q)", x: "list(j, 1, 1, j)", k: 1, rate: 1 } } }],
  [
    "a matrix",
    {
      channels: {
        c: {
          matrix: [
            [1, "i/2"],
            ["-i/2", 1],
          ],
          operators: ["sm(q)", "sp(q)"],
        },
      },
    },
  ],
  [
    "rows by rule",
    { channels: { c: { matrix: ["list(j, 1, 2, 1)", [1, 1]], operators: ["sm(q)", "sp(q)"] } } },
  ],
  [
    "a matrix by rule",
    { channels: { c: { matrix: "list(l, 1, 1, list(j, 1, 1, 1))", operators: "list(j, 1, 1, sm(q))" } } },
  ],
  ["unquoted numbers as texts", { title: 1, ensemble: { seed: 7 } }],
])("what the reader accepts, the schema accepts: %s", (_, sections) => {
  expect(readerFaults(withSections(sections))).toEqual([]);
  expect(faults(modelSchema, withSections(sections))).toEqual([]);
});

test("a name that the reader accepts fits the schema, whatever its letters", () => {
  const pattern = modelSchema.properties?.sites?.propertyNames?.pattern ?? "";
  expect(modelSchema.properties?.parameters?.propertyNames?.pattern).toBe(pattern);
  const characters = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code));
  const accepted = characters.flatMap((character) => [character, `a${character}`].filter(isName));
  expect(accepted.length).toBeGreaterThan(200_000);
  for (const flags of ["u", ""]) {
    const fits = new RegExp(pattern, flags);
    expect(accepted.filter((name) => !fits.test(name))).toEqual([]);
  }
});

test.each<[string, object]>([
  ["a site of no kind", { sites: { q: "qbit" } }],
  ["two kinds at once", { sites: { q: { spin: 1, fock: 2 } } }],
  ["a name that is none", { parameters: { "2x": 1 } }],
  ["a channel without a rate", { channels: { c: { operator: "sm(q)" } } }],
  ["a channel with operator and each", { channels: { c: { rate: 1, operator: "sm(q)", each: "sm(q)" } } }],
  ["a waveguide with an operator", { channels: { c: { waveguide: "q", operator: "sm(q)" } } }],
  ["a matrix of nothing", { channels: { c: { matrix: [[1]] } } }],
  ["a matrix in one row", { channels: { c: { matrix: [[[1]]], operators: ["sm(q)"] } } }],
  ["an unknown density", { density: "last" }],
  ["an unknown measure", { measures: { m: "entanglement(q)" } }],
  ["a mapping as an operator", { hamiltonian: { x: 1 } }],
])("what the schema refuses, the reader refuses: %s", (_, sections) => {
  expect(faults(modelSchema, withSections(sections))).not.toEqual([]);
  expect(readerFaults(withSections(sections))).not.toEqual([]);
});
