// Waveguides and decay matrices, written with the builder.
import { cos, sin } from "#src/base/functions.js";
import {
  ground,
  hamiltonian,
  i,
  type ModelDescription,
  n,
  product,
  type Qubit,
  qubits,
  range,
  sm,
  sp,
  sum,
} from "#src/model/builder.js";

export function waveguide(): ModelDescription {
  const N = 4;
  const [gamma, chirality, d] = [1, 0, 0.2];
  const q = qubits("q", N);
  const [q1, q2] = q;
  return {
    title: "four qubits along a waveguide",
    parameters: { N, gamma, chirality, d },
    sites: [q],
    channels: {
      guide: { waveguide: q, x: q.map((_, j) => d * j), k: 2 * Math.PI, rate: gamma, chirality },
    },
    initial: sp(q1).times(ground),
    times: range(0, 20, 201),
    observables: {
      energy: hamiltonian,
      excitations: sum(n(q)),
      n: n(q),
      flow: sp(q1)
        .times(sm(q2))
        .minus(sp(q2).times(sm(q1)))
        .times(i),
    },
    ensemble: { trajectories: 10_000, seed: "waveguide" },
  };
}

export function chiral(): ModelDescription {
  const N = 5;
  const [gamma, chirality, first] = [1, 1, 1];
  const q = qubits("q", N);
  const [q1, q2] = q;
  return {
    title: "a cascade of qubits along a chiral waveguide",
    parameters: { N, gamma, chirality, first },
    sites: [q],
    channels: {
      guide: { waveguide: q, kx: q.map((_, j) => (Math.PI * (j + 1)) / 3), rate: gamma, chirality },
    },
    initial: sp(q1).times(ground),
    times: range(0, 20, 201),
    observables: { excitations: sum(n(q)), n: n(q), coherence: sp(q1).times(sm(q2)) },
    ensemble: { trajectories: 10_000, seed: "chiral" },
  };
}

export function decayMatrix(): ModelDescription {
  const N = 4;
  const [gamma, d] = [1, 0.2];
  const kd = 2 * Math.PI * d;
  const phases = Array.from({ length: N }, (_, m) => m * kd);
  const Gamma = phases.map((phase, m) => (m === 0 ? gamma : (gamma * sin([phase, 0])[0]) / phase));
  const J = phases.slice(1).map((phase) => ((-gamma / 2) * cos([phase, 0])[0]) / phase);
  const q = qubits("q", N);
  const exchange = (a: Qubit, b: Qubit) =>
    sp(a)
      .times(sm(b))
      .plus(sp(b).times(sm(a)));
  return {
    title: "superradiance of a chain in free space",
    parameters: { N, gamma, d, kd, Gamma, J },
    sites: [q],
    hamiltonian: q.flatMap((a, j) => q.slice(0, j).map((b, l) => exchange(a, b).times(J[j - l - 1] ?? 0))),
    channels: {
      decay: { matrix: q.map((_, j) => q.map((_, l) => Gamma[Math.abs(j - l)] ?? 0)), operators: sm(q) },
    },
    initial: product(sp(q)).times(ground),
    times: range(0, 5, 101),
    observables: { excitations: sum(n(q)), n: n(q) },
    ensemble: { trajectories: 10_000, seed: "decay-matrix" },
  };
}
