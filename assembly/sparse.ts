// Compressed sparse rows with complex values (re, im interleaved).

export class SparseMatrix {
  constructor(
    public rows: i32,
    public columns: i32,
    /** u32[rows + 1] */
    public rowStart: usize,
    /** u32[elements] */
    public column: usize,
    /** complex[elements] */
    public values: usize,
  ) {}

  get elements(): i32 {
    return load<i32>(this.rowStart + (<usize>this.rows << 2));
  }
}

@inline
function rowProduct(values: usize, column: usize, end: usize, x: usize): v128 {
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

/** y = M x */
export function multiplySparse(matrix: SparseMatrix, x: usize, y: usize): void {
  let start = matrix.rowStart;
  const last = start + (<usize>matrix.rows << 2);
  const columns = matrix.column;
  let values = matrix.values;
  let column = columns;
  while (start < last) {
    start += 4;
    const end = columns + (<usize>load<u32>(start) << 2);
    v128.store(y, rowProduct(values, column, end, x));
    values += (end - column) << 2;
    column = end;
    y += 16;
  }
}

/** ||M x||^2 without storing M x */
export function imageNorm2(matrix: SparseMatrix, x: usize): f64 {
  let start = matrix.rowStart;
  const last = start + (<usize>matrix.rows << 2);
  const columns = matrix.column;
  let values = matrix.values;
  let column = columns;
  let sum = f64x2.splat(0);
  while (start < last) {
    start += 4;
    const end = columns + (<usize>load<u32>(start) << 2);
    const v = rowProduct(values, column, end, x);
    sum = f64x2.add(sum, f64x2.mul(v, v));
    values += (end - column) << 2;
    column = end;
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** y += s M^+ x */
export function addAdjointProduct(matrix: SparseMatrix, x: usize, y: usize, s: f64): void {
  let start = matrix.rowStart;
  const last = start + (<usize>matrix.rows << 2);
  const columns = matrix.column;
  let values = matrix.values;
  let column = columns;
  const sign = f64x2(1, -1);
  while (start < last) {
    start += 4;
    const end = columns + (<usize>load<u32>(start) << 2);
    const u = f64x2.mul(v128.load(x), f64x2.splat(s));
    // conj(v) u = vr (ur, ui) + vi (ui, -ur)
    const w = f64x2.mul(i64x2.shuffle(u, u, 1, 0), sign);
    while (column < end) {
      const p = y + (<usize>load<u32>(column) << 4);
      const product = f64x2.add(f64x2.mul(v128.load64_splat(values), u), f64x2.mul(v128.load64_splat(values, 8), w));
      v128.store(p, f64x2.add(v128.load(p), product));
      column += 4;
      values += 16;
    }
    x += 16;
  }
}
