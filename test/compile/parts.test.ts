import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DoubleDouble } from "#src/compile/double-double.js";
import { KetIndex } from "#src/compile/ket-index.js";
import { compareKets, createPacking, levelOf, packKet } from "#src/compile/packing.js";
import { UnionFind } from "#src/compile/union-find.js";
import type { Site } from "#src/model/model.js";
import { ketPrinter } from "#src/model/print.js";
import { fockSite, levelsSite, qubitSite, spinSite } from "#src/model/sites.js";

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

describe("ket index", () => {
  /** One word of few bits (addressed directly once it grows), one of many bits, and several words. */
  const layouts = [
    { words: 1, bits: 9 },
    { words: 1, bits: 32 },
    { words: 3, bits: 32 },
  ];
  test.each(layouts)("finds what was added, and only that: %o", (layout) => {
    const { words, bits } = layout;
    const index = new KetIndex(layout);
    const known = new Map<string, number>();
    const ket = new Uint32Array(words);
    let state = 12345;
    for (let k = 0; k < 3000; k++) {
      for (let w = 0; w < words; w++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        // Few distinct values in each word, so that kets come again.
        ket[w] = bits === 32 ? ((state >>> 20) % 37) * 0x0101_0001 : (state >>> 23) << 23;
      }
      const key = ket.join();
      const expected = known.get(key) ?? -1;
      expect(index.find(ket, 0)).toBe(expected);
      if (k % 3 === 0) {
        const number = index.add(ket, 0);
        expect(number).toBe(expected < 0 ? known.size : expected);
        known.set(key, number);
      }
    }
    expect(index.count).toBe(known.size);
    for (const [key, number] of known) {
      expect(index.kets.slice(number * words, (number + 1) * words).join()).toBe(key);
    }
    index.clear();
    expect(index.find(ket, 0)).toBe(-1);
    expect(index.add(ket, 0)).toBe(0);
  });

  test("grows to a million kets of two words", () => {
    const index = new KetIndex({ words: 2, bits: 32 });
    const ket = new Uint32Array(2);
    for (let k = 0; k < 1_000_000; k++) {
      ket[0] = k << 12;
      ket[1] = k % 5;
      index.add(ket, 0);
    }
    // k << 12 repeats after 2^20 > 10^6 values: all kets differ.
    expect(index.count).toBe(1_000_000);
    ket[0] = 777_777 << 12;
    ket[1] = 777_777 % 5;
    expect(index.find(ket, 0)).toBe(777_777);
  });
});

test("union-find agrees with a search through the links", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 40 }), (links) => {
      const sets = new UnionFind();
      sets.extend(30);
      for (const [a, b] of links) sets.join(a, b);
      for (let start = 0; start < 30; start++) {
        const members = [start];
        for (const m of members) {
          for (const [a, b] of links) {
            if (a === m && !members.includes(b)) members.push(b);
            if (b === m && !members.includes(a)) members.push(a);
          }
        }
        expect(sets.find(start)).toBe(Math.min(...members));
      }
    }),
    RUNS,
  );
});

describe("double-double sums", () => {
  const SCALE = 2 ** 60;
  /** Numbers with few bits of very different size: exact in integers of 2^-60. */
  const number = fc
    .tuple(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, exponent]) => digits * 2 ** exponent);
  const exact = (x: number): bigint => BigInt(x * SCALE);

  test("keep what doubles lose", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, fc.integer({ min: -999, max: 999 })), { maxLength: 30 }),
        (parts) => {
          const sum = new DoubleDouble();
          const product = new DoubleDouble();
          let whole = 0n;
          let size = 0;
          for (const [x, factor] of parts) {
            product.set(x, 0).multiply(factor);
            sum.add(product.hi, product.lo);
            whole += exact(x) * BigInt(factor);
            size += Math.abs(x * factor);
          }
          const error = Number(exact(sum.hi) + BigInt(Math.round(sum.lo * SCALE)) - whole) / SCALE;
          // Every addition loses at most 2^-104 of the largest partial sum.
          expect(Math.abs(error)).toBeLessThanOrEqual((parts.length + 1) * 2 ** -104 * size + 1 / SCALE);
        },
      ),
      RUNS,
    );
  });

  test("leave exactly the small difference of large energies", () => {
    const sum = new DoubleDouble();
    for (let k = 0; k < 500; k++) sum.add(1e9 + 0.1);
    for (let k = 0; k < 500; k++) sum.add(-1e9);
    // 500 times what 1e9 + 0.1 is as a number, which is not 0.1 exactly.
    expect(sum.hi).toBe(500 * (1e9 + 0.1 - 1e9));
  });
});

describe("printed kets", () => {
  test("one character a site where every label has one", () => {
    const print = ketPrinter([
      qubitSite({ name: "q" }),
      levelsSite({ name: "A" }, ["g", "e"]),
      fockSite({ name: "c" }, 10),
    ]);
    expect(print([1, 1, 9])).toBe("1e9");
  });
  test("commas otherwise, also where the labels of this ket are short", () => {
    const print = ketPrinter([
      levelsSite({ name: "A" }, ["g", "e"]),
      spinSite({ name: "S" }, 1 / 2),
      fockSite({ name: "c" }, 11),
    ]);
    expect(print([1, 0, 3])).toBe("e,-1/2,3");
    expect(print(Uint8Array.of(0, 1, 10))).toBe("g,1/2,10");
  });
});
