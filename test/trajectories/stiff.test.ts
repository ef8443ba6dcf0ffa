import { expect, test } from "vitest";
import { parseModel } from "#src/model/file.js";
import { run } from "#src/simulate.js";

const { model } = parseModel(
  `{ sites: { q: { kind: qubit, count: 2 } }, hamiltonian: 0.3*sx(q2),
     channels: { fast: { rate: 1e12, operator: sm(q1) }, slow: { rate: 1e-3, operator: sum(sm(q)) } },
     initial: "ket(1, 0)", times: [0, 10], observables: { n: n(q) } }`,
  { file: "stiff.yaml" },
);

test("rates of 1e12 and 1e-3 beside each other: the first jump is where the fast rate puts it, and the run ends", async () => {
  const trajectories = 64;
  const options = { trajectories, workers: 0, seed: "stiff", sampling: "plain", records: true } as const;
  const { records } = await run(model, options);
  const first = new Float64Array(trajectories).fill(Number.NaN);
  records?.trajectory.forEach((k, jump) => {
    if (Number.isNaN(first[k])) first[k] = records.time[jump] ?? Number.NaN;
  });
  // exponential: 1 +- 1/8; exp(-40) has no random number
  const mean = first.reduce((sum, t) => sum + t, 0) / trajectories / 1e-12;
  expect(Math.abs(mean - 1)).toBeLessThan(5 / Math.sqrt(trajectories));
  expect(first.every((t) => t < 40e-12)).toBe(true);
});
