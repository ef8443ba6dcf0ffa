import { expect, test } from "vitest";
import { exact, run } from "#src/index.js";
import { parseModel } from "#src/model/file.js";

/** A coherent state of |alpha|^2 = 0.25 t^2 at early times, in a mode of `levels` levels. */
const driven = (levels: number) =>
  parseModel(
    `
sites: { c: { fock: ${levels} } }
hamiltonian: 0.5*(a(c) + ad(c))
channels: { loss: { rate: 1e-3, operator: a(c) } }
initial: ground
times: { from: 0, to: 2, points: 3 }`,
    { file: "m.yaml" },
  ).model;

/** Poisson weight of the highest level: e^-1 / 3! = 0.061 and e^-1 / 29! = 4e-32. */
test("a cut-off is told of where its level holds something, by both routes", async () => {
  const note = /^mode c: its highest level 3 holds up to 0\.0\d+; the cut-off may matter$/;
  const options = { seed: "a", trajectories: 20, workers: 0 };
  expect(exact(driven(4)).notes).toEqual([expect.stringMatching(note)]);
  expect((await run(driven(4), options)).result.notes).toContainEqual(expect.stringMatching(note));
  expect(exact(driven(30)).notes).toEqual([]);
  expect((await run(driven(30), options)).result.notes.join()).not.toContain("cut-off");
});
