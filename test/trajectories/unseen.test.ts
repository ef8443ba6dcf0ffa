import { describe, expect, test } from "vitest";
import { type SampleLaw, unseenEvents } from "#src/trajectories/unseen.js";
import { evidence } from "../support/evidence.ts";

const law: SampleLaw = { standardError: 0.001, even: true, range: 100, likely: 100, rareJumps: 0 };

describe("unseenEvents", () => {
  test("even: three events of sqrt(sigma * range), sigma = sqrt(n) * standardError", () => {
    // sigma = 0.1, sqrt(0.1 * 100) = 3.16 > 6 sigma
    expect(unseenEvents(law, evidence)).toBeCloseTo((3 * Math.sqrt(10)) / 10_000, 12);
  });
  test("even, with a range of few deviations: six of them, at most the range", () => {
    expect(unseenEvents({ ...law, range: 2, likely: 2 }, evidence)).toBeCloseTo((3 * 0.6) / 10_000, 12);
    expect(unseenEvents({ ...law, range: 0.5, likely: 0.5 }, evidence)).toBeCloseTo((3 * 0.5) / 10_000, 12);
  });
  test("uneven, or no error known: whole ranges", () => {
    expect(unseenEvents({ ...law, even: false }, evidence)).toBeCloseTo(300 / 10_000, 12);
  });
  test("rare channels: what they can do at all, at most three times", () => {
    const without = unseenEvents(law, evidence);
    const more = (rareJumps: number) => unseenEvents({ ...law, rareJumps }, evidence) - without;
    expect(more(0.2)).toBeCloseTo((0.2 * 100) / 10_000, 12);
    expect(more(20)).toBeCloseTo((3 * 100) / 10_000, 12);
  });
  test("only the sampled part of a stratified ensemble counts", () => {
    const half = { ...evidence, jumpWeight: 0.5 };
    expect(unseenEvents({ ...law, even: false }, half)).toBeCloseTo(150 / 10_000, 12);
    // sigma of the sampled values is twice as large
    expect(unseenEvents(law, half)).toBeCloseTo((0.5 * 3 * Math.sqrt(20)) / 10_000, 12);
  });
});
