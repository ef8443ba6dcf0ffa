import { unpackMatrix } from "#src/compile/block-matrix.js";
import type { HermitianForm, Matrix, Program, Space } from "#src/compile/program.js";
import type { Model } from "#src/model/model.js";

/** Reads flat programs back into dense matrices between product kets, for comparison with a naive twin. */

export type Vector = readonly (readonly [number, number])[];

/** Dense [row][column] of a sparse matrix. */
export function dense(packed: Matrix): [number, number][][] {
  const { rows, columns, rowStart, column, values } = unpackMatrix(packed);
  const matrix = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (): [number, number] => [0, 0]),
  );
  for (let r = 0; r < rows; r++) {
    let last = -1;
    for (let e = rowStart[r] ?? 0; e < (rowStart[r + 1] ?? 0); e++) {
      const c = column[e] ?? 0;
      if (c <= last) throw new Error("columns must ascend in a row");
      last = c;
      (matrix[r] as [number, number][])[c] = [values[2 * e] ?? 0, values[2 * e + 1] ?? 0];
    }
  }
  return matrix;
}

export function multiply(matrix: Matrix, psi: Vector): [number, number][] {
  return dense(matrix).map((row) => {
    let sum: [number, number] = [0, 0];
    row.forEach(([a, b], c) => {
      const [x, y] = psi[c] ?? [0, 0];
      sum = [sum[0] + a * x - b * y, sum[1] + a * y + b * x];
    });
    return sum;
  });
}

/** J^+ psi */
export function multiplyAdjoint(matrix: Matrix, psi: Vector): [number, number][] {
  const result = Array.from({ length: matrix.columns }, (): [number, number] => [0, 0]);
  dense(matrix).forEach((row, r) => {
    row.forEach(([a, b], c) => {
      const [x, y] = psi[r] ?? [0, 0];
      const sum = result[c] as [number, number];
      sum[0] += a * x + b * y;
      sum[1] += a * y - b * x;
    });
  });
  return result;
}

/** The whole generator, factored jumps included, acting on psi. */
export function generate(space: Space, psi: Vector): [number, number][] {
  const result = multiply(space.generator.matrix, psi);
  for (const c of space.generator.factored) {
    const jump = space.jumps[c];
    if (jump === undefined) throw new Error("a factored jump must exist");
    multiplyAdjoint(jump.matrix, multiply(jump.matrix, psi)).forEach(([x, y], i) => {
      const sum = result[i] as [number, number];
      sum[0] -= x / 2;
      sum[1] -= y / 2;
    });
  }
  return result;
}

export function evaluate(form: HermitianForm, psi: Vector): number {
  const at = (i: number): readonly [number, number] => psi[i] ?? [0, 0];
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
