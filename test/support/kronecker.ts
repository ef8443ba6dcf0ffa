import type { Complex } from "#src/base/complex.js";
import type { Model, Operator, State } from "#src/model/model.js";

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

/** n x n complex, row by row. */
export interface Dense {
  readonly n: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const ACCURACY = 1e-17;
/** ||L|| h: terms up to e^3 cancel, which costs little more than a digit. */
const LONGEST_STEP = 3;

export function solveByKronecker(model: Model): TwinResult {
  const dimensions = model.sites.map(({ dimension }) => dimension);
  const h = fullMatrix(model.hamiltonian, dimensions);
  const channels = model.channels.map(({ name, rate, operator }) => {
    const l = fullMatrix(operator, dimensions);
    return { name, rate, l, adjoint: adjoint(l) };
  });
  // A = -iH - 1/2 sum rate L^+ L
  const a = scaled(h, 0, -1);
  for (const { rate, l, adjoint: back } of channels) accumulate(a, product(back, l), -rate / 2, 0);
  const back = adjoint(a);
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
  let rho = initialDensity(model, dimensions);
  const integral = scaled(rho, 0, 0);
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
  const sum = scaled(rho, 1, 0);
  const integral = scaled(rho, h, 0);
  let term = rho;
  for (let k = 1; frobenius(term) > ACCURACY; k++) {
    term = scaled(liouvillian(term), h / k, 0);
    accumulate(sum, term, 1, 0);
    accumulate(integral, term, h / (k + 1), 0);
  }
  return { rho: sum, integral };
}

/** The operator over the product kets in tensor order: the first site varies slowest. */
export function fullMatrix(operator: Operator, dimensions: readonly number[]): Dense {
  const n = dimensions.reduce((all, dimension) => all * dimension, 1);
  const sum = zeros(n);
  for (const { coefficient, factors } of operator.terms) {
    let full: Dense = { n: 1, re: Float64Array.of(1), im: Float64Array.of(0) };
    dimensions.forEach((dimension, site) => {
      const factor = factors.find((one) => one.site === site);
      const local = factor === undefined ? identity(dimension) : zeros(dimension);
      for (const [row, column, re, im] of factor?.elements ?? []) {
        local.re[row * dimension + column] = re;
        local.im[row * dimension + column] = im;
      }
      full = kronecker(full, local);
    });
    accumulate(sum, full, coefficient[0], coefficient[1]);
  }
  for (const { coefficient, ket, bra } of operator.dyads) {
    const k = fullVector(ket, dimensions);
    const b = fullVector(bra, dimensions);
    accumulate(sum, outer(k, b), coefficient[0], coefficient[1]);
  }
  return sum;
}

function initialDensity(model: Model, dimensions: readonly number[]): Dense {
  const n = dimensions.reduce((all, dimension) => all * dimension, 1);
  const rho = zeros(n);
  for (const { weight, state } of model.initial) {
    const psi = fullVector(state, dimensions);
    accumulate(rho, outer(psi, psi), weight, 0);
  }
  return rho;
}

interface Vector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

function fullVector(state: State, dimensions: readonly number[]): Vector {
  const n = dimensions.reduce((all, dimension) => all * dimension, 1);
  const vector = { re: new Float64Array(n), im: new Float64Array(n) };
  for (const { amplitude, levels } of state) {
    const level = new Map(levels);
    const index = dimensions.reduce((sum, dimension, site) => sum * dimension + (level.get(site) ?? 0), 0);
    vector.re[index] = at(vector.re, index) + amplitude[0];
    vector.im[index] = at(vector.im, index) + amplitude[1];
  }
  return vector;
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

const zeros = (n: number): Dense => ({ n, re: new Float64Array(n * n), im: new Float64Array(n * n) });

function identity(n: number): Dense {
  const one = zeros(n);
  for (let i = 0; i < n; i++) one.re[i * n + i] = 1;
  return one;
}

function kronecker(a: Dense, b: Dense): Dense {
  const n = a.n * b.n;
  const out = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const p = Math.floor(i / b.n) * a.n + Math.floor(j / b.n);
      const q = (i % b.n) * b.n + (j % b.n);
      out.re[i * n + j] = at(a.re, p) * at(b.re, q) - at(a.im, p) * at(b.im, q);
      out.im[i * n + j] = at(a.re, p) * at(b.im, q) + at(a.im, p) * at(b.re, q);
    }
  }
  return out;
}

function outer(a: Vector, b: Vector): Dense {
  const n = a.re.length;
  const out = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      out.re[i * n + j] = at(a.re, i) * at(b.re, j) + at(a.im, i) * at(b.im, j);
      out.im[i * n + j] = at(a.im, i) * at(b.re, j) - at(a.re, i) * at(b.im, j);
    }
  }
  return out;
}

function product(a: Dense, b: Dense): Dense {
  const { n } = a;
  const out = zeros(n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const x = at(a.re, i * n + k);
      const y = at(a.im, i * n + k);
      if (x === 0 && y === 0) continue;
      for (let j = 0; j < n; j++) {
        const u = at(b.re, k * n + j);
        const v = at(b.im, k * n + j);
        out.re[i * n + j] = at(out.re, i * n + j) + (x * u - y * v);
        out.im[i * n + j] = at(out.im, i * n + j) + (x * v + y * u);
      }
    }
  }
  return out;
}

function adjoint(a: Dense): Dense {
  const out = zeros(a.n);
  for (let i = 0; i < a.n; i++) {
    for (let j = 0; j < a.n; j++) {
      out.re[j * a.n + i] = at(a.re, i * a.n + j);
      out.im[j * a.n + i] = -at(a.im, i * a.n + j);
    }
  }
  return out;
}

function scaled(a: Dense, x: number, y: number): Dense {
  const out = zeros(a.n);
  accumulate(out, a, x, y);
  return out;
}

/** to += (x + iy) a */
function accumulate(to: Dense, a: Dense, x: number, y: number): void {
  for (let e = 0; e < a.re.length; e++) {
    to.re[e] = at(to.re, e) + x * at(a.re, e) - y * at(a.im, e);
    to.im[e] = at(to.im, e) + x * at(a.im, e) + y * at(a.re, e);
  }
}

/** max over the rows of the sum of |element| */
function rowSum(a: Dense): number {
  let most = 0;
  for (let i = 0; i < a.n; i++) {
    let sum = 0;
    for (let j = 0; j < a.n; j++) sum += Math.hypot(at(a.re, i * a.n + j), at(a.im, i * a.n + j));
    most = Math.max(most, sum);
  }
  return most;
}

function frobenius(a: Dense): number {
  let sum = 0;
  for (let e = 0; e < a.re.length; e++) sum += at(a.re, e) ** 2 + at(a.im, e) ** 2;
  return Math.sqrt(sum);
}

/** Tr(a b) */
function traceOfProduct(a: Dense, b: Dense): [number, number] {
  let re = 0;
  let im = 0;
  for (let i = 0; i < a.n; i++) {
    for (let j = 0; j < a.n; j++) {
      const [p, q] = [i * a.n + j, j * a.n + i];
      re += at(a.re, p) * at(b.re, q) - at(a.im, p) * at(b.im, q);
      im += at(a.re, p) * at(b.im, q) + at(a.im, p) * at(b.re, q);
    }
  }
  return [re, im];
}

/** max |a - b| over the real and imaginary parts of all elements. */
export function largestDifference(a: Dense, b: Dense): number {
  let worst = 0;
  for (let e = 0; e < a.re.length; e++) {
    worst = Math.max(worst, Math.abs(at(a.re, e) - at(b.re, e)), Math.abs(at(a.im, e) - at(b.im, e)));
  }
  return worst;
}
