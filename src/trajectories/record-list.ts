import { NumericsError } from "../base/errors.ts";
import type { JumpRecords } from "../kernel/types.ts";

/** 20 bytes a jump, twice while they are joined: 0.8 GB. */
export const MOST_KEPT_JUMPS = 20_000_000;

/** Jump records of batches, in the order in which they are added. */
export class RecordList {
  readonly #most: number;
  readonly #parts: JumpRecords[] = [];
  #length = 0;

  constructor(most = MOST_KEPT_JUMPS) {
    this.#most = most;
  }

  /** @throws NumericsError where there are more than can be kept */
  add(part: JumpRecords): void {
    this.#length += part.time.length;
    if (this.#length > this.#most) {
      throw new NumericsError(
        `jump records: ${this.#most} jumps at most can be kept in memory, but this run makes more; ` +
          "take them piece by piece instead (--records FILE writes any number)",
      );
    }
    this.#parts.push(part);
  }

  /** All of them in one piece. */
  joined(): JumpRecords {
    const trajectory = new Float64Array(this.#length);
    const time = new Float64Array(this.#length);
    const channel = new Uint32Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      trajectory.set(part.trajectory, at);
      time.set(part.time, at);
      channel.set(part.channel, at);
      at += part.time.length;
    }
    return { trajectory, time, channel };
  }
}
