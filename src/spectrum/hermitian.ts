import { EigenvalueDecomposition, Matrix as RealMatrix } from "ml-matrix";
import { identity, type Matrix, zeros } from "./matrix.ts";
import { schur } from "./schur.ts";

/** M = V diag(values) V^+, values ascending, V unitary. */
export interface HermitianEigen {
  readonly values: Float64Array;
  readonly vectors: Matrix;
}

/**
 * Eigenvalues and eigenvectors of a Hermitian matrix. Where a change of the basis phases makes it real, a library's
 * symmetric solver does it; else the complex Schur form, which is then diagonal.
 */
export function hermitianEigen(m: Matrix): HermitianEigen {
  const n = m.rows;
  if (isDiagonal(m)) return sorted(diagonalOf(m), identity(n));
  const phases = realPhases(m);
  if (phases === null) {
    const { t, u } = schur(m);
    return sorted(diagonalOf(t), u);
  }
  const real = RealMatrix.zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) real.set(i, j, turned(m, phases, i, j)[0]);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(real, { assumeSymmetric: true });
  const vectors = zeros(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value = eigenvectorMatrix.get(i, j);
      vectors.re[i * n + j] = value * (phases.re[i] as number);
      vectors.im[i * n + j] = value * (phases.im[i] as number);
    }
  }
  return sorted(Float64Array.from(realEigenvalues), vectors);
}

const diagonalOf = ({ rows, re }: Matrix): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => re[i * rows + i] as number);

function isDiagonal({ rows, re, im }: Matrix): boolean {
  for (let e = 0; e < re.length; e++) {
    if (e % (rows + 1) !== 0 && (re[e] !== 0 || im[e] !== 0)) return false;
  }
  return true;
}

function sorted(values: Float64Array, vectors: Matrix): HermitianEigen {
  const order = Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
  const placed = zeros(vectors.rows, vectors.columns);
  order.forEach((from, to) => {
    for (let i = 0; i < vectors.rows; i++) {
      placed.re[i * vectors.columns + to] = vectors.re[i * vectors.columns + from] as number;
      placed.im[i * vectors.columns + to] = vectors.im[i * vectors.columns + from] as number;
    }
  });
  return { values: Float64Array.from(order, (from) => values[from] as number), vectors: placed };
}

/** A phase a basis state. */
interface Phases {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** conj(p_i) M_ij p_j */
function turned(m: Matrix, { re, im }: Phases, i: number, j: number): readonly [number, number] {
  const e = i * m.columns + j;
  const [x, y] = [m.re[e] as number, m.im[e] as number];
  const [a, b] = [re[i] as number, -(im[i] as number)];
  const [c, d] = [re[j] as number, im[j] as number];
  const [p, q] = [a * c - b * d, a * d + b * c];
  return [x * p - y * q, x * q + y * p];
}

/** Phases p with conj(p_i) M_ij p_j real for all i, j, found along a spanning tree; null if there are none. */
function realPhases(m: Matrix): Phases | null {
  const n = m.rows;
  const phases = { re: new Float64Array(n), im: new Float64Array(n) };
  const seen = new Uint8Array(n);
  let largest = 0;
  for (let e = 0; e < m.re.length; e++) {
    largest = Math.max(largest, Math.abs(m.re[e] as number), Math.abs(m.im[e] as number));
  }
  for (let root = 0; root < n; root++) {
    if (seen[root] === 1) continue;
    seen[root] = 1;
    phases.re[root] = 1;
    const tree = [root];
    for (let next = 0; next < tree.length; next++) {
      const i = tree[next] as number;
      for (let j = 0; j < n; j++) {
        const e = i * n + j;
        const size = Math.hypot(m.re[e] as number, m.im[e] as number);
        // A phase read off a small element would be dominated by rounding.
        if (seen[j] === 1 || size <= 1e-3 * largest) continue;
        seen[j] = 1;
        tree.push(j);
        // conj(p_i) M_ij p_j = |M_ij|
        const [c, s] = [(m.re[e] as number) / size, -(m.im[e] as number) / size];
        const [a, b] = [phases.re[i] as number, phases.im[i] as number];
        phases.re[j] = a * c - b * s;
        phases.im[j] = a * s + b * c;
      }
    }
  }
  const tolerance = 8 * Number.EPSILON * largest;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) if (Math.abs(turned(m, phases, i, j)[1]) > tolerance) return null;
  }
  return phases;
}
