import type { Result } from "../results/result.ts";
import { FEWEST_EVEN } from "../trajectories/evenness.ts";
import type { Evidence, SeriesEvidence } from "../trajectories/evidence.ts";
import { ENOUGH_EVENTS, likelyCount, type SampleLaw } from "../trajectories/unseen.ts";

/** Where more than this part of a series is uneven, all of it is taken as uneven. */
const MOSTLY_EVEN = 0.3;
/** From so many points on that part is known. */
const MANY_POINTS = 10;
/** A channel with fewer expected jumps than this may be unseen, or badly seen, as a whole. */
const RARE = 30;

/** The laws of an observable in one trajectory, by time, apart from their standard errors. */
export function observableLaws(
  { lower, upper, evenness }: SeriesEvidence,
  { disturbed, trajectories }: Evidence,
  rareJumps: number,
): Omit<SampleLaw, "standardError">[] {
  const range = upper - lower;
  const judged = evenness.filter((_, t) => (disturbed[t] ?? 1) * trajectories >= ENOUGH_EVENTS);
  const mostly = judged.filter((value) => value < FEWEST_EVEN).length <= MOSTLY_EVEN * judged.length;
  const likely = judged.length < MANY_POINTS ? 4 * range : range;
  return evenness.map((value) => ({ even: mostly && value >= FEWEST_EVEN, range, likely, rareJumps }));
}

/**
 * The law of a number of jumps. Three excitations make three jumps at most. Otherwise, whatever the state, hardly a
 * trajectory has more than twice as many as can be expected; but that bound belongs to the highest level of a mode, and a
 * channel that acts in long rare bursts alone is uneven.
 */
export function jumpLaw(
  exact: number,
  evenness: number,
  { jumpBound, mostJumps, jumpWeight }: Evidence,
  rareJumps: number,
): Omit<SampleLaw, "standardError"> {
  const range = Math.min(mostJumps, 1 + 2 * jumpBound);
  const likely = Math.min(range, likelyCount(exact / jumpWeight));
  return { even: evenness >= FEWEST_EVEN, range, likely, rareJumps };
}

/** Expected number of jumps, in all sampled trajectories together, in channels with fewer than RARE. */
export function expectedRareJumps(
  exact: Pick<Result, "channels">,
  { jumpWeight, trajectories }: Evidence,
): number {
  if (jumpWeight === 0) return 0;
  return Object.values(exact.channels)
    .map(({ jumps }) => (trajectories * jumps) / jumpWeight)
    .reduce((sum, jumps) => (jumps < RARE ? sum + jumps : sum), 0);
}
