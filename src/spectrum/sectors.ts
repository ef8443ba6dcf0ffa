import { abs, type Complex } from "../base/complex.ts";
import { InputError } from "../base/errors.ts";
import { groupBy } from "../base/lists.ts";
import { type Basis, createBasis } from "../compile/basis.ts";
import { createDynamics, type Dynamics } from "../compile/dynamics.ts";
import { explore } from "../compile/explore.ts";
import { createFrame } from "../compile/frame.ts";
import { KetSum } from "../compile/ket-sum.ts";
import { MAX_KETS, NEGLIGIBLE } from "../compile/limits.ts";
import { unpackMatrix } from "../compile/matrix.ts";
import { PackedOperator } from "../compile/packed-operator.ts";
import { levelOf, packKet } from "../compile/packing.ts";
import { linkKets } from "../compile/pattern.ts";
import type { SparseMatrix } from "../compile/program.ts";
import { buildSpaces } from "../compile/space-builder.ts";
import { type TwoWayMatrix, withColumns } from "../compile/sparse.ts";
import { addOperators, dagger, multiplyOperators, scaleOperator } from "../model/algebra.ts";
import type { Channel, Model, Operator } from "../model/model.ts";
import { ketPrinter } from "../model/print.ts";
import { type Matrix, zeros } from "./matrix.ts";

/** A connected component of H_eff among the reached kets, with all that leads out of it. */
export interface Sector {
  readonly index: number;
  readonly dimension: number;
  /** Number of its first ket among all kets of the system. */
  readonly start: number;
  /** Energy taken out of its Hamiltonian, and the same relative to sector 0 with all its digits. */
  readonly energy: number;
  readonly relativeEnergy: number;
  /** Printed ket i of the sector. */
  readonly ket: (i: number) => string;
  /** H - energy, n x n. */
  readonly hamiltonian: () => Matrix;
  /** K_0, the decay operator of emitters that share nothing (see `independentDecay`), n x n. */
  readonly independent: () => Matrix;
}

/** The reached part of a model, sector by sector. Ket k of sector s is ket s.start + k of the system. */
export interface System {
  readonly dimension: number;
  /** Printed ket k. */
  readonly ket: (k: number) => string;
  readonly sectors: readonly Sector[];
  readonly sectorOf: Uint32Array;
  /** J = sqrt(rate) L of each channel between all kets. */
  readonly jumps: readonly TwoWayMatrix[];
  /** For each sector the sectors that some jump leads to. */
  readonly targets: readonly (readonly number[])[];
  /** Normalised amplitudes of each component of the initial mixture, over all kets: 2 * dimension. */
  readonly initial: readonly { readonly weight: number; readonly amplitudes: Float64Array }[];
}

/** @throws InputError for a model of which too much is reached */
export function findSystem(model: Model, file: string): System {
  const refuse = (): never => {
    const message = `must reach at most ${MAX_KETS} basis states for a spectrum, but reaches more`;
    throw new InputError([{ file, where: "sites", message }]);
  };
  const dynamics = createDynamics(model);
  const initialKets = model.initial.flatMap(({ state }) =>
    significant(state).map(({ levels }) => packKet(dynamics.packing, levels)),
  );
  const exploration = explore(dynamics, initialKets, refuse);
  const basis = createBasis(dynamics, exploration.index, linkKets(dynamics, exploration), initialKets);
  const frame = createFrame(dynamics, basis);
  const count = basis.sectorStart.length - 1;
  const whole = {
    sectors: Uint32Array.from({ length: count }, (_, s) => s),
    dimension: basis.index.count,
    jumps: dynamics.channels.map((_, channel) => ({ channel, target: 0 })),
  };
  const [built] = buildSpaces(dynamics, basis, frame, [whole], refuse);
  if (built === undefined) throw new Error("a plan must give a space");
  const { space } = built;
  const generator = unpackMatrix(space.generator.matrix);
  const ket = createPrinter(model, basis);
  const independent = new PackedOperator(independentDecay(model.channels), dynamics.packing);
  const sectors = Array.from({ length: count }, (_, index): Sector => {
    const start = basis.sectorStart[index] as number;
    const dimension = (basis.sectorStart[index + 1] as number) - start;
    return {
      index,
      dimension,
      start,
      energy: frame.energyHi[index] as number,
      relativeEnergy: space.energies[index] as number,
      ket: (i) => ket(start + i),
      hamiltonian: () => hamiltonianOf(generator, start, dimension),
      independent: () => denseOperator(independent, basis, start, dimension),
    };
  });
  return {
    dimension: basis.index.count,
    ket,
    sectors,
    sectorOf: basis.sectorOf,
    jumps: space.jumps.map(({ matrix }) => withColumns(unpackMatrix(matrix))),
    targets: sectorTargets(basis, count),
    initial: initialAmplitudes(model, dynamics, basis),
  };
}

/** Amplitudes below 1e-14 of the largest are zero, as in the compiler. */
function significant(state: Model["initial"][number]["state"]): Model["initial"][number]["state"] {
  const largest = state.reduce((most, { amplitude }) => Math.max(most, abs(amplitude)), 0);
  return state.filter(({ amplitude }) => abs(amplitude) > NEGLIGIBLE * largest);
}

function initialAmplitudes(model: Model, { packing }: Dynamics, { index }: Basis): System["initial"] {
  return model.initial.map(({ weight, state }) => {
    const amplitudes = new Float64Array(2 * index.count);
    for (const { amplitude, levels } of significant(state)) {
      const place = 2 * index.find(packKet(packing, levels), 0);
      amplitudes[place] = (amplitudes[place] as number) + amplitude[0];
      amplitudes[place + 1] = (amplitudes[place + 1] as number) + amplitude[1];
    }
    const norm = Math.sqrt(amplitudes.reduce((sum, x) => sum + x * x, 0));
    return { weight, amplitudes: amplitudes.map((x) => x / norm) };
  });
}

function createPrinter(model: Model, { index, packing }: Basis): (ket: number) => string {
  const print = ketPrinter(model.sites);
  return (ket) => print(model.sites.map((_, site) => levelOf(packing, index.kets, ket * index.words, site)));
}

function sectorTargets({ jumps }: Basis, count: number): number[][] {
  return Array.from({ length: count }, (_, s) => [
    ...new Set(jumps.target.subarray(jumps.start[s], jumps.start[s + 1])),
  ]);
}

/** The Hamiltonian part of the generator -i H - R/2: H = i (A - A^+) / 2; what stays factored belongs to R alone. */
function hamiltonianOf({ rowStart, column, values }: SparseMatrix, start: number, dimension: number): Matrix {
  const h = zeros(dimension, dimension);
  const add = (i: number, j: number, re: number, im: number): void => {
    h.re[i * dimension + j] = (h.re[i * dimension + j] as number) + re;
    h.im[i * dimension + j] = (h.im[i * dimension + j] as number) + im;
  };
  for (let i = 0; i < dimension; i++) {
    const end = rowStart[start + i + 1] as number;
    for (let e = rowStart[start + i] as number; e < end; e++) {
      const j = (column[e] as number) - start;
      if (j < 0 || j >= dimension) continue;
      const [x, y] = [(values[2 * e] as number) / 2, (values[2 * e + 1] as number) / 2];
      add(i, j, -y, x);
      add(j, i, -y, -x);
    }
  }
  return h;
}

function denseOperator(operator: PackedOperator, { index }: Basis, start: number, dimension: number): Matrix {
  const matrix = zeros(dimension, dimension);
  const images = new KetSum(index.words);
  for (let j = 0; j < dimension; j++) {
    operator.apply(index.kets, (start + j) * index.words, images);
    for (let k = 0; k < images.count; k++) {
      const i = index.find(images.kets, k * index.words) - start;
      if (i < 0 || i >= dimension) continue;
      matrix.re[i * dimension + j] = images.re[k] as number;
      matrix.im[i * dimension + j] = images.im[k] as number;
    }
  }
  return matrix;
}

/**
 * K_0 = sum_c rate_c sum_S L_cS^+ L_cS, where L_cS holds the terms of L_c that act on the set of sites S: what
 * sum_c rate_c L_c^+ L_c becomes when different emitters no longer interfere.
 */
function independentDecay(channels: readonly Channel[]): Operator {
  const parts = channels
    .filter(({ rate }) => rate > 0)
    .flatMap(({ rate, operator }) =>
      partsByEmitter(operator).map((part) => {
        const factor: Complex = [rate, 0];
        return scaleOperator(multiplyOperators(dagger(part), part), factor);
      }),
    );
  return addOperators(parts);
}

function partsByEmitter({ terms, dyads }: Operator): Operator[] {
  const parts = groupBy(terms, ({ factors }) => factors.map(({ site }) => site).join());
  const own = [...parts.values()].map((part): Operator => ({ terms: part, dyads: [] }));
  return dyads.length === 0 ? own : [...own, { terms: [], dyads }];
}
