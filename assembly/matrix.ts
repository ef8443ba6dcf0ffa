// What every way of holding a matrix can do. x and y are vectors of complex amplitudes, or packed reals where `real`.

export abstract class Matrix {
  constructor(public rows: i32, public columns: i32) {}

  /** All elements are real: the functions for packed reals may be called. */
  abstract get real(): bool;
  /** M^+, made once. */
  abstract get adjoint(): Matrix;
  /** y = M x */
  abstract multiply(x: usize, y: usize): void;
  /** y += s M x */
  abstract addProduct(x: usize, y: usize, s: f64): void;
  /** ||M x||^2 without storing M x */
  abstract imageNorm2(x: usize): f64;
  /** y = M x for packed reals, padded */
  abstract multiplyPacked(x: usize, y: usize): void;
  /** y += s M x for packed reals */
  abstract addProductPacked(x: usize, y: usize, s: f64): void;
}
