// Turns a state into the values that are averaged: <psi|O|psi> / <psi|psi> for each moment.
import { allocate, allocateVector, f64At, vectorBytes } from "./memory";
import { Space } from "./program";
import { Segment } from "./segment";
import { Sums } from "./sums";

export class Observer {
  /** f64[moments] of the last `measure` */
  values: usize;
  /** The space whose constants are in `values` already. */
  private filledFor: Space | null = null;
  /** Sum of all values: once one was infinite or not a number, it stays so. */
  private total: f64 = 0;
  private rotated: usize;

  constructor(private moments: i32, largestDimension: i32) {
    this.values = allocate(<usize>moments << 3);
    this.rotated = allocateVector(largestDimension);
  }

  /** False once a value was infinite or not a number. */
  get finite(): bool {
    return this.total - this.total == 0;
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
    this.fillConstants(space);
    segment.reducedValues(tau, gridStepAhead, this.values);
    this.check(space);
  }

  /** Adds the values at the output times from .. to - 1, of which the first is `tau` after the start, to the sums. */
  addOnGrid(space: Space, segment: Segment, tau: f64, from: i32, to: i32, sums: Sums): void {
    this.fillConstants(space);
    segment.addOnGrid(tau, from, to, this.values, sums);
    // One state is behind all of them: if it is not finite, the last values are not.
    this.check(space);
  }

  private check(space: Space): void {
    const varying = space.varying;
    for (let k = 0; k < varying.length; k++) {
      this.total += load<f64>(this.values + (<usize>unchecked(varying[k]) << 3));
    }
  }

  /** Values in a state of squared norm `n`. */
  measureState(space: Space, state: usize, n: f64): void {
    this.fillConstants(space);
    const scale = 1 / n;
    const varying = space.varying;
    for (let k = 0; k < varying.length; k++) {
      const m = unchecked(varying[k]);
      const value = unchecked(space.forms[m]).value(state) * scale;
      store<f64>(f64At(this.values, m), value);
      this.total += value;
    }
  }

  private fillConstants(space: Space): void {
    if (this.filledFor === space) return;
    this.filledFor = space;
    memory.copy(this.values, space.constants, <usize>this.moments << 3);
  }
}
