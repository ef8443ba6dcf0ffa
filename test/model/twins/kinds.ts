// Examples of every kind of site, and of everything that a file can say, written with the builder.
import * as complex from "#src/base/complex.js";
import { cos, power } from "#src/base/functions.js";
import {
  a,
  ad,
  array,
  cis,
  concurrence,
  entropy,
  fock,
  ground,
  hamiltonian,
  i,
  id,
  jm,
  jp,
  jz,
  ket,
  levels,
  logNegativity,
  type ModelDescription,
  n,
  product,
  projector,
  purity,
  qubit,
  qubits,
  range,
  sm,
  sp,
  spin,
  sum,
  sx,
  sy,
  sz,
  transition,
  weightedSum,
} from "#src/model/builder.js";

export function drivenKerr(): ModelDescription {
  const c = fock("c", 50);
  return {
    title: "driven Kerr oscillator",
    sites: [c],
    hamiltonian: sum(
      n(c).times(0.1),
      ad(c).power(2).times(0.025).times(a(c).power(2)),
      a(c).plus(ad(c)).times(2),
    ),
    channels: { decay: { rate: 1.2, operator: a(c) }, absorption: { rate: 0.2, operator: ad(c) } },
    initial: ground,
    times: range(0, 10, 100),
    observables: { photons: n(c) },
    ensemble: { trajectories: 500, seed: "driven-kerr" },
  };
}

export function spins(): ModelDescription {
  const [j, omega, gamma] = [3 / 2, 1, 1];
  const S = array(spin("S", j), 2);
  const [S1, S2] = S;
  return {
    title: "two collective spins, one reservoir",
    parameters: { j, omega, gamma },
    sites: [S],
    hamiltonian: sum(jz(S)).times(omega),
    channels: { common: { rate: gamma, operator: sum(jm(S)) } },
    initial: ket(j, -j),
    times: range(0, 10, 101),
    observables: {
      excitations: sum(jz(S)).plus(2 * j),
      m: jz(S),
      correlation: jp(S1).times(jm(S2)),
    },
    ensemble: { trajectories: 10_000, seed: "spins" },
  };
}

export function drivenQubit(): ModelDescription {
  const q = qubit("q");
  const [Omega, Delta, gamma] = [2, 0.5, 1];
  return {
    title: "a driven qubit that decays (the same format, written as JSON)",
    parameters: { Omega, Delta, gamma },
    sites: [q],
    hamiltonian: sx(q)
      .times(Omega / 2)
      .plus(n(q).times(Delta)),
    channels: { decay: { rate: gamma, operator: sm(q) } },
    initial: ground,
    times: range(0, 10, 101),
    observables: { excited: n(q), x: sx(q), y: sy(q) },
    ensemble: { trajectories: 10_000, seed: "driven-qubit" },
  };
}

export function contractTour(): ModelDescription {
  const q = qubits("q", 2);
  const [q1, q2] = q;
  const A = levels("A", ["g", "0", "1", "e"]);
  const B = qubit("B");
  const S = spin("S", 1);
  const c = fock("c", 4);
  const [N, omega, kappa] = [2, 1, 0.05];
  const alpha = 0.2 * kappa;
  const [phi1, phi2] = [0, Math.PI / 3];
  const weights = [Math.sqrt(1 / 2), 1];
  const z = complex.multiply([0.6, -0.8], cis(-phi2));
  const size = power([complex.abs(z), 0], [2, 0])[0] + power(cos([Math.PI / 2, 0]), [2, 0])[0] - 1 + 1;
  const exchange = ad(c).times(z).times(sm(B));
  return {
    title: "a tour of the model file",
    parameters: { N, omega, kappa, alpha, phi: [phi1, phi2], pair: weights, z, size },
    sites: [q, A, B, S, c],
    hamiltonian: [
      sum(sum(n(q)), n(B), jz(S), n(c))
        .times(omega)
        .plus(omega),
      transition(A, "1", "1")
        .times(0.5)
        .plus(transition(A, "e", "e")),
      sx(q1)
        .times(sx(q2))
        .plus(sy(q1).times(sy(q2)))
        .times(0.1),
      exchange.plus(exchange.dagger()).times(0.2),
      sum(jp(S).times(a(c)), jm(S).times(ad(c))).times(0.15),
      sz(q1)
        .times(0.05)
        .times(id(B))
        .minus(ad(c).power(2).times(0.02).times(a(c).power(2))),
    ],
    channels: {
      common: { rate: 2 * kappa, operator: weightedSum([cis(phi1), cis(phi2)], sm(q)).plus(sm(B)) },
      own: { rate: 2 * alpha, each: sm(q) },
      dephasing: { rate: [alpha, alpha / 2], each: sz(q) },
      feed: { rate: 0.2, operator: transition(A, "1", "e") },
      spin: { rate: alpha, operator: jm(S) },
      cavity: { rate: 4 * alpha * size, operator: a(c) },
      guide: { waveguide: [q, B], kx: [0, Math.PI / 3, 2], rate: alpha, chirality: 0.5 },
      line: { waveguide: [jm(S), c], x: [0, 1], k: 0.5, right: alpha, left: 0 },
      decay: {
        matrix: [
          [alpha, [0, alpha / 2]],
          [[0, -alpha / 2], alpha],
        ],
        operators: sm(q),
      },
    },
    initial: [
      { weight: 3, state: ket(1, 0, "e", 0, 0, 1) },
      {
        weight: 1,
        state: product(sp(q))
          .plus(
            sp(B)
              .times(i)
              .times(transition(A, "e", "g")),
          )
          .times(ground),
      },
    ],
    times: [0, 0.5, 1, 2, 5, 10, 20],
    observables: {
      energy: hamiltonian,
      dark: projector(sp(q1).times(cis(-phi2)).minus(sp(q2)).times(ground)),
      n: n(q),
      excited: transition(A, "e", "e").plus(transition(A, "1", "1")),
      photons: n(c),
      coherence: sp(q1).times(sm(q2)),
      weighted: weightedSum(weights, sz(q)),
    },
    measures: {
      EN: logNegativity(q, B),
      EN12: logNegativity([q1, A], q2),
      C: concurrence(q1, q2),
      S: entropy(q1),
      P: purity([q1, q2]),
      whole: purity(),
    },
    ensemble: { trajectories: 2000, seed: "contract-tour" },
    density: "final",
  };
}
