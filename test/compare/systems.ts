import type { Model } from "#src/model/model.js";
import { read } from "../support/read.ts";

/** A driven lossy cavity from the vacuum: a coherent state that no jump changes, so all trajectories are identical. */
export const cavity = read(`
sites: { c: { fock: 16 } }
hamiltonian: 0.5*n(c) + 0.7*(a(c) + ad(c))
channels: { loss: { operator: a(c), rate: 1 } }
initial: ground
times: { from: 0, to: 6, points: 13 }
observables: { photons: n(c) }
`);

/** An oscillator that comes to thermal equilibrium; its levels are far above what is ever occupied. */
export const thermalMode = (observables: string): Model =>
  read(`
sites: { c: { fock: 20 } }
channels: { down: { rate: 1.5, operator: a(c) }, up: { rate: 0.5, operator: ad(c) } }
initial: ket(2)
times: { from: 0, to: 6, points: 16 }
observables: ${observables}
`);

export const kerr = read(`
sites: { c: { fock: 30 } }
hamiltonian: 0.1*n(c) + 0.05*ad(c)^2*a(c)^2 + 1.2*(a(c) + ad(c))
channels: { decay: { rate: 1.2, operator: a(c) }, absorption: { rate: 0.4, operator: ad(c) } }
initial: ground
times: { from: 0, to: 5, points: 13 }
observables: { photons: n(c) }
`);

export const jaynesCummings = read(`
sites: { A: qubit, c: { fock: 2 } }
hamiltonian: ad(c)*sm(A) + sp(A)*a(c)
channels: { cavity: { rate: 0.2, operator: a(c) }, atom: { rate: 0.1, operator: sm(A) } }
initial: ket(1, 0)
times: { from: 1, to: 15, points: 15 }
observables: { atom: n(A), photons: n(c) }
`);

/** Coherent population trapping: the last jumps into the dark state are few, and make up all that is left of exc. */
export const lambda = (points = 31): Model =>
  read(`
sites: { A: { levels: [g1, g2, e] } }
hamiltonian: 0.5*(transition(A, e, g1) + transition(A, g1, e)) + 0.35*(transition(A, e, g2) + transition(A, g2, e))
channels:
  d1: { rate: 0.5, operator: "transition(A, g1, e)" }
  d2: { rate: 0.5, operator: "transition(A, g2, e)" }
initial: ket(g1)
times: { from: 0, to: 60, points: ${points} }
observables: { dark: projector(0.7*ket(g1) - ket(g2)), exc: "transition(A, e, e)", coh: "transition(A, g1, g2)" }
`);
