import type { Channel, Dyad, KetTerm, MatrixElement, Model, Operator, State } from "../model/model.ts";
import { levelsSite } from "../model/sites.ts";

/**
 * The number-resolved master equation as a model of its own: beside the system stands a counter with levels 0 .. most
 * that each click of the chosen channels moves up by one, and that stays at the top. The probability of n clicks is the
 * population of level n; the weight of n = 0 is the squared norm without a click. The counter is the last site.
 */
export function countedModel(model: Model, channels: readonly string[], most: number): Model {
  const counter = model.sites.length;
  const labels = Array.from({ length: most + 1 }, (_, n) => String(n));
  const stay = labels.map((_, n): Move => [n, n]);
  const rise = labels.slice(1).map((_, n): Move => [n + 1, n]);
  const with_ = (operator: Operator, moves: readonly Move[] | null) => extend(operator, counter, most, moves);
  return {
    ...model,
    sites: [...model.sites, levelsSite({ name: "clicks" }, labels)],
    hamiltonian: with_(model.hamiltonian, null),
    channels: model.channels.flatMap((channel): Channel[] => {
      if (!channels.includes(channel.name)) return [{ ...channel, operator: with_(channel.operator, null) }];
      // One operator for both would have a coherence between the two top levels.
      return [
        { ...channel, operator: with_(channel.operator, rise) },
        { ...channel, name: `${channel.name}, full`, operator: with_(channel.operator, stay.slice(-1)) },
      ];
    }),
    observables: [],
    measures: [],
    density: "none",
  };
}

type Move = readonly [to: number, from: number];

/** operator x sum of |to><from| on the counter; null: x 1. */
function extend(operator: Operator, counter: number, most: number, moves: readonly Move[] | null): Operator {
  const all = moves ?? Array.from({ length: most + 1 }, (_, n): Move => [n, n]);
  const elements = all.map(([to, from]): MatrixElement => [to, from, 1, 0]);
  return {
    terms:
      moves === null
        ? operator.terms
        : operator.terms.map(({ coefficient, factors }) => ({
            coefficient,
            factors: [...factors, { site: counter, elements }],
          })),
    // A dyad is one of the whole system: the counter must be named in each of its levels.
    dyads: operator.dyads.flatMap(({ coefficient, ket, bra }) =>
      all.map(
        ([to, from]): Dyad => ({
          coefficient,
          ket: atLevel(ket, counter, to),
          bra: atLevel(bra, counter, from),
        }),
      ),
    ),
  };
}

const atLevel = (state: State, counter: number, level: number): State =>
  level === 0
    ? state
    : state.map(({ amplitude, levels }): KetTerm => ({ amplitude, levels: [...levels, [counter, level]] }));

/** |n><n| on the counter of a counted model. */
export const counterLevel = ({ sites }: Model, n: number): Operator => ({
  terms: [{ coefficient: [1, 0], factors: [{ site: sites.length - 1, elements: [[n, n, 1, 0]] }] }],
  dyads: [],
});

/** X x |n><n| on the counter of a counted model, for an operator X of the model that it was made from. */
export const atClicks = (operator: Operator, { sites }: Model, n: number): Operator => {
  const counter = sites.length - 1;
  return extend(operator, counter, (sites[counter]?.dimension ?? 1) - 1, [[n, n]]);
};
