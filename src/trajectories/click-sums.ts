import { NumericsError } from "../base/errors.ts";
import { type GroupSums, REPLICATES } from "../kernel/types.ts";
import { type ReplicateSums, replicateSums } from "./ensemble-sums.ts";
import { ExactSums } from "./exact-sums.ts";

/** Numbers in all groups together: 32 bytes each in the kernel, its message and here, 1 GB. */
const MOST_NUMBERS = 1 << 25;

/** Shape of the sums of a run by the number of jumps so far. */
export interface ClickShape {
  /** 0, 1, ..., groups - 2 jumps so far, and groups - 1 or more. */
  readonly groups: number;
  readonly times: number;
  readonly moments: number;
}

/** EnsembleSums over the trajectories that have jumped a given number of times by then. */
export class ClickSums {
  readonly shape: ClickShape;
  readonly #groups: readonly { readonly moments: ExactSums; readonly counts: ExactSums }[];

  /** @throws NumericsError where they do not fit */
  constructor(shape: ClickShape) {
    const { groups, times, moments } = shape;
    const size = groups * REPLICATES * times * (moments + 1);
    if (size > MOST_NUMBERS) {
      throw new NumericsError(
        `averages by clicks: ${MOST_NUMBERS} sums at most fit, but ${groups} groups of ${times} times and ` +
          `${moments} moments need ${size}; take fewer groups or times, or density: final`,
      );
    }
    this.shape = shape;
    this.#groups = Array.from({ length: groups }, () => ({
      moments: new ExactSums(REPLICATES * times * moments),
      counts: new ExactSums(REPLICATES * times),
    }));
  }

  add(groups: readonly GroupSums[]): void {
    this.#groups.forEach(({ moments, counts }, group) => {
      const added = groups[group];
      if (added === undefined)
        throw new RangeError(
          `sums: a batch must have ${this.#groups.length} groups, but has ${groups.length}`,
        );
      moments.add(added.sums);
      counts.add(added.counts);
    });
  }

  /** Number of trajectories in the group. */
  countSums(group: number, time: number, filled: number): ReplicateSums {
    return replicateSums(this.#at(group).counts, time, this.shape.times, filled);
  }

  /** Sums of one moment over the trajectories in the group. */
  momentSums(group: number, time: number, moment: number, filled: number): ReplicateSums {
    const { times, moments } = this.shape;
    return replicateSums(this.#at(group).moments, time * moments + moment, times * moments, filled);
  }

  #at(group: number) {
    const found = this.#groups[group];
    if (found === undefined)
      throw new RangeError(`sums: there is no group ${group} of ${this.#groups.length}`);
    return found;
  }
}
