// Jumps of a space whose J_c^+ J_c is diagonal: dephasing, and losses of single sites. One of them happens in basis state i with
// the rate |psi_i|^2 ||J_c e_i||^2, so that which one it is can be drawn together with i: part of one pass over the state, and a
// column of each matrix, instead of an image for each channel.
import { complexAt, f64At } from "./memory";
import { Matrix } from "./matrix";
import { abs2 } from "./vector";

export class DiagonalJumps {
  /** Their numbers in the space. */
  private numbers: i32[] = [];
  private matrices: Matrix[] = [];

  constructor(
    private dimension: i32,
    /** f64[dimension]: sum_c ||J_c e_i||^2; 0 where there are none. */
    private rates: usize,
  ) {}

  add(number: i32, matrix: Matrix): void {
    this.numbers.push(number);
    this.matrices.push(matrix);
  }

  /** sum_c ||J_c psi||^2 */
  rate(psi: usize): f64 {
    let sum: f64 = 0;
    if (this.rates != 0) for (let i = 0; i < this.dimension; i++) sum += this.rateIn(i, psi);
    return sum;
  }

  /** The number of the jump at which the sum of rates exceeds `rest`; the last one with a rate if none does, -1 without any. */
  draw(psi: usize, rest: f64): i32 {
    if (this.rates == 0) return -1;
    let state = -1;
    for (let i = 0; i < this.dimension; i++) {
      const rate = this.rateIn(i, psi);
      if (rate == 0) continue;
      state = i;
      rest -= rate;
      if (rest <= 0) break;
    }
    return state < 0 ? -1 : this.drawIn(state, abs2(complexAt(psi, state)), rest + this.rateIn(state, psi));
  }

  private drawIn(state: i32, population: f64, rest: f64): i32 {
    let last = -1;
    for (let k = 0; k < this.numbers.length; k++) {
      const rate = population * unchecked(this.matrices[k]).columnNorm2(state);
      if (rate == 0) continue;
      last = unchecked(this.numbers[k]);
      rest -= rate;
      if (rest <= 0) break;
    }
    return last;
  }

  @inline
  private rateIn(i: i32, psi: usize): f64 {
    return load<f64>(f64At(this.rates, i)) * abs2(complexAt(psi, i));
  }
}
