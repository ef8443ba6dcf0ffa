import type { Complex } from "#src/base/complex.js";
import { addOperators, dagger, multiplyOperators, projector, scaleOperator } from "#src/model/algebra.js";
import type { Channel, Measure, Model, Operator, State } from "#src/model/model.js";
import { namedOperator, qubitSite } from "#src/model/sites.js";
import { normalise, productKet } from "#src/model/states.js";

/** Two qubits 1, 2 with a common reservoir, as in the paper; kappa is the amplitude rate. */
export interface PairOptions {
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

const sites = [1, 2].map((member) => qubitSite({ name: `q${member}`, array: "q", member }));

function operator(site: number, name: string): Operator {
  const found = namedOperator(sites, site, name);
  if (found === undefined) throw new Error(`a qubit has no operator ${name}`);
  return found;
}

const real = (x: number): Complex => [x, 0];
const times = (x: Complex, a: Operator) => scaleOperator(a, x);

export function pairModel(options: PairOptions = {}): Model {
  const { kappa = 1e-3, wrongRate = 1, alpha = 0, delta = 0, phase = 0, start = [1, 0] } = options;
  const bell: State = normalise([
    { amplitude: real(1), levels: [[0, 1]] },
    { amplitude: real(-1), levels: [[1, 1]] },
  ]);
  const energy = addOperators([operator(0, "n"), times(real(1 + delta), operator(1, "n"))]);
  const jump = addOperators([
    operator(0, "sm"),
    times([Math.cos(phase), Math.sin(phase)], operator(1, "sm")),
  ]);
  const own = (site: number): Channel => ({
    name: `own${site + 1}`,
    rate: 2 * alpha,
    operator: operator(site, "sm"),
  });
  const coherence = multiplyOperators(dagger(operator(0, "sm")), operator(1, "sm"));
  return {
    title: "pair",
    parameters: {},
    sites,
    hamiltonian: energy,
    channels: [
      { name: "common", rate: 2 * kappa * wrongRate, operator: jump },
      ...(alpha > 0 ? [own(0), own(1)] : []),
    ],
    initial: [{ weight: 1, state: productKet(start) }],
    times: options.times ?? Array.from({ length: 51 }, (_, i) => (i * 5) / (50 * kappa)),
    observables: [
      { name: "energy", operator: energy, hermitian: true },
      { name: "dark", operator: projector(bell), hermitian: true },
      { name: "coherence", operator: coherence, hermitian: false },
    ],
    measures: options.measures ?? [],
    ensemble: {},
    density: options.density ?? "none",
  };
}

/** The pair in its dark state Psi-, where nothing ever happens. */
export function darkModel(): Model {
  const half = Math.SQRT1_2;
  const state: State = [
    { amplitude: real(half), levels: [[0, 1]] },
    { amplitude: real(-half), levels: [[1, 1]] },
  ];
  return { ...pairModel(), title: "dark pair", initial: [{ weight: 1, state }] };
}

/** All measures of the pair. */
export const pairMeasures: readonly Measure[] = [
  { name: "EN", kind: "logNegativity", sides: [[0], [1]] },
  { name: "C", kind: "concurrence", sides: [[0], [1]] },
  { name: "S", kind: "entropy", sides: [[0]] },
  { name: "P", kind: "purity", sides: [[0, 1]] },
];

/** One qubit with decay and absorption, both at rate 1, from the excited level: n(t) = (1 + e^{-2 t}) / 2. */
export function thermalModel(to = 2, points = 21): Model {
  const lower = operator(0, "sm");
  return {
    title: "thermal qubit",
    parameters: {},
    sites: sites.slice(0, 1),
    hamiltonian: { terms: [], dyads: [] },
    channels: [
      { name: "down", rate: 1, operator: lower },
      { name: "up", rate: 1, operator: dagger(lower) },
    ],
    initial: [{ weight: 1, state: productKet([1]) }],
    times: Array.from({ length: points }, (_, i) => (to * i) / (points - 1)),
    observables: [{ name: "n", operator: operator(0, "n"), hermitian: true }],
    measures: [],
    ensemble: {},
    density: "none",
  };
}

/**
 * One driven qubit that emits at rate gamma: H = (drive / 2) sx, from the ground level. Never stationary, many jumps,
 * one space that a jump leads back into.
 */
export function drivenModel(drive = 1, gamma = 0.5, to = 10, points = 21): Model {
  return {
    ...thermalModel(to, points),
    title: "driven qubit",
    hamiltonian: times(real(drive / 2), operator(0, "sx")),
    channels: [{ name: "emission", rate: gamma, operator: operator(0, "sm") }],
    initial: [{ weight: 1, state: productKet([0]) }],
  };
}
