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
