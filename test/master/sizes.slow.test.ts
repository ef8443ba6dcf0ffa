import { expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import { largestDeviation } from "../support/compare-solved.js";
import {
  lossyMode,
  lossyQubits,
  manyExcitations,
  oneExcitation,
  type SolvedSystem,
} from "../support/systems.js";

const GRID = { to: 5, points: 101 };

const SYSTEMS: SolvedSystem[] = [
  manyExcitations(8, 4, 1, GRID),
  manyExcitations(8, 8, 1, GRID),
  manyExcitations(10, 5, 1, GRID),
  manyExcitations(12, 5, 0.5, { to: 2, points: 21 }),
  lossyQubits(12, 1, GRID),
  lossyMode(60, 1, GRID),
  oneExcitation(
    Array.from({ length: 400 }, (_, j) => j / 7),
    0.01,
    GRID,
  ),
];

test.each(SYSTEMS.map((system) => [system.name, system] as const))("%s", (_, system) => {
  const { where, size } = largestDeviation(system, solveMaster(system.model));
  expect(size, where).toBeLessThan(1e-11);
});

test("blocks that fit one by one are refused when they do not fit together", () => {
  // the sum of C(15, k)^2, k = 1 .. 7
  const { model } = manyExcitations(15, 7, 1, { to: 1, points: 2 });
  expect(() => solveMaster(model)).toThrow(/at most 50000000 elements.*make 77558759/);
});
