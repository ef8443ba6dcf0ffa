import { NEGLIGIBLE } from "./limits.ts";
import type { HermitianForm, Projector } from "./program.ts";
import type { SparseBuilder } from "./sparse.ts";

const NO_NUMBERS = new Float64Array(0);
const NO_PLACES = new Uint32Array(0);

/** Identically zero; shared, because most forms of a density matrix vanish in most spaces. */
export const EMPTY_FORM: HermitianForm = {
  diagonal: NO_NUMBERS,
  upperRow: NO_PLACES,
  upperColumn: NO_PLACES,
  upperValues: NO_NUMBERS,
  projectors: [],
};

/** Builds (O + O^+) / 2 from elements of O given in any order. */
export class FormBuilder {
  readonly #dimension: number;
  readonly #diagonal: Float64Array;
  readonly #upper: SparseBuilder;

  /** `scratch` is cleared and used; it saves an allocation for each form. */
  constructor(dimension: number, scratch: SparseBuilder) {
    this.#dimension = dimension;
    this.#diagonal = new Float64Array(dimension);
    this.#upper = scratch;
    scratch.clear();
  }

  add(row: number, column: number, re: number, im: number): void {
    if (row === column) this.#diagonal[row] = (this.#diagonal[row] as number) + re;
    else if (row < column) this.#upper.push(row, column, re / 2, im / 2);
    else this.#upper.push(column, row, re / 2, -im / 2);
  }

  build(projectors: readonly Projector[]): HermitianForm {
    const count = this.#upper.count;
    const upperRow = new Uint32Array(count);
    const upperColumn = new Uint32Array(count);
    const upperValues = new Float64Array(2 * count);
    let filled = 0;
    const merged = new RunningSum((row, column, re, im) => {
      upperRow[filled] = row;
      upperColumn[filled] = column;
      upperValues[2 * filled] = re;
      upperValues[2 * filled + 1] = im;
      filled++;
    });
    this.#upper.forEachSorted(this.#dimension, this.#dimension, merged.add);
    merged.flush();
    const empty = this.#diagonal.every((value) => value === 0);
    if (empty && filled === 0 && projectors.length === 0) return EMPTY_FORM;
    return {
      diagonal: empty ? NO_NUMBERS : this.#diagonal.slice(),
      upperRow: upperRow.slice(0, filled),
      upperColumn: upperColumn.slice(0, filled),
      upperValues: upperValues.slice(0, 2 * filled),
      projectors,
    };
  }
}

/** Adds up successive elements at the same place and passes on what did not cancel. */
class RunningSum {
  readonly #emit: (row: number, column: number, re: number, im: number) => void;
  #row = -1;
  #column = -1;
  #re = 0;
  #im = 0;
  #size = 0;

  constructor(emit: (row: number, column: number, re: number, im: number) => void) {
    this.#emit = emit;
  }

  readonly add = (row: number, column: number, re: number, im: number): void => {
    if (row !== this.#row || column !== this.#column) {
      this.flush();
      this.#row = row;
      this.#column = column;
    }
    this.#re += re;
    this.#im += im;
    this.#size += Math.abs(re) + Math.abs(im);
  };

  flush(): void {
    if (Math.abs(this.#re) + Math.abs(this.#im) > NEGLIGIBLE * this.#size) {
      this.#emit(this.#row, this.#column, this.#re, this.#im);
    }
    this.#re = 0;
    this.#im = 0;
    this.#size = 0;
  }
}

export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Of the elements (diagonal and upper triangle) for normalised states: Gershgorin discs. */
export function gershgorin(form: HermitianForm, dimension: number): Bounds {
  const radius = new Float64Array(dimension);
  for (let e = 0; e < form.upperRow.length; e++) {
    const re = form.upperValues[2 * e] as number;
    const im = form.upperValues[2 * e + 1] as number;
    const size = Math.sqrt(re * re + im * im);
    const row = form.upperRow[e] as number;
    const column = form.upperColumn[e] as number;
    radius[row] = (radius[row] as number) + size;
    radius[column] = (radius[column] as number) + size;
  }
  let lower = Number.POSITIVE_INFINITY;
  let upper = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < dimension; i++) {
    const centre = form.diagonal[i] ?? 0;
    lower = Math.min(lower, centre - (radius[i] as number));
    upper = Math.max(upper, centre + (radius[i] as number));
  }
  return { lower, upper };
}

/** Of sum_r weight_r |<phi_r|psi>|^2 for normalised psi. */
export function projectorBounds(projectors: readonly Projector[]): Bounds {
  let lower = 0;
  let upper = 0;
  for (const { weight, values } of projectors) {
    const most = weight * values.reduce((sum, x) => sum + x * x, 0);
    lower += Math.min(0, most);
    upper += Math.max(0, most);
  }
  return { lower, upper };
}
