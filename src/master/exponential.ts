import { NumericsError } from "../base/errors.ts";
import type { Block } from "./blocks.ts";
import { applyMatrix, type DenseMatrix, exponential, oneNorm, zeroMatrix } from "./dense.ts";
import { type Evolution, report, type Task } from "./evolution.ts";
import type { Generator } from "./generator.ts";
import { evaluate } from "./probes.ts";

/**
 * x(t) step by step with dense exponentials of G, one for each distinct interval, over the real degrees of freedom
 * that x(0) reaches (a Hermitian block counts once).
 */
export function evolveByExponentials(task: Task, unknowns: Unknowns): Evolution {
  const { generator, start, times, probes, control } = task;
  const outputs = new Float64Array(times.length * probes.count);
  const duration = times.at(-1) ?? 0;
  const wide = needsWide(unknowns.matrix, duration);
  refuseLost(oneNorm(unknowns.matrix) * duration, wide);
  const propagators = new Map<number, DenseMatrix>();
  const intervals = commonIntervals(times);
  const state = start.slice();
  let y: Float64Array = unknowns.gather(start);
  let spare: Float64Array = new Float64Array(y.length);
  for (let index = 0; index < times.length; index++) {
    const interval = intervals[index] as number;
    if (interval > 0) {
      const known = propagators.get(interval) ?? exponential(unknowns.matrix, interval, wide);
      propagators.set(interval, known);
      applyMatrix(known, y, spare);
      [y, spare] = [spare, y];
    }
    unknowns.scatter(y, state);
    evaluate(probes, state, outputs, index * probes.count);
    report(control, (index + 1) / times.length);
  }
  const digits = wide ? ", squared in 106 bits" : "";
  const distinct = propagators.size === 1 ? "interval" : "distinct intervals";
  const method = `dense exponentials of ${y.length} x ${y.length}, ${propagators.size} ${distinct}${digits}`;
  return { outputs, end: generator.size === 0 ? start : state, method };
}

/** From this ||G|| t on, squaring in doubles would cost more than 1e-12. */
const WIDE_NORM = 1e3;
/** Larger ones would take minutes in double-double arithmetic. */
const WIDE_SIZE = 160;

const needsWide = (matrix: DenseMatrix, duration: number): boolean =>
  matrix.n <= WIDE_SIZE && oneNorm(matrix) * duration > WIDE_NORM;

/** What squaring may lose: it doubles the rounding of the first of its steps each time. */
const MOST_LOST = 1e-6;

function refuseLost(normTime: number, wide: boolean): void {
  if (normTime * (wide ? 2 ** -106 : 2 ** -53) <= MOST_LOST) return;
  const most = MOST_LOST * (wide ? 2 ** 106 : 2 ** 53);
  throw new NumericsError(
    `the exact solver must have frequencies and rates of at most ${most.toPrecision(1)} over the time that it follows, ` +
      `but has ${normTime.toPrecision(2)}: nothing would be left of ${wide ? 32 : 16} digits`,
  );
}

/** Multiplications: what the choice between the engines weighs. */
export function exponentialCost(unknowns: Unknowns, times: readonly number[]): number {
  const { n } = unknowns.matrix;
  const duration = times.at(-1) ?? 0;
  const distinct = new Set(commonIntervals(times)).size;
  const norm = oneNorm(unknowns.matrix) * duration;
  const products = 14 + Math.max(0, Math.log2(norm / distinct + 1));
  const factor = needsWide(unknowns.matrix, duration) ? 30 : 1;
  return distinct * products * factor * n ** 3 + times.length * n ** 2;
}

/**
 * The intervals before each time. Runs of intervals that differ by rounding of the times alone get their common
 * mean, so that the end of the run is met and one exponential serves all.
 */
function commonIntervals(times: readonly number[]): number[] {
  const intervals = times.map((time, index) => time - (times[index - 1] ?? 0));
  const noise = 4 * Number.EPSILON * (times.at(-1) ?? 0);
  let from = 0;
  while (from < intervals.length) {
    let to = from + 1;
    while (
      to < intervals.length &&
      Math.abs((intervals[to] as number) - (intervals[from] as number)) <= noise
    )
      to++;
    const first = from === 0 ? 0 : (times[from - 1] as number);
    intervals.fill(((times[to - 1] as number) - first) / (to - from), from, to);
    from = to;
  }
  return intervals;
}

/** The real numbers that determine x, and the matrix of G over them. */
export interface Unknowns {
  readonly matrix: DenseMatrix;
  gather(x: Float64Array): Float64Array;
  scatter(y: Float64Array, x: Float64Array): void;
}

/** One real degree of freedom of x: an entry, and the one that Hermiticity ties to it. */
interface Unknown {
  readonly at: number;
  readonly mirror: number;
  readonly sign: number;
}

/** Follows G from the entries of x(0) that are not zero; null when there are more than `limit`. */
export function reachedUnknowns(generator: Generator, start: Float64Array, limit: number): Unknowns | null {
  const all = allUnknowns(generator, 8 * limit);
  if (all === null) return null;
  const unit = new Float64Array(generator.size);
  const image = new Float64Array(generator.size);
  const place = new Map<number, number>();
  const reached: number[] = [];
  const reach = (index: number): void => {
    if (place.has(index)) return;
    place.set(index, reached.length);
    reached.push(index);
  };
  all.forEach(({ at }, index) => {
    if (start[at] !== 0) reach(index);
  });
  const columns: { row: number; value: number }[][] = [];
  for (let next = 0; next < reached.length; next++) {
    if (reached.length > limit) return null;
    const { at, mirror, sign } = all[reached[next] as number] as Unknown;
    unit[at] = 1;
    unit[mirror] = at === mirror ? 1 : sign;
    generator.apply(unit, image);
    unit[at] = 0;
    unit[mirror] = 0;
    const column: { row: number; value: number }[] = [];
    all.forEach((unknown, row) => {
      const value = image[unknown.at] as number;
      if (value === 0) return;
      reach(row);
      column.push({ row, value });
    });
    columns.push(column);
  }
  const matrix = zeroMatrix(reached.length, false);
  columns.forEach((column, j) => {
    for (const { row, value } of column) matrix.hi[(place.get(row) as number) * reached.length + j] = value;
  });
  const unknowns = reached.map((index) => all[index] as Unknown);
  return {
    matrix,
    gather: (x) => Float64Array.from(unknowns, ({ at }) => x[at] as number),
    scatter: (y, x) => {
      unknowns.forEach(({ at, mirror, sign }, index) => {
        x[mirror] = sign * (y[index] as number);
        x[at] = y[index] as number;
      });
    },
  };
}

function allUnknowns(generator: Generator, limit: number): Unknown[] | null {
  if (generator.size > limit) return null;
  const unknowns: Unknown[] = [];
  for (const block of generator.layout.blocks) addUnknowns(block, generator.gap, unknowns);
  for (let at = generator.counterOffset; at < generator.size; at++)
    unknowns.push({ at, mirror: at, sign: 1 });
  return unknowns;
}

function addUnknowns(block: Block, gap: number, unknowns: Unknown[]): void {
  const { rows, columns, offset } = block;
  const hermitian = block.rowSector === block.columnSector;
  for (let i = 0; i < rows; i++) {
    for (let j = hermitian ? i : 0; j < columns; j++) {
      const at = offset + i * columns + j;
      const mirror = hermitian ? offset + j * columns + i : at;
      unknowns.push({ at, mirror, sign: 1 });
      if (gap === 0 || (hermitian && i === j)) continue;
      unknowns.push({ at: at + gap, mirror: mirror + gap, sign: hermitian ? -1 : 1 });
    }
  }
}
