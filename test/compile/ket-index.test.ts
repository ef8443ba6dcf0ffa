import { describe, expect, test } from "vitest";
import { KetIndex } from "#src/compile/ket-index.js";

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
