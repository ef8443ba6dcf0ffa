import { readFileSync } from "node:fs";
import { compare } from "mcwf";
import { describe, expect, test } from "vitest";
import { parse } from "./support.js";

describe("trajectories agree with the exact solver", () => {
  const example = (file: string): string =>
    readFileSync(new URL(`../../examples/${file}`, import.meta.url), "utf8");
  test.each([
    ["waveguide.yaml", "d", "0.2"],
    ["waveguide.yaml", "chirality", "-0.4"],
    ["chiral.yaml", "chirality", "1"],
    ["decay-matrix.yaml", "d", "0.2"],
    ["decay-matrix.yaml", "d", "0.05"],
  ])("%s with %s = %s", async (file, name, value) => {
    const { verdict } = await compare(parse(example(file), [{ name, value }]), {
      seed: "reservoirs",
      trajectories: 1000,
      workers: 0,
    });
    expect(verdict.agree).toBe(true);
  });
});
