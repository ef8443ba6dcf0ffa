import { type Cluster, findClusters } from "./clusters.ts";
import { hermitianEigen } from "./hermitian.ts";
import { columnsOf, combine, frobenius, type Matrix, withoutMean, zeros } from "./matrix.ts";
import { type Schur, schur } from "./schur.ts";

/** H_eff = H - (i/2) R on a space that it maps into itself. */
export interface OpenSolution {
  /** H_eff = U T U^+ */
  readonly schur: Schur;
  readonly clusters: readonly Cluster[];
  /** How the eigenvalues were found. */
  readonly method: "symmetric" | "general";
}

/** Where one part of H_eff is this near to a multiple of 1, the other's eigenvectors are those of H_eff. */
const SCALAR = 1e-14;

/** Eigenvalues and Schur form of H - (i/2) R, H and R Hermitian. */
export function solveOpen(h: Matrix, r: Matrix): OpenSolution {
  const energy = withoutMean(h);
  const decay = withoutMean(r);
  const size = frobenius(h) + frobenius(r);
  if (frobenius(energy.rest) <= SCALAR * size) {
    return normal(r, (rate) => [energy.mean[0], -rate / 2]);
  }
  if (frobenius(decay.rest) <= SCALAR * size) {
    return normal(h, (value) => [value, -decay.mean[0] / 2]);
  }
  const form = schur(cleaned(h, r));
  return { schur: form, clusters: findClusters(form), method: "general" };
}

/** H - (i/2) R without elements in which both cancel to rounding: emitters that do not drive those upstream. */
function cleaned(h: Matrix, r: Matrix): Matrix {
  const sum = combine([1, 0], h, [0, -1 / 2], r);
  for (let e = 0; e < sum.re.length; e++) {
    const parts =
      Math.hypot(h.re[e] as number, h.im[e] as number) + Math.hypot(r.re[e] as number, r.im[e] as number);
    if (Math.hypot(sum.re[e] as number, sum.im[e] as number) <= SCALAR * parts) sum.re[e] = sum.im[e] = 0;
  }
  return sum;
}

/** Eigenvalues of a normal H_eff from those of one Hermitian matrix. */
function normal(m: Matrix, eigenvalue: (value: number) => readonly [number, number]): OpenSolution {
  const { values, vectors } = hermitianEigen(m);
  const n = m.rows;
  const t = zeros(n, n);
  values.forEach((value, i) => {
    [t.re[i * n + i], t.im[i * n + i]] = eigenvalue(value);
  });
  const clusters = levelsOf(values, frobenius(m)).map(({ from, to, value }): Cluster => {
    const [re, im] = eigenvalue(value);
    const multiplicity = to - from;
    const jordan = Array.from({ length: multiplicity }, () => 1);
    return { re, im, multiplicity, jordan, condition: 1, vectors: columnsOf(vectors, from, to) };
  });
  return { schur: { t, u: vectors }, clusters, method: "symmetric" };
}

/** Runs of ascending eigenvalues that agree to rounding of `scale`. */
export function levelsOf(
  values: Float64Array,
  scale: number,
): { readonly from: number; readonly to: number; readonly value: number }[] {
  const levels: { from: number; to: number; value: number }[] = [];
  const tolerance = 1e-13 * Math.sqrt(Math.max(1, values.length)) * scale;
  for (let from = 0; from < values.length; ) {
    let to = from + 1;
    while (to < values.length && (values[to] as number) - (values[to - 1] as number) <= tolerance) to++;
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i] as number;
    levels.push({ from, to, value: sum / (to - from) });
    from = to;
  }
  return levels;
}
