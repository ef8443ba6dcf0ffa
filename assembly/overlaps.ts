// How far Lanczos vectors are from orthogonal, without asking them: rounding errors of the overlaps w_mk = <v_m|v_k> obey the
// recurrence of the vectors themselves (Simon, Math. Comp. 42, 115 (1984)),
//   beta_m w_(m+1)k = beta_k w_m(k+1) + (alpha_k - alpha_m) w_mk + beta_(k-1) w_m(k-1) - beta_(m-1) w_(m-1)k + rounding,
// with beta_k between v_k and v_(k+1). They grow once an eigenvector has been found.
import { allocate, f64At } from "./memory";

const ROUNDING: f64 = 1.1102230246251565e-16;

export class Overlaps {
  /** f64[capacity + 1]: estimates of |w_mk| for the last vector and the one before; and room for the next. */
  private here: usize;
  private before: usize;
  private next: usize;

  constructor(capacity: i32) {
    this.here = allocate(<usize>(capacity + 1) << 3);
    this.before = allocate(<usize>(capacity + 1) << 3);
    this.next = allocate(<usize>(capacity + 1) << 3);
  }

  begin(): void {
    store<f64>(this.here, 1);
  }

  /**
   * Goes on to v_(m+1) and returns its largest overlap; alpha: f64[m + 1], beta: f64[m], `last` = beta_m, `norm` >= ||A||.
   */
  step(m: i32, alpha: usize, beta: usize, last: f64, norm: f64): f64 {
    const here = this.here, before = this.before, next = this.next;
    const scale = 1 / last, rounding = ROUNDING * norm * scale;
    const ownAlpha = load<f64>(f64At(alpha, m)), ownBeta = m > 0 ? load<f64>(f64At(beta, m - 1)) : 0;
    let largest: f64 = 0;
    // w_mk and beta_k one place before.
    let below: f64 = 0, betaBelow: f64 = 0;
    let own = load<f64>(here);
    for (let k: usize = 0; k < <usize>m << 3; k += 8) {
      const betaHere = load<f64>(beta + k), above = load<f64>(here + k, 8);
      let sum = betaHere * above + (load<f64>(alpha + k) - ownAlpha) * own;
      sum += betaBelow * below - ownBeta * load<f64>(before + k);
      const overlap = abs(sum) * scale + rounding;
      store<f64>(next + k, sum < 0 ? -overlap : overlap);
      largest = max(largest, overlap);
      below = own;
      own = above;
      betaBelow = betaHere;
    }
    store<f64>(f64At(next, m), ROUNDING);
    store<f64>(f64At(next, m + 1), 1);
    this.next = before;
    this.before = here;
    this.here = next;
    return largest;
  }

  /** v_(m+1) has been made orthogonal to all others. */
  clear(m: i32): void {
    for (let k = 0; k <= m; k++) store<f64>(f64At(this.here, k), ROUNDING);
  }
}
