import { afterEach, expect, test, vi } from "vitest";
import { stoppable } from "#src/cli/stop.js";

afterEach(() => {
  vi.restoreAllMocks();
});

/** Work that goes on until the signal is set off. */
const untilStopped = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve("stopped"));
  });

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s lets the work end by itself", async (name) => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const listeners = process.listenerCount(name);
  const work = stoppable(untilStopped);
  process.emit(name);
  expect(await work).toBe("stopped");
  expect(said).toHaveBeenCalledOnce();
  expect(process.listenerCount(name)).toBe(listeners);
});

test("a second signal ends the program at once", async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  const work = stoppable(untilStopped);
  process.emit("SIGINT");
  expect(() => process.emit("SIGINT")).toThrow("exit 130");
  expect(exit).toHaveBeenCalledWith(130);
  await work;
});
