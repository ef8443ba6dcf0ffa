import type { JumpRecords } from "../kernel/types.ts";

/** Jump records of batches, in the order in which they are added. */
export class RecordList {
  readonly #parts: JumpRecords[] = [];

  add(part: JumpRecords | null): void {
    if (part !== null) this.#parts.push(part);
  }

  /** All of them in one piece. */
  joined(): JumpRecords {
    const length = this.#parts.reduce((sum, part) => sum + part.time.length, 0);
    const trajectory = new Float64Array(length);
    const time = new Float64Array(length);
    const channel = new Uint32Array(length);
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
