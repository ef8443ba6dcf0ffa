// Sums over trajectories in fixed point: every value is rounded once to a multiple of 2^-exponent and added as a 64-bit
// integer. Integer addition is associative, so any partition of the trajectories gives the same bits, and so does any
// shortcut: what holds over a range of times is added as a difference at its ends, and values shared by many
// trajectories are counted and multiplied by their number at the end.
//
// A class is one replicate, or one replicate among the trajectories with a given number of jumps so far.
import { allocate, f64At } from "./memory";

/** Trajectory k belongs to replicate k mod REPLICATES. */
export const REPLICATES: i32 = 32;

/**
 * 1.5 * 2^52: x + ROUNDING has x, rounded to an integer, in its low bits, for |x| <= 2^51 (the scales keep to 2^50).
 * Two at a time, and without the conversion of V8, which guards against overflow: a third of the time of a short step.
 */
const ROUNDING: f64 = 6755399441055744;

/** Two values as integers. */
@inline
function quantisedPair(values: v128, scales: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(values, scales), f64x2.splat(ROUNDING));
  return i64x2.sub(shifted, f64x2.splat(ROUNDING));
}

/** The value of one moment as an integer. */
@inline
function quantised(value: f64, scale: f64): i64 {
  return reinterpret<i64>(value * scale + ROUNDING) - reinterpret<i64>(ROUNDING);
}

/** Values that many trajectories share: the evolution without a jump of one initial state. */
class Shared {
  /** i64[times][moments] */
  values: usize;
  /** i64[REPLICATES][times + 1]: change of the number of trajectories at each time (they have not jumped: first group). */
  changes: usize;
  constructor(times: i32, moments: i32) {
    this.values = allocate(<usize>(times * moments) << 3);
    this.changes = allocate(<usize>(REPLICATES * (times + 1)) << 3);
  }
}

export class Sums {
  /** i64[groups][REPLICATES][times][moments], complete after `collect`. */
  readonly moments: usize;
  /** i64[REPLICATES][channels] */
  readonly jumps: usize;
  /** i64[REPLICATES][times]: trajectories whose first jump came before this output time, but not before the one before. */
  readonly firstJumps: usize;
  /** i64[groups][REPLICATES][times + 1]: number of trajectories in each class, complete after `collect`; only with groups. */
  readonly occupied: usize;
  private bytes: usize;
  private jumpBytes: usize;
  private firstBytes: usize;
  /** i64[classes][times + 1][moments]: changes at the ends of ranges over which a value is constant. */
  private changes: usize;
  private shared: Shared[] = [];
  private running: usize;
  private replicate: usize = 0;
  private row: usize = 0;
  private changeRow: usize = 0;
  private occupiedRow: usize = 0;
  private classes: i32;
  private jumpRow: usize = 0;

  /** `scales`: f64[momentCount], 2^exponent of each moment; `groups`: 0, 1, ... jumps so far, the last one for all more. */
  constructor(private times: i32, private momentCount: i32, channels: i32, private scales: usize, private groups: i32) {
    this.classes = groups * REPLICATES;
    this.bytes = <usize>(this.classes * times * momentCount) << 3;
    this.moments = allocate(this.bytes);
    this.changes = allocate(this.bytes + (<usize>(this.classes * momentCount) << 3));
    this.occupied = groups > 1 ? allocate(<usize>(this.classes * (times + 1)) << 3) : 0;
    this.jumpBytes = <usize>(REPLICATES * channels) << 3;
    this.jumps = allocate(this.jumpBytes);
    this.firstBytes = <usize>(REPLICATES * times) << 3;
    this.firstJumps = allocate(this.firstBytes);
    this.running = allocate(<usize>momentCount << 3);
  }

  clear(): void {
    memory.fill(this.moments, 0, this.bytes);
    memory.fill(this.changes, 0, this.bytes + (<usize>(this.classes * this.momentCount) << 3));
    if (this.occupied != 0) memory.fill(this.occupied, 0, <usize>(this.classes * (this.times + 1)) << 3);
    memory.fill(this.jumps, 0, this.jumpBytes);
    memory.fill(this.firstJumps, 0, this.firstBytes);
    for (let p = 0; p < this.shared.length; p++) {
      memory.fill(this.shared[p].changes, 0, <usize>(REPLICATES * (this.times + 1)) << 3);
    }
  }

  /** Registers values f64[times][moments] that trajectories will share; returns their number for `addShared`. */
  share(values: usize): i32 {
    const shared = new Shared(this.times, this.momentCount);
    for (let i = 0; i < this.times; i++) {
      const offset = <usize>(i * this.momentCount) << 3;
      this.quantise(values + offset, shared.values + offset);
    }
    return this.shared.push(shared) - 1;
  }

  /** i64[moments] from f64[moments] */
  quantise(values: usize, out: usize): void {
    for (let m: usize = 0; m < <usize>this.momentCount << 3; m += 8) {
      store<i64>(out + m, quantised(load<f64>(values + m), load<f64>(this.scales + m)));
    }
  }

  /** What follows is added to the replicate of trajectory `index`, which has not jumped yet. */
  select(index: u64): void {
    this.replicate = <usize>(index % <u64>REPLICATES);
    this.jumpRow = this.jumps + this.replicate * (this.jumpBytes / <usize>REPLICATES);
    this.enter(this.replicate);
  }

  /** The trajectory has jumped so many times. */
  @inline
  enterGroup(jumps: i32): void {
    if (jumps > 0 && jumps >= this.groups) return;
    this.enter(<usize>(min(jumps, this.groups - 1) * REPLICATES) + this.replicate);
  }

  @inline
  private enter(number: usize): void {
    const width = <usize>this.momentCount << 3;
    const row = number * <usize>this.times * width;
    this.row = this.moments + row;
    this.changeRow = this.changes + row + number * width;
    if (this.occupied != 0) this.occupiedRow = this.occupied + (number * <usize>(this.times + 1) << 3);
  }

  /** The trajectory is in its group at the times from .. to - 1. */
  @inline
  private occupy(from: i32, to: i32): void {
    if (this.occupied == 0) return;
    const begin = f64At(this.occupiedRow, from);
    const end = f64At(this.occupiedRow, to);
    store<i64>(begin, load<i64>(begin) + 1);
    store<i64>(end, load<i64>(end) - 1);
  }

  /** The moments f64[moments] at `values` hold at time number i. */
  add(values: usize, i: i32): void {
    this.occupy(i, i + 1);
    const width = <usize>this.momentCount << 3;
    const scales = this.scales;
    const p = this.row + <usize>i * width;
    let m: usize = 0;
    for (; m + 16 <= width; m += 16) {
      const sum = i64x2.add(v128.load(p + m), quantisedPair(v128.load(values + m), v128.load(scales + m)));
      v128.store(p + m, sum);
    }
    if (m < width) store<i64>(p + m, load<i64>(p + m) + quantised(load<f64>(values + m), load<f64>(scales + m)));
  }

  /** The quantised moments i64[moments] at `values` hold at the times from .. to - 1. */
  addConstant(values: usize, from: i32, to: i32): void {
    this.occupy(from, to);
    const width = <usize>this.momentCount << 3;
    const begin = this.changeRow + <usize>from * width;
    const end = this.changeRow + <usize>to * width;
    for (let m: usize = 0; m < width; m += 8) {
      const value = load<i64>(values + m);
      store<i64>(begin + m, load<i64>(begin + m) + value);
      store<i64>(end + m, load<i64>(end + m) - value);
    }
  }

  /** The shared values number `path` hold at the times from .. to - 1. */
  addShared(path: i32, from: i32, to: i32): void {
    this.occupy(from, to);
    const row = unchecked(this.shared[path]).changes + (this.replicate * <usize>(this.times + 1) << 3);
    const begin = f64At(row, from);
    const end = f64At(row, to);
    store<i64>(begin, load<i64>(begin) + 1);
    store<i64>(end, load<i64>(end) - 1);
  }

  /** Where `silent`, trajectory `index` never jumps: the shared values number `path` hold at all times. */
  @inline
  addSilent(path: i32, index: u64, silent: bool): void {
    const first = (index % <u64>REPLICATES) * <u64>(this.times + 1);
    const begin = unchecked(this.shared[path]).changes + (<usize>first << 3);
    store<i64>(begin, load<i64>(begin) + <i64>silent);
    if (this.occupied == 0) return;
    const occupied = this.occupied + (<usize>first << 3);
    store<i64>(occupied, load<i64>(occupied) + <i64>silent);
  }

  /** The trajectory jumps for the first time, before output time number `next`. */
  countFirst(next: i32): void {
    const p = this.firstJumps + ((this.replicate * <usize>this.times + <usize>next) << 3);
    store<i64>(p, load<i64>(p) + 1);
  }

  countJump(channel: i32): void {
    const p = f64At(this.jumpRow, channel);
    store<i64>(p, load<i64>(p) + 1);
  }

  /** Turns changes into sums. Once a batch, before `moments` is read. */
  collect(): void {
    for (let number = 0; number < this.classes; number++) {
      this.collectConstants(<usize>number);
      if (this.occupied != 0) this.collectOccupied(<usize>number);
    }
    for (let replicate = 0; replicate < REPLICATES; replicate++) {
      for (let p = 0; p < this.shared.length; p++) this.collectShared(this.shared[p], <usize>replicate);
    }
  }

  private collectOccupied(number: usize): void {
    let p = this.occupied + (number * <usize>(this.times + 1) << 3);
    for (let i = 0; i < this.times; i++) {
      store<i64>(p, load<i64>(p) + load<i64>(p, 8), 8);
      p += 8;
    }
  }

  private collectConstants(number: usize): void {
    const width = <usize>this.momentCount << 3;
    let change = this.changes + number * <usize>(this.times + 1) * width;
    let sum = this.moments + number * <usize>this.times * width;
    memory.fill(this.running, 0, width);
    for (let i = 0; i < this.times; i++) {
      for (let m: usize = 0; m < width; m += 8) {
        const value = load<i64>(this.running + m) + load<i64>(change + m);
        store<i64>(this.running + m, value);
        store<i64>(sum + m, load<i64>(sum + m) + value);
      }
      change += width;
      sum += width;
    }
  }

  private collectShared(shared: Shared, replicate: usize): void {
    const width = <usize>this.momentCount << 3;
    let change = shared.changes + (replicate * <usize>(this.times + 1) << 3);
    let sum = this.moments + replicate * <usize>this.times * width;
    let value = shared.values;
    let count: i64 = 0;
    for (let i = 0; i < this.times; i++) {
      count += load<i64>(change);
      if (count != 0) {
        for (let m: usize = 0; m < width; m += 8) {
          store<i64>(sum + m, load<i64>(sum + m) + count * load<i64>(value + m));
        }
      }
      change += 8;
      sum += width;
      value += width;
    }
  }
}
