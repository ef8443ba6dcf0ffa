import type { Outcome } from "../trajectories/options.ts";
import type { SweepRow } from "./sweep.ts";
import type { SweepPlan } from "./sweep-plan.ts";
import { computePoint, type RouteControl, type SweepRoutes } from "./sweep-point.ts";

export interface SweepRun {
  /** Finished points, in order from the first one. */
  readonly rows: readonly SweepRow[];
  /** "aborted": by the signal; "capped": a tolerance was missed somewhere. */
  readonly outcome: Outcome;
  readonly notes: readonly string[];
}

/**
 * All points, one after the other: each may use all threads, and what is finished can be kept.
 * @param falseAlarm shared out evenly among the points
 * @param control `onProgress` gets the part of the points that is done
 */
export async function runSweep(
  plan: SweepPlan,
  routes: SweepRoutes,
  falseAlarm: number,
  control: RouteControl,
): Promise<SweepRun> {
  const { points } = plan;
  const rows: SweepRow[] = [];
  const notes = new Set<string>();
  let outcome: Outcome = "complete";
  for (const [index, point] of points.entries()) {
    try {
      const { row, run } = await computePoint(point, routes, falseAlarm / points.length, {
        signal: control.signal,
        onProgress: (done) => control.onProgress((index + done) / points.length),
      });
      if (control.signal.aborted) return { rows, outcome: "aborted", notes: [...notes] };
      rows.push(row);
      if (run?.outcome === "capped") outcome = "capped";
      for (const note of run?.result.notes ?? []) notes.add(note);
    } catch (error) {
      if (!control.signal.aborted) throw error;
      return { rows, outcome: "aborted", notes: [...notes] };
    }
    control.onProgress((index + 1) / points.length);
  }
  return { rows, outcome, notes: [...notes] };
}
