import type { Model } from "#src/model/model.js";
import { type ClickGrid, edges } from "#src/records/grid.js";
import { type Dense, scaled } from "../support/dense.ts";
import { dimensionsOf, effectiveHamiltonian, fullMatrix, initialDensity } from "../support/full-space.ts";

/**
 * The laws of clicks the naive way: full matrices, one copy of rho for each number of clicks, a Taylor series in small
 * steps. Shares nothing with src/ but the plain model and the grid.
 */
export interface TwinClicks {
  readonly numbers: readonly number[];
  readonly firstWait: readonly number[];
  readonly rate: readonly number[];
  readonly cells: readonly number[];
  readonly windowClicks: number;
  /** P(next click in the bin), times windowClicks. */
  readonly waits: readonly number[];
  readonly pairs: readonly number[];
}

/** Matrices, then plain numbers, that obey one linear equation; complex, interleaved. */
type Vector = Float64Array;
type Derivative = (y: Vector, out: Vector) => void;

export function twinClicks(
  model: Model,
  channels: readonly string[],
  grid: ClickGrid,
  most: number,
): TwinClicks {
  const system = new Naive(model, channels);
  const { length } = system.rho;
  const copies = (count: number) => {
    const y = new Float64Array(count * length + 2);
    y.set(system.rho);
    return y;
  };
  const counting: Derivative = (y, out) => {
    for (let k = 0; k <= most; k++) {
      system.silent(part(y, k, length), part(out, k, length));
      if (k > 0) system.click(part(y, k - 1, length), part(out, k, length));
      if (k === most) system.click(part(y, k, length), part(out, k, length));
    }
  };
  const silently: Derivative = (y, out) => system.silent(y.subarray(0, length), out.subarray(0, length));
  /** rho, its clicked copy integrated, and the number of clicks. */
  const watching: Derivative = (y, out) => {
    const rho = part(y, 0, length);
    system.silent(rho, part(out, 0, length));
    system.click(rho, part(out, 0, length));
    system.click(rho, part(out, 1, length));
    const clicked = new Float64Array(length);
    system.click(rho, clicked);
    out[2 * length] = system.trace(clicked);
  };
  const end = solve(counting, copies(most + 1), [grid.end]);
  const bins = edges(grid.binWidth, grid.bins);
  const lags = edges(grid.lagWidth, grid.bins);
  const count = (y: Vector) => y[2 * length] ?? 0;
  const window = grid.start + grid.windowCells * grid.lagWidth;
  const [before, after] = solve(watching, copies(2), [grid.start, window]);
  const left = copies(2).fill(0);
  for (let e = 0; e < length; e++) left[e] = (after?.[length + e] ?? 0) - (before?.[length + e] ?? 0);
  const weight = (y: Vector) => system.trace(y.subarray(0, length));
  return {
    numbers: Array.from({ length: most + 1 }, (_, k) => system.trace(part(end[0] ?? left, k, length))),
    firstWait: steps(solve(silently, copies(1), bins).map((y) => -weight(y))),
    rate: steps(solve(watching, copies(2), bins).map(count)).map((n) => n / grid.binWidth),
    cells: steps(
      solve(watching, copies(2), edges(grid.lagWidth, grid.windowCells + grid.bins, grid.start)).map(count),
    ),
    windowClicks: (after === undefined ? 0 : count(after)) - (before === undefined ? 0 : count(before)),
    waits: steps(solve(silently, left.slice(0, length + 2), lags).map((y) => -weight(y))),
    pairs: steps(solve(watching, left, lags).map(count)),
  };
}

class Naive {
  readonly rho: Vector;
  readonly #n: number;
  /** -i H_eff */
  readonly #a: Dense;
  readonly #watched: readonly Weighted[];
  readonly #others: readonly Weighted[];

  constructor(model: Model, channels: readonly string[]) {
    const dimensions = dimensionsOf(model);
    const all = model.channels.map(({ name, rate, operator }) => ({
      name,
      rate,
      matrix: fullMatrix(operator, dimensions),
    }));
    this.#watched = all.filter(({ name }) => channels.includes(name));
    this.#others = all.filter(({ name }) => !channels.includes(name));
    this.#a = scaled(effectiveHamiltonian(model), [0, -1]);
    const { n, re, im } = initialDensity(model);
    this.#n = n;
    this.rho = new Float64Array(2 * n * n);
    re.forEach((x, e) => {
      this.rho.set([x, im[e] ?? 0], 2 * e);
    });
  }

  /** out += A rho + rho A^+ and the jumps that are not watched */
  silent(rho: Vector, out: Vector): void {
    const left = new Float64Array(out.length);
    multiply(this.#n, this.#a, rho, left);
    for (let e = 0; e < out.length; e++) out[e] = (out[e] ?? 0) + (left[e] ?? 0);
    // rho A^+ = (A rho^+)^+
    const turned = new Float64Array(out.length);
    addAdjoint(this.#n, rho, turned);
    const right = new Float64Array(out.length);
    multiply(this.#n, this.#a, turned, right);
    addAdjoint(this.#n, right, out);
    for (const jump of this.#others) sandwich(this.#n, jump, rho, out);
  }

  /** out += sum of rate L rho L^+ */
  click(rho: Vector, out: Vector): void {
    for (const jump of this.#watched) sandwich(this.#n, jump, rho, out);
  }

  trace(rho: Vector): number {
    let sum = 0;
    for (let i = 0; i < this.#n; i++) sum += rho[2 * (i * this.#n + i)] ?? 0;
    return sum;
  }
}

interface Weighted {
  readonly rate: number;
  readonly matrix: Dense;
}

const part = (y: Vector, k: number, length: number): Vector => y.subarray(k * length, (k + 1) * length);
const steps = (values: readonly number[]): number[] => values.slice(1).map((x, i) => x - (values[i] ?? 0));

/** out = M x */
function multiply(n: number, { re, im }: Dense, x: Vector, out: Vector): void {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const [a, b] = [re[i * n + k] ?? 0, im[i * n + k] ?? 0];
      if (a === 0 && b === 0) continue;
      for (let j = 0; j < n; j++) {
        const [p, q] = [x[2 * (k * n + j)] ?? 0, x[2 * (k * n + j) + 1] ?? 0];
        const at = 2 * (i * n + j);
        out[at] = (out[at] ?? 0) + a * p - b * q;
        out[at + 1] = (out[at + 1] ?? 0) + a * q + b * p;
      }
    }
  }
}

/** out += x^+ */
function addAdjoint(n: number, x: Vector, out: Vector): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [to, from] = [2 * (i * n + j), 2 * (j * n + i)];
      out[to] = (out[to] ?? 0) + (x[from] ?? 0);
      out[to + 1] = (out[to + 1] ?? 0) - (x[from + 1] ?? 0);
    }
  }
}

/** out += rate L rho L^+ = rate (L (L rho)^+)^+ */
function sandwich(n: number, { rate, matrix }: Weighted, rho: Vector, out: Vector): void {
  if (rate === 0) return;
  const product = new Float64Array(out.length);
  multiply(n, matrix, rho, product);
  const turned = new Float64Array(out.length);
  addAdjoint(n, product, turned);
  const both = new Float64Array(out.length);
  multiply(n, matrix, turned, both);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [to, from] = [2 * (i * n + j), 2 * (j * n + i)];
      out[to] = (out[to] ?? 0) + rate * (both[from] ?? 0);
      out[to + 1] = (out[to + 1] ?? 0) - rate * (both[from + 1] ?? 0);
    }
  }
}

/** y at all times, by Taylor series of steps that its third term says are short. */
function solve(derivative: Derivative, start: Vector, times: readonly number[]): Vector[] {
  let y = start;
  let time = 0;
  return times.map((to) => {
    const pieces = Math.max(1, Math.ceil((to - time) / STEP));
    for (let piece = 0; piece < pieces; piece++) y = taylor(derivative, y, (to - time) / pieces);
    time = to;
    return y;
  });
}

/** Norms in the models are of order ten. */
const STEP = 0.05;

function taylor(derivative: Derivative, y: Vector, h: number): Vector {
  const sum = y.slice();
  let term = y;
  for (let k = 1; k < 30; k++) {
    const next = new Float64Array(y.length);
    derivative(term, next);
    term = next.map((x) => (x * h) / k);
    let size = 0;
    for (let e = 0; e < sum.length; e++) {
      sum[e] = (sum[e] ?? 0) + (term[e] ?? 0);
      size = Math.max(size, Math.abs(term[e] ?? 0));
    }
    if (size < 1e-17) break;
  }
  return sum;
}
