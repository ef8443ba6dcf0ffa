import { type Complex, conjugate, multiply } from "../base/complex.ts";
import type { Dyad, Factor, MatrixElement, Operator } from "../model/model.ts";
import type { KetTable } from "./kets.ts";

/** Receives one term of O|ket>: the levels of a product ket (reused: copy or look up at once) and its amplitude. */
export type Emit = (levels: Uint16Array, re: number, im: number) => void;

/** O|ket> term by term; equal kets may come more than once. */
export type Action = (levels: Uint16Array, emit: Emit) => void;

/** Prepares an operator, or its Hermitian conjugate, for being applied to product kets. */
export function actionOf(operator: Operator, kets: KetTable, adjoint = false): Action {
  const terms = operator.terms.map(({ coefficient, factors }) => ({
    coefficient: adjoint ? conjugate(coefficient) : coefficient,
    factors: factors.map((factor) => prepareFactor(factor, adjoint)),
  }));
  const dyads = operator.dyads.map((dyad) => prepareDyad(dyad, kets, adjoint));
  return (levels, emit) => {
    const work = levels.slice();
    for (const { coefficient, factors } of terms) {
      applyFactors(factors, 0, work, coefficient[0], coefficient[1], emit);
    }
    for (const dyad of dyads) dyad(levels, emit);
  };
}

interface PreparedFactor {
  readonly site: number;
  /** By level of the ket: the non-zero elements of that column. */
  readonly columns: readonly (readonly MatrixElement[])[];
}

function prepareFactor({ site, elements }: Factor, adjoint: boolean): PreparedFactor {
  const columns: MatrixElement[][] = [];
  for (const [row, column, re, im] of elements) {
    const [to, from] = adjoint ? [column, row] : [row, column];
    while (columns.length <= from) columns.push([]);
    columns[from]?.push([to, from, re, adjoint ? -im : im]);
  }
  return { site, columns };
}

function applyFactors(
  factors: readonly PreparedFactor[],
  next: number,
  levels: Uint16Array,
  re: number,
  im: number,
  emit: Emit,
): void {
  const factor = factors[next];
  if (factor === undefined) {
    emit(levels, re, im);
    return;
  }
  const level = levels[factor.site] as number;
  for (const [row, , x, y] of factor.columns[level] ?? []) {
    levels[factor.site] = row;
    applyFactors(factors, next + 1, levels, re * x - im * y, re * y + im * x, emit);
  }
  levels[factor.site] = level;
}

function prepareDyad(dyad: Dyad, kets: KetTable, adjoint: boolean): Action {
  const [ket, bra] = adjoint ? [dyad.bra, dyad.ket] : [dyad.ket, dyad.bra];
  const coefficient = adjoint ? conjugate(dyad.coefficient) : dyad.coefficient;
  const overlaps = new Map<string, Complex>();
  for (const term of bra) {
    const key = kets.levelsOf(term).join();
    const [re, im] = overlaps.get(key) ?? [0, 0];
    overlaps.set(key, [re + term.amplitude[0], im - term.amplitude[1]]);
  }
  const image = ket.map((term) => ({
    levels: kets.levelsOf(term),
    amplitude: multiply(coefficient, term.amplitude),
  }));
  return (levels, emit) => {
    const overlap = overlaps.get(levels.join());
    if (overlap === undefined) return;
    for (const term of image) {
      const [re, im] = multiply(term.amplitude, overlap);
      emit(term.levels, re, im);
    }
  };
}
