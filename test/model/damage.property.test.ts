import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOf } from "./support.js";

const FOLDER = new URL("../../examples/", import.meta.url);
const EXAMPLES = readdirSync(FOLDER)
  .filter((file) => /\.(yaml|json)$/.test(file))
  .map((file) => readFileSync(new URL(file, FOLDER), "utf8"));

/** Pieces that mean something in expressions or in YAML. */
const PIECES = [
  ..."()[]{},:-+*/^.\"'#&*!|>%@`\n\t i0129e",
  "\n  ",
  "- ",
  ": ",
  ".*",
  "sum(",
  "ket(",
  "q[",
  "ground",
  "hamiltonian",
  "__proto__",
  "constructor",
  "1e999",
  "-1",
  "\u0000",
  "\ud835\udf05",
  "---\n",
  "<<: ",
];

const damaged = fc
  .tuple(
    fc.constantFrom(...EXAMPLES),
    fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom("", ...PIECES)), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, cuts]) =>
    cuts.reduce((all, [place, length, piece]) => {
      const at = place % all.length;
      return all.slice(0, at) + piece + all.slice(at + length);
    }, text),
  );

test("whatever is wrong with a file, it is a list of faults inside the file, in order", () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const lines = text.split("\n");
      const faults = faultsOf(text);
      for (const { file, line, column, message } of faults) {
        expect(file).toBe("m.yaml");
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeGreaterThanOrEqual(1);
        expect(column).toBeLessThanOrEqual((lines[(line ?? 1) - 1]?.length ?? 0) + 1);
        expect(message).toMatch(/\bmust\b/);
        expect(message).not.toMatch(/[\n\r]/);
        expect(message.length).toBeLessThan(500);
      }
      const places = faults.map(({ line, column }) => (line ?? 0) * 1e6 + (column ?? 0));
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
    { numRuns: 120 },
  );
});
