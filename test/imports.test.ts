import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** What each folder of src/ may import besides itself, from the table in CONTRIBUTING.md: "all above", less some, or a list. */
function layersAllowed(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(new URL("../CONTRIBUTING.md", import.meta.url), "utf8");
  const allowed = new Map<string, readonly string[]>();
  for (const [, layer = "", cell = ""] of text.matchAll(/^\| `(\w+)` \|[^|]*\|([^|]*)\|[^|]*\|$/gm)) {
    const names: readonly string[] = cell.match(/\w+/g) ?? [];
    const above = [...allowed.keys()];
    allowed.set(layer, names[0] === "all" ? above.filter((name) => !names.includes(name)) : names);
  }
  return allowed;
}
const MAY_IMPORT = layersAllowed();

interface Source {
  /** Path below src/. */
  readonly path: string;
  /** Without comments and without the insides of strings. */
  readonly code: string;
  /** Paths below src/ that it imports, types included. */
  readonly imports: readonly string[];
}

const SRC = new URL("../src/", import.meta.url).pathname;
/** Generated from assembly/ by the build. */
const KERNEL_BINDING = "../build/kernel.js";
const STRING_OR_COMMENT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;

const sources: readonly Source[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => {
    const text = readFileSync(join(SRC, path), "utf8");
    const quoted = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map(
      (match) => match[1] ?? "",
    );
    const relative = quoted.filter((name) => name.startsWith("."));
    return {
      path,
      code: text.replace(STRING_OR_COMMENT, (found) => (found.startsWith("/") ? "" : '""')),
      imports: relative
        .map((name) => normalize(join(dirname(path), name)))
        .filter((name) => name !== KERNEL_BINDING),
    };
  });

/** The folder directly below src/, or "" for a file of src/ itself, which is what users import and may see everything. */
const layerOf = (path: string): string => (path.includes("/") ? (path.split("/")[0] ?? "") : "");

test("the sources were found and read", () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.find(({ path }) => path === "results/csv.ts")?.imports).toContain("model/model.ts");
});

test("every folder of src/ has its place among the layers", () => {
  const layers = new Set(sources.map(({ path }) => layerOf(path)).filter((layer) => layer !== ""));
  expect([...layers].filter((layer) => !MAY_IMPORT.has(layer))).toEqual([]);
});

test("imports point downward", () => {
  const wrong = sources.flatMap(({ path, imports }) => {
    const layer = layerOf(path);
    if (layer === "")
      return imports.filter((name) => layerOf(name) === "cli").map((name) => `${path} -> ${name}`);
    const allowed = [layer, ...(MAY_IMPORT.get(layer) ?? [])];
    return imports.filter((name) => !allowed.includes(layerOf(name))).map((name) => `${path} -> ${name}`);
  });
  expect(wrong).toEqual([]);
});

test("each row of the table names rows above it alone", () => {
  const layers = [...MAY_IMPORT.keys()];
  expect(layers.length).toBeGreaterThan(10);
  for (const [place, layer] of layers.entries()) {
    const above = layers.slice(0, place);
    expect(MAY_IMPORT.get(layer)?.filter((name) => !above.includes(name))).toEqual([]);
  }
});

test("no file imports itself, directly or through others", () => {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
    if (done.has(path) || trail.includes(path)) return;
    for (const name of importsOf.get(path) ?? []) visit(name, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  expect(circles).toEqual([]);
});

/** Where `pattern` occurs in the code of the files that `within` picks. */
function findings(pattern: RegExp, within: (source: Source) => boolean): string[] {
  return sources
    .filter(within)
    .flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([found]) => `${path}: ${found}`));
}

test("what reaches a trajectory result is computed with + - * / sqrt alone", () => {
  // Engines differ in the last bits of everything else, also of x ** y; these are exact everywhere.
  const layers = ["base", "model", "compile", "kernel", "workers", "trajectories"];
  const exact =
    "abs|min|max|floor|ceil|round|trunc|sign|sqrt|fround|clz32|imul|PI|E|LN2|LN10|LOG2E|LOG10E|SQRT2|SQRT1_2";
  const exempt = [
    "base/statistics.ts", // for verdicts, as the next one
    "trajectories/student.ts",
    "trajectories/measure-scale.ts", // measures, which are not linear, are promised to 1e-12 and not to the bit
  ];
  const reaches = ({ path }: Source) => layers.includes(layerOf(path)) && !exempt.includes(path);
  expect(findings(new RegExp(`\\bMath\\.(?!(?:${exact})\\b)\\w+|\\*\\*`, "g"), reaches)).toEqual([]);
});

test("only the kernel's host code knows the kernel's memory", () => {
  const binding = sources.filter(
    ({ path, code }) => layerOf(path) !== "kernel" && code.includes("KernelExports"),
  );
  expect(binding.map(({ path }) => path)).toEqual([]);
  expect(findings(/\bmemory\.buffer\b/g, ({ path }) => layerOf(path) !== "kernel")).toEqual([]);
});

test("only the commands print, set exit codes or read the environment", () => {
  const pattern = /\bconsole\.\w+|\bprocess\.(?:stdout|stderr|exit|exitCode|env|argv)\b/g;
  expect(findings(pattern, ({ path }) => layerOf(path) !== "cli")).toEqual([]);
});
