// The squared norm of a state in an eigenbasis of a Hermitian generator: n(tau) = sum_j w_j^2 exp(2 theta_j tau).
import { allocate } from "./memory";
import { NO_JUMP } from "./segment";

const MAX_NEWTON: i32 = 100;

export class DecaySum {
  order: i32 = 0;
  /** f64[order] each */
  theta: usize;
  weights: usize;
  /** The largest theta: what the state decays with in the end. */
  slowest: f64 = 0;
  /** d/dtau of the last `value`. */
  slope: f64 = 0;

  constructor(capacity: i32) {
    this.theta = allocate(<usize>capacity << 3);
    this.weights = allocate(<usize>capacity << 3);
  }

  /** Called once order and theta are there. */
  findSlowest(): void {
    this.slowest = -Infinity;
    for (let j: usize = 0; j < <usize>this.order << 3; j += 8) this.slowest = max(this.slowest, load<f64>(this.theta + j));
  }

  value(tau: f64): f64 {
    let sum: f64 = 0;
    let slope: f64 = 0;
    for (let j: usize = 0; j < <usize>this.order << 3; j += 8) {
      const weight = load<f64>(this.weights + j);
      const twice = 2 * load<f64>(this.theta + j);
      const part = weight * weight * Math.exp(twice * tau);
      sum += part;
      slope += twice * part;
    }
    this.slope = slope;
    return sum;
  }

  /** Where n = ratio, or NO_JUMP if not before `limit`. ln n is convex and falls, so Newton from the left never overshoots. */
  crossing(ratio: f64, limit: f64): f64 {
    if (this.value(limit) > ratio) return NO_JUMP;
    const target = Math.log(ratio);
    let tau: f64 = 0;
    for (let k = 0; k < MAX_NEWTON; k++) {
      const n = this.value(tau);
      const step = ((target - Math.log(n)) * n) / this.slope;
      tau = min(tau + step, limit);
      if (!(step > 1e-9 * tau)) break;
    }
    return tau;
  }
}
