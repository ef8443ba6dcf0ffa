import type { Model } from "#src/model/model.js";
import type { Result } from "#src/results/result.js";

const empty = { terms: [], dyads: [] };
const energyOperator = { terms: [{ coefficient: [1, 0] as const, factors: [] }], dyads: [] };

/** Both routes of a made-up model: every observable falls as exp(-t), trajectories are off by one standard error. */
export function routes(names: readonly string[], points = 101, complexNames: readonly string[] = []) {
  const times = Array.from({ length: points }, (_, index) => (5 * index) / (points - 1));
  const model: Model = {
    title: "a made-up model",
    parameters: {},
    sites: [],
    hamiltonian: energyOperator,
    channels: [],
    initial: [],
    times,
    observables: names.map((name) => ({
      name,
      operator: name.startsWith("energy") ? energyOperator : empty,
      ...(name === "energy" && { isHamiltonian: true as const }),
      hermitian: !complexNames.includes(name),
    })),
    measures: [],
    ensemble: {},
    density: "none",
  };
  const common = {
    format: "mcwf-result/1" as const,
    model,
    times,
    measures: {},
    channels: {},
    engine: { version: "0.1.0", sectors: [2], method: "none" },
    notes: [],
  };
  const exactMean = times.map((time) => Math.exp(-time));
  const standardError = times.map((time) => (time === 0 ? 0 : 0.02));
  const runMean = exactMean.map((mean, index) => mean + (standardError[index] ?? 0));
  const series = (run: boolean, name: string) => {
    const [mean, errors] = run ? [runMean, standardError] : [exactMean, undefined];
    const imaginary = complexNames.includes(name);
    return {
      mean,
      ...(errors && { standardError: errors }),
      ...(imaginary && { meanIm: mean.map((value) => -value) }),
      ...(imaginary && errors && { standardErrorIm: errors }),
    };
  };
  const of = (run: boolean) => Object.fromEntries(names.map((name) => [name, series(run, name)]));
  const run: Result = { ...common, kind: "run", seed: "s", trajectories: 12345, observables: of(true) };
  const exact: Result = { ...common, kind: "exact", observables: of(false) };
  return { run, exact };
}
