import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { formatDuration, startProgress } from "#src/cli/progress.js";

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.useFakeTimers();
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("progress without a terminal", () => {
  test("a run that is soon over leaves no trace", async () => {
    const progress = await startProgress("trajectories", false, "evolution without a jump");
    progress.update(0, 1000);
    vi.advanceTimersByTime(9000);
    progress.update(10, 1000);
    vi.advanceTimersByTime(9000);
    progress.update(900, 1000);
    progress.stop();
    vi.advanceTimersByTime(60_000);
    expect(said).toEqual([]);
  });

  test("says what goes on where nothing is finished, and once how long the rest may take", async () => {
    const progress = await startProgress("trajectories", false, "evolution without a jump");
    vi.advanceTimersByTime(10_000);
    expect(said).toEqual(["note: evolution without a jump: nothing finished after 10 s\n"]);
    progress.update(0, 1000);
    vi.advanceTimersByTime(20_000);
    progress.update(2, 1000);
    vi.advanceTimersByTime(20_000);
    progress.update(4, 1000);
    progress.stop();
    expect(said.slice(1)).toEqual(["note: trajectories: 0.2 % after 20 s, so that the rest may take 3 h\n"]);
  });

  test("says nothing when asked to", async () => {
    const progress = await startProgress("trajectories", true);
    vi.advanceTimersByTime(60_000);
    progress.update(1, 1_000_000);
    progress.stop();
    expect(said).toEqual([]);
  });
});

test.each([
  [12.4, "12 s"],
  [119, "119 s"],
  [600, "10 min"],
  [9980, "3 h"],
  [1e6, "12 days"],
])("%d s: %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
