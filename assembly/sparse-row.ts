// One row of a sparse product: columns u32[] from `column` to `end`, complex values beside them.

/** sum_j x_j over the columns from `column` to `end` */
@inline
export function rowSum(column: usize, end: usize, x: usize): v128 {
  let a = f64x2.splat(0);
  let b = a;
  while (column + 4 < end) {
    a = f64x2.add(a, v128.load(x + (<usize>load<u32>(column) << 4)));
    b = f64x2.add(b, v128.load(x + (<usize>load<u32>(column, 4) << 4)));
    column += 8;
  }
  if (column < end) a = f64x2.add(a, v128.load(x + (<usize>load<u32>(column) << 4)));
  return f64x2.add(a, b);
}

/** sum_j x_j of packed reals */
@inline
export function packedRowSum(column: usize, end: usize, x: usize): f64 {
  let a: f64 = 0, b: f64 = 0;
  while (column + 4 < end) {
    a += load<f64>(x + (<usize>load<u32>(column) << 3));
    b += load<f64>(x + (<usize>load<u32>(column, 4) << 3));
    column += 8;
  }
  if (column < end) a += load<f64>(x + (<usize>load<u32>(column) << 3));
  return a + b;
}

@inline
export function packedRealRow(values: usize, column: usize, end: usize, x: usize): f64 {
  let a: f64 = 0;
  while (column < end) {
    a += load<f64>(values) * load<f64>(x + (<usize>load<u32>(column) << 3));
    column += 4;
    values += 16;
  }
  return a;
}

@inline
export function realRow(values: usize, column: usize, end: usize, x: usize): v128 {
  let a = f64x2.splat(0);
  while (column < end) {
    a = f64x2.add(a, f64x2.mul(v128.load64_splat(values), v128.load(x + (<usize>load<u32>(column) << 4))));
    column += 4;
    values += 16;
  }
  return a;
}

@inline
export function complexRow(values: usize, column: usize, end: usize, x: usize): v128 {
  let direct = f64x2.splat(0);
  let crossed = direct;
  while (column < end) {
    const p = x + (<usize>load<u32>(column) << 4);
    const v = v128.load(values);
    direct = f64x2.add(direct, f64x2.mul(v, v128.load64_splat(p)));
    crossed = f64x2.add(crossed, f64x2.mul(v, v128.load64_splat(p, 8)));
    column += 4;
    values += 16;
  }
  return f64x2.add(direct, f64x2.mul(i64x2.shuffle(crossed, crossed, 1, 0), f64x2(-1, 1)));
}
