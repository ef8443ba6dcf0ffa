import { expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { mostJumps } from "#src/trajectories/most-jumps.js";
import { read } from "../support/read.ts";

const mostOf = (initial: string, channels: string): number => {
  const text = `sites: { q: { kind: qubit, count: 4 } }
channels: ${channels}
initial: ${initial}
times: { from: 0, to: 1, points: 2 }
observables: { n: n(q1) }`;
  return mostJumps(compile(read(text)));
};

const LOSS = "loss: { rate: 1, operator: sum(sm(q)) }, own: { rate: 0.1, each: sm(q) }";

test.each([
  ["ket(1, 1, 1, 0)", `{ ${LOSS} }`, 3],
  ["ground", `{ ${LOSS} }`, 0],
  [
    "ket(1, 1, 1, 1)",
    "{ two: { rate: 1, operator: sm(q1)*sm(q2) }, own: { rate: 0.1, operator: sm(q3) } }",
    2,
  ],
  ["[{ weight: 1, state: ground }, { weight: 1, state: 'ket(1, 1, 0, 0)' }]", `{ ${LOSS} }`, 2],
  ["ket(1, 1, 1, 0)", `{ ${LOSS}, dephasing: { rate: 1, operator: n(q1) } }`, Number.POSITIVE_INFINITY],
  ["ket(1, 1, 1, 0)", `{ ${LOSS}, gain: { rate: 1, operator: sp(q1) } }`, Number.POSITIVE_INFINITY],
])("from %s with %s: %d", (initial, channels, most) => {
  expect(mostOf(initial, channels)).toBe(most);
});
