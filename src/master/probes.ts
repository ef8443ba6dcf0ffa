import type { Layout } from "./blocks.ts";
import type { Functional } from "./functional.ts";

/** Real linear forms over x in compressed rows. */
export interface ProbeRows {
  readonly count: number;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** A complex mean is the sum over its parts of exp(-i frequency t) (value of row `re` + i value of row `im`). */
export interface ProbePart {
  readonly frequency: number;
  readonly re: number;
  /** -1 where it is identically zero. */
  readonly im: number;
}

export interface Probes {
  readonly rows: ProbeRows;
  /** One list a functional. */
  readonly parts: readonly (readonly ProbePart[])[];
}

interface Row {
  readonly columns: number[];
  readonly values: number[];
}

/** Expresses functionals of rho by what is stored; elements that are not stored are zero. */
export function compileProbes(functionals: readonly Functional[], layout: Layout, gap: number): Probes {
  const rows: Row[] = [];
  const parts = functionals.map((functional) => {
    const found: ProbePart[] = [];
    for (const [frequency, { re, im }] of rowsByFrequency(functional, layout, gap)) {
      rows.push(re);
      if (im.columns.length > 0) rows.push(im);
      const last = rows.length - 1;
      found.push(
        im.columns.length > 0 ? { frequency, re: last - 1, im: last } : { frequency, re: last, im: -1 },
      );
    }
    return found;
  });
  return { rows: compressRows(rows), parts };
}

/** The real parts of functionals that do not rotate, each divided by its scale. */
export function compileSteady(
  functionals: readonly Functional[],
  scale: readonly number[],
  layout: Layout,
  gap: number,
): ProbeRows {
  return compressRows(
    functionals.map((functional, index) => {
      const { re } = rowsByFrequency(functional, layout, gap).get(0) ?? { re: { columns: [], values: [] } };
      return { columns: re.columns, values: re.values.map((value) => value / (scale[index] ?? 1)) };
    }),
  );
}

function rowsByFrequency(
  functional: Functional,
  layout: Layout,
  gap: number,
): Map<number, { re: Row; im: Row }> {
  const byFrequency = new Map<number, { re: Row; im: Row }>();
  for (const { row, column, re, im } of functional) {
    const block = layout.find(row.sector, column.sector);
    if (block === null) continue;
    const straight = row.sector === block.rowSector;
    const [i, j] = straight ? [row.index, column.index] : [column.index, row.index];
    const element = block.offset + i * block.columns + j;
    // 0 - f, not -f: keys 0 and -0 must be the same printed frequency
    const frequency = straight ? block.frequency : 0 - block.frequency;
    const rows = byFrequency.get(frequency) ?? { re: emptyRow(), im: emptyRow() };
    byFrequency.set(frequency, rows);
    const sign = straight ? 1 : -1;
    add(rows.re, element, re);
    add(rows.im, element, im);
    if (gap === 0) continue;
    add(rows.re, element + gap, -sign * im);
    add(rows.im, element + gap, sign * re);
  }
  return byFrequency;
}

const emptyRow = (): Row => ({ columns: [], values: [] });

function add(row: Row, column: number, value: number): void {
  if (value === 0) return;
  row.columns.push(column);
  row.values.push(value);
}

/** One row an entry of x from 0 to count - 1: keeps the whole state. */
export function identityRows(count: number): ProbeRows {
  const rowStart = new Int32Array(count + 1);
  const column = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    rowStart[i + 1] = i + 1;
    column[i] = i;
  }
  return { count, rowStart, column, value: new Float64Array(count).fill(1) };
}

/** The rows of a, then those of b. */
export function joinRows(a: ProbeRows, b: ProbeRows): ProbeRows {
  const rowStart = new Int32Array(a.count + b.count + 1);
  rowStart.set(a.rowStart);
  for (let row = 0; row <= b.count; row++)
    rowStart[a.count + row] = a.column.length + (b.rowStart[row] as number);
  const column = new Int32Array(a.column.length + b.column.length);
  column.set(a.column);
  column.set(b.column, a.column.length);
  const value = new Float64Array(column.length);
  value.set(a.value);
  value.set(b.value, a.value.length);
  return { count: a.count + b.count, rowStart, column, value };
}

function compressRows(rows: readonly Row[]): ProbeRows {
  const rowStart = new Int32Array(rows.length + 1);
  rows.forEach(({ columns }, index) => {
    rowStart[index + 1] = (rowStart[index] as number) + columns.length;
  });
  const column = new Int32Array(rowStart[rows.length] as number);
  const value = new Float64Array(column.length);
  rows.forEach((row, index) => {
    column.set(row.columns, rowStart[index]);
    value.set(row.values, rowStart[index]);
  });
  return { count: rows.length, rowStart, column, value };
}

/** out[offset + r] = row r of x. */
export function evaluate(rows: ProbeRows, x: Float64Array, out: Float64Array, offset: number): void {
  for (let row = 0; row < rows.count; row++) {
    let sum = 0;
    for (let e = rows.rowStart[row] as number; e < (rows.rowStart[row + 1] as number); e++) {
      sum += (rows.value[e] as number) * (x[rows.column[e] as number] as number);
    }
    out[offset + row] = sum;
  }
}
