// Chooses the kind of segment from the space and the state alone.
import { DenseSegment } from "./dense-segment";
import { EigenSegment } from "./eigen-segment";
import { KrylovSegment } from "./krylov-segment";
import { Path } from "./path";
import { Space } from "./program";
import { Segment } from "./segment";

/**
 * Largest dimension for dense propagators. Their product costs d^2, a Krylov basis 30 sparse products and the
 * orthogonalisation; both take about 0.3 ms a segment near d = 100.
 */
export const MAX_DENSE: i32 = 96;

export class Engine {
  private eigen: EigenSegment;
  private dense: Array<DenseSegment | null> = [];
  private krylov: KrylovSegment | null = null;

  constructor(
    private spaces: Space[],
    private gridStep: f64,
    private lastTime: f64,
    private largest: i32,
    private maxDense: i32,
  ) {
    this.eigen = new EigenSegment(largest);
    for (let s = 0; s < spaces.length; s++) this.dense.push(null);
  }

  /** A segment that starts from `psi` (normalised) in space `s`. */
  begin(s: i32, psi: usize, remaining: f64): Segment {
    const space = unchecked(this.spaces[s]);
    const segment = this.eigen.accepts(space, psi, remaining) ? this.eigen : this.stepping(s, space);
    segment.begin(space, psi, remaining);
    return segment;
  }

  /** A table of the evolution without a jump from `psi`, where it pays. */
  path(s: i32, psi: usize): Path | null {
    const space = unchecked(this.spaces[s]);
    if (space.dimension > this.maxDense || this.eigen.accepts(space, psi, this.lastTime)) return null;
    const segment = this.stepping(s, space);
    return segment instanceof DenseSegment ? (segment as DenseSegment).tabulate(psi, this.lastTime) : null;
  }

  private stepping(s: i32, space: Space): Segment {
    if (space.dimension <= this.maxDense) {
      let dense = unchecked(this.dense[s]);
      if (dense === null) {
        dense = new DenseSegment(space, this.gridStep, this.lastTime);
        unchecked((this.dense[s] = dense));
      }
      return dense;
    }
    let krylov = this.krylov;
    if (krylov === null) {
      krylov = new KrylovSegment(this.largest);
      this.krylov = krylov;
    }
    return krylov;
  }
}
