import type { Model, State } from "#src/model/model.js";
import type { KetSuperposition } from "#src/spectrum/kets.js";
import {
  adjoint,
  adjointTimes,
  combine,
  frobenius,
  identity,
  type Matrix,
  multiply,
  zeros,
} from "#src/spectrum/matrix.js";
import { schur } from "#src/spectrum/schur.js";
import { computeSpectrum, type Spectrum } from "#src/spectrum/spectrum.js";
import { read } from "../support/read.ts";
import { uniform } from "../support/uniform.ts";

export const spectrumOf = (text: string): Spectrum => computeSpectrum(read(text));

/** Qubits q1 .. qN with energies 1 in one reservoir of rate 2, which can be replaced by later lines. */
export const qubits = (
  n: number,
  initial: string,
  lines: { readonly hamiltonian?: string; readonly channels?: string; readonly parameters?: string } = {},
): string => `
parameters: { N: ${n}, ${lines.parameters ?? ""} }
sites: { q: { kind: qubit, count: N } }
hamiltonian: "${lines.hamiltonian ?? "sum(n(q))"}"
channels: { ${lines.channels ?? "common: { rate: 2, operator: sum(sm(q)) }"} }
initial: ${initial}
times: [0, 1]
`;

/** Independent real and imaginary parts in [-1, 1). */
export function randomMatrix(rows: number, columns: number, random: () => number): Matrix {
  const matrix = zeros(rows, columns);
  return {
    ...matrix,
    re: matrix.re.map(() => 2 * random() - 1),
    im: matrix.im.map(() => 2 * random() - 1),
  };
}

/** Largest |element|. */
export function largest({ re, im }: Matrix): number {
  let most = 0;
  re.forEach((x, e) => {
    most = Math.max(most, Math.hypot(x, im[e] ?? 0));
  });
  return most;
}

export const difference = (a: Matrix, b: Matrix): number => largest(combine([1, 0], a, [-1, 0], b));

/** max |V^+ V - 1| */
export const skewness = (v: Matrix): number => difference(adjointTimes(v, v), identity(v.columns));

/** A + A^+ */
export const hermitian = (a: Matrix): Matrix => combine([1, 0], a, [1, 0], adjoint(a));

/** U A U^+ */
export const turned = (u: Matrix, a: Matrix): Matrix => multiply(multiply(u, a), adjoint(u));

/** A matrix from its real elements, row by row. */
export function real(rows: readonly (readonly number[])[]): Matrix {
  const matrix = zeros(rows.length, rows[0]?.length ?? 0);
  rows.forEach((row, i) => {
    matrix.re.set(row, i * matrix.columns);
  });
  return matrix;
}

/** A printed state as the model knows it. */
export function asState({ kets, re, im }: KetSuperposition, { sites }: Model): State {
  const short = sites.every(({ labels }) => labels.every((label) => label.length === 1));
  return kets.map((ket, k) => ({
    amplitude: [re[k] ?? 0, im[k] ?? 0],
    levels: (short ? [...ket] : ket.split(","))
      .map((label, site) => [site, sites[site]?.labels.indexOf(label) ?? -1] as const)
      .filter(([, level]) => level > 0),
  }));
}

/** Backward errors in units of rounding of ||A||; the bound of Householder and Givens sequences grows with n. */
export const UNITS = 40;
export const rounding = (a: Matrix): number => UNITS * Math.sqrt(a.rows) * Number.EPSILON * frobenius(a);

export const randomUnitary = (n: number, seed: string): Matrix => schur(randomMatrix(n, n, uniform(seed))).u;

export const diagonal = (values: readonly (readonly [number, number])[]): Matrix => {
  const d = zeros(values.length, values.length);
  values.forEach(([re, im], i) => {
    d.re[i * values.length + i] = re;
    d.im[i * values.length + i] = im;
  });
  return d;
};
