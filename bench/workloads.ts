/** What is timed: a model file of bench/models, parameters to replace, and trajectories a round. */
export interface Workload {
  readonly name: string;
  readonly file: string;
  readonly set: Readonly<Record<string, string>>;
  readonly trajectories: number;
}

export const WORKLOADS: readonly Workload[] = [
  { name: "pair", file: "pair", set: {}, trajectories: 50_000 },
  { name: "pair, own losses 0.05 kappa", file: "pair", set: { alpha: "0.05*kappa" }, trajectories: 20_000 },
  { name: "pair, detuned by 0.1", file: "pair", set: { delta: "0.1" }, trajectories: 20_000 },
  { name: "three qubits from 011", file: "three-qubits", set: {}, trajectories: 5_000 },
  { name: "decay and absorption", file: "flip", set: {}, trajectories: 20_000 },
  { name: "half excited, N = 6", file: "half-excited", set: { N: "6" }, trajectories: 2_000 },
  { name: "half excited, N = 10", file: "half-excited", set: { N: "10" }, trajectories: 400 },
  { name: "half excited, N = 14", file: "half-excited", set: { N: "14" }, trajectories: 20 },
  { name: "driven Kerr mode", file: "kerr", set: {}, trajectories: 20 },
];
