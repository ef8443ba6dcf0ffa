import type { Complex } from "#src/base/complex.js";
import { fockSite } from "#src/model/sites.js";
import { addStates, productKet } from "#src/model/states.js";
import {
  dampedPair,
  decay,
  type Grid,
  hermitian,
  makeModel,
  pure,
  qubitSites,
  type SolvedSystem,
  siteNamed,
  times,
  uniformTimes,
} from "./solved.js";

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
