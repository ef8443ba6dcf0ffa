import type { Result } from "#src/results/result.js";
import type { SolvedSystem } from "./systems.js";

export interface Deviation {
  readonly where: string;
  readonly size: number;
}

/** The largest |result - closed form| over all means, times and jump counts; NaN or a missing value counts as Infinity. */
export function largestDeviation(system: SolvedSystem, result: Result): Deviation {
  let worst: Deviation = { where: "nowhere", size: 0 };
  const note = (where: string, difference: number): void => {
    const size = Number.isFinite(difference) ? Math.abs(difference) : Number.POSITIVE_INFINITY;
    if (size > worst.size) worst = { where, size };
  };
  for (const [name, mean] of Object.entries(system.means)) {
    const series = result.observables[name] ?? result.measures[name];
    system.model.times.forEach((t, index) => {
      const value = mean(t);
      const [re, im] = typeof value === "number" ? [value, 0] : value;
      note(`${name} at ${t}`, (series?.mean[index] ?? Number.NaN) - re);
      const found =
        typeof value === "number" ? (series?.meanIm?.[index] ?? 0) : (series?.meanIm?.[index] ?? Number.NaN);
      note(`Im ${name} at ${t}`, found - im);
    });
  }
  const end = system.model.times.at(-1) ?? 0;
  for (const [name, count] of Object.entries(system.jumps)) {
    note(`jumps of ${name}`, (result.channels[name]?.jumps ?? Number.NaN) - count(end));
  }
  return worst;
}
