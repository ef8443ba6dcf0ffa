import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { unpackMatrix } from "#src/compile/matrix.js";
import type { Matrix } from "#src/compile/program.js";
import { read } from "../support/read.ts";

const N = 14;
/** The bit of qubit j, the first one being the highest. */
const bit = (j: number): number => 1 << (N - j);
const sites = Array.from({ length: N }, (_, j) => j + 1);
const excited = (ket: number, j: number): boolean => (ket & bit(j)) !== 0;
/** All kets with k qubits excited, in the order of the tensor product. */
const kets = (k: number): number[] =>
  Array.from({ length: 1 << N }, (_, ket) => ket).filter(
    (ket) => sites.filter((j) => excited(ket, j)).length === k,
  );
const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);

const model = read(`
parameters: { g: 0.3 }
sites: { q: { kind: qubit, count: ${N} } }
hamiltonian: sum(j, 1, ${N}, 0.1*j*n(q[j])) + sum(j, 1, ${N - 1}, (g + 0.01*j)*(sp(q[j])*sm(q[j+1]) + sm(q[j])*sp(q[j+1])))
channels:
  common: { rate: 2, operator: "sum(j, 1, ${N}, (1 + 0.1*j)*sm(q[j]))" }
  own: { rate: 0.25, operator: sm(q12) }
  phase: { rate: 4, operator: sz(q3) }
  hop: { rate: 1, operator: sp(q2)*sm(q11) }
initial: prod(j, 1, 7, sp(q[j]))*ground
times: [1]
`);
const [seven, six] = [kets(7), kets(6)];
const { spaces } = compile(model);
const [space] = spaces;
if (space === undefined) throw new Error("there must be a space");

/** The images of a ket, and the elements that lead there. */
type Images = readonly (readonly [ket: number, re: number, im: number])[];

/** Every element of the matrix, given as its columns, in the order of rows. */
function expectColumns(
  matrix: Matrix,
  rows: readonly number[],
  columns: readonly number[],
  images: (ket: number) => Images,
): void {
  expect("blocks" in matrix).toBe(true);
  const { rowStart, column, values } = unpackMatrix(matrix);
  const row = new Map(rows.map((ket, i) => [ket, i]));
  const expected = columns.flatMap((ket, j) =>
    images(ket).map(([image, re, im]) => [row.get(image) ?? -1, j, re, im] as const),
  );
  expected.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  expect([...column]).toEqual(expected.map(([, j]) => j));
  const lengths = rows.map(() => 0);
  for (const [r] of expected) lengths[r] = (lengths[r] ?? 0) + 1;
  expect([...rowStart].slice(1).map((end, i) => end - (rowStart[i] ?? 0))).toEqual(lengths);
  const worst = expected.reduce(
    (most, [, , re, im], e) =>
      Math.max(most, Math.abs((values[2 * e] ?? 9) - re), Math.abs((values[2 * e + 1] ?? 9) - im)),
    0,
  );
  expect(worst).toBeLessThan(1e-14);
}

const jump = (channel: number): { readonly target: number; readonly matrix: Matrix } => {
  const found = space.jumps.find((candidate) => candidate.channel === channel);
  if (found === undefined) throw new Error(`channel ${channel} must act`);
  return found;
};

describe(`${N} qubits, half excited: matrices in parts`, () => {
  test("the spaces have 7, 6, ... excitations", () => {
    expect(spaces.slice(0, 2).map(({ dimension }) => dimension)).toEqual([3432, 3003]);
    expect([jump(0).target, jump(1).target, jump(2).target, jump(3).target]).toEqual([1, 1, 0, 0]);
  });

  test("a collective channel with unequal couplings", () => {
    expectColumns(jump(0).matrix, six, seven, (ket) =>
      sites
        .filter((j) => excited(ket, j))
        .map((j) => [ket ^ bit(j), Math.sqrt(2) * (1 + 0.1 * j), 0] as const),
    );
  });

  test("a channel of one qubit in the second half", () => {
    expectColumns(jump(1).matrix, six, seven, (ket) => (excited(ket, 12) ? [[ket ^ bit(12), 0.5, 0]] : []));
  });

  test("a diagonal channel", () => {
    expectColumns(jump(2).matrix, seven, seven, (ket) => [[ket, excited(ket, 3) ? 2 : -2, 0]]);
  });

  test("a channel that moves an excitation between the halves", () => {
    expectColumns(jump(3).matrix, seven, seven, (ket) =>
      excited(ket, 11) && !excited(ket, 2) ? [[ket ^ bit(11) ^ bit(2), 1, 0]] : [],
    );
  });

  test("the generator: exchange, detunings, and the rates of channels whose L^+ L is diagonal", () => {
    const energy = (ket: number): number => sum(sites.map((j) => (excited(ket, j) ? 0.1 * j : 0)));
    const energies = seven.map(energy);
    const middle = (Math.max(...energies) + Math.min(...energies)) / 2;
    const rate = (ket: number): number =>
      4 + (excited(ket, 12) ? 0.25 : 0) + (excited(ket, 11) && !excited(ket, 2) ? 1 : 0);
    const { generator } = space;
    expect([...generator.factored]).toEqual([0]);
    expectColumns(generator.matrix, seven, seven, (ket) => [
      [ket, -rate(ket) / 2, middle - energy(ket)],
      ...sites
        .filter((j) => j < N && excited(ket, j) !== excited(ket, j + 1))
        .map((j) => [ket ^ bit(j) ^ bit(j + 1), 0, -(0.3 + 0.01 * j)] as const),
    ]);
  });
});
