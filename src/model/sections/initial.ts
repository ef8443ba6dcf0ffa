import type { Node } from "../document.ts";
import type { InitialComponent, State } from "../model.ts";
import type { Reader } from "../reader.ts";
import { normalise, stateFault } from "../states.ts";
import { describe } from "../values.ts";

/** Weights whose sum is this near to 1 are only rounded. */
const WEIGHT_ROUNDING = 1e-12;

/** A state, or a mixture: a list of { weight, state }. */
export function readInitial(node: Node | undefined, reader: Reader): readonly InitialComponent[] {
  if (node === undefined || node.kind === "broken") return [];
  if (node.kind !== "sequence") {
    const state = readState(node, "initial", reader);
    return state === undefined ? [] : [{ weight: 1, state }];
  }
  if (node.items.length === 0) {
    reader.fault(node, "initial", "must be a state or a list of { weight, state }, but is an empty list");
    return [];
  }
  const components = node.items.map((item, index) => readComponent(item, `initial[${index + 1}]`, reader));
  const known = components.filter((component) => component !== undefined);
  return known.length < components.length ? [] : normaliseWeights(known, node, reader);
}

function readComponent(node: Node, where: string, reader: Reader): InitialComponent | undefined {
  const mapping = reader.mapping(node, where, "a mapping { weight, state }");
  if (mapping === undefined) return undefined;
  const keys = reader.keys(mapping, where, ["weight", "state"], ["weight", "state"]);
  const weightNode = keys.get("weight");
  const stateNode = keys.get("state");
  const weight = weightNode && reader.number(weightNode, `${where}.weight`, { atLeast: 0, relative: true });
  const state = stateNode && readState(stateNode, `${where}.state`, reader);
  return weight === undefined || state === undefined ? undefined : { weight, state };
}

function normaliseWeights(
  components: readonly InitialComponent[],
  node: Node,
  reader: Reader,
): readonly InitialComponent[] {
  // Scaled first, so that large weights do not overflow.
  const largest = Math.max(...components.map(({ weight }) => weight));
  if (largest === 0) {
    reader.fault(node, "initial", "must have a weight > 0, but all weights are 0");
    return [];
  }
  const relative = components.map(({ weight }) => weight / largest);
  const sum = relative.reduce((total, weight) => total + weight, 0);
  const total = sum * largest;
  if (Math.abs(total - 1) > WEIGHT_ROUNDING) {
    const found = Number.isFinite(total) ? `${Number(total.toPrecision(12))}` : "more than a number can hold";
    reader.notes.push(`initial: the weights add up to ${found} and were divided by that`);
  }
  return components.flatMap(({ weight, state }) =>
    weight === 0 ? [] : [{ weight: weight / largest / sum, state }],
  );
}

/** A finished state: normalised, and never zero. */
function readState(node: Node, where: string, reader: Reader): State | undefined {
  if (node.kind === "sequence") return reader.fault(node, where, "must be a state, but is a list");
  const value = reader.value(node, where, "a state");
  if (value === undefined) return undefined;
  const zero = value.kind === "number" && value.value[0] === 0 && value.value[1] === 0;
  if (value.kind !== "state" && !zero) {
    const hint = value.kind === "operator" ? "; let it act on a state, such as ground" : "";
    return reader.fault(node, where, `must be a state, but is ${describe(value)}${hint}`);
  }
  const state = value.kind === "state" ? value.state : [];
  const fault = stateFault(state);
  return fault === undefined ? normalise(state) : reader.fault(node, where, fault);
}
