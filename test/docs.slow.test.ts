import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { formatSummary } from "#src/cli/report.js";
import { solveMaster } from "#src/master/solve.js";
import { parseModel } from "#src/model/file.js";

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
/** The fenced blocks of a Markdown text in one language. */
const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    (match) => match[1] ?? "",
  );

test("the README's example gives the table that the README shows", () => {
  const text = read("README.md");
  const { model } = parseModel(blocks(text, "yaml")[0] ?? "", { file: "README.md" });
  const shown = blocks(text, "text").find((block) => block.startsWith("$ npx mcwf exact")) ?? "";
  const table = shown.slice(shown.indexOf("time "));
  expect(table.split("\n").length).toBeGreaterThan(5);
  expect(formatSummary(solveMaster(model))).toContain(table);
});

test("the complete file of the model reference is one", () => {
  const complete =
    blocks(read("docs/model-file.md"), "yaml").find((block) => block.startsWith("title:")) ?? "";
  const { model } = parseModel(complete, { file: "docs/model-file.md" });
  expect(model.observables.map(({ name }) => name)).toEqual(["energy", "dark"]);
});

/** Cells of the row of a table that begins with the given cell. */
function row(text: string, first: string): string[] {
  const found = text.split("\n").find((line) => line.startsWith(`| ${first} |`)) ?? "";
  return found.split(/(?<!\\)\|/).map((cell) => cell.trim());
}

test("the matrices of a qubit's operators in the model reference are those of the program", () => {
  const reference = read("docs/model-file.md");
  const names = ["sm", "sp", "n", "sz", "sx", "sy"];
  const observables = names.map((name) => `${name}: ${name}(A)`).join(", ");
  const text = `{ sites: { A: qubit }, initial: ground, times: [0], observables: { ${observables} } }`;
  const { model } = parseModel(text, { file: "operators.yaml" });
  const values: Readonly<Record<string, [number, number]>> = {
    0: [0, 0],
    1: [1, 0],
    "-1": [-1, 0],
    i: [0, 1],
    "-i": [0, -1],
  };
  for (const { name, operator } of model.observables) {
    const shown = row(reference, `\`${name}(A)\``)[3] ?? "";
    const numbers = [...shown.matchAll(/-?[01i]/g)].map(([entry]) => values[entry] ?? [Number.NaN, 0]);
    const matrix = Array.from({ length: 4 }, (): [number, number] => [0, 0]);
    for (const { coefficient, factors } of operator.terms) {
      expect(coefficient).toEqual([1, 0]);
      for (const [to, from, re, im] of factors[0]?.elements ?? []) matrix[2 * to + from] = [re, im];
    }
    expect([name, ...numbers]).toEqual([name, ...matrix]);
  }
});

/** A project of a user: its own folder, the package in node_modules, strict types, nothing else. */
function consumer(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "mcwf-consumer-"));
  const compilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    module: "NodeNext",
    target: "ES2023",
    lib: ["ES2023", "DOM"],
    types: [],
  };
  const own = {
    "package.json": JSON.stringify({ type: "module" }),
    "tsconfig.json": JSON.stringify({ compilerOptions }),
  };
  for (const [name, text] of Object.entries({ ...own, ...files })) writeFileSync(join(folder, name), text);
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(fileURLToPath(new URL("..", import.meta.url)), join(folder, "node_modules/mcwf"), "junction");
  return folder;
}

test("the library's examples compile in a user's project and print what is shown", {
  timeout: 120_000,
}, () => {
  const text = read("docs/library.md");
  const programs = blocks(text, "ts");
  const shown = blocks(text, "text");
  expect(programs.length).toBeGreaterThan(1);
  expect(shown.length).toBe(programs.length);
  const folder = consumer(Object.fromEntries(programs.map((program, k) => [`example${k}.ts`, program])));
  try {
    const node = (...args: string[]) =>
      execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    node(fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url)), "-p", ".");
    expect(programs.map((_, k) => node(`example${k}.js`))).toEqual(shown);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every file that the documents link to is there", () => {
  const documents = readdirSync(new URL("../docs/", import.meta.url)).filter((name) => name.endsWith(".md"));
  const paths = [
    "README.md",
    "CONTRIBUTING.md",
    "examples/README.md",
    ...documents.map((name) => `docs/${name}`),
  ];
  for (const path of paths) {
    const links = [...read(path).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");
    for (const link of links) {
      expect(() => readFileSync(new URL(link, new URL(`../${path}`, import.meta.url)))).not.toThrow(/ENOENT/);
    }
  }
});
