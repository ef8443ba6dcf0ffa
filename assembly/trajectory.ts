// One trajectory: no-jump segments joined by jumps (Dalibard, Castin, Molmer 1992). A jump happens where the squared norm
// meets a random number u in (0, 1]; which channel jumps is drawn in proportion to ||J_c psi||^2.
import { Constant } from "./constant";
import { Engine } from "./engine";
import { Grid } from "./grid";
import { allocate, allocateVector, vectorBytes } from "./memory";
import { Observer } from "./observer";
import { Jump, Space } from "./program";
import { Random } from "./random";
import { Records } from "./records";
import { Resets } from "./resets";
import { Component } from "./root";
import { NO_JUMP, Segment } from "./segment";
import { Sums } from "./sums";
import { norm2, scaleInto } from "./vector";

export const DONE: i32 = 0;
const NOT_FINITE: i32 = 1;
const NO_PROGRESS: i32 = 2;

/** A total jump rate below this fraction of the largest one is rounding: (1e-13)^2. */
const NO_RATE: f64 = 1e-26;

export class Trajectory {
  /** When the last failed run failed. */
  failureTime: f64 = 0;
  private psi: usize;
  private quantised: usize;
  // Where the trajectory is.
  private offset: i32 = 0;
  private space: i32 = 0;
  private time: f64 = 0;
  private jumps: i32 = 0;
  /** Number of the next output time. */
  private next: i32 = 0;
  /** The segment that comes next, where a jump has led into one that is known; `psi` is then not set. */
  private ready: Segment | null = null;

  constructor(
    private spaces: Space[],
    private grid: Grid,
    private engine: Engine,
    private observer: Observer,
    private random: Random,
    private sums: Sums,
    private records: Records,
    private resets: Resets,
    moments: i32,
    largest: i32,
  ) {
    this.psi = allocateVector(largest);
    this.quantised = allocate(<usize>moments << 3);
  }

  /**
   * Runs trajectory number `offset` of the batch from a component of the initial mixture; `u` is its first random number.
   * Returns DONE or what went wrong.
   */
  run(offset: i32, start: Component, u: f64): i32 {
    this.offset = offset;
    this.space = start.space;
    this.time = 0;
    this.next = 0;
    this.jumps = 0;
    this.ready = null;
    const path = start.path;
    if (path === null) {
      if (unchecked(this.spaces[start.space]).constant !== null) return this.follow(u);
      memory.copy(this.psi, start.amplitudes, vectorBytes(unchecked(this.spaces[start.space]).dimension));
      return this.follow(u);
    }
    const last = this.grid.last;
    const tau = path.locate(u, last);
    const jumped = tau != NO_JUMP;
    const limit = jumped ? tau : path.reach(last);
    this.next = !jumped && limit >= last ? this.grid.count : this.grid.firstAfter(0, limit);
    this.sums.addShared(start.shared, 0, this.next);
    if (this.next == this.grid.count) return DONE;
    return this.follow(jumped ? this.jump(path, tau) : u / this.handOver(path, limit));
  }

  /** Goes on from `psi` until the last output time; the next jump is where the squared norm has fallen to `ratio`. */
  private follow(ratio: f64): i32 {
    const last = this.grid.last;
    while (true) {
      const constant = unchecked(this.spaces[this.space]).constant;
      if (constant !== null) {
        ratio = this.stay(constant, ratio);
        if (this.next == this.grid.count) return DONE;
        continue;
      }
      const start = this.time;
      const ready = this.ready;
      const segment = ready !== null ? ready : this.engine.begin(this.space, this.psi, last - start, ratio);
      this.ready = null;
      const tau = segment.locate(ratio, last - start);
      const jumped = tau != NO_JUMP;
      const limit = jumped ? tau : segment.reach(last - start);
      if (!jumped && !(limit > 0) && start < last) return this.fail(NO_PROGRESS);
      const reachesEnd = !jumped && start + limit >= last;
      const stop = reachesEnd ? this.grid.count : this.grid.firstAfter(this.next, start + limit);
      this.observe(segment, start, stop);
      if (!this.observer.finite) return this.fail(NOT_FINITE);
      if (stop == this.grid.count) return DONE;
      if (jumped) ratio = this.jump(segment, tau);
      else ratio /= this.handOver(segment, limit);
    }
  }

  /** Waits for the jump out of a space of one state; returns the next random number. */
  private stay(constant: Constant, ratio: f64): f64 {
    const from = this.next;
    const start = this.time;
    const tau = constant.wait(ratio, this.grid.last - start);
    const to = tau == NO_JUMP ? this.grid.count : this.grid.firstAfter(from, start + tau);
    if (to > from) this.sums.addConstant(constant.values, from, to);
    this.next = to;
    if (to == this.grid.count) return ratio;
    this.time = start + tau;
    const choice = constant.choices > 1 ? constant.choose(this.random.next()) : 0;
    this.leave(unchecked(unchecked(this.spaces[this.space]).jumps[choice]), constant.state);
    return this.random.next();
  }

  private fail(status: i32): i32 {
    this.failureTime = this.time;
    return status;
  }

  /** Adds the moments at the output times before number `to`, which lie in the segment that began at `start`. */
  private observe(segment: Segment, start: f64, to: i32): void {
    const from = this.next;
    if (from >= to) return;
    this.next = to;
    const space = unchecked(this.spaces[this.space]);
    const observer = this.observer;
    if (segment.stationary) {
      observer.measure(space, segment, 0, false);
      this.sums.quantise(observer.values, this.quantised);
      this.sums.addConstant(this.quantised, from, to);
      return;
    }
    segment.prepare(to - from);
    if (segment.tabulated) {
      observer.addOnGrid(space, segment, max(this.grid.time(from) - start, 0), from, to, this.sums);
      return;
    }
    for (let i = from; i < to; i++) {
      observer.measure(space, segment, max(this.grid.time(i) - start, 0), i > from);
      this.sums.add(observer.values, i);
    }
  }

  /** psi = the state at the end of the segment, normalised; returns the squared norm there. */
  private handOver(segment: Segment, tau: f64): f64 {
    const space = unchecked(this.spaces[this.space]);
    const state = this.observer.inFrame(space, segment.stateAt(tau, false), tau);
    scaleInto(this.psi, state, space.dimension, 1 / Math.sqrt(segment.norm2));
    this.time += tau;
    return segment.norm2 * Math.exp(segment.logScale);
  }

  /** Jumps from the located state, `tau` after the segment's start; returns the next random number. */
  private jump(segment: Segment, tau: f64): f64 {
    const space = unchecked(this.spaces[this.space]);
    this.time += tau;
    let number: i32;
    const sure = space.isSure(segment.locatedRate, segment.locatedNorm2);
    if (sure && space.jumps.length == 1 && this.isKnown(unchecked(space.jumps[0]))) {
      this.arrive(unchecked(space.jumps[0]));
      return this.random.next();
    }
    if (sure && segment.continues) {
      const first = segment.firstRate();
      const rest = space.jumps.length == 1 ? 0 : this.random.next() * segment.locatedRate - first;
      if (rest <= 0) {
        this.arrive(unchecked(space.jumps[0]));
        this.ready = segment.afterFirst();
        return this.random.next();
      }
      segment.assembleLocated();
      number = this.draw(space, segment.located, rest, 1);
    } else {
      segment.assembleLocated();
      number = this.choose(space, this.observer.inFrame(space, segment.located, tau), segment.locatedRate);
    }
    const state = this.observer.inFrame(space, segment.located, tau);
    if (number < 0) {
      // The norm came down by rounding alone, in a subspace that no channel sees: nothing has happened.
      scaleInto(this.psi, state, space.dimension, 1 / Math.sqrt(norm2(state, space.dimension)));
    } else this.leave(unchecked(space.jumps[number]), state);
    return this.random.next();
  }

  /** The jump happens in `state`. */
  @inline
  private leave(jump: Jump, state: usize): void {
    if (!this.isKnown(jump)) {
      const dimension = unchecked(this.spaces[jump.target]).dimension;
      jump.matrix.multiply(state, this.psi);
      scaleInto(this.psi, this.psi, dimension, 1 / Math.sqrt(norm2(this.psi, dimension)));
    }
    this.arrive(jump);
  }

  /** Where a jump leads is known without the state before. */
  @inline
  private isKnown(jump: Jump): bool {
    return jump.reset >= 0 || unchecked(this.spaces[jump.target]).constant !== null;
  }

  @inline
  private arrive(jump: Jump): void {
    this.space = jump.target;
    if (jump.reset >= 0) this.ready = this.engine.resume(jump.target, unchecked(this.resets.paths[jump.reset]));
    this.records.add(this.offset, this.time, jump.channel);
    this.sums.countJump(jump.channel);
    if (this.jumps == 0) this.sums.countFirst(this.next);
    this.jumps++;
    this.sums.enterGroup(this.jumps);
  }

  /** The number of the jump that happens, or -1 if none can. `rate`: the total one, by the fall of the norm. */
  private choose(space: Space, state: usize, rate: f64): i32 {
    const n = space.norm2(state);
    const total = space.isSure(rate, n) ? rate : space.jumpRate(state);
    if (!(total > NO_RATE * space.rateBound * n)) return -1;
    return space.jumps.length == 1 ? 0 : this.draw(space, state, this.random.next() * total, 0);
  }

  /**
   * The jump, from number `from` on, at which the sum of their rates exceeds `rest`; the last one with a rate if none does.
   * Diagonal ones come last, and are not the first of all.
   */
  private draw(space: Space, state: usize, rest: f64, from: i32): i32 {
    let last = from - 1;
    for (let k = from; k < space.jumps.length; k++) {
      const jump = unchecked(space.jumps[k]);
      const rate = jump.diagonal ? 0 : jump.matrix.imageNorm2(state);
      if (rate == 0) continue;
      last = k;
      rest -= rate;
      if (rest <= 0) return k;
    }
    const diagonal = space.diagonalJumps.draw(state, rest);
    return diagonal < 0 ? last : diagonal;
  }
}
