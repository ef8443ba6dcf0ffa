import type { GeneratorStructure, HermitianForm, Program, SparseMatrix } from "#src/compile/program.js";

/** Dense complex matrix, [row][column] = [re, im]. */
export type Dense = readonly (readonly (readonly [number, number])[])[];

export interface OneSpace {
  readonly hamiltonian: Dense;
  /** Jump operators with sqrt(rate) inside. */
  readonly jumps: readonly Dense[];
  readonly initial: readonly (readonly [number, number])[];
  /** Hermitian matrices. */
  readonly observables: readonly Dense[];
  readonly times: readonly number[];
}

/** A flat program with a single space, straight from dense matrices: the kernel without the compiler. */
export function oneSpace(system: OneSpace): Program {
  const { hamiltonian, jumps, initial, observables, times } = system;
  const d = hamiltonian.length;
  const rates = jumps.map((jump) => adjointProduct(jump));
  const total = fill(d, (i, j) => rates.reduce<[number, number]>((s, k) => plus(s, at(k, i, j)), [0, 0]));
  const generator = fill(d, (i, j) => {
    const [re, im] = at(hamiltonian, i, j);
    const [kre, kim] = at(total, i, j);
    return [im - kre / 2, -re - kim / 2];
  });
  return {
    times: Float64Array.from(times),
    moments: observables.map((o) => ({ lower: -rowBound(o), upper: rowBound(o) })),
    channels: jumps.map((_, k) => `c${k + 1}`),
    layout: { observables: [], densities: [], cutOffs: [] },
    notes: [],
    initial: [{ weight: 1, space: 0, amplitudes: Float64Array.from(initial.flat()) }],
    spaces: [
      {
        dimension: d,
        sectorStart: Uint32Array.of(0, d),
        sectorId: Uint32Array.of(0),
        energies: Float64Array.of(0),
        generator: {
          matrix: sparse(generator),
          factored: new Uint32Array(0),
          ...structureOf(hamiltonian, total),
          norm: Math.sqrt(rowBound(generator) * rowBound(transpose(generator))),
          rateBound: rowBound(total),
          lowestRate: 0,
          lowestEnergy: -rowBound(hamiltonian),
          highestEnergy: rowBound(hamiltonian),
        },
        jumps: jumps.map((jump, channel) => ({ channel, target: 0, matrix: sparse(jump), diagonal: false })),
        diagonalRates: new Float64Array(0),
        forms: observables.map(form),
      },
    ],
  };
}

function structureOf(
  hamiltonian: Dense,
  total: Dense,
): { structure: GeneratorStructure; commonRate: number } {
  const zero = (m: Dense): boolean =>
    m.every((row) => row.every(([re, im]) => Math.abs(re) + Math.abs(im) < 1e-15));
  if (zero(hamiltonian)) return { structure: "decay", commonRate: 0 };
  const rate = at(total, 0, 0)[0];
  const rest = fill(total.length, (i, j) => plus(at(total, i, j), [i === j ? -rate : 0, 0]));
  return zero(rest) ? { structure: "unitary", commonRate: rate } : { structure: "general", commonRate: 0 };
}

const at = (m: Dense, i: number, j: number): readonly [number, number] => m[i]?.[j] ?? [0, 0];
const plus = (a: readonly [number, number], b: readonly [number, number]): [number, number] => [
  a[0] + b[0],
  a[1] + b[1],
];
const fill = (d: number, f: (i: number, j: number) => readonly [number, number]): Dense =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => f(i, j)));
const transpose = (m: Dense): Dense => fill(m.length, (i, j) => at(m, j, i));
const rowBound = (m: Dense): number =>
  Math.max(...m.map((row) => row.reduce((s, [re, im]) => s + Math.hypot(re, im), 0)));

function adjointProduct(m: Dense): Dense {
  return fill(m.length, (i, j) =>
    m.reduce<[number, number]>(
      (s, row) => {
        const [a, b] = row[i] ?? [0, 0];
        const [c, e] = row[j] ?? [0, 0];
        return plus(s, [a * c + b * e, a * e - b * c]);
      },
      [0, 0],
    ),
  );
}

function sparse(m: Dense): SparseMatrix {
  const elements = m.flatMap((row, i) =>
    row.flatMap(([re, im], j) => (re === 0 && im === 0 ? [] : [{ i, j, re, im }])),
  );
  return {
    rows: m.length,
    columns: m.length,
    rowStart: Uint32Array.from({ length: m.length + 1 }, (_, i) => elements.filter((e) => e.i < i).length),
    column: Uint32Array.from(elements, (e) => e.j),
    values: Float64Array.from(elements.flatMap((e) => [e.re, e.im])),
  };
}

function form(o: Dense): HermitianForm {
  const upper = o.flatMap((row, i) =>
    row.flatMap(([re, im], j) => (j > i && (re !== 0 || im !== 0) ? [{ i, j, re, im }] : [])),
  );
  return {
    diagonal: Float64Array.from(o, (row, i) => row[i]?.[0] ?? 0),
    upperRow: Uint32Array.from(upper, (e) => e.i),
    upperColumn: Uint32Array.from(upper, (e) => e.j),
    upperValues: Float64Array.from(upper.flatMap((e) => [e.re, e.im])),
    projectors: [],
  };
}
