import type { ComplexMatrix } from "./complex-matrix.ts";
import type { DensityMatrix } from "./density.ts";
import { hermitianEigenvalues } from "./hermitian.ts";

/** Concurrence of two qubits (Wootters 1998): max(0, l1 - l2 - l3 - l4), see spinFlipValues. */
export function concurrence(rho: DensityMatrix, qubits: readonly [number, number]): number {
  return Math.max(0, excess(spinFlipValues(rho, qubits)));
}

/**
 * The most, up to a small factor, that concurrence can change when rho moves by the trace distance T:
 *
 *   T + max(0, sum_(i > 1) (l_i(rho + T) - l_i(rho)) + min(0, l1 - l2 - l3 - l4))
 *
 * Adding a state, (1 - T) rho + T sigma, it rises by T at most, being convex, and falls by T and the sum, since no l_i
 * decreases when something positive is added, and sigma <= 1. The sum goes as sqrt(T) where rho lacks states (|00> is
 * occupied and |11> begins to be), and as T elsewhere. The last term: where nothing is entangled by far, nothing begins.
 * sigma is made of the kets of rho: a state that the system never reaches does not begin to be occupied.
 */
export function concurrenceModulus(
  rho: DensityMatrix,
  qubits: readonly [number, number],
): (distance: number) => number {
  const values = spinFlipValues(rho, qubits);
  const missing = Math.min(0, excess(values));
  return (distance) => {
    const moved = spinFlipValues(rho, qubits, distance);
    const rest = moved.slice(1).reduce((sum, value, i) => sum + value - (values[i + 1] ?? 0), 0);
    return distance + Math.max(0, rest + missing);
  };
}

const excess = ([largest = 0, ...others]: readonly number[]): number =>
  others.reduce((rest, value) => rest - value, largest);

/**
 * The singular values l, in descending order, of V^T (sy x sy) V with rho + added = V V^+. They are the square roots of the
 * eigenvalues of rho (sy x sy) rho* (sy x sy), but taken without squaring, which would leave only 1e-8 of the small ones.
 * @param added to the population of each ket
 */
function spinFlipValues(rho: DensityMatrix, [first, second]: readonly [number, number], added = 0): number[] {
  const matrix = embed(rho, first, second, added);
  return singularValues(spinFlipOverlaps(choleskyFactor(matrix)));
}

/** rho + added, over 00, 01, 10, 11. */
function embed(rho: DensityMatrix, first: number, second: number, added: number): ComplexMatrix {
  const places = [first, second].map((site) => rho.sites.indexOf(site));
  const index = rho.kets.map((levels) => 2 * (levels[places[0] ?? 0] ?? 0) + (levels[places[1] ?? 0] ?? 0));
  const matrix = { n: 4, re: new Float64Array(16), im: new Float64Array(16) };
  index.forEach((row, i) => {
    index.forEach((column, j) => {
      matrix.re[4 * row + column] = (rho.re[i * index.length + j] as number) + (i === j ? added : 0);
      matrix.im[4 * row + column] = rho.im[i * index.length + j] as number;
    });
  });
  return matrix;
}

/** V with rho = V V^+, column by column, the largest remaining diagonal element first; what is left is rounding. */
function choleskyFactor({ n, re, im }: ComplexMatrix): { re: Float64Array; im: Float64Array }[] {
  const x = re.slice();
  const y = im.slice();
  const columns: { re: Float64Array; im: Float64Array }[] = [];
  for (let count = 0; count < n; count++) {
    let pivot = 0;
    for (let i = 1; i < n; i++) if ((x[i * n + i] as number) > (x[pivot * n + pivot] as number)) pivot = i;
    const largest = x[pivot * n + pivot] as number;
    if (!(largest > Number.EPSILON ** 2)) break;
    const root = Math.sqrt(largest);
    const column = { re: new Float64Array(n), im: new Float64Array(n) };
    for (let i = 0; i < n; i++) {
      column.re[i] = (x[i * n + pivot] as number) / root;
      column.im[i] = (y[i * n + pivot] as number) / root;
    }
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const [a, b] = [column.re[i] as number, column.im[i] as number];
        const [c, d] = [column.re[j] as number, column.im[j] as number];
        x[i * n + j] = (x[i * n + j] as number) - (a * c + b * d);
        y[i * n + j] = (y[i * n + j] as number) - (b * c - a * d);
      }
    }
    columns.push(column);
  }
  return columns;
}

/** V^T (sy x sy) V; sy x sy is -1, 1, 1, -1 on the antidiagonal. */
function spinFlipOverlaps(columns: readonly { re: Float64Array; im: Float64Array }[]): ComplexMatrix {
  const n = columns.length;
  const overlaps = { n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
  const signs = [-1, 1, 1, -1];
  columns.forEach((v, i) => {
    columns.forEach((w, j) => {
      signs.forEach((sign, k) => {
        const [a, b] = [v.re[k] as number, v.im[k] as number];
        const [c, d] = [w.re[3 - k] as number, w.im[3 - k] as number];
        overlaps.re[i * n + j] = (overlaps.re[i * n + j] as number) + sign * (a * c - b * d);
        overlaps.im[i * n + j] = (overlaps.im[i * n + j] as number) + sign * (a * d + b * c);
      });
    });
  });
  return overlaps;
}

/** Descending: the Hermitian [[0, M], [M^+, 0]] has the eigenvalues +-s. */
function singularValues({ n, re, im }: ComplexMatrix): number[] {
  const size = 2 * n;
  const doubled = { n: size, re: new Float64Array(size * size), im: new Float64Array(size * size) };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const [x, y] = [re[i * n + j] as number, im[i * n + j] as number];
      doubled.re[i * size + n + j] = x;
      doubled.im[i * size + n + j] = y;
      doubled.re[(n + j) * size + i] = x;
      doubled.im[(n + j) * size + i] = -y;
    }
  }
  return hermitianEigenvalues(doubled)
    .sort((a, b) => b - a)
    .slice(0, n);
}
