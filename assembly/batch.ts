// A batch of trajectories. The first random numbers of a block are drawn together: a trajectory that never jumps is then
// counted and no more, and none waits for what became of the one before.
import { Random } from "./random";
import { Records } from "./records";
import { Root } from "./root";
import { Sums } from "./sums";
import { DONE, Trajectory } from "./trajectory";

const BLOCK: i32 = 64;

export class Batch {
  /** Of the trajectory that could not be finished, from the batch's first. */
  failedOffset: i32 = 0;
  // What is known of the trajectories of a block that are to be followed.
  private offsets: StaticArray<i32> = new StaticArray<i32>(BLOCK);
  private components: StaticArray<i32> = new StaticArray<i32>(BLOCK);
  private numbers: StaticArray<f64> = new StaticArray<f64>(BLOCK);

  constructor(
    private root: Root,
    private random: Random,
    private sums: Sums,
    private records: Records,
    private trajectory: Trajectory,
  ) {}

  /** Adds trajectories first .. first + count - 1 of the batch that began at `batchFirst` to the sums; returns a status. */
  run(batchFirst: u64, first: u64, count: i32): i32 {
    const from = <i32>(first - batchFirst);
    const to = from + count;
    for (let offset = from; offset < to; offset += BLOCK) {
      const followed = this.draw(batchFirst, offset, min(offset + BLOCK, to));
      for (let k = 0; k < followed; k++) {
        const status = this.follow(batchFirst, k);
        if (status != DONE || this.records.overflow) return status;
      }
    }
    return DONE;
  }

  /** Counts those of a block that never jump; returns the number of the others. */
  private draw(batchFirst: u64, from: i32, to: i32): i32 {
    const root = this.root;
    let followed = 0;
    for (let offset = from; offset < to; offset++) {
      const index = batchFirst + <u64>offset;
      const c = root.choose(this.random.first(index));
      const component = unchecked(root.components[c]);
      const silent = root.first < component.silentBelow;
      if (component.silentBelow > 0) this.sums.addSilent(component.shared, index, silent);
      unchecked((this.offsets[followed] = offset));
      unchecked((this.components[followed] = c));
      unchecked((this.numbers[followed] = root.first));
      followed += silent ? 0 : 1;
    }
    return followed;
  }

  private follow(batchFirst: u64, k: i32): i32 {
    const offset = unchecked(this.offsets[k]);
    const index = batchFirst + <u64>offset;
    const component = unchecked(this.root.components[unchecked(this.components[k])]);
    const single = component.single;
    this.sums.select(index);
    if (single !== null && single.add(offset, unchecked(this.numbers[k]))) return DONE;
    this.random.select(index);
    const status = this.trajectory.run(offset, component, unchecked(this.numbers[k]));
    if (status != DONE) this.failedOffset = offset;
    return status;
  }
}
