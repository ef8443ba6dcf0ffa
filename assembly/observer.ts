// Turns a state into the values that are averaged: <psi|O|psi> / <psi|psi> for each moment.
import { allocate, allocateVector, vectorBytes } from "./memory";
import { Space } from "./program";
import { Segment } from "./segment";

export class Observer {
  /** f64[moments] of the last `measure` */
  values: usize;
  /** False once a value was infinite or not a number. */
  finite: bool = true;
  private rotated: usize;

  constructor(private moments: i32, largestDimension: i32) {
    this.values = allocate(<usize>moments << 3);
    this.rotated = allocateVector(largestDimension);
  }

  /** The state with the phases between sectors put back; the original is left alone. */
  inFrame(space: Space, state: usize, tau: f64): usize {
    if (!space.moving) return state;
    memory.copy(this.rotated, state, vectorBytes(space.dimension));
    space.sectors.rotate(this.rotated, tau);
    return this.rotated;
  }

  /** Values at `tau` after the start of the segment. */
  measure(space: Space, segment: Segment, tau: f64, gridStepAhead: bool): void {
    if (!segment.reduced) {
      const state = this.inFrame(space, segment.stateAt(tau, gridStepAhead), tau);
      this.measureState(space, state, segment.norm2);
      return;
    }
    memory.copy(this.values, space.constants, <usize>this.moments << 3);
    segment.reducedValues(tau, gridStepAhead, this.values);
    this.check(space);
  }

  /** Values in a state of squared norm `n`. */
  measureState(space: Space, state: usize, n: f64): void {
    const scale = 1 / n;
    const varying = space.varying;
    memory.copy(this.values, space.constants, <usize>this.moments << 3);
    for (let k = 0; k < varying.length; k++) {
      const m = unchecked(varying[k]);
      store<f64>(this.values + (<usize>m << 3), unchecked(space.forms[m]).value(state) * scale);
    }
    this.check(space);
  }

  private check(space: Space): void {
    const varying = space.varying;
    let sum: f64 = 0;
    for (let k = 0; k < varying.length; k++) sum += load<f64>(this.values + (<usize>unchecked(varying[k]) << 3));
    this.finite = this.finite && sum - sum == 0;
  }
}
