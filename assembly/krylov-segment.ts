// Spaces too big for a dense propagator: psi(tau) = V exp(H tau) e_1 in Arnoldi's basis, which grows only as far as the norm
// has to be followed: to the jump, as a rule. One basis serves the jump, the norm and all values on the grid.
import { KrylovBasis, MAX_ORDER } from "./krylov-basis";
import { KrylovPath } from "./krylov-path";
import { allocateVector, vectorBytes } from "./memory";
import { Space } from "./program";
import { ReducedForms } from "./reduced-forms";
import { NO_JUMP, Segment } from "./segment";
import { norm2 } from "./vector";

export class KrylovSegment extends Segment {
  private space: Space;
  private basis: KrylovBasis;
  private path: KrylovPath;
  private forms: ReducedForms;
  private formOrder: i32 = 0;
  private coefficients: usize = allocateVector(MAX_ORDER + 1);
  private state: usize;

  /** What one for spaces of this dimension takes, nearly. */
  static bytes(dimension: i32): f64 {
    return <f64>vectorBytes(dimension) * <f64>(MAX_ORDER + 4);
  }

  /** `space`: any one, to begin with; `last`: the last time of all. */
  constructor(space: Space, largestDimension: i32, last: f64) {
    super();
    this.space = space;
    const basis = new KrylovBasis(space, largestDimension);
    this.basis = basis;
    this.path = new KrylovPath(basis, last);
    this.forms = new ReducedForms(space, MAX_ORDER, largestDimension);
    this.state = allocateVector(largestDimension);
    this.located = allocateVector(largestDimension);
  }

  begin(space: Space, psi: usize, remaining: f64): void {
    this.space = space;
    this.basis.begin(space, psi, remaining);
    this.path.begin(remaining);
    this.horizon = Infinity;
    this.reduced = false;
  }

  reach(tau: f64): f64 {
    if (!this.path.follow(tau, 0)) this.horizon = this.path.end;
    return min(tau, this.horizon);
  }

  locate(ratio: f64, limit: f64): f64 {
    const reached = this.path.follow(limit, ratio);
    if (!this.path.hasFallenTo(ratio)) {
      if (!reached) this.horizon = this.path.end;
      return NO_JUMP;
    }
    const tau = this.path.locate(ratio, this.coefficients);
    if (tau > limit) return NO_JUMP;
    this.basis.expand(this.path.located, this.coefficients, this.located);
    this.locatedRate = this.path.rate;
    return tau;
  }

  stateAt(tau: f64, gridStepAhead: bool): usize {
    const m = this.path.at(tau, this.coefficients);
    this.basis.expand(m, this.coefficients, this.state);
    this.norm2 = norm2(this.state, this.space.dimension);
    return this.state;
  }

  /** Forms on the basis where they cost less than the states they replace, counted in products of complex numbers. */
  prepare(count: i32): void {
    if (this.reduced || this.space.moving) return;
    const d = <f64>this.space.dimension;
    const m = <f64>this.basis.order;
    const forms = <f64>this.space.varying.length;
    const times = <f64>count;
    const build = forms * d * (2 * m + 0.5 * m * m);
    if (build + times * forms * m * m >= times * d * (m + 2 * forms)) return;
    this.reduced = true;
    this.formOrder = this.basis.order;
    this.forms.build(this.space, this.basis.vector(0), this.basis.stride, this.formOrder, 0);
  }

  reducedValues(tau: f64, gridStepAhead: bool, values: usize): void {
    const m = this.path.at(tau, this.coefficients);
    const c = this.coefficients;
    if (m < this.formOrder) memory.fill(c + (<usize>m << 4), 0, <usize>(this.formOrder - m) << 4);
    this.norm2 = this.basis.norm2(m, c);
    this.forms.values(c, this.norm2, values);
  }
}
