import { readFileSync } from "node:fs";
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

test("every file that the documents link to is there", () => {
  for (const path of [
    "README.md",
    "CONTRIBUTING.md",
    "docs/model-file.md",
    "docs/figures.md",
    "examples/README.md",
  ]) {
    const links = [...read(path).matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? "");
    for (const link of links) {
      expect(() => readFileSync(new URL(link, new URL(`../${path}`, import.meta.url)))).not.toThrow(/ENOENT/);
    }
  }
});
