// A trajectory is a chain of no-jump segments. A segment starts from a normalised state and answers, for times from its
// start up to its horizon, for the squared norm and the state. The loop over jumps knows nothing else of a method.
import { Space } from "./program";
import { Sums } from "./sums";

export const NO_JUMP: f64 = -1;

export abstract class Segment {
  /** Valid for 0 <= tau <= horizon; Infinity when exact. See `reach`. */
  horizon: f64 = Infinity;
  /** Set before `begin`: the squared norm below which nothing will be asked; 0 where that is not known. */
  leastNorm2: f64 = 0;

  /** How far the segment goes towards tau: tau or its horizon, where that is nearer. */
  reach(tau: f64): f64 {
    return min(tau, this.horizon);
  }
  /** The state that `locate` found, not normalised. */
  located: usize = 0;
  /** -d||psi||^2/dtau of the state at `located`, in its scale: its total jump rate, known without asking the channels. */
  locatedRate: f64 = 0;
  /** Squared norm of the located state, in its scale; Infinity where it is not known without the state. */
  locatedNorm2: f64 = Infinity;

  /** What follows after the space's first channel has jumped is known without the state: `firstRate` and `afterFirst` may be asked. */
  get continues(): bool {
    return false;
  }
  /** ||J psi||^2 of the first channel in the located state. */
  firstRate(): f64 {
    return 0;
  }
  /** The segment that begins with the first channel's jump from the located state. */
  afterFirst(): Segment {
    return this;
  }
  /** Fills `located`, where `locate` has not yet. */
  assembleLocated(): void {}

  /** A state that does not change but for its norm: what is measured of it is constant. */
  stationary: bool = false;

  /** Starts from `psi` (normalised, copied); `remaining`: no later time will be asked. */
  abstract begin(space: Space, psi: usize, remaining: f64): void;

  /**
   * The time tau <= limit at which ||psi(tau)||^2 = ratio (0 < ratio <= 1), to about 1e-15 of the norm; the state there is
   * at `located`. NO_JUMP when the squared norm stays above `ratio` up to `limit`, or to the horizon if that is nearer.
   */
  abstract locate(ratio: f64, limit: f64): f64;

  /**
   * Moves a cursor on to tau (ascending calls within a segment; `gridStepAhead`: exactly one grid step after the last
   * call) and returns the address of the state there; its true squared norm is norm2 * exp(logScale).
   */
  abstract stateAt(tau: f64, gridStepAhead: bool): usize;
  norm2: f64 = 1;
  logScale: f64 = 0;

  /** True when `reducedValues` may be called instead of `stateAt`. */
  reduced: bool = false;

  /** Announces that values at `count` times will be asked. */
  prepare(count: i32): void {}

  /** True when `addOnGrid` may be called instead, for equidistant times. */
  tabulated: bool = false;

  /**
   * Adds the moments at the output times from .. to - 1 to the sums; the first one is tau after the start. `values` holds
   * the moments that are constant in the space.
   */
  addOnGrid(tau: f64, from: i32, to: i32, values: usize, sums: Sums): void {}

  /** Writes the moments that vary in the space at time tau to f64[moments] `values`. */
  reducedValues(tau: f64, gridStepAhead: bool, values: usize): void {}
}
