import { type Complex, ZERO } from "#src/base/complex.js";
import { unpackMatrix } from "#src/compile/matrix.js";
import type { HermitianForm, Matrix, Program, Space, SparseMatrix } from "#src/compile/program.js";
import type { Model } from "#src/model/model.js";
import { adjoint, image, plus, rows } from "../support/vectors.js";

/** Reads flat programs back into dense matrices between product kets, for comparison with a naive twin. */

export const dimensions = (program: Program): number[] => program.spaces.map(({ dimension }) => dimension);

export function space(program: Program, s: number): Space {
  const found = program.spaces[s];
  if (found === undefined) throw new Error(`there must be a space ${s}`);
  return found;
}

export function jump(program: Program, s: number, j: number): SparseMatrix {
  const found = space(program, s).jumps[j];
  if (found === undefined) throw new Error(`space ${s} must have a jump ${j}`);
  return unpackMatrix(found.matrix);
}

export function form(program: Program, s: number, m: number): HermitianForm {
  const found = space(program, s).forms[m];
  if (found === undefined) throw new Error(`space ${s} must have a form ${m}`);
  return found;
}

/** Dense [row][column] of a sparse matrix. */
export function dense(packed: Matrix): Complex[][] {
  const { rows: n, columns, rowStart, column, values } = unpackMatrix(packed);
  const matrix = rows(n, columns, () => ZERO);
  matrix.forEach((row, r) => {
    let last = -1;
    for (let e = rowStart[r] ?? 0; e < (rowStart[r + 1] ?? 0); e++) {
      const c = column[e] ?? 0;
      if (c <= last) throw new Error("columns must ascend in a row");
      last = c;
      row[c] = [values[2 * e] ?? 0, values[2 * e + 1] ?? 0];
    }
  });
  return matrix;
}

/** The whole generator, factored jumps included, acting on psi. */
export function generate(space: Space, psi: readonly Complex[]): Complex[] {
  return [...space.generator.factored].reduce(
    (sum, c) => {
      const jump = space.jumps[c];
      if (jump === undefined) throw new Error("a factored jump must exist");
      const matrix = dense(jump.matrix);
      return plus(sum, [-1 / 2, 0], image(adjoint(matrix), image(matrix, psi)));
    },
    image(dense(space.generator.matrix), psi),
  );
}

export function evaluate(form: HermitianForm, psi: readonly Complex[]): number {
  const at = (i: number): Complex => psi[i] ?? [0, 0];
  let sum = 0;
  form.diagonal.forEach((value, i) => {
    sum += value * (at(i)[0] ** 2 + at(i)[1] ** 2);
  });
  form.upperRow.forEach((row, e) => {
    const [a, b] = at(row);
    const [x, y] = at(form.upperColumn[e] ?? 0);
    const re = a * x + b * y;
    const im = a * y - b * x;
    sum += 2 * (re * (form.upperValues[2 * e] ?? 0) - im * (form.upperValues[2 * e + 1] ?? 0));
  });
  for (const { weight, index, values } of form.projectors) {
    let re = 0;
    let im = 0;
    index.forEach((i, k) => {
      const [a, b] = [values[2 * k] ?? 0, values[2 * k + 1] ?? 0];
      const [x, y] = at(i);
      re += a * x + b * y;
      im += a * y - b * x;
    });
    sum += weight * (re * re + im * im);
  }
  return sum;
}

/**
 * The printed ket of each state of each space, read off the populations of the whole density matrix: the model must
 * ask for `density`.
 */
export function printedKets(program: Program): string[][] {
  const density = program.layout.densities.find(({ sites }) => sites === null);
  if (density === undefined) throw new Error("the model must ask for its density");
  return program.spaces.map((space) => {
    const kets = Array.from({ length: space.dimension }, () => "");
    let place = 0;
    density.basis.forEach((ket, a) => {
      const form = space.forms[density.moments[place] ?? -1];
      form?.diagonal.forEach((value, i) => {
        if (value !== 0) kets[i] += ket;
      });
      place += 1 + 2 * (density.basis.length - a - 1);
    });
    return kets;
  });
}

/** Number of a printed ket among all product kets in tensor order. */
export function productNumber(model: Model, printed: string): number {
  const labels = printed.includes(",") || model.sites.length === 1 ? printed.split(",") : [...printed];
  return model.sites.reduce((sum, { dimension, labels: names }, s) => {
    const level = names.indexOf(labels[s] ?? "");
    if (level < 0) throw new Error(`${printed} must be a ket of the model`);
    return sum * dimension + level;
  }, 0);
}
