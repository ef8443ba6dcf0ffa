import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seedKey } from "#src/trajectories/seed.js";

describe("seedKey", () => {
  test("the words of a seed never change: results of old seeds stay reproducible", () => {
    expect([...seedKey("fig4")]).toEqual([...seedKey("fig4")]);
    expect([...seedKey("fig4")]).toMatchInlineSnapshot(`
      [
        731408930,
        2882919569,
        2477789786,
        2352894503,
      ]
    `);
    expect([...seedKey("")]).toMatchInlineSnapshot(`
      [
        808652792,
        2563510094,
        1835486740,
        2412566300,
      ]
    `);
  });
  test("texts that seedrandom itself would take for the same: repetitions, other scripts", () => {
    const seeds = ["7", "77", "777", "ab", "abab", "a", "\u0161", "", "\0", " ", "7 "];
    const keys = seeds.map((seed) => seedKey(seed).join());
    expect(new Set(keys).size).toBe(seeds.length);
  });
  test("different texts have different keys", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
        fc.pre(a !== b);
        expect(seedKey(a).join()).not.toBe(seedKey(b).join());
      }),
    );
  });
});
