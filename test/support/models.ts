import type { Measure, Model } from "#src/model/model.js";
import { read } from "./read.ts";

/** Two qubits with a common reservoir, as in the paper; kappa is the amplitude rate. */
interface PairOptions {
  readonly kappa?: number;
  /** Factor on the rate of the common channel alone: not 1 makes a wrong model. */
  readonly wrongRate?: number;
  /** Own loss of each qubit (amplitude rate). */
  readonly alpha?: number;
  /** Detuning of qubit 2. */
  readonly delta?: number;
  /** Phase of qubit 2 in the common jump operator s1 + exp(i phase) s2. */
  readonly phase?: number;
  readonly start?: readonly number[];
  readonly times?: readonly number[];
  readonly measures?: readonly Measure[];
  readonly density?: Model["density"];
}

export function pairModel(options: PairOptions = {}): Model {
  const { kappa = 1e-3, wrongRate = 1, alpha = 0, delta = 0, phase = 0, start = [1, 0] } = options;
  const energy = `n(q1) + ${1 + delta}*n(q2)`;
  const model = read(`
title: pair
sites: { q: { kind: qubit, count: 2 } }
hamiltonian: ${energy}
channels:
  common: { rate: ${2 * kappa * wrongRate}, operator: sm(q1) + exp(i*${phase})*sm(q2) }
  ${alpha > 0 ? `own: { rate: ${2 * alpha}, each: sm(q) }` : ""}
initial: ket(${start})
times: [${options.times ?? Array.from({ length: 51 }, (_, i) => (i * 5) / (50 * kappa))}]
observables: { energy: ${energy}, dark: projector((sp(q1) - sp(q2))*ground), coherence: sp(q1)*sm(q2) }
density: ${options.density ?? "none"}`);
  return { ...model, measures: options.measures ?? [] };
}

/** The pair in its dark state Psi-, where nothing ever happens. */
export function darkModel(): Model {
  const { initial } = read(`
sites: { q: { kind: qubit, count: 2 } }
initial: (sp(q1) - sp(q2))*ground
times: [0]`);
  return { ...pairModel(), title: "dark pair", initial };
}

/** All measures of the pair. */
export const pairMeasures: readonly Measure[] = [
  { name: "EN", kind: "logNegativity", sides: [[0], [1]] },
  { name: "C", kind: "concurrence", sides: [[0], [1]] },
  { name: "S", kind: "entropy", sides: [[0]] },
  { name: "P", kind: "purity", sides: [[0, 1]] },
];

/** One qubit with decay and absorption, both at rate 1, from the excited level: n(t) = (1 + e^{-2 t}) / 2. */
export const thermalModel = (to = 2, points = 21): Model =>
  read(`
title: thermal qubit
sites: { q: qubit }
channels: { down: { rate: 1, operator: sm(q) }, up: { rate: 1, operator: sp(q) } }
initial: ket(1)
times: { from: 0, to: ${to}, points: ${points} }
observables: { n: n(q) }`);

/**
 * One driven qubit that emits at rate gamma: H = (drive / 2) sx, from the ground level. Never stationary, many jumps,
 * one space that a jump leads back into.
 */
export const drivenModel = (drive = 1, gamma = 0.5, to = 10, points = 21): Model =>
  read(`
title: driven qubit
sites: { q: qubit }
hamiltonian: ${drive / 2}*sx(q)
channels: { emission: { rate: ${gamma}, operator: sm(q) } }
initial: ket(0)
times: { from: 0, to: ${to}, points: ${points} }
observables: { n: n(q) }`);
