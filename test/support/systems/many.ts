import { addOperators, dagger, multiplyOperators, projector, scaleOperator } from "#src/model/algebra.js";
import type { Operator, State } from "#src/model/model.js";
import { spinSite } from "#src/model/sites.js";
import { addStates, normalise, productKet, scaleState } from "#src/model/states.js";
import { ladderPopulations, totalSpinWeights } from "../ladder.js";
import {
  decay,
  type Grid,
  hermitian,
  lowerings,
  makeModel,
  numbers,
  pure,
  qubitSites,
  type SolvedSystem,
  siteNamed,
  uniformTimes,
} from "./solved.js";

/**
 * Fig. 1d: N identical qubits, o = sum_j exp(i phi_j) s_j, excitation on site 1. o^+ o projects (times N) on
 * v_j = exp(-i phi_j)/sqrt N, so c_j = [j = 1] + (exp(-kappa N t) - 1)/N exp(-i (phi_j - phi_1)).
 */
export function oneExcitation(phases: readonly number[], kappa: number, grid: Grid): SolvedSystem {
  const sites = qubitSites(phases.length);
  const n = phases.length;
  const lower = lowerings(sites);
  const number = numbers(sites);
  const drop = (t: number): number => -Math.expm1(-kappa * n * t) / n;
  const first = (t: number): number => (1 - drop(t)) ** 2;
  const phase = (j: number): number => (phases[j] ?? 0) - (phases[0] ?? 0);
  return {
    name: `one excitation in ${n} qubits`,
    model: makeModel({
      sites,
      hamiltonian: addOperators(number),
      channels: [
        {
          name: "common",
          rate: 2 * kappa,
          operator: addOperators(
            lower.map((s, j) => scaleOperator(s, [Math.cos(phases[j] ?? 0), Math.sin(phases[j] ?? 0)])),
          ),
        },
      ],
      initial: pure(productKet(phases.map((_, j) => (j === 0 ? 1 : 0)))),
      times: uniformTimes(grid),
      observables: [
        hermitian("n1", number[0] as Operator),
        hermitian("n2", number[1] as Operator),
        hermitian("energy", addOperators(number)),
        {
          name: "exchange",
          operator: multiplyOperators(dagger(lower[0] as Operator), lower[1] as Operator),
          hermitian: false,
        },
      ],
    }),
    means: {
      n1: first,
      n2: (t) => drop(t) ** 2,
      energy: (t) => first(t) + (n - 1) * drop(t) ** 2,
      // conj(c1) c2
      exchange: (t) => {
        const product = -(1 - drop(t)) * drop(t);
        return [product * Math.cos(phase(1)), -product * Math.sin(phase(1))];
      },
    },
    jumps: { common: (t) => -Math.expm1(-2 * kappa * n * t) / n },
  };
}

/** (2 100 - 010 - 001)/sqrt6 */
const W_LIKE: State = normalise(
  addStates([
    scaleState(productKet([1, 0, 0]), [2, 0]),
    scaleState(productKet([0, 1, 0]), [-1, 0]),
    scaleState(productKet([0, 0, 1]), [-1, 0]),
  ]),
);

/**
 * Fig. 4: three qubits. From 100 the overlap with Psi2 is 2/sqrt6 for ever (it is dark, and the rest is orthogonal).
 * From 011 the weight 2/3 on J = 1/2 steps once, at rate 2 kappa, into Psi2: qubits 2 and 3 stay symmetric.
 */
export function threeQubits(start: "100" | "011", kappa: number, grid: Grid): SolvedSystem {
  const levels = [...start].map(Number);
  const ladder = manyExcitations(3, start === "100" ? 1 : 2, kappa, grid);
  return {
    name: `three qubits from ${start}`,
    model: {
      ...ladder.model,
      initial: pure(productKet(levels)),
      observables: [...ladder.model.observables, hermitian("psi2", projector(W_LIKE))],
    },
    means: {
      ...ladder.means,
      psi2: start === "100" ? () => 2 / 3 : (t) => (-2 / 3) * Math.expm1(-2 * kappa * t),
    },
    jumps: ladder.jumps,
  };
}

/**
 * k excited of N identical qubits under collective decay: total-spin weights, and in each J the classical ladder
 * M -> M - 1 at rate 2 kappa (J + M)(J - M + 1).
 */
export function manyExcitations(n: number, k: number, kappa: number, grid: Grid): SolvedSystem {
  const sites = qubitSites(n);
  const weights = totalSpinWeights(n, k);
  const energy = (t: number): number =>
    weights.reduce((sum, { j, weight }) => {
      const populations = ladderPopulations(j, k - n / 2, 2 * kappa, t);
      return sum + weight * populations.reduce((mean, { m, p }) => mean + p * (m + n / 2), 0);
    }, 0);
  return {
    name: `${k} excited of ${n} qubits`,
    model: makeModel({
      sites,
      hamiltonian: addOperators(numbers(sites)),
      channels: [{ name: "common", rate: 2 * kappa, operator: addOperators(lowerings(sites)) }],
      initial: pure(productKet(sites.map((_, j) => (j < k ? 1 : 0)))),
      times: uniformTimes(grid),
      observables: [hermitian("energy", addOperators(numbers(sites)))],
    }),
    means: { energy },
    jumps: { common: (t) => k - energy(t) },
  };
}

/** N qubits from all excited, each with its own loss at rate gamma: N exp(-gamma t), a cascade through 2^N sectors. */
export function lossyQubits(n: number, gamma: number, grid: Grid): SolvedSystem {
  const sites = qubitSites(n);
  return {
    name: `${n} lossy qubits`,
    model: makeModel({
      sites,
      channels: lowerings(sites).map((operator, j) => ({ name: `own${j + 1}`, rate: gamma, operator })),
      initial: pure(productKet(sites.map(() => 1))),
      times: uniformTimes(grid),
      observables: [hermitian("energy", addOperators(numbers(sites)))],
    }),
    means: { energy: (t) => n * decay(gamma * t) },
    jumps: Object.fromEntries(sites.map((_, j) => [`own${j + 1}`, (t) => -Math.expm1(-gamma * t)])),
  };
}

/** The same ladder from |J, M = J> of one collective spin. */
export function superradiantSpin(j: number, kappa: number, grid: Grid): SolvedSystem {
  const sites = [spinSite({ name: "S" }, j)];
  const mean = (t: number): number =>
    ladderPopulations(j, j, 2 * kappa, t).reduce((sum, { m, p }) => sum + m * p, 0);
  return {
    name: `superradiance of a spin ${j}`,
    model: makeModel({
      sites,
      hamiltonian: siteNamed(sites, 0, "jz"),
      channels: [{ name: "common", rate: 2 * kappa, operator: siteNamed(sites, 0, "jm") }],
      initial: pure(productKet([2 * j])),
      times: uniformTimes(grid),
      observables: [hermitian("jz", siteNamed(sites, 0, "jz"))],
    }),
    means: { jz: mean },
    jumps: { common: (t) => j - mean(t) },
  };
}

/**
 * A chiral cascade of N emitters: o = sum_j s_j at rate gamma and H = -(i/2) gamma sum_(i>j) (s_i^+ s_j - h.c.), so
 * that nothing flows upstream. From the first one excited, c_j' = -(gamma/2) c_j - gamma sum_(l<j) c_l: an exceptional
 * point of order N. S_j = c_1 + ... + c_j = exp(-x/2) L_(j-1)(x), x = gamma t, L_n the Laguerre polynomials.
 */
export function chiralCascade(n: number, gamma: number, grid: Grid): SolvedSystem {
  const sites = qubitSites(n);
  const lower = lowerings(sites);
  const exchange: Operator[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const flow = multiplyOperators(dagger(lower[i] as Operator), lower[j] as Operator);
      exchange.push(scaleOperator(flow, [0, -gamma / 2]), scaleOperator(dagger(flow), [0, gamma / 2]));
    }
  }
  const sum = (j: number, t: number): number => (j < 0 ? 0 : decay((gamma * t) / 2) * laguerre(j, gamma * t));
  const population = (j: number) => (t: number) => (sum(j, t) - sum(j - 1, t)) ** 2;
  const names = sites.map((_, j) => `n${j + 1}`);
  return {
    name: `chiral cascade of ${n}`,
    model: makeModel({
      sites,
      hamiltonian: addOperators(exchange),
      channels: [{ name: "right", rate: gamma, operator: addOperators(lower) }],
      initial: pure(productKet(sites.map((_, j) => (j === 0 ? 1 : 0)))),
      times: uniformTimes(grid),
      observables: numbers(sites).map((operator, j) => hermitian(names[j] as string, operator)),
    }),
    means: Object.fromEntries(names.map((name, j) => [name, population(j)])),
    jumps: {
      right: (t) => names.reduce((rest, _, j) => rest - population(j)(t), 1),
    },
  };
}

function laguerre(degree: number, x: number): number {
  let [before, value] = [0, 1];
  for (let n = 0; n < degree; n++)
    [before, value] = [value, ((2 * n + 1 - x) * value - n * before) / (n + 1)];
  return value;
}
