// Small spaces: the ladder of exact propagators. No horizon.
import { Evolution } from "./evolution";
import { Path } from "./path";
import { LinearMap, Propagator } from "./propagator";
import { Space } from "./program";
import { Segment } from "./segment";

class SpaceMap extends LinearMap {
  constructor(private space: Space) {
    super();
  }
  apply(x: usize, y: usize): void {
    this.space.apply(x, y);
  }
}

/** Up to here all digits have matrices of their own: 2 MB a level. */
const MAX_KEPT: i32 = 96;

export class DenseSegment extends Segment {
  private evolution: Evolution;
  private space: Space;

  constructor(space: Space, gridStep: f64, lastTime: f64) {
    super();
    this.space = space;
    const propagator = new Propagator(new SpaceMap(space), space.dimension, space.dimension <= MAX_KEPT);
    propagator.configure(space.dimension, space.norm, lastTime);
    this.evolution = new Evolution(propagator, space.dimension, gridStep);
  }

  /** A table of the evolution from `psi`, or null where it would be too long. */
  tabulate(psi: usize, last: f64): Path | null {
    const path = new Path(this.evolution.propagator, this.space.dimension);
    return path.build(psi, last) ? path : null;
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    this.evolution.begin(psi);
    this.norm2 = 1;
    this.logScale = 0;
  }

  locate(ratio: f64, limit: f64): f64 {
    const tau = this.evolution.locate(ratio, limit);
    this.located = this.evolution.located;
    this.locatedRate = this.evolution.locatedRate;
    return tau;
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    this.evolution.moveTo(tau, gridStepAhead);
    this.norm2 = this.evolution.norm2;
    this.logScale = this.evolution.logScale;
    return this.evolution.cursor;
  }
}
