import type { HermitianForm, Moment, Program, SparseMatrix } from "#src/compile/program.js";
import type { Model } from "#src/model/model.js";

/** Hand-written programs, so that these tests need no compiler. All elements are real. */
type Element = readonly [row: number, column: number, value: number];

function sparse(rows: number, columns: number, elements: readonly Element[]): SparseMatrix {
  const rowStart = new Uint32Array(rows + 1);
  for (const [row] of elements) rowStart[row + 1] = (rowStart[row + 1] ?? 0) + 1;
  for (let r = 0; r < rows; r++) rowStart[r + 1] = (rowStart[r + 1] ?? 0) + (rowStart[r] ?? 0);
  return {
    rows,
    columns,
    rowStart,
    column: Uint32Array.from(elements, ([, column]) => column),
    values: Float64Array.from(elements.flatMap(([, , value]) => [value, 0])),
  };
}

function form(diagonal: readonly number[], projector: readonly number[] = []): HermitianForm {
  return {
    diagonal: diagonal.some((value) => value !== 0) ? Float64Array.from(diagonal) : new Float64Array(0),
    upperRow: new Uint32Array(0),
    upperColumn: new Uint32Array(0),
    upperValues: new Float64Array(0),
    projectors:
      projector.length === 0
        ? []
        : [
            {
              weight: 1,
              index: Uint32Array.from(projector, (_, i) => i),
              values: Float64Array.from(projector.flatMap((value) => [value, 0])),
            },
          ],
  };
}

function grid(to: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => (to * i) / (points - 1));
}

const unit: Moment = { lower: 0, upper: 1 };

export interface PairOptions {
  readonly kappa?: number;
  readonly points?: number;
  /** Amplitudes of |10> and |01>. */
  readonly start?: readonly [number, number];
}

/**
 * Two resonant qubits with one reservoir, one excitation: J = sqrt(2 kappa) (s1 + s2). From |10>:
 * n1(t) = ((1 + e^{-2 kappa t}) / 2)^2, n2(t) = ((1 - e^{-2 kappa t}) / 2)^2, jumps 1/2, fidelity with Psi- 1/2.
 */
export function pairProgram({ kappa = 1e-3, points = 51, start = [1, 0] }: PairOptions = {}): Program {
  const rate = Math.sqrt(2 * kappa);
  const half = Math.SQRT1_2;
  return {
    spaces: [
      {
        dimension: 2,
        sectorStart: Uint32Array.of(0, 2),
        sectorId: Uint32Array.of(1),
        energies: Float64Array.of(0),
        generator: {
          matrix: sparse(2, 2, [
            [0, 0, -kappa],
            [0, 1, -kappa],
            [1, 0, -kappa],
            [1, 1, -kappa],
          ]),
          factored: new Uint32Array(0),
          structure: "decay",
          commonRate: 0,
          norm: 2 * kappa,
          rateBound: 4 * kappa,
        },
        jumps: [
          {
            channel: 0,
            target: 1,
            matrix: sparse(1, 2, [
              [0, 0, rate],
              [0, 1, rate],
            ]),
          },
        ],
        forms: [form([1, 0]), form([0, 1]), form([0, 0], [half, -half])],
      },
      {
        dimension: 1,
        sectorStart: Uint32Array.of(0, 1),
        sectorId: Uint32Array.of(0),
        energies: Float64Array.of(0),
        generator: {
          matrix: sparse(1, 1, []),
          factored: new Uint32Array(0),
          structure: "decay",
          commonRate: 0,
          norm: 0,
          rateBound: 0,
        },
        jumps: [],
        forms: [form([0]), form([0]), form([0])],
      },
    ],
    initial: [{ weight: 1, space: 0, amplitudes: Float64Array.of(start[0], 0, start[1], 0) }],
    times: grid(5, points).map((x) => x / kappa),
    moments: [unit, unit, unit],
    channels: ["common"],
    layout: {
      observables: [
        { name: "n1", re: 0, im: null },
        { name: "n2", re: 1, im: null },
        { name: "dark", re: 2, im: null },
      ],
      densities: [],
    },
    notes: [],
  };
}

/**
 * One qubit with decay and absorption, both at rate 1, from the excited level: n(t) = (1 + e^{-2 t}) / 2,
 * one jump a unit of time.
 */
export function thermalProgram(to = 2, points = 21): Program {
  const space = (channel: number, target: number, excited: number) => ({
    dimension: 1,
    sectorStart: Uint32Array.of(0, 1),
    sectorId: Uint32Array.of(excited),
    energies: Float64Array.of(0),
    generator: {
      matrix: sparse(1, 1, [[0, 0, -0.5]]),
      factored: new Uint32Array(0),
      structure: "decay" as const,
      commonRate: 0,
      norm: 0.5,
      rateBound: 1,
    },
    jumps: [{ channel, target, matrix: sparse(1, 1, [[0, 0, 1]]) }],
    forms: [form([excited])],
  });
  return {
    spaces: [space(0, 1, 1), space(1, 0, 0)],
    initial: [{ weight: 1, space: 0, amplitudes: Float64Array.of(1, 0) }],
    times: grid(to, points),
    moments: [unit],
    channels: ["down", "up"],
    layout: { observables: [{ name: "n", re: 0, im: null }], densities: [] },
    notes: [],
  };
}

/** The little of a model that a run copies into its result; only channel names are read. */
export function modelOf(program: Program): Model {
  const none = { terms: [], dyads: [] };
  return {
    title: "hand-written program",
    parameters: {},
    sites: [],
    hamiltonian: none,
    channels: program.channels.map((name) => ({ name, rate: 1, operator: none })),
    initial: [],
    times: Array.from(program.times),
    observables: [],
    measures: [],
    ensemble: {},
    density: "none",
  };
}
