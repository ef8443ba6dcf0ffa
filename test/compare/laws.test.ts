import { describe, expect, test } from "vitest";
import { expectedRareJumps, jumpLaw, observableLaws } from "#src/compare/laws.js";
import type { SeriesEvidence } from "#src/trajectories/evidence.js";
import { evidence, TIMES } from "../support/evidence.ts";

describe("observableLaws", () => {
  const series = (even: number, points = TIMES): SeriesEvidence => ({
    lower: -1,
    upper: 3,
    silent: [],
    evenness: Array.from({ length: points }, (_, t) => (t < even ? 0.7 : 0.1)),
  });
  test("time by time where most of the series is even", () => {
    const laws = observableLaws(series(15), evidence, 0);
    expect(laws.map(({ even }) => even)).toEqual(Array.from({ length: TIMES }, (_, t) => t < 15));
    expect(laws[0]).toMatchObject({ range: 4, likely: 4 });
  });
  test("nowhere where more than three in ten are uneven", () => {
    expect(observableLaws(series(13), evidence, 0).some(({ even }) => even)).toBe(false);
  });
  test("times at which too little has happened do not count", () => {
    const disturbed = evidence.disturbed.map((p, t) => (t < 14 ? p : 1e-3));
    expect(observableLaws(series(13), { ...evidence, disturbed }, 0)[0]?.even).toBe(true);
  });
  test("a few points tell less", () => {
    expect(observableLaws(series(3, 3), evidence, 0)[0]).toMatchObject({ even: true, range: 4, likely: 16 });
  });
});

test("expectedRareJumps adds up the channels with fewer than 30 jumps in the whole ensemble", () => {
  const channels = { often: { jumps: 0.0031 }, seldom: { jumps: 0.0029 }, never: { jumps: 0 } };
  expect(expectedRareJumps({ channels }, evidence)).toBeCloseTo(29, 9);
});

test("jumpLaw: twice the largest rate, or what the excitations allow", () => {
  expect(jumpLaw(2, 0.7, evidence, 0).range).toBe(21);
  expect(jumpLaw(2, 0.7, { ...evidence, mostJumps: 3 }, 0)).toMatchObject({ range: 3, likely: 3 });
});
