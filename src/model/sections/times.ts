import type { MappingNode, Node } from "../document.ts";
import { LIMITS } from "../limits.ts";
import type { Reader } from "../reader.ts";
import { describe } from "../values.ts";
import { entryNode } from "./lists.ts";

const WHAT = "{ from, to, points } or a list of ascending times";

/** Output times, strictly ascending, >= 0. */
export function readTimes(node: Node | undefined, reader: Reader): readonly number[] {
  if (node === undefined) return [];
  const times = node.kind === "mapping" ? readRange(node, reader) : readList(node, reader);
  return times ?? [];
}

function readRange(node: MappingNode, reader: Reader): readonly number[] | undefined {
  const names = ["from", "to", "points"];
  const keys = reader.keys(node, "times", names, names);
  const from = reader.numberAt(keys, "times", "from", { atLeast: 0 });
  const to = reader.numberAt(keys, "times", "to", {});
  const points = reader.numberAt(keys, "times", "points", { whole: true, atLeast: 1, atMost: LIMITS.times });
  const toNode = keys.get("to");
  if (from === undefined || to === undefined || toNode === undefined) return undefined;
  if (to < from) return reader.fault(toNode, "times.to", `must be >= from (${from}), but is ${to}`);
  if (points === undefined) return undefined;
  if (to === from && points > 1) {
    return reader.fault(toNode, "times.to", `must be > from (${from}) for ${points} points, but is ${to}`);
  }
  if (points === 1 && to > from) {
    reader.notes.push(`times: points is 1, so only t = ${from} is output`);
  }
  const times = Array.from({ length: points }, (_, k) =>
    k > 0 && k === points - 1 ? to : from + ((to - from) * k) / Math.max(points - 1, 1),
  );
  if (times.every((time, k) => k === 0 || time > (times[k - 1] ?? 0))) return times;
  return reader.fault(
    node,
    "times",
    `must have points that differ, but ${points} do not fit between ${from} and ${to}`,
  );
}

function readList(node: Node, reader: Reader): readonly number[] | undefined {
  const value = reader.value(node, "times", WHAT);
  if (value === undefined) return undefined;
  if (value.kind !== "list") {
    return reader.fault(node, "times", `must be ${WHAT}, but is ${describe(value)}`);
  }
  if (value.items.length === 0) return reader.fault(node, "times", `must be ${WHAT}, but is an empty list`);
  const times: number[] = [];
  for (const [index, item] of value.items.entries()) {
    const itemNode = entryNode(node, index);
    const where = `times[${index + 1}]`;
    const time = reader.realOf(item, itemNode, where, { atLeast: 0 });
    if (time === undefined) continue;
    const last = times.at(-1);
    if (last !== undefined && time <= last) {
      reader.fault(itemNode, where, `must be later than the time before it (${last}), but is ${time}`);
    }
    times.push(time);
  }
  return times;
}
