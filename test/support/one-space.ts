import type { Complex } from "#src/base/complex.js";
import type { GeneratorStructure, HermitianForm, Program } from "#src/compile/program.js";
import { Kernel } from "#src/kernel/kernel.js";
import type { EngineChoice } from "#src/kernel/types.js";
import { module } from "./engines.ts";
import { at, combination, dot, plus, type Rows, rows, sparse, sum, transpose, vector } from "./vectors.ts";

export interface OneSpace {
  readonly hamiltonian: Rows;
  /** Jump operators with sqrt(rate) inside. */
  readonly jumps: readonly Rows[];
  readonly initial: readonly Complex[];
  /** Hermitian matrices. */
  readonly observables: readonly Rows[];
  readonly times: readonly number[];
}

/** A flat program with a single space, straight from dense matrices: the kernel without the compiler. */
export function oneSpace(system: OneSpace): Program {
  const { hamiltonian, jumps, initial, observables, times } = system;
  const d = hamiltonian.length;
  const columns = jumps.map(transpose);
  const total = rows(d, d, (i, j) => sum(columns.map((own) => dot(own[i] ?? [], own[j] ?? []))));
  // -i (H - (i/2) sum L^+ L)
  const generator = hamiltonian.map((row, i) =>
    plus(combination([[0, -1]], [row]), [-1 / 2, 0], total[i] ?? []),
  );
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

function structureOf(hamiltonian: Rows, total: Rows): { structure: GeneratorStructure; commonRate: number } {
  const zero = (m: Rows): boolean =>
    m.every((row) => row.every(([re, im]) => Math.abs(re) + Math.abs(im) < 1e-15));
  if (zero(hamiltonian)) return { structure: "decay", commonRate: 0 };
  const rate = at(total[0] ?? [], 0)[0];
  const rest = total.map((row, i) => row.map(([re, im], j): Complex => [i === j ? re - rate : re, im]));
  return zero(rest) ? { structure: "unitary", commonRate: rate } : { structure: "general", commonRate: 0 };
}

const rowBound = (m: Rows): number =>
  Math.max(...m.map((row) => row.reduce((s, [re, im]) => s + Math.hypot(re, im), 0)));

function form(o: Rows): HermitianForm {
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

export const KEY = Uint32Array.of(1, 2, 3, 4);
export const ENGINES: readonly EngineChoice[] = ["auto", "dense", "krylov", "chebyshev"];

export const create = (system: OneSpace, engine: EngineChoice, records = false): Promise<Kernel> =>
  Kernel.create(module, oneSpace(system), KEY, { sampling: "plain", records, engine });

export const matrix = (d: number, value: (i: number, j: number) => number | Complex): Rows =>
  rows(d, d, (i, j) => {
    const x = value(i, j);
    return typeof x === "number" ? [x, 0] : x;
  });
export const basis = (d: number, k: number): Complex[] => vector(d, (i) => [i === k ? 1 : 0, 0]);
export const population = (d: number, k: number): Rows => matrix(d, (i, j) => (i === k && j === k ? 1 : 0));
export const lower = (d: number, from: number, to: number, amplitude: number): Rows =>
  matrix(d, (i, j) => (i === to && j === from ? amplitude : 0));
