import type { Evidence } from "#src/trajectories/evidence.js";

export const TIMES = 20;
/** Of 10,000 independent trajectories, half of which have jumped at any time. */
export const evidence: Evidence = {
  sampling: "plain",
  trajectories: 10_000,
  replicates: 32,
  jumpWeight: 1,
  disturbed: new Array<number>(TIMES).fill(0.5),
  observables: new Map(),
  measures: new Map(),
  jumpEvenness: new Map(),
  lostPhase: 0,
  jumpBound: 10,
  mostJumps: Number.POSITIVE_INFINITY,
};
