import type { Model } from "#src/model/model.js";
import type { Result } from "#src/results/result.js";

/** A decaying qubit with one Hermitian and one complex observable, small enough to check by eye. */
export const model: Model = {
  title: 'a "small", honest model',
  parameters: { g: 1, phi: [0, [1, 2]] },
  sites: [{ name: "A", kind: "qubit", dimension: 2, labels: ["0", "1"] }],
  hamiltonian: { terms: [], dyads: [] },
  channels: [
    {
      name: "decay",
      rate: 1,
      operator: {
        terms: [{ coefficient: [1, 0], factors: [{ site: 0, elements: [[0, 1, 1, 0]] }] }],
        dyads: [],
      },
    },
  ],
  initial: [{ weight: 1, state: [{ amplitude: [1, 0], levels: [[0, 1]] }] }],
  times: [0, 0.1, 0.30000000000000004],
  observables: [
    { name: "n", operator: { terms: [], dyads: [] }, hermitian: true },
    { name: "sm", operator: { terms: [], dyads: [] }, hermitian: false },
  ],
  measures: [],
  ensemble: { trajectories: 7, seed: "x" },
  density: "none",
};

export const result: Result = {
  format: "mcwf-result/1",
  kind: "run",
  model,
  seed: "x",
  trajectories: 7,
  times: model.times,
  observables: {
    n: { mean: [1, 0.9048374180359595, 5e-324], standardError: [0, null, 1.7976931348623157e308] },
    sm: {
      mean: [-0, 1e21, 1e-7],
      standardError: [0, 1, 2],
      meanIm: [0.1, 0.2, 0.30000000000000004],
      standardErrorIm: [3, 4, null],
    },
  },
  measures: {},
  channels: { decay: { jumps: 0.25, standardError: null } },
  engine: { version: "0.1.0", kernel: "sha256:00", sectors: [1, 1], method: "dense" },
  notes: [],
};
