/** What a file of click statistics has of each detector. */
export const CLICK_QUANTITIES = ["numbers", "firstWait", "rate", "waits", "g2"] as const;
export type ClickQuantity = (typeof CLICK_QUANTITIES)[number];

/** One number from the records, beside the exact one where it is known. */
export interface ClickBin {
  /** Times, lags, or numbers of clicks (from = to); to = null: and more. */
  readonly from: number;
  readonly to: number | null;
  /** null where there is nothing to divide by. */
  readonly value: number | null;
  /** null where it cannot be known. */
  readonly standardError: number | null;
  readonly exact: number | null;
}

/** Probabilities below this are rounding. */
const ROUNDING = 1e-12;

/** Whether anything there can happen at all, as far as is known: a system that clicks once has no second click. */
export const happens = (bins: readonly ClickBin[]): boolean =>
  bins.some(
    ({ value, exact }) => (value !== null && exact === null) || Math.max(value ?? 0, exact ?? 0) > ROUNDING,
  );

/** An expected number of trajectories below this does not occur. */
const NEVER = 0.01;

/** How many of the numbers of clicks 0, 1, ... there are to show: up to the last that has been met or might well have been. */
export function numbersThatOccur(numbers: readonly ClickBin[], trajectories: number): number {
  return (
    1 + numbers.findLastIndex(({ value, exact }) => (value ?? 0) > 0 || (exact ?? 0) * trajectories > NEVER)
  );
}
