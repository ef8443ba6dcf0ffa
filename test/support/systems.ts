import type { Complex } from "#src/base/complex.js";
import { addOperators, dagger, multiplyOperators, projector, scaleOperator } from "#src/model/algebra.js";
import type { Channel, Measure, Model, Observable, Operator, Site, State } from "#src/model/model.js";
import { fockSite, levelsSite, namedOperator, qubitSite, spinSite, transition } from "#src/model/sites.js";
import { addStates, normalise, productKet, scaleState } from "#src/model/states.js";
import { ladderPopulations, totalSpinWeights } from "./ladder.js";

/**
 * Systems whose means are known in closed form. Rates follow the program's convention: a channel of the paper with
 * the amplitude rate kappa has the rate 2 kappa.
 */
export interface SolvedSystem {
  readonly name: string;
  readonly model: Model;
  /** Exact means as functions of time, by observable or measure; a complex one where the observable is. */
  readonly means: Readonly<Record<string, (t: number) => number | Complex>>;
  /** Exact mean number of jumps from 0 to t, by channel. */
  readonly jumps: Readonly<Record<string, (t: number) => number>>;
}

export interface Grid {
  readonly to: number;
  readonly points: number;
}

export const uniformTimes = ({ to, points }: Grid): number[] =>
  Array.from({ length: points }, (_, index) => (to * index) / (points - 1));

/** A model with everything that is not given left empty. */
export function makeModel(
  parts: Pick<Model, "sites" | "initial" | "times" | "observables"> & Partial<Model>,
): Model {
  return {
    title: "",
    parameters: {},
    hamiltonian: { terms: [], dyads: [] },
    channels: [],
    measures: [],
    ensemble: {},
    density: "none",
    ...parts,
  };
}

export const qubitSites = (count: number): Site[] =>
  Array.from({ length: count }, (_, index) =>
    qubitSite({ name: `q${index + 1}`, array: "q", member: index + 1 }),
  );

/** A named operator of a site that has it. */
export function siteNamed(sites: readonly Site[], site: number, name: string): Operator {
  const operator = namedOperator(sites, site, name);
  if (operator === undefined) throw new RangeError(`site ${site} has no operator ${name}`);
  return operator;
}

export const pure = (state: State): Model["initial"] => [{ weight: 1, state: normalise(state) }];

const times = (factor: number, operator: Operator): Operator => scaleOperator(operator, [factor, 0]);
const hermitian = (name: string, operator: Operator): Observable => ({ name, operator, hermitian: true });
const lowerings = (sites: readonly Site[]): Operator[] => sites.map((_, j) => siteNamed(sites, j, "sm"));
const numbers = (sites: readonly Site[]): Operator[] => sites.map((_, j) => siteNamed(sites, j, "n"));

/** exp(-x), the factor that all closed forms are made of. */
const decay = (x: number): number => Math.exp(-x);

const KET_10 = productKet([1, 0]);
const KET_01 = productKet([0, 1]);
export const SINGLET: State = normalise(addStates([KET_10, scaleState(KET_01, [-1, 0])]));
export const TRIPLET: State = normalise(addStates([KET_10, KET_01]));

export type PairStart = "11" | "10" | "singlet" | "triplet";

const PAIR_STARTS: Readonly<Record<PairStart, State>> = {
  "11": productKet([1, 1]),
  "10": KET_10,
  singlet: SINGLET,
  triplet: TRIPLET,
};

/**
 * Fig. 2: two resonant qubits, o = s1 + s2, rate 2 kappa.
 * o|11> = sqrt2 |Psi+>, o|Psi+> = sqrt2 |00>, o|Psi-> = 0: the triplet ladder decays at 4 kappa a step, Psi- is dark.
 * So from 11: p11 = exp(-4 kappa t), pPsi+ = 4 kappa t exp(-4 kappa t). |10> = (Psi+ + Psi-)/sqrt2 loses its bright
 * amplitude at 2 kappa: c1 = (1 + e)/2, c2 = (e - 1)/2 with e = exp(-2 kappa t).
 */
export function resonantPair(start: PairStart, kappa: number, omega: number, grid: Grid): SolvedSystem {
  const sites = qubitSites(2);
  const lower = lowerings(sites);
  const number = numbers(sites);
  const bright0 = { "11": 0, "10": 0.5, singlet: 0, triplet: 1 }[start];
  const dark = { "11": 0, "10": 0.5, singlet: 1, triplet: 0 }[start];
  const both0 = start === "11" ? 1 : 0;
  const both = (t: number): number => both0 * decay(4 * kappa * t);
  const bright = (t: number): number => (bright0 + both0 * 4 * kappa * t) * decay(4 * kappa * t);
  const energy = (t: number): number => 2 * both(t) + bright(t) + dark;
  // <n1> - <n2> = 2 Re of the coherence between Psi+ and Psi-: only from 10
  const difference = (t: number): number => (start === "10" ? decay(2 * kappa * t) : 0);
  return {
    name: `pair from ${start}`,
    model: makeModel({
      sites,
      hamiltonian: times(omega, addOperators(number)),
      channels: [{ name: "common", rate: 2 * kappa, operator: addOperators(lower) }],
      initial: pure(PAIR_STARTS[start]),
      times: uniformTimes(grid),
      observables: [
        hermitian("energy", addOperators(number)),
        hermitian("n1", number[0] as Operator),
        hermitian("singlet", projector(SINGLET)),
        hermitian("triplet", projector(TRIPLET)),
      ],
    }),
    means: {
      energy,
      n1: (t) => (energy(t) + difference(t)) / 2,
      singlet: () => dark,
      triplet: bright,
    },
    jumps: { common: (t) => energy(0) - energy(t) },
  };
}

/**
 * The same from 10: <s1^+ s2> = conj(c1) c2, and of rho = |c1 10 + c2 01> + p00 |00> the concurrence 2 |c1 c2| and
 * the negativity: rho^(T_1) couples 00 and 11 by [[p00, z], [z, 0]], z = c1 c2, so
 * ||.||_1 = |c1|^2 + |c2|^2 + sqrt(p00^2 + 4 z^2).
 */
export function entangledPair(kappa: number, grid: Grid): SolvedSystem {
  const system = resonantPair("10", kappa, 1, grid);
  const [s1, s2] = lowerings(system.model.sites) as [Operator, Operator];
  const amplitudes = (t: number): [number, number] => {
    const e = decay(2 * kappa * t);
    return [(1 + e) / 2, (e - 1) / 2];
  };
  const measures: Measure[] = [
    { name: "concurrence", kind: "concurrence", sides: [[0], [1]] },
    { name: "negativity", kind: "logNegativity", sides: [[0], [1]] },
    { name: "purity", kind: "purity", sides: [] },
    { name: "entropy1", kind: "entropy", sides: [[0]] },
  ];
  const product = (t: number): number => Math.abs(amplitudes(t)[0] * amplitudes(t)[1]);
  const ground = (t: number): number => 1 - amplitudes(t)[0] ** 2 - amplitudes(t)[1] ** 2;
  return {
    name: "entanglement of the pair from 10",
    model: {
      ...system.model,
      observables: [{ name: "exchange", operator: multiplyOperators(dagger(s1), s2), hermitian: false }],
      measures,
    },
    means: {
      exchange: (t) => [amplitudes(t)[0] * amplitudes(t)[1], 0],
      concurrence: (t) => 2 * product(t),
      negativity: (t) => Math.log2(1 - ground(t) + Math.sqrt(ground(t) ** 2 + 4 * product(t) ** 2)),
      purity: (t) => (1 - ground(t)) ** 2 + ground(t) ** 2,
      entropy1: (t) => binaryEntropy(amplitudes(t)[0] ** 2),
    },
    jumps: system.jumps,
  };
}

function binaryEntropy(p: number): number {
  const term = (x: number): number => (x > 0 ? -x * Math.log2(x) : 0);
  return term(p) + term(1 - p);
}

export interface PairParameters {
  readonly omega: number;
  readonly kappa: number;
  readonly alpha: number;
  /** On qubit 2. */
  readonly delta: number;
}

/**
 * Fig. 3: one excitation in two qubits with own losses alpha and detuning delta. In the frame of the mean frequency
 * the amplitudes obey c' = (-(kappa + alpha) + M) c, M = [[i delta/2, -kappa], [-kappa, -i delta/2]], M^2 = mu^2,
 * mu^2 = kappa^2 - delta^2/4; exp(Mt) = C + M S with C = cosh(mu t), S = sinh(mu t)/mu, or cos and sin where
 * mu^2 < 0, or 1 and t at the exceptional point delta = 2 kappa. All excitations are lost by some jump.
 */
export function detunedPair(
  start: "10" | "singlet",
  { omega, kappa, alpha, delta }: PairParameters,
  grid: Grid,
): SolvedSystem {
  const sites = qubitSites(2);
  const lower = lowerings(sites);
  const [n1, n2] = numbers(sites) as [Operator, Operator];
  const amplitudes = (t: number): [Complex, Complex] => {
    const mu = Math.sqrt(Math.max(0, kappa ** 2 - delta ** 2 / 4));
    const slow = alpha + delta ** 2 / 4 / (kappa + mu);
    const [c, s] = dampedPair(kappa + alpha, kappa ** 2 - delta ** 2 / 4, slow, t);
    const half = (delta / 2) * s;
    if (start === "10") {
      return [
        [c, half],
        [-kappa * s, 0],
      ];
    }
    const both = Math.SQRT1_2 * (c + kappa * s);
    return [
      [both, Math.SQRT1_2 * half],
      [-both, Math.SQRT1_2 * half],
    ];
  };
  const population = (index: 0 | 1) => (t: number) => {
    const [re, im] = amplitudes(t)[index];
    return re * re + im * im;
  };
  const overlap = (sign: number) => (t: number) => {
    const [a, b] = amplitudes(t);
    return ((a[0] + sign * b[0]) ** 2 + (a[1] + sign * b[1]) ** 2) / 2;
  };
  return {
    name: `pair from ${start}, alpha = ${alpha}, delta = ${delta}`,
    model: makeModel({
      sites,
      hamiltonian: addOperators([times(omega, n1), times(omega + delta, n2)]),
      channels: [
        { name: "common", rate: 2 * kappa, operator: addOperators(lower) },
        ...lower.map((operator, j) => ({ name: `own${j + 1}`, rate: 2 * alpha, operator })),
      ],
      initial: pure(PAIR_STARTS[start]),
      times: uniformTimes(grid),
      observables: [
        hermitian("n1", n1),
        hermitian("n2", n2),
        hermitian("energy", addOperators([n1, n2])),
        hermitian("singlet", projector(SINGLET)),
        hermitian("triplet", projector(TRIPLET)),
      ],
    }),
    means: {
      n1: population(0),
      n2: population(1),
      energy: (t) => population(0)(t) + population(1)(t),
      singlet: overlap(-1),
      triplet: overlap(1),
    },
    jumps: delta === 0 ? resonantJumps(start, kappa, alpha) : {},
  };
}

/**
 * exp(-rate t) cosh(mu t) and exp(-rate t) sinh(mu t)/mu for mu^2 = `square` of either sign or 0; slow = rate - mu is
 * given apart because it can be many digits smaller than both.
 */
function dampedPair(rate: number, square: number, slow: number, t: number): [number, number] {
  const mu = Math.sqrt(Math.abs(square));
  const e = decay(rate * t);
  if (mu === 0) return [e, e * t];
  if (square < 0) return [e * Math.cos(mu * t), (e * Math.sin(mu * t)) / mu];
  return [
    (decay(slow * t) + decay((rate + mu) * t)) / 2,
    (decay(slow * t) * -Math.expm1(-2 * mu * t)) / (2 * mu),
  ];
}

/** Bright amplitude b exp(-(2 kappa + alpha) t), dark one d exp(-alpha t), c1 = (b + d)/sqrt2, c2 = (b - d)/sqrt2. */
function resonantJumps(
  start: "10" | "singlet",
  kappa: number,
  alpha: number,
): Record<string, (t: number) => number> {
  const b = start === "10" ? Math.SQRT1_2 : 0;
  const d = start === "10" ? Math.SQRT1_2 : 1;
  const integral = (rate: number, t: number): number => (rate === 0 ? t : -Math.expm1(-rate * t) / rate);
  const own = (sign: number) => (t: number) =>
    alpha *
    (b * b * integral(4 * kappa + 2 * alpha, t) +
      d * d * integral(2 * alpha, t) +
      2 * sign * b * d * integral(2 * kappa + 2 * alpha, t));
  return {
    common: (t) => 4 * kappa * b * b * integral(4 * kappa + 2 * alpha, t),
    own1: own(1),
    own2: own(-1),
  };
}

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
export const W_LIKE: State = normalise(
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
 * A product mixture with excitation probabilities b and d in the pair: p11 = bd, and the mixture of 10 and 01 is
 * half bright, half dark in each part, so the dark population is (b (1 - d) + (1 - b) d)/2 for ever.
 */
export function productMixture(b: number, d: number, kappa: number, grid: Grid): SolvedSystem {
  const pair = resonantPair("11", kappa, 1, grid);
  const both = b * d;
  const single = b * (1 - d) + (1 - b) * d;
  const energy = (t: number): number =>
    both * (2 + 4 * kappa * t) * decay(4 * kappa * t) + (single / 2) * (1 + decay(4 * kappa * t));
  const parts: [number, State][] = [
    [both, productKet([1, 1])],
    [b * (1 - d), KET_10],
    [(1 - b) * d, KET_01],
    [(1 - b) * (1 - d), productKet([0, 0])],
  ];
  return {
    name: `product mixture b = ${b}, d = ${d}`,
    model: {
      ...pair.model,
      initial: parts.filter(([weight]) => weight > 0).map(([weight, state]) => ({ weight, state })),
    },
    means: {
      energy,
      singlet: () => single / 2,
      triplet: (t) => (single / 2 + both * 4 * kappa * t) * decay(4 * kappa * t),
    },
    jumps: { common: (t) => energy(0) - energy(t) },
  };
}

/**
 * One resonantly driven qubit, H = (Omega/2) sx, rate gamma, from the ground state (Torrey 1949):
 * <n> = Omega^2/(2 Omega^2 + gamma^2) [1 - exp(-3 gamma t/4) (C + (3 gamma/4) S)],
 * C = cos(lambda t), S = sin(lambda t)/lambda, lambda^2 = Omega^2 - gamma^2/16, of either sign or 0.
 */
export function drivenQubit(omega: number, gamma: number, grid: Grid): SolvedSystem {
  const sites = qubitSites(1);
  const square = gamma ** 2 / 16 - omega ** 2;
  const steady = omega ** 2 / (2 * omega ** 2 + gamma ** 2);
  const rate = (3 * gamma) / 4;
  const damped = (t: number): [number, number] =>
    dampedPair(rate, square, rate - Math.sqrt(Math.max(0, square)), t);
  const excited = (t: number): number => {
    const [c, s] = damped(t);
    return steady * (1 - c - rate * s);
  };
  // integral of exp(-rt) C = (r - exp(-rt)(r C + square S))/d, of exp(-rt) S = (1 - exp(-rt)(C + r S))/d,
  // d = r^2 - square
  const integral = (t: number): number => {
    const [c, s] = damped(t);
    const d = rate ** 2 - square;
    const ofC = (rate - rate * c - square * s) / d;
    const ofS = (1 - c - rate * s) / d;
    return steady * (t - ofC - rate * ofS);
  };
  return {
    name: `driven qubit, Omega = ${omega}, gamma = ${gamma}`,
    model: makeModel({
      sites,
      hamiltonian: times(omega / 2, siteNamed(sites, 0, "sx")),
      channels: [{ name: "decay", rate: gamma, operator: siteNamed(sites, 0, "sm") }],
      initial: pure(productKet([0])),
      times: uniformTimes(grid),
      observables: [hermitian("n", siteNamed(sites, 0, "n"))],
    }),
    means: { n: excited },
    jumps: { decay: (t) => gamma * integral(t) },
  };
}

/** A qubit between a hot and a cold bath: <n> relaxes at gammaDown + gammaUp to gammaUp/(gammaDown + gammaUp). */
export function thermalQubit(gammaDown: number, gammaUp: number, grid: Grid): SolvedSystem {
  const sites = qubitSites(1);
  const total = gammaDown + gammaUp;
  const steady = gammaUp / total;
  const integral = (t: number): number => steady * t - ((1 - steady) * Math.expm1(-total * t)) / total;
  return {
    name: `thermal qubit, ${gammaDown} down, ${gammaUp} up`,
    model: makeModel({
      sites,
      hamiltonian: siteNamed(sites, 0, "n"),
      channels: [
        { name: "down", rate: gammaDown, operator: siteNamed(sites, 0, "sm") },
        { name: "up", rate: gammaUp, operator: siteNamed(sites, 0, "sp") },
      ],
      initial: pure(productKet([1])),
      times: uniformTimes(grid),
      observables: [hermitian("n", siteNamed(sites, 0, "n"))],
    }),
    means: { n: (t) => steady + (1 - steady) * decay(total * t) },
    jumps: {
      down: (t) => gammaDown * integral(t),
      up: (t) => gammaUp * (t - integral(t)),
    },
  };
}

/** A superposed qubit that dephases: (|0> + |1>)/sqrt2, L = n at rate gamma: <s> = exp(-i omega t - gamma t/2)/2. */
export function dephasingQubit(omega: number, gamma: number, timesWanted: readonly number[]): SolvedSystem {
  const sites = qubitSites(1);
  const coherence = (t: number): Complex => [
    (Math.cos(omega * t) * decay((gamma * t) / 2)) / 2,
    (-Math.sin(omega * t) * decay((gamma * t) / 2)) / 2,
  ];
  return {
    name: `dephasing qubit, omega = ${omega}, gamma = ${gamma}`,
    model: makeModel({
      sites,
      hamiltonian: times(omega, siteNamed(sites, 0, "n")),
      channels: [{ name: "dephasing", rate: gamma, operator: siteNamed(sites, 0, "n") }],
      initial: pure(addStates([productKet([0]), productKet([1])])),
      times: timesWanted,
      observables: [
        { name: "s", operator: siteNamed(sites, 0, "sm"), hermitian: false },
        hermitian("sx", siteNamed(sites, 0, "sx")),
        hermitian("n", siteNamed(sites, 0, "n")),
      ],
    }),
    means: { s: coherence, sx: (t) => 2 * coherence(t)[0], n: () => 0.5 },
    jumps: { dephasing: (t) => (gamma * t) / 2 },
  };
}

/** A lossy mode from |m> : <a^+ a> = m exp(-gamma t). */
export function lossyMode(m: number, gamma: number, grid: Grid): SolvedSystem {
  const sites = [fockSite({ name: "c" }, m + 1)];
  return {
    name: `lossy mode from ${m}`,
    model: makeModel({
      sites,
      hamiltonian: siteNamed(sites, 0, "n"),
      channels: [{ name: "loss", rate: gamma, operator: siteNamed(sites, 0, "a") }],
      initial: pure(productKet([m])),
      times: uniformTimes(grid),
      observables: [hermitian("n", siteNamed(sites, 0, "n"))],
    }),
    means: { n: (t) => m * decay(gamma * t) },
    jumps: { loss: (t) => -m * Math.expm1(-gamma * t) },
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

export interface ClockworkParameters {
  readonly alpha: number;
  readonly delta: number;
  /** Without it the drive, the feeding and the emptying are switched off as given. */
  readonly epsilon: number;
  readonly beta: number;
}

/**
 * Fig. 3e, a reconstruction: a qudit g, 0, 1, e; 0-1 and the qubit share the reservoir, drive g-e, feeding e -> 1,
 * emptying 0 -> g; kappa = 1, gamma = 3. Only its steady log-negativity is known (to four digits).
 */
export function clockworkModel(
  { alpha, delta, epsilon, beta }: ClockworkParameters,
  timesWanted: readonly number[],
): Model {
  const sites = [levelsSite({ name: "A" }, ["g", "0", "1", "e"]), qubitSite({ name: "B" })];
  const lowerA = transition(0, 1, 2);
  const lowerB = siteNamed(sites, 1, "sm");
  const channels: Channel[] = [
    { name: "common", rate: 2, operator: addOperators([lowerA, lowerB]) },
    { name: "feed", rate: 6, operator: transition(0, 2, 3) },
    { name: "empty", rate: 2 * beta, operator: transition(0, 0, 1) },
    { name: "ownA", rate: 2 * alpha, operator: lowerA },
    { name: "ownB", rate: 2 * alpha, operator: lowerB },
  ];
  const drive = addOperators([transition(0, 0, 3), transition(0, 3, 0)]);
  return makeModel({
    sites,
    hamiltonian: addOperators([times(epsilon, drive), times(delta, siteNamed(sites, 1, "n"))]),
    channels,
    initial: pure(productKet([2, 0])),
    times: timesWanted,
    observables: [hermitian("nB", siteNamed(sites, 1, "n"))],
    measures: [{ name: "EN", kind: "logNegativity", sides: [[0], [1]] }],
  });
}
