// A kept evolution that only one channel ends, and leads to a state that nothing leaves: a trajectory is its one jump.
import { Constant } from "./constant";
import { Grid } from "./grid";
import { Jump, Space } from "./program";
import { Records } from "./records";
import { NO_JUMP, Segment } from "./segment";
import { Sums } from "./sums";

export class SingleJump {
  constructor(
    private space: Space,
    private path: Segment,
    /** Number of the values that trajectories share on the path. */
    private shared: i32,
    private jump: Jump,
    private after: Constant,
    private grid: Grid,
    private sums: Sums,
    private records: Records,
  ) {}

  /** Adds a trajectory of the selected replicate; false, and nothing added, where it is not certain that it is one. */
  add(offset: i32, u: f64): bool {
    const path = this.path;
    const grid = this.grid;
    const time = path.locate(u, grid.last);
    if (time == NO_JUMP || !this.space.isSure(path.locatedRate, path.locatedNorm2)) return false;
    const next = grid.firstAfter(0, time);
    if (next == grid.count) return false;
    const sums = this.sums;
    const channel = this.jump.channel;
    this.records.add(offset, time, channel);
    sums.addShared(this.shared, 0, next);
    sums.countJump(channel);
    sums.countFirst(next);
    sums.enterGroup(1);
    sums.addConstant(this.after.values, next, grid.count);
    return true;
  }
}
