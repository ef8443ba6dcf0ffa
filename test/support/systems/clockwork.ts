import { addOperators } from "#src/model/algebra.js";
import type { Channel, Model } from "#src/model/model.js";
import { levelsSite, qubitSite, transition } from "#src/model/sites.js";
import { productKet } from "#src/model/states.js";
import { hermitian, makeModel, pure, siteNamed, times } from "./solved.js";

export interface ClockworkParameters {
  readonly alpha: number;
  readonly delta: number;
  /** Strength of the pump; 0 switches it off. */
  readonly epsilon: number;
  readonly beta: number;
}

/**
 * Fig. 3e, a reconstruction: a qudit g, 0, 1, e; 0-1 and the qubit share the reservoir, drive g-e, feeding e -> 1,
 * emptying 0 -> g; kappa = 1, gamma = 3. Only its steady log-negativity is known (to four digits).
 */
export function clockworkModel(
  { alpha, delta, epsilon, beta }: ClockworkParameters,
  timesWanted: readonly number[],
): Model {
  const sites = [levelsSite({ name: "A" }, ["g", "0", "1", "e"]), qubitSite({ name: "B" })];
  const lowerA = transition(0, 1, 2);
  const lowerB = siteNamed(sites, 1, "sm");
  const channels: Channel[] = [
    { name: "common", rate: 2, operator: addOperators([lowerA, lowerB]) },
    { name: "feed", rate: 6, operator: transition(0, 2, 3) },
    { name: "empty", rate: 2 * beta, operator: transition(0, 0, 1) },
    { name: "ownA", rate: 2 * alpha, operator: lowerA },
    { name: "ownB", rate: 2 * alpha, operator: lowerB },
  ];
  const drive = addOperators([transition(0, 0, 3), transition(0, 3, 0)]);
  return makeModel({
    sites,
    hamiltonian: addOperators([times(epsilon, drive), times(delta, siteNamed(sites, 1, "n"))]),
    channels,
    initial: pure(productKet([2, 0])),
    times: timesWanted,
    observables: [hermitian("nB", siteNamed(sites, 1, "n"))],
    measures: [{ name: "EN", kind: "logNegativity", sides: [[0], [1]] }],
  });
}
