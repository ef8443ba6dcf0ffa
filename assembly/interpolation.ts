// Interpolation at Chebyshev's points, as a polynomial in powers that two lanes of a vector can evaluate.
import { allocate } from "./memory";

export class Interpolation {
  private count: i32;
  /** f64[count][count]: T_k(x_j). */
  private chebyshev: usize;
  /** f64[count]: coefficients of the polynomials T_k in turn, of T_(k - 1), and of the sum. */
  private last: usize;
  private before: usize;
  private sum: usize;

  /** Polynomials of that degree. */
  constructor(private degree: i32) {
    const count = degree + 1;
    const bytes = <usize>count << 3;
    this.count = count;
    this.chebyshev = allocate(<usize>count * bytes);
    this.last = allocate(bytes);
    this.before = allocate(bytes);
    this.sum = allocate(bytes);
    for (let k = 0; k < count; k++) {
      for (let j = 0; j < count; j++) {
        store<f64>(this.at(k, j), Math.cos((<f64>k * (<f64>j + 0.5) * Math.PI) / <f64>count));
      }
    }
  }

  @inline
  private at(k: i32, j: i32): usize {
    return this.chebyshev + (<usize>(k * this.count + j) << 3);
  }

  /** The points, which descend from 1 to -1 (both excluded). */
  point(j: i32): f64 {
    return load<f64>(this.at(1, j));
  }

  /**
   * The polynomial with `values` f64[degree + 1] at the points: f64[degree / 2 + 1][2], coefficients of x^(2 k) and x^(2 k + 1),
   * highest k first. Returns the size of its last two terms in Chebyshev's polynomials, which tells what is left out.
   */
  fit(values: usize, row: usize): f64 {
    const count = this.count;
    const bytes = <usize>count << 3;
    memory.fill(this.sum, 0, bytes);
    memory.fill(this.last, 0, bytes);
    memory.fill(this.before, 0, bytes);
    let end: f64 = 0;
    for (let k = 0; k < count; k++) {
      this.nextPolynomial(k);
      let c: f64 = 0;
      for (let j = 0; j < count; j++) c += load<f64>(values + (<usize>j << 3)) * load<f64>(this.at(k, j));
      c *= (k == 0 ? 1 : 2) / <f64>count;
      for (let p: usize = 0; p < bytes; p += 8) {
        store<f64>(this.sum + p, load<f64>(this.sum + p) + c * load<f64>(this.last + p));
      }
      if (k >= count - 2) end += abs(c);
    }
    const top = this.degree >> 1;
    store<f64>(row, 0, 8);
    for (let k = 0; k < count; k++) {
      store<f64>(row + (<usize>(top - (k >> 1)) << 4) + (<usize>(k & 1) << 3), load<f64>(this.sum + (<usize>k << 3)));
    }
    return end;
  }

  /** T_k = 2 x T_(k - 1) - T_(k - 2) */
  private nextPolynomial(k: i32): void {
    const next = this.before;
    for (let i = this.degree; i >= 0; i--) {
      const p = <usize>i << 3;
      const shifted = i > 0 ? load<f64>(this.last + p - 8) : 0;
      store<f64>(next + p, k == 1 ? shifted : 2 * shifted - load<f64>(next + p));
    }
    if (k == 0) store<f64>(next, 1);
    this.before = this.last;
    this.last = next;
  }
}
