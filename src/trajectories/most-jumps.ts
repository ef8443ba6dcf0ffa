import type { Program } from "../compile/program.ts";

/** The most jumps that any trajectory can make; Infinity where they can lead back to a space that has been left. */
export function mostJumps({ spaces, initial }: Pick<Program, "spaces" | "initial">): number {
  const before = new Int32Array(spaces.length);
  for (const { jumps } of spaces) for (const { target } of jumps) before[target] = (before[target] ?? 0) + 1;
  // Spaces in an order in which jumps lead forward only; those on a circle never become ready.
  const ready = [...before.keys()].filter((space) => before[space] === 0);
  const order: number[] = [];
  for (let space = ready.pop(); space !== undefined; space = ready.pop()) {
    order.push(space);
    for (const { target } of spaces[space]?.jumps ?? []) {
      before[target] = (before[target] ?? 0) - 1;
      if (before[target] === 0) ready.push(target);
    }
  }
  if (order.length < spaces.length) return Number.POSITIVE_INFINITY;
  const longest = new Float64Array(spaces.length);
  for (const space of order.reverse()) {
    for (const { target } of spaces[space]?.jumps ?? []) {
      longest[space] = Math.max(longest[space] ?? 0, 1 + (longest[target] ?? 0));
    }
  }
  return Math.max(...initial.map(({ space }) => longest[space] ?? 0));
}
