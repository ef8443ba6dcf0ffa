/** Trajectories one by one, as figures show them. */

/** Jumps as a file of records has them: entry i of each list belongs to jump i. */
export interface JumpList {
  readonly trajectory: readonly number[];
  readonly time: readonly number[];
  /** Names. */
  readonly channel: readonly string[];
}

/** What one trajectory of an ensemble measures. */
export interface SingleTrajectory {
  readonly index: number;
  readonly times: readonly number[];
  /** <psi|O|psi> by observable. */
  readonly values: Readonly<Record<string, SingleValues>>;
}

/** One a time. */
export interface SingleValues {
  readonly real: readonly number[];
  /** Only where the observable is not Hermitian. */
  readonly imaginary?: readonly number[];
}
