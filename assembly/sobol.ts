// Sobol's sequence in base 2: the first 2^m points of each coordinate lie in different intervals of length 2^-m, and so do
// pairs of coordinates in squares, nearly. Source: I. M. Sobol', USSR Comput. Math. Math. Phys. 7 (1967) 86; primitive
// polynomials and first direction numbers of S. Joe and F. Y. Kuo, SIAM J. Sci. Comput. 30 (2008) 2635, table
// new-joe-kuo-6, coordinates 2 to 17 (coordinate 1 is the van der Corput sequence).

/** Coordinates that there are. */
export const COORDINATES: i32 = 16;
/** Digits of the number of a point that count. */
const DIGITS: i32 = 48;

/** Degree s and inner coefficients a of each polynomial. */
const DEGREES: StaticArray<u8> = [1, 2, 3, 3, 4, 4, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6];
const COEFFICIENTS: StaticArray<u8> = [0, 1, 1, 2, 1, 4, 2, 4, 7, 11, 13, 14, 1, 13, 16, 19];
/** m_1 .. m_s of each coordinate, six places a row. */
const FIRST: StaticArray<u8> = [
  1, 0, 0, 0, 0, 0,
  1, 3, 0, 0, 0, 0,
  1, 3, 1, 0, 0, 0,
  1, 1, 1, 0, 0, 0,
  1, 1, 3, 3, 0, 0,
  1, 3, 5, 13, 0, 0,
  1, 1, 5, 5, 17, 0,
  1, 1, 5, 5, 5, 0,
  1, 1, 7, 11, 19, 0,
  1, 1, 5, 1, 1, 0,
  1, 1, 1, 3, 11, 0,
  1, 3, 5, 5, 31, 0,
  1, 3, 3, 9, 7, 49,
  1, 1, 1, 15, 21, 21,
  1, 3, 1, 13, 27, 49,
  1, 1, 1, 15, 7, 5,
];

export class Sobol {
  private point: u64 = 0;
  /** Direction numbers v_i of all coordinates, as fractions of 2^64. */
  private directions: StaticArray<u64> = new StaticArray<u64>(COORDINATES * DIGITS);
  /** Coordinates of the point. */
  private values: StaticArray<u64> = new StaticArray<u64>(COORDINATES);

  constructor() {
    for (let c = 0; c < COORDINATES; c++) this.direct(c);
  }

  /** v_i = a_1 v_(i-1) ^ ... ^ a_(s-1) v_(i-s+1) ^ v_(i-s) ^ (v_(i-s) >> s). */
  private direct(c: i32): void {
    const degree = <i32>DEGREES[c];
    const coefficients = <u32>COEFFICIENTS[c];
    const v = c * DIGITS;
    for (let i = 0; i < DIGITS; i++) {
      if (i < degree) {
        this.directions[v + i] = <u64>FIRST[c * 6 + i] << (63 - i);
        continue;
      }
      const last = this.directions[v + i - degree];
      let value = last ^ (last >> degree);
      for (let k = 1; k < degree; k++) {
        if ((coefficients >> (degree - 1 - k)) & 1) value ^= this.directions[v + i - k];
      }
      this.directions[v + i] = value;
    }
  }

  /** Goes to a point. */
  select(point: u64): void {
    // Only the digits that differ: two of them on average from one point to the next.
    for (let rest = point ^ this.point; rest > 0; rest &= rest - 1) {
      const digit = <i32>ctz<u64>(rest);
      if (digit >= DIGITS) break;
      for (let c = 0; c < COORDINATES; c++) {
        const value = unchecked(this.values[c]) ^ unchecked(this.directions[c * DIGITS + digit]);
        unchecked((this.values[c] = value));
      }
    }
    this.point = point;
  }

  /** As a fraction of 2^64. */
  @inline
  coordinate(c: i32): u64 {
    return unchecked(this.values[c]);
  }
}
