import { NumericsError } from "../base/errors.ts";
import type { Routes } from "../figures/routes.ts";
import type { Result } from "../results/result.ts";
import { solveInThread } from "./routes.ts";

/** From so many times on a curve looks smooth as it is. */
const ENOUGH_TIMES = 100;
const FINE_STEPS = 200;
/** A second or two. */
const MOMENT = { maxElements: 10_000, maxWork: 2e9 };

/**
 * The systems with exact curves that can be drawn: the master equation again, at times in between those of the file, where
 * these are few and the system is small. Everything else stays as it is.
 */
export const withFineExact = <T extends Routes>(systems: readonly T[]): Promise<T[]> =>
  Promise.all(
    systems.map(async (system) => {
      const { exact } = system;
      return exact === undefined ? system : { ...system, exact: await refined(exact) };
    }),
  );

async function refined(exact: Result): Promise<Result> {
  const { model, times } = exact;
  if (times.length < 2 || times.length >= ENOUGH_TIMES) return exact;
  try {
    return await solveInThread(
      { ...model, times: between(times), density: "none" },
      { signal: new AbortController().signal, onProgress: () => undefined, ...MOMENT },
    );
  } catch (error) {
    if (error instanceof NumericsError) return exact;
    throw error;
  }
}

/** Each interval in equal parts of about the same length everywhere; the times themselves are among them. */
function between(times: readonly number[]): number[] {
  const [first = 0, last = first] = [times[0], times.at(-1)];
  const inner = times.slice(1).flatMap((end, index) => {
    const start = times[index] ?? end;
    const parts = Math.max(1, Math.round((FINE_STEPS * (end - start)) / (last - first)));
    return Array.from({ length: parts }, (_, part) =>
      part + 1 === parts ? end : start + ((end - start) * (part + 1)) / parts,
    );
  });
  return [first, ...inner];
}
