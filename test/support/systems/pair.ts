import type { Complex } from "#src/base/complex.js";
import { addOperators, dagger, multiplyOperators, projector } from "#src/model/algebra.js";
import type { Measure, Operator, State } from "#src/model/model.js";
import { addStates, normalise, productKet, scaleState } from "#src/model/states.js";
import {
  dampedPair,
  decay,
  type Grid,
  hermitian,
  lowerings,
  makeModel,
  numbers,
  pure,
  qubitSites,
  type SolvedSystem,
  times,
  uniformTimes,
} from "./solved.js";

const KET_10 = productKet([1, 0]);
const KET_01 = productKet([0, 1]);
const SINGLET: State = normalise(addStates([KET_10, scaleState(KET_01, [-1, 0])]));
const TRIPLET: State = normalise(addStates([KET_10, KET_01]));

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
