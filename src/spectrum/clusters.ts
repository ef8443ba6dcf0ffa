import { at, groupBy } from "../base/lists.ts";
import { UnionFind } from "../compile/union-find.ts";
import {
  adjointTimes,
  columnsOf,
  copy,
  frobenius,
  type Matrix,
  multiply,
  withoutMean,
  zeros,
} from "./matrix.ts";
import { rotateColumns, rotateRows, rotationOf } from "./rotations.ts";
import type { Schur } from "./schur.ts";
import { Split } from "./split.ts";

/** Eigenvalues that rounding cannot tell apart, with the invariant subspace that they share. */
export interface Cluster {
  /** Their mean: known to rounding also where each of them alone is known to its k-th root only. */
  readonly re: number;
  readonly im: number;
  readonly multiplicity: number;
  /** Sizes of the Jordan blocks, descending; all 1 where there are as many eigenvectors; empty where it is not clear. */
  readonly jordan: readonly number[];
  /** Norm of the spectral projector: how many units of rounding of ||A|| the mean may be wrong by. */
  readonly condition: number;
  /** Orthonormal basis of the invariant subspace, `multiplicity` columns; a single column is the eigenvector. */
  readonly vectors: Matrix;
}

/** Backward error of the Schur form in units of rounding of ||A||; 5 to 20 are seen for n up to 400. */
const ROUNDING_UNITS = 40;

interface Group {
  readonly members: readonly number[];
  readonly re: number;
  readonly im: number;
  readonly condition: number;
}

/**
 * Clusters of eigenvalues of A = U T U^+. Two of them are one where they are closer than rounding can move them,
 * eps ||A|| times their condition numbers: the eigenvalues of a Jordan block of size k, which come out on a circle of
 * radius eps^(1/k), have condition numbers eps^(1/k - 1) and so meet this exactly.
 */
export function findClusters(schur: Schur): Cluster[] {
  const { t } = schur;
  const unit = ROUNDING_UNITS * Number.EPSILON * frobenius(t);
  const all = Array.from({ length: t.rows }, (_, i) => ({
    members: [i],
    re: t.re[i * t.rows + i] as number,
    im: t.im[i * t.rows + i] as number,
    condition: 1,
  }));
  let groups = merge(all, unit).map((group) => withCondition(group, schur));
  for (let before = Number.POSITIVE_INFINITY; groups.length < before; ) {
    before = groups.length;
    const merged = merge(groups, unit);
    if (merged.length < before) groups = merged.map((group) => withCondition(group, schur));
  }
  return groups.map((group) => finish(group, schur, unit));
}

/** Joins groups, transitively, whose means differ by no more than unit * (sum of their conditions). */
function merge(groups: readonly Group[], unit: number): Group[] {
  const sorted = [...groups].sort((a, b) => a.re - b.re);
  const reach = sorted.reduce((most, { condition }) => Math.max(most, condition), 1);
  const home = new UnionFind();
  home.extend(sorted.length);
  sorted.forEach((a, i) => {
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j] as Group;
      if (b.re - a.re > unit * 2 * reach) break;
      if (Math.hypot(a.re - b.re, a.im - b.im) <= unit * (a.condition + b.condition)) home.join(i, j);
    }
  });
  const joined = groupBy(sorted.keys(), (i) => home.find(i));
  return [...joined.values()].map((members) => join(members.map((i) => at(sorted, i))));
}

function join(groups: readonly Group[]): Group {
  const [first] = groups;
  if (first !== undefined && groups.length === 1) return first;
  const members = groups.flatMap((group) => group.members).sort((a, b) => a - b);
  const mean = (part: (group: Group) => number): number =>
    groups.reduce((sum, group) => sum + part(group) * group.members.length, 0) / members.length;
  return { members, re: mean(({ re }) => re), im: mean(({ im }) => im), condition: 1 };
}

function withCondition(group: Group, schur: Schur): Group {
  const { members } = group;
  if (members.length === schur.t.rows) return { ...group, condition: 1 };
  const [only] = members;
  if (only !== undefined && members.length === 1) {
    return { ...group, condition: conditionOf(schur.t, only) };
  }
  return { ...group, condition: projectorNorm(brought(schur, members).t, members.length) };
}

/** |x| |y| / |y^+ x| of the right and left eigenvectors x, y of a triangular matrix for its eigenvalue i. */
function conditionOf(t: Matrix, i: number): number {
  const right = eigenvector(t, i);
  const left = leftEigenvector(t, i);
  return frobenius(right) * frobenius(left);
}

/** (T - t_ii) x = 0, x_i = 1 */
function eigenvector(t: Matrix, i: number): Matrix {
  const n = t.rows;
  const x = zeros(n, 1);
  x.re[i] = 1;
  for (let r = i - 1; r >= 0; r--) {
    let [a, b] = [0, 0];
    for (let c = r + 1; c <= i; c++) {
      const e = r * n + c;
      a += (t.re[e] as number) * (x.re[c] as number) - (t.im[e] as number) * (x.im[c] as number);
      b += (t.re[e] as number) * (x.im[c] as number) + (t.im[e] as number) * (x.re[c] as number);
    }
    [x.re[r], x.im[r]] = divided(a, b, t, i, r);
  }
  return x;
}

/** y^+ (T - t_ii) = 0, y_i = 1; holds y^+ as a column. */
function leftEigenvector(t: Matrix, i: number): Matrix {
  const n = t.rows;
  const y = zeros(n, 1);
  const sum = zeros(1, n);
  y.re[i] = 1;
  for (let c = i; c < n; c++) {
    if (c > i) [y.re[c], y.im[c]] = divided(sum.re[c] as number, sum.im[c] as number, t, i, c);
    const [a, b] = [y.re[c] as number, y.im[c] as number];
    if (a === 0 && b === 0) continue;
    for (let e = c * n + c + 1, j = c + 1; j < n; e++, j++) {
      sum.re[j] = (sum.re[j] as number) + a * (t.re[e] as number) - b * (t.im[e] as number);
      sum.im[j] = (sum.im[j] as number) + a * (t.im[e] as number) + b * (t.re[e] as number);
    }
  }
  return y;
}

/** (a + i b) / (t_ii - t_rr) */
function divided(a: number, b: number, t: Matrix, i: number, r: number): [number, number] {
  const n = t.rows;
  const x = (t.re[i * n + i] as number) - (t.re[r * n + r] as number);
  const y = (t.im[i * n + i] as number) - (t.im[r * n + r] as number);
  const size = x * x + y * y;
  if (a === 0 && b === 0) return [0, 0];
  return [(a * x + b * y) / size, (b * x - a * y) / size];
}

/** The Schur form with the given eigenvalues first, in their order (exchanges of neighbours, as in LAPACK's ztrexc). */
function brought({ t, u }: Schur, members: readonly number[]): Schur {
  const moved = { t: copy(t), u: copy(u) };
  members.forEach((from, to) => {
    for (let k = from - 1; k >= to; k--) exchange(moved, k);
  });
  return moved;
}

/** Exchanges the diagonal elements k and k + 1. */
function exchange({ t, u }: Schur, k: number): void {
  const n = t.rows;
  const [p, q] = [k * n + k, (k + 1) * n + k + 1];
  const [aRe, aIm, dRe, dIm] = [t.re[p], t.im[p], t.re[q], t.im[q]] as [number, number, number, number];
  const rotation = rotationOf(t.re[p + 1] as number, t.im[p + 1] as number, dRe - aRe, dIm - aIm);
  rotateRows(t, k, k + 2, rotation);
  for (let i = 0; i < k; i++) rotateColumns(t, i * n + k, rotation);
  for (let i = 0; i < n; i++) rotateColumns(u, i * n + k, rotation);
  [t.re[p], t.im[p], t.re[q], t.im[q]] = [dRe, dIm, aRe, aIm];
}

/** sqrt(1 + ||X||^2), T_11 X - X T_22 = T_12: the norm of the spectral projector of the first m eigenvalues. */
function projectorNorm(t: Matrix, m: number): number {
  const n = t.rows;
  const x = zeros(m, n - m);
  for (let i = m - 1; i >= 0; i--) {
    for (let j = m; j < n; j++) {
      let [a, b] = [t.re[i * n + j] as number, t.im[i * n + j] as number];
      for (let k = i + 1; k < m; k++) {
        const [c, d] = [t.re[i * n + k] as number, t.im[i * n + k] as number];
        const e = k * x.columns + j - m;
        a -= c * (x.re[e] as number) - d * (x.im[e] as number);
        b -= c * (x.im[e] as number) + d * (x.re[e] as number);
      }
      for (let k = m; k < j; k++) {
        const [c, d] = [t.re[k * n + j] as number, t.im[k * n + j] as number];
        const e = i * x.columns + k - m;
        a += c * (x.re[e] as number) - d * (x.im[e] as number);
        b += c * (x.im[e] as number) + d * (x.re[e] as number);
      }
      const e = i * x.columns + j - m;
      [x.re[e], x.im[e]] = divided(a, b, t, i, j);
    }
  }
  return Math.hypot(1, frobenius(x));
}

function finish({ members, re, im, condition }: Group, schur: Schur, unit: number): Cluster {
  const m = members.length;
  const { t, u } = schur;
  if (m === 1) {
    const vector = multiply(u, eigenvector(t, members[0] ?? 0));
    const norm = frobenius(vector);
    const vectors = { ...vector, re: vector.re.map((x) => x / norm), im: vector.im.map((x) => x / norm) };
    return { re, im, multiplicity: 1, jordan: [1], condition, vectors };
  }
  const first = m === t.rows ? schur : brought(schur, members);
  const { rest } = withoutMean(leading(first.t, m));
  const jordan = jordanBlocks(rest, unit * Math.min(condition, 1e4));
  return { re, im, multiplicity: m, jordan, condition, vectors: columnsOf(first.u, 0, m) };
}

/** The first m rows and columns. */
function leading(t: Matrix, m: number): Matrix {
  const part = zeros(m, m);
  for (let i = 0; i < m; i++) {
    part.re.set(t.re.subarray(i * t.rows, i * t.rows + m), i * m);
    part.im.set(t.im.subarray(i * t.rows, i * t.rows + m), i * m);
  }
  return part;
}

/**
 * Sizes of the Jordan blocks of a nilpotent matrix N, descending: the null space of N counts the blocks; N on the
 * quotient by it has each block one smaller (the staircase of Kublanovskaya). Empty where rounding hides them.
 */
function jordanBlocks(n: Matrix, threshold: number): number[] {
  const sizes: number[] = [];
  let rest = n;
  while (rest.rows > 0) {
    const split = new Split(rest.rows);
    split.absorb(rest, threshold, threshold);
    const blocks = rest.rows - split.rank;
    if (blocks === 0) return [];
    // A single block holds all that remains.
    const grow = blocks === 1 ? rest.rows : 1;
    for (let b = 0; b < blocks; b++) sizes[b] = (sizes[b] ?? 0) + grow;
    if (blocks === 1) break;
    const range = columnsOf(split.basis, 0, split.rank);
    rest = adjointTimes(range, multiply(rest, range));
  }
  return sizes;
}
