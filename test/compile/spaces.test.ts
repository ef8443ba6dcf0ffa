import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { planSpaces } from "#src/compile/spaces.js";
import { read } from "../support/read.ts";

/** Sectors of the given sizes, and for each the jumps [channel, target] that leave it. */
function plan(
  sizes: readonly number[],
  jumps: readonly (readonly [number, number])[][],
  supports: number[][],
) {
  const sectorStart = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, s) => {
    sectorStart[s + 1] = (sectorStart[s] ?? 0) + size;
  });
  const start = new Uint32Array(sizes.length + 1);
  jumps.forEach((list, s) => {
    start[s + 1] = (start[s] ?? 0) + list.length;
  });
  const graph = {
    start,
    channel: Uint32Array.from(jumps.flat(), ([channel]) => channel),
    target: Uint32Array.from(jumps.flat(), ([, target]) => target),
  };
  const { spaces, initial } = planSpaces(
    graph,
    sectorStart,
    supports.map((support) => Uint32Array.from(support)),
  );
  return {
    initial,
    sectors: spaces.map((space) => [...space.sectors]),
    dimensions: spaces.map(({ dimension }) => dimension),
    jumps: spaces.map((space) => space.jumps.map(({ channel, target }) => [channel, target])),
  };
}

describe("spaces", () => {
  test("each support that occurs is one, and a channel that cannot act is left out", () => {
    const result = plan(
      [1, 3, 3],
      [
        [
          [0, 1],
          [2, 2],
        ],
        [[0, 2]],
        [],
      ],
      [[0]],
    );
    expect(result).toEqual({
      initial: [0],
      sectors: [[0], [1], [2]],
      dimensions: [1, 3, 3],
      jumps: [
        [
          [0, 1],
          [2, 2],
        ],
        [[0, 2]],
        [],
      ],
    });
  });

  test("one channel that leads into two sectors keeps them together", () => {
    expect(
      plan(
        [1, 3, 5],
        [
          [
            [0, 1],
            [0, 2],
          ],
          [],
          [],
        ],
        [[0]],
      ).sectors,
    ).toEqual([[0], [1, 2]]);
  });

  test("a support inside a space of at most twice its dimension uses that space", () => {
    const inside = plan([2, 2], [[[0, 1]], []], [[0, 1]]);
    expect(inside.sectors).toEqual([[0, 1]]);
    expect(inside.jumps).toEqual([[[0, 0]]]);
    const beside = plan([3, 2], [[[0, 1]], []], [[0, 1]]);
    expect(beside.sectors).toEqual([[0, 1], [1]]);
  });

  test("the smallest of several spaces is used, then the first", () => {
    const sizes = [4, 4, 3, 9];
    const result = plan(sizes, [[], [], [], [[0, 0]]], [[0, 1], [0, 2], [3]]);
    expect(result.sectors).toEqual([[0, 1], [0, 2], [3]]);
    expect(result.jumps[2]).toEqual([[0, 1]]);
  });

  test("1024 spaces are kept; more are merged into one for each number of jumps", () => {
    const lossy = (n: number) =>
      compile(
        read(`
parameters: { N: ${n} }
sites: { q: { kind: qubit, count: N } }
channels: { own: { rate: 1, each: sm(q) } }
initial: prod(j, 1, N, sp(q[j]))*ground
times: [0]`),
      );
    expect(lossy(10).spaces.length).toBe(1024);
    const merged = lossy(11);
    expect(merged.spaces.map(({ dimension }) => dimension)).toEqual([
      1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1,
    ]);
    expect(merged.spaces.map(({ sectorId }) => sectorId.length)).toEqual(
      merged.spaces.map(({ dimension }) => dimension),
    );
    merged.spaces.forEach(({ jumps }, s) => {
      expect(jumps.map(({ target }) => target)).toEqual(s === 11 ? [] : new Array(11).fill(s + 1));
    });
  });

  test("where that is too many as well, one space holds everything", () => {
    const program = compile(
      read(`
sites: { c: { fock: 1100 } }
channels: { loss: { rate: 1, operator: a(c) } }
initial: ket(1099)
times: [0]`),
    );
    expect(program.spaces.length).toBe(1);
    expect(program.spaces[0]?.dimension).toBe(1100);
    expect(program.spaces[0]?.sectorStart.length).toBe(1101);
    expect(program.spaces[0]?.jumps.map(({ target }) => target)).toEqual([0]);
    expect(program.notes).toEqual([]);
    expect(program.layout.cutOffs).toHaveLength(1);
  });
});
