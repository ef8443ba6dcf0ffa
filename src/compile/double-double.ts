/**
 * A sum carried to about 32 digits as an unevaluated pair hi + lo. Energies of order 1e9 that cancel in a rotating
 * frame must leave exactly what the model says, not the rounding of the large numbers.
 * Dekker, Numer. Math. 18, 224 (1971); Knuth, TAOCP 2, 4.2.2.
 */
export class DoubleDouble {
  hi = 0;
  lo = 0;

  set(hi: number, lo: number): this {
    this.hi = hi;
    this.lo = lo;
    return this;
  }

  add(hi: number, lo = 0): this {
    const sum = this.hi + hi;
    const part = sum - this.hi;
    const error = this.hi - (sum - part) + (hi - part) + (this.lo + lo);
    return this.#normalise(sum, error);
  }

  multiply(factor: number): this {
    const product = this.hi * factor;
    const error = productError(this.hi, factor, product) + this.lo * factor;
    return this.#normalise(product, error);
  }

  /** Requires |big| >= |small|. */
  #normalise(big: number, small: number): this {
    this.hi = big + small;
    this.lo = small - (this.hi - big);
    return this;
  }
}

const SPLITTER = 134_217_729; // 2^27 + 1

/** a * b - product exactly; exact up to |a|, |b| < 1e300. */
function productError(a: number, b: number, product: number): number {
  const wideA = SPLITTER * a;
  const highA = wideA - (wideA - a);
  const lowA = a - highA;
  const wideB = SPLITTER * b;
  const highB = wideB - (wideB - b);
  const lowB = b - highB;
  return highA * highB - product + highA * lowB + lowA * highB + lowA * lowB;
}
