import fc from "fast-check";
import { expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import { projector } from "#src/model/algebra.js";
import type { Model } from "#src/model/model.js";
import { computeSpectrum } from "#src/spectrum/spectrum.js";
import { randomModel, SMALL } from "../support/random-models.ts";
import { asState } from "./support.ts";

/** Where the master equation changes by less than this from t to 4 t, it has settled to about that. */
const SETTLED = 1e-9;
const TIME = 1000;

test("random models: dark and stable populations are those of the master equation once it has settled", () => {
  let compared = 0;
  fc.assert(
    fc.property(randomModel({ ...SMALL, maxDimension: 12 }), (model) => {
      if (agrees(model)) compared++;
    }),
    { numRuns: 250, seed: 5 },
  );
  expect(compared).toBeGreaterThan(100);
});

/** False where there was nothing to compare. */
function agrees(model: Model): boolean {
  const { sectors, mixture, notes } = computeSpectrum({ ...model, density: "none" });
  expect(notes).toEqual([]);
  if (mixture === null) throw new Error("the fate must have been computed");
  const { dark, stable, elsewhere } = mixture;
  expect(Math.min(dark, stable, elsewhere)).toBeGreaterThanOrEqual(0);
  expect(dark + stable + elsewhere).toBeCloseTo(1, 12);
  const silent = sectors.flatMap(({ levels }) =>
    levels
      .filter((level) => level.class === "dark" || level.class === "stable")
      .flatMap((level) => level.states.map((state) => ({ kind: level.class, state }))),
  );
  if (silent.length === 0) {
    expect(elsewhere).toBe(1);
    return false;
  }
  const observables = silent.map(({ kind, state }, i) => ({
    name: `${kind}${i}`,
    operator: projector(asState(state, model)),
    hermitian: true,
  }));
  const exact = solveMaster({
    ...model,
    observables,
    measures: [],
    density: "none",
    times: [TIME, 4 * TIME],
  });
  const population = (kind: string, time: number): number =>
    observables
      .filter(({ name }) => name.startsWith(kind))
      .reduce((sum, { name }) => sum + (exact.observables[name]?.mean[time] ?? Number.NaN), 0);
  const settled = ["dark", "stable"].every(
    (kind) => Math.abs(population(kind, 1) - population(kind, 0)) < SETTLED,
  );
  if (!settled) return false;
  expect(Math.abs(population("dark", 1) - dark)).toBeLessThan(SETTLED);
  expect(Math.abs(population("stable", 1) - stable)).toBeLessThan(SETTLED);
  return true;
}
