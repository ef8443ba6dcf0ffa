import type { Density } from "./result.ts";

/** Elements row by row. */
interface Elements {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Density matrices as a result holds them, one a time. */
export function densityOf(
  basis: readonly string[],
  times: readonly number[],
  matrices: readonly Elements[],
): Density {
  const rows = (values: Float64Array): number[][] =>
    basis.map((_, i) => [...values.subarray(i * basis.length, (i + 1) * basis.length)]);
  return { basis, times, re: matrices.map(({ re }) => rows(re)), im: matrices.map(({ im }) => rows(im)) };
}
