import { add, type Complex, multiply } from "#src/base/complex.js";
import type { Model } from "#src/model/model.js";
import { accumulate, type Dense, dagger, element, product, scaled, zeros } from "./dense.ts";
import { dimensionsOf, effectiveHamiltonian, fullMatrix, initialDensity } from "./full-space.ts";

/**
 * The naive twin: dense matrices in the full product space, Kronecker products of the sites' matrices, and the
 * master equation by a Taylor series in steps of ||L|| h <= 3. It shares nothing with the solvers but the plain
 * model. For product dimensions up to about 64.
 */
export interface TwinResult {
  readonly observables: Readonly<Record<string, readonly Complex[]>>;
  /** Integral of rate Tr(L^+ L rho) from 0 to the last time. */
  readonly jumps: Readonly<Record<string, number>>;
  /** rho at each time, over all product kets in tensor order. */
  readonly densities: readonly Dense[];
}

const ACCURACY = 1e-17;
/** ||L|| h: terms up to e^3 cancel, which costs little more than a digit. */
const LONGEST_STEP = 3;

export function solveByKronecker(model: Model): TwinResult {
  const dimensions = dimensionsOf(model);
  const channels = model.channels.map(({ name, rate, operator }) => {
    const l = fullMatrix(operator, dimensions);
    return { name, rate, l, adjoint: dagger(l) };
  });
  // A = -i H_eff
  const a = scaled(effectiveHamiltonian(model), [0, -1]);
  const back = dagger(a);
  const liouvillian = (rho: Dense): Dense => {
    // not (A rho) + (A rho)^+: that lets an anti-Hermitian part from rounding grow
    const sum = product(a, rho);
    accumulate(sum, product(rho, back), 1, 0);
    for (const { rate, l, adjoint: lBack } of channels) {
      if (rate > 0) accumulate(sum, product(product(l, rho), lBack), rate, 0);
    }
    return sum;
  };
  const bound =
    2 * rowSum(a) +
    channels.reduce((total, { rate, l, adjoint: back }) => total + rate * rowSum(l) * rowSum(back), 0);
  let rho = initialDensity(model);
  const integral = zeros(rho.n);
  let time = 0;
  const densities = model.times.map((next) => {
    const steps = Math.max(1, Math.ceil(((next - time) * bound) / LONGEST_STEP));
    for (let step = 0; step < steps; step++) {
      const end = taylorStep(liouvillian, rho, (next - time) / steps);
      rho = end.rho;
      accumulate(integral, end.integral, 1, 0);
    }
    time = next;
    return rho;
  });
  const observables = Object.fromEntries(
    model.observables.map(({ name, operator }) => {
      const o = fullMatrix(operator, dimensions);
      return [name, densities.map((density) => traceOfProduct(o, density))];
    }),
  );
  const jumps = Object.fromEntries(
    channels.map(({ name, rate, l, adjoint: back }) => [
      name,
      rate * traceOfProduct(product(back, l), integral)[0],
    ]),
  );
  return { observables, jumps, densities };
}

function taylorStep(
  liouvillian: (rho: Dense) => Dense,
  rho: Dense,
  h: number,
): { rho: Dense; integral: Dense } {
  const sum = scaled(rho, [1, 0]);
  const integral = scaled(rho, [h, 0]);
  let term = rho;
  for (let k = 1; frobenius(term) > ACCURACY; k++) {
    term = scaled(liouvillian(term), [h / k, 0]);
    accumulate(sum, term, 1, 0);
    accumulate(integral, term, h / (k + 1), 0);
  }
  return { rho: sum, integral };
}

/** max over the rows of the sum of |element| */
function rowSum(a: Dense): number {
  let most = 0;
  for (let i = 0; i < a.n; i++) {
    let sum = 0;
    for (let j = 0; j < a.n; j++) sum += Math.hypot(...element(a, i, j));
    most = Math.max(most, sum);
  }
  return most;
}

const frobenius = ({ re, im }: Dense): number =>
  Math.sqrt(re.reduce((sum, x, e) => sum + x ** 2 + (im[e] ?? 0) ** 2, 0));

/** Tr(a b) */
function traceOfProduct(a: Dense, b: Dense): Complex {
  let total: Complex = [0, 0];
  for (let i = 0; i < a.n; i++) {
    for (let j = 0; j < a.n; j++) total = add(total, multiply(element(a, i, j), element(b, j, i)));
  }
  return total;
}
