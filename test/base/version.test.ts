import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { VERSION } from "#src/base/version.js";

test("the version in the code is the package's", () => {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  expect(JSON.parse(text)).toMatchObject({ version: VERSION });
});
