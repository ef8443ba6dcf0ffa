// Sums over trajectories in fixed point: every value is rounded once to a multiple of 2^-exponent and added as a 64-bit
// integer. Integer addition is associative, so any partition of the trajectories gives the same bits.
import { allocate } from "./memory";

/** Trajectory k belongs to replicate k mod REPLICATES. */
export const REPLICATES: i32 = 32;

export class Sums {
  readonly bytes: usize;
  readonly moments: usize;
  readonly jumpBytes: usize;
  readonly jumps: usize;
  private row: usize = 0;
  private jumpRow: usize = 0;

  /** `scales`: f64[momentCount], 2^exponent of each moment. */
  constructor(private times: i32, private momentCount: i32, channels: i32, private scales: usize) {
    this.bytes = <usize>(REPLICATES * times * momentCount) << 3;
    this.moments = allocate(this.bytes);
    this.jumpBytes = <usize>(REPLICATES * channels) << 3;
    this.jumps = allocate(this.jumpBytes);
  }

  clear(): void {
    memory.fill(this.moments, 0, this.bytes);
    memory.fill(this.jumps, 0, this.jumpBytes);
  }

  /** What follows is added to the replicate of trajectory `index`. */
  select(index: u64): void {
    const replicate = <usize>(index % <u64>REPLICATES);
    this.row = this.moments + (replicate * <usize>this.times * <usize>this.momentCount << 3);
    this.jumpRow = this.jumps + replicate * (this.jumpBytes / <usize>REPLICATES);
  }

  /** The moments at `values` hold at the times from .. to - 1. */
  add(values: usize, from: i32, to: i32): void {
    const count = this.momentCount;
    let p = this.row + (<usize>(from * count) << 3);
    for (let time = from; time < to; time++) {
      for (let m = 0; m < count; m++) {
        const offset = <usize>m << 3;
        const q = <i64>nearest(load<f64>(values + offset) * load<f64>(this.scales + offset));
        store<i64>(p, load<i64>(p) + q);
        p += 8;
      }
    }
  }

  countJump(channel: i32): void {
    const p = this.jumpRow + (<usize>channel << 3);
    store<i64>(p, load<i64>(p) + 1);
  }
}
