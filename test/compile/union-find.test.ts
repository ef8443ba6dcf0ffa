import fc from "fast-check";
import { expect, test } from "vitest";
import { UnionFind } from "#src/compile/union-find.js";

const RUNS = { numRuns: 200, seed: 7 };

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
