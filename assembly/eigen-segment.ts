// A state that is an eigenstate of A: psi(tau) = exp(lambda tau) psi. Dark states are those with no jump rate; they are
// never stepped. Found by the residual ||A psi - lambda psi||, so it also catches what becomes stationary by accident.
import { allocateVector, vectorBytes } from "./memory";
import { Space } from "./program";
import { NO_JUMP, Segment } from "./segment";
import { addScaled, dot, norm2 } from "./vector";

/** Largest error of the state that taking it for an eigenstate may make until the last time. */
const TOLERANCE: f64 = 1e-13;
/** Rounding of A psi in units of ||A||. */
const ROUNDING: f64 = 1e-15;

export class EigenSegment extends Segment {
  private image: usize;
  private state: usize;
  private product: usize = memory.data(16);
  private rate: f64 = 0;

  constructor(largestDimension: i32) {
    super();
    this.image = allocateVector(largestDimension);
    this.state = allocateVector(largestDimension);
  }

  /** True when `psi` is an eigenstate for the rest of the time; then `begin` may follow. */
  accepts(space: Space, psi: usize, remaining: f64): bool {
    if (space.dimension == 1) return true;
    const d = space.dimension;
    space.apply(psi, this.image);
    dot(psi, this.image, d, this.product);
    addScaled(this.image, psi, d, -load<f64>(this.product), -load<f64>(this.product, 8));
    const residual = Math.sqrt(norm2(this.image, d));
    return residual * remaining <= TOLERANCE || residual <= ROUNDING * space.norm;
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    memory.copy(this.state, psi, vectorBytes(space.dimension));
    const rate = space.jumpRate(psi);
    this.rate = rate * remaining > ROUNDING ? rate : 0;
    this.stationary = !space.moving;
    this.norm2 = 1;
    this.logScale = 0;
  }

  locate(ratio: f64, limit: f64): f64 {
    this.located = this.state;
    this.locatedRate = this.rate;
    if (this.rate == 0) return NO_JUMP;
    const tau = -Math.log(ratio) / this.rate;
    return tau <= limit ? tau : NO_JUMP;
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    this.logScale = -this.rate * tau;
    return this.state;
  }
}
