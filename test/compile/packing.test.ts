import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareKets, createPacking, levelOf, packKet } from "#src/compile/packing.js";
import type { Site } from "#src/model/model.js";
import { fockSite } from "#src/model/sites.js";

const RUNS = { numRuns: 200, seed: 7 };

describe("packing", () => {
  const dimensions = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 40 });
  const sites = (sizes: readonly number[]): Site[] =>
    sizes.map((dimension, s) => fockSite({ name: `c${s}` }, dimension));

  test("levels come back, and no site straddles a word", () => {
    fc.assert(
      fc.property(dimensions, fc.nat(), (sizes, salt) => {
        const packing = createPacking(sites(sizes));
        const levels = sizes.map((size, s) => (salt * 7919 + s * 104729) % size);
        const ket = packKet(
          packing,
          levels.map((level, s) => [s, level] as const),
        );
        expect(levels.map((_, s) => levelOf(packing, ket, 0, s))).toEqual(levels);
        packing.shift.forEach((shift, s) => {
          expect(shift + (packing.mask[s] ?? 0).toString(2).length).toBeLessThanOrEqual(32);
        });
      }),
      RUNS,
    );
  });

  test("the order of packed kets is the order of the product", () => {
    fc.assert(
      fc.property(dimensions, fc.nat(), fc.nat(), (sizes, a, b) => {
        const packing = createPacking(sites(sizes));
        const level = (salt: number, s: number): number => (salt * 31 + s * s * 17) % (sizes[s] ?? 1);
        const pack = (salt: number): Uint32Array =>
          packKet(
            packing,
            sizes.map((_, s) => [s, level(salt, s)] as const),
          );
        const first = sizes.map((_, s) => level(a, s) - level(b, s)).find((d) => d !== 0) ?? 0;
        const both = Uint32Array.of(...pack(a), ...pack(b));
        expect(Math.sign(compareKets(both, packing.words, 0, packing.words))).toBe(Math.sign(first));
      }),
      RUNS,
    );
  });
});
