import type { Complex } from "#src/base/complex.js";
import type { Model, Operator, State } from "#src/model/model.js";
import { accumulate, type Dense, dagger, identity, kronecker, outer, product, zeros } from "./dense.ts";

/** Dense matrices of a model over all its product kets in tensor order: the first site varies slowest. */
export const dimensionsOf = (model: Model): readonly number[] =>
  model.sites.map(({ dimension }) => dimension);

export function fullMatrix(operator: Operator, dimensions: readonly number[]): Dense {
  const full = zeros(dimensions.reduce((all, dimension) => all * dimension, 1));
  for (const { coefficient, factors } of operator.terms) {
    const local = dimensions.map((dimension, site) => {
      const factor = factors.find((one) => one.site === site);
      if (factor === undefined) return identity(dimension);
      const own = zeros(dimension);
      for (const [row, column, re, im] of factor.elements) {
        own.re[row * dimension + column] = re;
        own.im[row * dimension + column] = im;
      }
      return own;
    });
    accumulate(full, local.reduce(kronecker), ...coefficient);
  }
  for (const { coefficient, ket, bra } of operator.dyads) {
    accumulate(full, outer(fullVector(ket, dimensions), fullVector(bra, dimensions)), ...coefficient);
  }
  return full;
}

export function fullVector(state: State, dimensions: readonly number[]): Complex[] {
  const n = dimensions.reduce((all, dimension) => all * dimension, 1);
  const vector = Array.from({ length: n }, (): Complex => [0, 0]);
  for (const { amplitude, levels } of state) {
    const level = new Map(levels);
    const index = dimensions.reduce((sum, dimension, site) => sum * dimension + (level.get(site) ?? 0), 0);
    const [re, im] = vector[index] ?? [0, 0];
    vector[index] = [re + amplitude[0], im + amplitude[1]];
  }
  return vector;
}

/** H - (i/2) sum_c rate_c L_c^+ L_c */
export function effectiveHamiltonian(model: Model): Dense {
  const sum = fullMatrix(model.hamiltonian, dimensionsOf(model));
  accumulate(sum, totalRate(model), 0, -1 / 2);
  return sum;
}

/** sum_c rate_c L_c^+ L_c */
export function totalRate(model: Model): Dense {
  const dimensions = dimensionsOf(model);
  const sum = zeros(dimensions.reduce((all, dimension) => all * dimension, 1));
  for (const { rate, operator } of model.channels) {
    const l = fullMatrix(operator, dimensions);
    accumulate(sum, product(dagger(l), l), rate, 0);
  }
  return sum;
}

/** sum_k weight_k |psi_k><psi_k| at t = 0 */
export function initialDensity(model: Model): Dense {
  const dimensions = dimensionsOf(model);
  const rho = zeros(dimensions.reduce((all, dimension) => all * dimension, 1));
  for (const { weight, state } of model.initial) {
    const psi = fullVector(state, dimensions);
    accumulate(rho, outer(psi, psi), weight, 0);
  }
  return rho;
}
