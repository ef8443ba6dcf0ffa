import fc from "fast-check";
import { expect, test } from "vitest";
import { type JumpRecords, REPLICATES } from "#src/kernel/types.js";
import { clickGrid, detectorsOf } from "#src/records/grid.js";
import { ClickTallies, type Tally } from "#src/records/tally.js";

const CHANNELS = ["a", "b"];
const GRID = clickGrid(1, 10, 5, 3);
const MOST = [3, 3, 3];
const TRAJECTORIES = 70;

interface Click {
  readonly trajectory: number;
  readonly time: number;
  readonly channel: number;
}

const clicks: fc.Arbitrary<Click[]> = fc
  .array(
    fc.record({
      trajectory: fc.nat({ max: TRAJECTORIES - 1 }),
      time: fc.double({ min: 0, max: 10, noNaN: true }),
      channel: fc.nat({ max: 1 }),
    }),
    { maxLength: 200 },
  )
  .map((list) => list.sort((a, b) => a.trajectory - b.trajectory || a.time - b.time));

const recordsOf = (list: readonly Click[]): JumpRecords => ({
  trajectory: Float64Array.from(list, ({ trajectory }) => trajectory),
  time: Float64Array.from(list, ({ time }) => time),
  channel: Uint32Array.from(list, ({ channel }) => channel),
});

function tallied(pieces: readonly (readonly Click[])[]): readonly Tally[] {
  const tallies = new ClickTallies(CHANNELS, detectorsOf(CHANNELS), GRID, MOST);
  for (const piece of pieces) tallies.add(recordsOf(piece));
  return tallies.finish(TRAJECTORIES);
}

const countsOf = (tally: Tally) =>
  Object.entries(tally).map(([name, histogram]) => [
    name,
    Array.from({ length: REPLICATES }, (_, r) => [...histogram.of(r)]),
  ]);

test("the pieces in which records come mean nothing", () => {
  fc.assert(
    fc.property(clicks, fc.array(fc.nat({ max: 200 }), { maxLength: 5 }), (list, cuts) => {
      const ends = [...cuts.sort((a, b) => a - b), list.length];
      const pieces = ends.map((end, i) => list.slice(ends[i - 1] ?? 0, end));
      expect(tallied(pieces).map(countsOf)).toEqual(tallied([list]).map(countsOf));
    }),
    { numRuns: 50, seed: 1 },
  );
});

test("every number against its definition, for all channels and each", () => {
  const widths = { bin: 10 / 5, lag: 3 / 5 };
  // Window [1, 7), to rounding 10 cells; lags below 3.
  const sorted = (x: number, width: number) => Math.floor(x / width);
  fc.assert(
    fc.property(clicks, (list) => {
      tallied([list]).forEach((tally, number) => {
        const seen = number === 0 ? list : list.filter(({ channel }) => channel === number - 1);
        for (let r = 0; r < REPLICATES; r++) {
          const mine = Array.from({ length: TRAJECTORIES }, (_, k) => k)
            .filter((k) => k % REPLICATES === r)
            .map((k) => seen.filter(({ trajectory }) => trajectory === k).map(({ time }) => time));
          const count = (of: (times: readonly number[]) => number) =>
            mine.reduce((sum, times) => sum + of(times), 0);
          tally.numbers.of(r).forEach((value, n) => {
            expect(value).toBe(count(({ length }) => (Math.min(length, 3) === n ? 1 : 0)));
          });
          const inWindow = (t: number) => t >= 1 && sorted(t - 1, widths.lag) < 10;
          expect(tally.window.of(r)[0]).toBe(count((times) => times.filter(inWindow).length));
          for (let bin = 0; bin < 5; bin++) {
            const isBin = (t: number) => Math.min(4, sorted(t, widths.bin)) === bin;
            expect(tally.rate.of(r)[bin]).toBe(count((times) => times.filter(isBin).length));
            expect(tally.firstWait.of(r)[bin]).toBe(
              count(([first]) => (first !== undefined && isBin(first) ? 1 : 0)),
            );
            const behind = (times: readonly number[], i: number) =>
              times.slice(i + 1).filter((t) => sorted(t - (times[i] ?? 0), widths.lag) === bin).length;
            expect(tally.pairs.of(r)[bin]).toBe(
              count((times) => times.reduce((sum, t, i) => sum + (inWindow(t) ? behind(times, i) : 0), 0)),
            );
            const next = (times: readonly number[], i: number) => behind(times.slice(0, i + 2), i);
            expect(tally.waits.of(r)[bin]).toBe(
              count((times) => times.reduce((sum, t, i) => sum + (inWindow(t) ? next(times, i) : 0), 0)),
            );
          }
        }
      });
    }),
    { numRuns: 20, seed: 2 },
  );
});
