// Jump records of a batch: trajectory (as an offset from the batch's first), time, channel.
import { allocate } from "./memory";

export class Records {
  count: i32 = 0;
  /** Records that did not fit; the host makes room and runs the batch again. */
  overflow: bool = false;
  trajectory: usize = 0;
  time: usize = 0;
  channel: usize = 0;
  private capacity: i32 = 0;

  reserve(capacity: i32): void {
    if (capacity <= this.capacity) return;
    this.capacity = capacity;
    this.trajectory = allocate(<usize>capacity << 2);
    this.time = allocate(<usize>capacity << 3);
    this.channel = allocate(<usize>capacity << 2);
  }

  clear(): void {
    this.count = 0;
    this.overflow = false;
  }

  @inline
  add(trajectory: i32, time: f64, channel: i32): void {
    if (this.capacity > 0) this.append(trajectory, time, channel);
  }

  private append(trajectory: i32, time: f64, channel: i32): void {
    if (this.count == this.capacity) {
      this.overflow = true;
      return;
    }
    const k = <usize>this.count;
    store<i32>(this.trajectory + (k << 2), trajectory);
    store<f64>(this.time + (k << 3), time);
    store<i32>(this.channel + (k << 2), channel);
    this.count++;
  }
}
