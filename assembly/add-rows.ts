// Up to four rows of reals that are added to another in one pass.

/** y = s (a + b + c + d) or, unless `fresh`, y += that, of the first `count` of a, b, c, d; n reals, none need be aligned. */
export function addRows(y: usize, a: usize, b: usize, c: usize, d: usize, count: i32, n: i32, s: f64, fresh: bool): void {
  if (count == 4) addSome(y, a, b, c, d, 4, n, s, fresh);
  else if (count == 3) addSome(y, a, b, c, d, 3, n, s, fresh);
  else if (count == 2) addSome(y, a, b, c, d, 2, n, s, fresh);
  else addSome(y, a, b, c, d, 1, n, s, fresh);
}

/** `addRows` with a count that is known where this is put in. */
@inline
function addSome(y: usize, a: usize, b: usize, c: usize, d: usize, count: i32, n: i32, s: f64, fresh: bool): void {
  const bytes = <usize>(n & ~1) << 3, even = bytes & ~31;
  const factor = f64x2.splat(s);
  let i: usize = 0;
  for (; i < even; i += 32) {
    let u = f64x2.mul(factor, sumOfWords(a + i, b + i, c + i, d + i, count));
    let v = f64x2.mul(factor, sumOfWords(a + i + 16, b + i + 16, c + i + 16, d + i + 16, count));
    if (!fresh) {
      u = f64x2.add(v128.load(y + i), u);
      v = f64x2.add(v128.load(y + i, 16), v);
    }
    v128.store(y + i, u);
    v128.store(y + i, v, 16);
  }
  if (i < bytes) {
    const u = f64x2.mul(factor, sumOfWords(a + i, b + i, c + i, d + i, count));
    v128.store(y + i, fresh ? u : f64x2.add(v128.load(y + i), u));
  }
  if ((n & 1) == 0) return;
  let sum = load<f64>(a + bytes);
  if (count > 1) sum += load<f64>(b + bytes);
  if (count == 3) sum += load<f64>(c + bytes);
  if (count == 4) sum += load<f64>(c + bytes) + load<f64>(d + bytes);
  store<f64>(y + bytes, (fresh ? 0 : load<f64>(y + bytes)) + s * sum);
}

@inline
function sumOfWords(a: usize, b: usize, c: usize, d: usize, count: i32): v128 {
  let sum = v128.load(a);
  if (count > 1) sum = f64x2.add(sum, v128.load(b));
  if (count == 3) sum = f64x2.add(sum, v128.load(c));
  if (count == 4) sum = f64x2.add(sum, f64x2.add(v128.load(c), v128.load(d)));
  return sum;
}
