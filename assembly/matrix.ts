// What every way of holding a matrix can do. x and y are vectors of complex amplitudes, or packed reals where `real`.

import { chebyshevStep } from "./vector";

export abstract class Matrix {
  private adjointMatrix: Matrix | null = null;

  constructor(public rows: i32, public columns: i32) {}

  /** All elements are real: the functions for packed reals may be called. */
  abstract get real(): bool;
  /** M^+, made once. */
  get adjoint(): Matrix {
    let result = this.adjointMatrix;
    if (result === null) {
      result = this.transpose();
      this.adjointMatrix = result;
    }
    return result;
  }
  /** M^+ */
  protected abstract transpose(): Matrix;
  /** y = M x */
  abstract multiply(x: usize, y: usize): void;
  /** w = s (M - re - i im) v + u: one step of Chebyshev's recurrence. Called with one s, re, im all the time. */
  recur(w: usize, v: usize, u: usize, s: f64, re: f64, im: f64): void {
    this.multiply(v, w);
    chebyshevStep(w, v, u, this.rows, s, re, im);
  }
  /** y += s M x */
  abstract addProduct(x: usize, y: usize, s: f64): void;
  /** ||M x||^2 without storing M x */
  abstract imageNorm2(x: usize): f64;
  /** ||M e_j||^2 */
  abstract columnNorm2(j: i32): f64;
  /** y = M x for packed reals, padded */
  abstract multiplyPacked(x: usize, y: usize): void;
  /** y += s M x for packed reals */
  abstract addProductPacked(x: usize, y: usize, s: f64): void;
}
