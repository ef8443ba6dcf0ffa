// The evolution without any jump, for each component of the initial mixture: its weight is known exactly, so it need not be
// sampled. Norms are kept as logarithms: a branch of weight e^-1000 still has a well-defined state.
import { Engine } from "./engine";
import { Grid } from "./grid";
import { allocate, vectorBytes } from "./memory";
import { Observer } from "./observer";
import { Segment } from "./segment";
import { Space } from "./program";
import { SingleJump } from "./single-jump";
import { scaleInto } from "./vector";

/** A probability to have jumped that is below this is rounding. */
const ROUNDING: f64 = 1e-13;
/** A new segment begins when the norm has fallen this much (as a logarithm): what is left may have become stationary. */
const RESTART: f64 = 1;

/** One pure state of the initial mixture. */
export class Component {
  /** f64[times]: logarithm of the probability that no jump has happened. */
  logNorm: usize;
  /** f64[times][moments] */
  values: usize;
  /** Where jumps happen, kept where one segment holds for all times; `shared` is then the number of the shared values. */
  path: Segment | null = null;
  shared: i32 = -1;
  /** With a first random number below this no jump comes by the last time, by `shared` alone; 0 where that is not kept. */
  silentBelow: f64 = 0;
  /** Where `path` has one end only. */
  single: SingleJump | null = null;
  /** The smallest first random number of a trajectory that is sampled. */
  smallest: f64 = 0;

  constructor(public weight: f64, public space: i32, public amplitudes: usize, times: i32, moments: i32) {
    this.logNorm = allocate(<usize>times << 3);
    this.values = allocate(<usize>(times * moments) << 3);
  }

  /**
   * Fills logNorm and values; returns false when the evolution could not go on or a value is not finite. `psi`: a vector to
   * work with.
   */
  evolve(spaces: Space[], grid: Grid, engine: Engine, observer: Observer, moments: i32, psi: usize): bool {
    const space = spaces[this.space];
    memory.copy(psi, this.amplitudes, vectorBytes(space.dimension));
    let start: f64 = 0;
    let log: f64 = 0;
    let first = true;
    let segment = engine.begin(this.space, psi, grid.last, 0);
    if (segment.reach(grid.last) >= grid.last) segment.prepare(grid.count);
    let i = 0;
    while (i < grid.count) {
      const tau = segment.reach(grid.time(i) - start);
      observer.measure(space, segment, tau, !first);
      const lost = segment.logScale + Math.log(segment.norm2);
      if (start + tau >= grid.time(i)) {
        store<f64>(this.logNorm + (<usize>i << 3), log + lost);
        memory.copy(this.values + (<usize>(i * moments) << 3), observer.values, <usize>moments << 3);
        i++;
        first = false;
        if (segment.stationary || lost > -RESTART) continue;
      }
      if (!(tau > 0)) return false;
      const state = observer.inFrame(space, segment.stateAt(tau, false), tau);
      scaleInto(psi, state, space.dimension, 1 / Math.sqrt(segment.norm2));
      start += tau;
      log += lost;
      first = true;
      segment = engine.begin(this.space, psi, grid.last - start, 0);
    }
    return observer.finite;
  }

  /** Keeps the path that trajectories leave, and the number of the values that they share on it. */
  keep(path: Segment, shared: i32, times: i32): void {
    this.path = path;
    this.shared = shared;
    this.silentBelow = Math.exp(this.logNormAt(times - 1)) * (1 - ROUNDING);
  }

  @inline
  logNormAt(i: i32): f64 {
    return load<f64>(this.logNorm + (<usize>i << 3));
  }
}

/** How the first random numbers are used: all of (0, 1], or only what lies above the branches without any jump. */
export class Root {
  components: Component[] = [];
  /** Total weight of what is sampled. */
  jumpWeight: f64 = 1;
  /** f64[times][moments]: contribution of what is not sampled. */
  silent: usize = 0;
  /** f64[times] */
  survival: usize = 0;
  /** f64[times] */
  undisturbed: usize = 0;
  /** f64[components]: expected fractions of the trajectories. */
  private shares: usize = 0;

  constructor(private stratified: bool) {}

  finish(grid: Grid, moments: i32): void {
    const count = this.components.length;
    this.silent = allocate(<usize>(grid.count * moments) << 3);
    this.survival = allocate(<usize>grid.count << 3);
    this.undisturbed = allocate(<usize>grid.count << 3);
    this.shares = allocate(<usize>count << 3);
    this.jumpWeight = 0;
    for (let c = 0; c < count; c++) {
      const part = this.sampledPart(c, grid);
      const share = this.components[c].weight * part;
      this.components[c].smallest = max(1 - part, SMALLEST);
      store<f64>(this.shares + (<usize>c << 3), share);
      this.jumpWeight += share;
    }
    for (let i = 0; i < grid.count; i++) this.summarise(i, grid, moments);
  }

  /** 1 for plain sampling, else the probability of component c to jump before the last time. */
  private sampledPart(c: i32, grid: Grid): f64 {
    if (!this.stratified) return 1;
    const jumps = -Math.expm1(this.components[c].logNormAt(grid.count - 1));
    return jumps < ROUNDING ? 0 : jumps;
  }

  private summarise(i: i32, grid: Grid, moments: i32): void {
    let survival: f64 = 0;
    let undisturbed: f64 = 0;
    for (let c = 0; c < this.components.length; c++) {
      const component = this.components[c];
      const log = component.logNormAt(i);
      const silentPart = 1 - this.sampledPart(c, grid);
      survival += component.weight * Math.exp(log);
      if (this.jumpWeight > 0) {
        const same = -Math.expm1(log) < ROUNDING ? 1 - silentPart : Math.exp(log) - silentPart;
        undisturbed = max(undisturbed, component.weight * same / this.jumpWeight);
      } else undisturbed = 1;
      for (let m = 0; m < moments; m++) {
        const offset = <usize>(i * moments + m) << 3;
        const sum = load<f64>(this.silent + offset);
        store<f64>(this.silent + offset, sum + component.weight * silentPart * load<f64>(component.values + offset));
      }
    }
    store<f64>(this.survival + (<usize>i << 3), survival);
    store<f64>(this.undisturbed + (<usize>i << 3), 1 - undisturbed < ROUNDING ? 1 : undisturbed);
  }

  /** The number of the component that x in [0, 1) falls into; `first` is then the first random number, in (0, 1]. */
  choose(x: f64): i32 {
    let rest = x * this.jumpWeight;
    const last = this.components.length - 1;
    let c = 0;
    while (c < last && rest > load<f64>(this.shares + (<usize>c << 3))) {
      rest -= load<f64>(this.shares + (<usize>c << 3));
      c++;
    }
    while (c > 0 && load<f64>(this.shares + (<usize>c << 3)) == 0) c--;
    const component = unchecked(this.components[c]);
    if (component.weight != 1) rest /= component.weight;
    this.first = max(1 - rest, component.smallest);
    return c;
  }
  first: f64 = 1;
}

/** 2^-53: the smallest random number. */
const SMALLEST: f64 = 1.1102230246251565e-16;
