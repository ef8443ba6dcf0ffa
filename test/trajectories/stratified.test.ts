import fc from "fast-check";
import { expect, test } from "vitest";
import { arcCountVariance, stratifiedVariance } from "#src/trajectories/stratified.js";

const frac = (x: number) => x - Math.floor(x);

/** The van der Corput sequence from its definition: binary digits mirrored at the point. */
const mirrored = (j: number) =>
  Number.parseInt([...j.toString(2)].reverse().join(""), 2) / 2 ** j.toString(2).length;

/** E N^2 - (E N)^2 from the overlaps of all pairs of shifted arcs. */
function byPairs(count: number, p: number): number {
  const points = Array.from({ length: count }, (_, j) => mirrored(j));
  const overlap = (d: number) => Math.max(0, p - d) + Math.max(0, p - (1 - d));
  const pairs = points.flatMap((x, i) => points.map((y, j) => (i === j ? p : overlap(frac(x - y)))));
  return pairs.reduce((sum, part) => sum + part, 0) - (count * p) ** 2;
}

test("variance of the number of points in an arc: as from all pairs", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, p) => {
      expect(arcCountVariance(count, p)).toBeCloseTo(byPairs(count, p), 9);
    }),
  );
});

test("2^a points: as for any lattice", () => {
  for (const count of [1, 2, 64, 2 ** 20]) {
    const f = frac(count * 0.3);
    expect(arcCountVariance(count, 0.3)).toBeCloseTo(f * (1 - f), 9);
  }
});

test("the fraction of all draws adds up from independent replicates", () => {
  const counts = Float64Array.from([4, 4, 3, 3]);
  const expected = (2 * byPairs(4, 0.3) + 2 * byPairs(3, 0.3)) / 14 ** 2;
  expect(stratifiedVariance(counts, 0.3)).toBeCloseTo(expected, 12);
});
