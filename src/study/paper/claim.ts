import type { Check, CheckOutcome } from "./check.ts";
import type { SystemName } from "./systems.ts";

export const VERDICTS = ["confirmed", "confirmed with another number", "not confirmed"] as const;
export type ClaimVerdict = (typeof VERDICTS)[number];

/** Something that the paper says, or that trajectories add to it, in a form that can be computed. */
export interface Claim {
  readonly id: string;
  /** Where it stands in the paper. */
  readonly where: string;
  /** What the paper says. */
  readonly says: string;
  /** The statement itself: the claim is not confirmed unless all of these hold. */
  readonly holds: readonly Check[];
  /** The numbers as they are printed: where only these fail, the claim is confirmed with another number. */
  readonly printed?: readonly Check[];
  /** Why it comes out as expected, in physical terms. */
  readonly because: string;
  /** What is known to come out; another verdict makes the command fail. Has no part in the verdict. */
  readonly expected: ClaimVerdict;
  /** Names of figures that show it. */
  readonly figures?: readonly string[];
}

/** What the two routes of a system say of each other. */
export interface RouteAgreement {
  readonly system: SystemName;
  readonly agree: boolean;
  /** The series that disagree. */
  readonly disagreeing: readonly string[];
}

export interface ClaimOutcome {
  readonly id: string;
  readonly where: string;
  readonly says: string;
  readonly verdict: ClaimVerdict;
  readonly expected: ClaimVerdict;
  readonly holds: readonly CheckOutcome[];
  readonly printed: readonly CheckOutcome[];
  /** Routes that disagree on a system of this claim. */
  readonly disagreements: readonly RouteAgreement[];
  readonly because: string;
  readonly figures: readonly string[];
}

/** The verdict follows from what the checks found; nothing else goes in. */
export function judge(
  claim: Claim,
  outcomeOf: (check: Check) => CheckOutcome,
  agreementOf: (system: SystemName) => RouteAgreement,
): ClaimOutcome {
  const holds = claim.holds.map(outcomeOf);
  const printed = (claim.printed ?? []).map(outcomeOf);
  const systems = new Set([...claim.holds, ...(claim.printed ?? [])].map(({ system }) => system));
  const disagreements = [...systems].map(agreementOf).filter(({ agree }) => !agree);
  const { id, where, says, expected, because, figures = [] } = claim;
  const verdict = verdictOf(disagreements.length === 0, holds, printed);
  return { id, where, says, verdict, expected, holds, printed, disagreements, because, figures };
}

function verdictOf(
  routesAgree: boolean,
  holds: readonly CheckOutcome[],
  printed: readonly CheckOutcome[],
): ClaimVerdict {
  if (!routesAgree || !holds.every(passes)) return "not confirmed";
  return printed.every(passes) ? "confirmed" : "confirmed with another number";
}

/** By every route there is. */
export const passes = ({ exactHolds, trajectoriesHold }: CheckOutcome): boolean =>
  exactHolds && trajectoriesHold !== false;
