// States whose amplitudes are all real are kept as packed reals, two to a 16-byte word and padded with zeros to whole words:
// half the memory and half the time. What works on words alone (norms, sums, real combinations) is that of vector.ts.
import { complexAt, f64At } from "./memory";

/** Words of `dimension` packed reals. */
@inline
export function packedWords(dimension: i32): i32 {
  return (dimension + 1) >> 1;
}

/** Whether all imaginary parts are exactly 0. */
export function isReal(x: usize, dimension: i32): bool {
  const end = complexAt(x, dimension);
  for (; x < end; x += 16) if (load<f64>(x, 8) != 0) return false;
  return true;
}

/** f64[dimension] `out`, padded, from the real parts of complex[dimension] `x` */
export function packReal(x: usize, dimension: i32, out: usize): void {
  for (let i: usize = 0; i < <usize>dimension; i++) store<f64>(out + (i << 3), load<f64>(x + (i << 4)));
  if (dimension & 1) store<f64>(f64At(out, dimension), 0);
}

/** complex[dimension] `out` from f64[dimension] `x` */
export function unpackReal(x: usize, dimension: i32, out: usize): void {
  for (let i: usize = 0; i < <usize>dimension; i++) v128.store(out + (i << 4), v128.load64_zero(x + (i << 3)));
}
