// A space of one state: nothing happens there but an exponential waiting time and a choice among fixed rates. Trajectories
// stay in it without any state vector.
import { allocate, allocateVector, f64At } from "./memory";
import { Space } from "./program";
import { NO_JUMP } from "./segment";

/** A probability to jump until the last time that is below this is rounding. */
const ROUNDING: f64 = 1e-15;

export class Constant {
  /** i64[moments]: what is measured in it, quantised. */
  readonly values: usize;
  /** The state. */
  readonly state: usize;
  /** f64[jumps]: ||J_k psi||^2, and their sum; 0 where no jump is to be expected by the last time. */
  private rates: usize;
  private rate: f64 = 0;
  /** 1 / rate */
  private lifetime: f64 = 0;

  constructor(private space: Space, moments: i32, last: f64) {
    this.values = allocate(<usize>moments << 3);
    this.state = allocateVector(1);
    store<f64>(this.state, 1);
    const count = space.jumps.length;
    this.rates = allocate(<usize>count << 3);
    let sum: f64 = 0;
    for (let k = 0; k < count; k++) {
      const rate = space.jumps[k].matrix.imageNorm2(this.state);
      store<f64>(f64At(this.rates, k), rate);
      sum += rate;
    }
    if (sum * last > ROUNDING) {
      this.rate = sum;
      this.lifetime = 1 / sum;
    }
  }

  /** The time at which exp(-rate t) = ratio; NO_JUMP if that is after `limit`. */
  @inline
  wait(ratio: f64, limit: f64): f64 {
    if (this.rate == 0) return NO_JUMP;
    const tau = -Math.log(ratio) * this.lifetime;
    return tau <= limit ? tau : NO_JUMP;
  }

  /** Nothing is to be expected by the last time. */
  @inline
  get lasts(): bool {
    return this.rate == 0;
  }

  get choices(): i32 {
    return this.space.jumps.length;
  }

  /** The number of the jump that a number x in (0, 1] falls on; the last one with a rate if none by rounding. */
  choose(x: f64): i32 {
    const count = this.space.jumps.length;
    let rest = x * this.rate;
    let last = 0;
    for (let k = 0; k < count; k++) {
      const rate = load<f64>(f64At(this.rates, k));
      if (rate == 0) continue;
      last = k;
      rest -= rate;
      if (rest <= 0) break;
    }
    return last;
  }
}
