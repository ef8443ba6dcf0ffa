// The evolution without a jump of one initial state, kept as a chain of Krylov segments: all trajectories begin with it, so
// that its bases are made once. It may end before the last time where it would take too much room.
import { KrylovSegment } from "./krylov-segment";
import { allocateVector, vectorBytes } from "./memory";
import { Space } from "./program";
import { NO_JUMP, Segment } from "./segment";
import { norm2, scaleInto } from "./vector";

/** Bytes of all bases. */
const MAX_BYTES: f64 = 64e6;
const MAX_LINKS: i32 = 64;
/** No random number is below 2^-53. */
const SMALLEST_NORM: f64 = 1e-17;

export class Chain extends Segment {
  private links: KrylovSegment[] = [];
  /** When each link begins, and with which squared norm. */
  private starts: f64[] = [];
  private norms: f64[] = [];

  /** The chain from `psi`; null where not even one link has room. */
  static of(space: Space, psi: usize, last: f64): Chain | null {
    if (space.moving || KrylovSegment.bytes(space.dimension) > MAX_BYTES) return null;
    const chain = new Chain();
    chain.begin(space, psi, last);
    return chain;
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    const d = space.dimension;
    const state = allocateVector(d);
    memory.copy(state, psi, vectorBytes(d));
    const most = min(MAX_LINKS, <i32>(MAX_BYTES / KrylovSegment.bytes(d)));
    let time: f64 = 0;
    let norm: f64 = 1;
    while (this.links.length < most && time < remaining && norm > SMALLEST_NORM) {
      const link = new KrylovSegment(space, d, remaining);
      link.begin(space, state, remaining - time);
      const reached = link.reach(remaining - time);
      const end = link.stateAt(reached, false);
      this.links.push(link);
      this.starts.push(time);
      this.norms.push(norm);
      if (!(reached > 0)) break;
      const n = norm2(end, d);
      scaleInto(state, end, d, 1 / Math.sqrt(n));
      norm *= n;
      time = reached == remaining - time ? remaining : time + reached;
    }
    this.norms.push(norm);
    this.horizon = norm > SMALLEST_NORM && time < remaining ? time : Infinity;
  }

  locate(ratio: f64, limit: f64): f64 {
    const count = this.links.length;
    if (unchecked(this.norms[count]) > ratio) return NO_JUMP;
    let k = count - 1;
    while (k > 0 && unchecked(this.norms[k]) <= ratio) k--;
    // By rounding the norm may reach the ratio at the beginning of the next link only.
    for (; k < count; k++) {
      const link = unchecked(this.links[k]);
      const start = unchecked(this.starts[k]);
      const tau = link.locate(ratio / unchecked(this.norms[k]), limit - start);
      if (tau == NO_JUMP) continue;
      this.located = link.located;
      this.locatedRate = link.locatedRate;
      return start + tau;
    }
    return NO_JUMP;
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    let k = this.links.length - 1;
    while (k > 0 && unchecked(this.starts[k]) > tau) k--;
    const link = unchecked(this.links[k]);
    const state = link.stateAt(tau - unchecked(this.starts[k]), false);
    this.norm2 = link.norm2;
    this.logScale = Math.log(unchecked(this.norms[k]));
    return state;
  }
}
