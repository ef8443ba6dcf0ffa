// One trajectory: no-jump segments joined by jumps (Dalibard, Castin, Molmer 1992). A jump happens where the squared norm
// meets a random number u in (0, 1]; which channel jumps is drawn in proportion to ||J_c psi||^2.
import { Engine } from "./engine";
import { Grid } from "./grid";
import { allocate, allocateVector, vectorBytes } from "./memory";
import { Observer } from "./observer";
import { Space } from "./program";
import { imageNorm2, multiplySparse } from "./sparse";
import { Random } from "./random";
import { Records } from "./records";
import { NO_JUMP, Segment } from "./segment";
import { Sums } from "./sums";
import { norm2, scaleInto } from "./vector";

export const DONE: i32 = 0;
export const NOT_FINITE: i32 = 1;
export const NO_PROGRESS: i32 = 2;

/** A total jump rate below this fraction of the largest one is rounding: (1e-13)^2. */
const NO_RATE: f64 = 1e-26;

export class Trajectory {
  status: i32 = DONE;
  failureTime: f64 = 0;
  private psi: usize;
  private weights: usize;
  private channel: i32 = 0;

  constructor(
    private spaces: Space[],
    private grid: Grid,
    private engine: Engine,
    private observer: Observer,
    private random: Random,
    private sums: Sums,
    private records: Records,
    largest: i32,
  ) {
    this.psi = allocateVector(largest);
    let jumps = 0;
    for (let s = 0; s < spaces.length; s++) jumps = max(jumps, spaces[s].jumps.length);
    this.weights = allocate(<usize>jumps << 3);
  }

  /**
   * Runs trajectory number `offset` of the batch from `initial` in space `s`; `logU` is the logarithm of its first random
   * number. Returns DONE or what went wrong.
   */
  run(offset: i32, s: i32, initial: usize, logU: f64): i32 {
    const last = this.grid.last;
    memory.copy(this.psi, initial, vectorBytes(this.spaces[s].dimension));
    this.status = DONE;
    let time: f64 = 0;
    let next = 0;
    let logTarget = logU;
    while (true) {
      const segment = this.engine.begin(s, this.psi, last - time);
      const limit = min(last - time, segment.horizon);
      if (!(limit > 0) && time < last) return this.fail(NO_PROGRESS, time);
      const tau = segment.locate(Math.exp(logTarget), limit);
      const jumped = tau != NO_JUMP;
      const end = jumped ? tau : limit;
      const stop = !jumped && time + limit >= last ? this.grid.count : this.firstAfter(next, time + end);
      this.observe(segment, s, time, next, stop);
      next = stop;
      if (this.status != DONE) return this.status;
      if (next == this.grid.count) {
        if (!jumped || time + tau >= last) return DONE;
      }
      if (jumped) {
        time += tau;
        const target = this.jump(segment, s, tau);
        if (target >= 0) {
          s = target;
          this.records.add(offset, time, this.channel);
          this.sums.countJump(this.channel);
        } else {
          // The norm came down by rounding alone, in a subspace that no channel sees: nothing has happened.
          this.handOver(segment, s, tau);
        }
        logTarget = Math.log(this.random.next());
      } else {
        time += limit;
        logTarget -= this.handOver(segment, s, limit);
      }
    }
  }
  private fail(status: i32, time: f64): i32 {
    this.status = status;
    this.failureTime = time;
    return status;
  }

  /** The first output time after `time`, looking from index `from` on. */
  private firstAfter(from: i32, time: f64): i32 {
    while (from < this.grid.count && this.grid.time(from) <= time) from++;
    return from;
  }

  /** Adds the moments at the output times from .. to - 1, which lie in the segment that began at `start`. */
  private observe(segment: Segment, s: i32, start: f64, from: i32, to: i32): void {
    if (from >= to) return;
    const space = unchecked(this.spaces[s]);
    const observer = this.observer;
    if (segment.stationary) {
      observer.measure(space, segment, 0, false);
      this.sums.add(observer.values, from, to);
    } else {
      for (let i = from; i < to; i++) {
        observer.measure(space, segment, max(this.grid.time(i) - start, 0), i > from);
        this.sums.add(observer.values, i, i + 1);
      }
    }
    if (!observer.finite) this.fail(NOT_FINITE, start);
  }

  /** psi = the state at the end of the segment, normalised; returns the logarithm of the squared norm lost in it. */
  private handOver(segment: Segment, s: i32, tau: f64): f64 {
    const space = unchecked(this.spaces[s]);
    const state = this.observer.inFrame(space, segment.stateAt(tau, false), tau);
    scaleInto(this.psi, state, space.dimension, 1 / Math.sqrt(segment.norm2));
    return segment.logScale + Math.log(segment.norm2);
  }

  /** Chooses a channel, applies its jump to the located state and returns the new space, or -1 if none can act. */
  private jump(segment: Segment, s: i32, tau: f64): i32 {
    const space = unchecked(this.spaces[s]);
    const state = this.observer.inFrame(space, segment.located, tau);
    const jump = this.choose(space, state);
    if (jump < 0) return -1;
    const chosen = unchecked(space.jumps[jump]);
    multiplySparse(chosen.matrix, state, this.psi);
    const dimension = unchecked(this.spaces[chosen.target]).dimension;
    scaleInto(this.psi, this.psi, dimension, 1 / Math.sqrt(norm2(this.psi, dimension)));
    this.channel = chosen.channel;
    return chosen.target;
  }

  private choose(space: Space, state: usize): i32 {
    const count = space.jumps.length;
    let total: f64 = 0;
    for (let k = 0; k < count; k++) {
      const weight = imageNorm2(unchecked(space.jumps[k]).matrix, state);
      total += weight;
      store<f64>(this.weights + (<usize>k << 3), weight);
    }
    if (!(total > NO_RATE * space.rateBound * space.norm2(state))) return -1;
    if (count == 1) return 0;
    let rest = this.random.next() * total;
    let last = -1;
    for (let k = 0; k < count; k++) {
      const weight = load<f64>(this.weights + (<usize>k << 3));
      if (weight == 0) continue;
      last = k;
      rest -= weight;
      if (rest <= 0) break;
    }
    return last;
  }
}
