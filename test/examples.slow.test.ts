import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseModel } from "#src/model/file.js";
import { compare } from "#src/simulate.js";

const FOLDER = new URL("../examples/", import.meta.url);
const files = readdirSync(FOLDER).filter((file) => /\.(yaml|json)$/.test(file));

// Seeds and numbers of trajectories are those of the files: what a user sees who tries one.
test.each(files)(
  "%s: the routes agree",
  async (file) => {
    const { model } = parseModel(readFileSync(new URL(file, FOLDER), "utf8"), { file });
    const { verdict } = await compare(model);
    expect(verdict.agree, JSON.stringify(verdict.worst)).toBe(true);
  },
  60_000,
);
