// All kinds of segments on the same seeds: models of the benchmarks, and random ones. More of both in the slow suite.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { Kernel } from "#src/kernel/kernel.js";
import { parseModel } from "#src/model/file.js";
import { benchModel, expectSameJumps, module } from "../support/engines.ts";
import { randomEmitters } from "../support/random-emitters.ts";
import { randomModel } from "../support/random-models.ts";

describe("models of the benchmarks", () => {
  test.each([
    ["half-excited", { N: "10" }],
    ["detuned", { N: "8" }],
  ] as const)("%s %o", async (name, values) => {
    const model = benchModel(name, values);
    await expectSameJumps(model, ["krylov", "auto", "chebyshev"], 4);
  });
});

// Into and out of spaces of one state, with one and with several channels, from and to spaces of two.
const GAIN_AND_LOSS = parseModel(
  `sites: { q: { kind: qubit, count: 2 } }
hamiltonian: n(q1) + 1.3*n(q2)
channels:
  loss: { rate: 1, operator: sum(sm(q)) }
  gain: { rate: 0.4, operator: sum(sp(q)) }
  own: { rate: 0.2, each: sm(q) }
initial: ket("00")
times: { from: 0, to: 6, points: 31 }
observables: { first: n(q1), both: n(q1)*n(q2) }`,
  { file: "gain-and-loss.yaml" },
).model;

// Every jump but the dephasing one leads to the same state whenever it comes.
const DRIVEN_LAMBDA = parseModel(
  `sites: { A: { levels: [g, f, e] }, q: qubit }
hamiltonian: 0.7*(transition(A, e, g) + transition(A, g, e)) + 0.4*(transition(A, e, f) + transition(A, f, e)) + 0.2*transition(A, e, e)
channels:
  down: { rate: 1, operator: "transition(A, g, e)" }
  aside: { rate: 0.6, operator: "transition(A, f, e)" }
  dephasing: { rate: 0.1, operator: "transition(A, f, f) - transition(A, g, g)" }
initial: ket(g, 0)
times: { from: 0, to: 20, points: 41 }
observables: { e: "transition(A, e, e)", coherence: "i*(transition(A, e, g) - transition(A, g, e))" }`,
  { file: "driven-lambda.yaml" },
).model;

/** A long run: the table of what follows a jump ends where no random number is. */
const DRIVEN_QUBIT = parseModel(
  `sites: { q: qubit }
hamiltonian: 0.9*sx(q) + 0.3*n(q)
channels: { decay: { rate: 1.1, operator: sm(q) } }
initial: ground
times: { from: 0, to: 200, points: 11 }
observables: { n: n(q), sy: sy(q) }`,
  { file: "driven-qubit.yaml" },
).model;

test.each([
  ["driven qubit", DRIVEN_QUBIT],
  ["driven lambda system", DRIVEN_LAMBDA],
  ["decay and absorption", benchModel("flip", {})],
  ["pair", benchModel("pair", {})],
  ["pair, several channels", benchModel("pair", { alpha: "0.05*kappa", delta: "0.002" })],
  ["gain and loss", GAIN_AND_LOSS],
])("%s: what is known in advance and what is evaluated at every output time", async (_, model) => {
  await expectSameJumps(model, ["uncached", "auto"], 96, model.times.at(-1));
});

// Three-term recurrences lose orthogonality where many bases follow each other: 0.01 of the averages before that was watched.
const CHAIN = parseModel(
  `sites: { q: { kind: qubit, count: 8 } }
hamiltonian:
  - sum(j, 1, 8, sqrt(j)*n(q[j]))
  - sum(j, 1, 7, (sp(q[j])*sm(q[j + 1]) + sp(q[j + 1])*sm(q[j]))/j)
channels: { own: { rate: 0.003, each: sm(q) } }
initial: prod(j, 1, 4, sp(q[j]))*ground
times: { from: 0, to: 300, points: 31 }
observables: { n: n(q) }`,
  { file: "chain.yaml" },
).model;

test("a chain with equal losses: Lanczos bases, as exact propagators", async () => {
  await expectSameJumps(CHAIN, ["dense", "auto"], 8);
});

test("sums do not depend on what ran before, where bases are kept between trajectories", async () => {
  const program = compile(benchModel("half-excited", { N: "6" }));
  const kernel = () =>
    Kernel.create(module, program, Uint32Array.of(1, 2, 3, 4), { sampling: "plain", records: true });
  const [one, two] = await Promise.all([kernel(), kernel()]);
  expect(one.root.silentPaths.map(({ kept }) => kept)).toEqual(["ladder"]);
  const whole = one.run(0, 96);
  const late = two.run(37, 59);
  const early = two.run(0, 37);
  expect(whole.sums).toEqual(late.sums.map((sum, k) => sum + (early.sums[k] ?? 0n)));
  expect([...(whole.records?.time ?? [])]).toEqual([
    ...(early.records?.time ?? []),
    ...(late.records?.time ?? []),
  ]);
});

test("random models", async () => {
  await fc.assert(
    fc.asyncProperty(randomModel(), async (model) => {
      await expectSameJumps(model, ["dense", "auto", "krylov", "chebyshev"], 8);
    }),
    { numRuns: 10 },
  );
});

test("random emitters: Krylov bases, with and without a kept chain, as exact propagators", async () => {
  await fc.assert(
    fc.asyncProperty(randomEmitters(5, 7), async (model) => {
      await expectSameJumps(model, ["dense", "auto", "krylov", "chebyshev"], 8);
    }),
    { numRuns: 6 },
  );
});

test("a batch that takes too long ends with the trajectory under way, and the rest of it gives the same sums", async () => {
  const program = compile(benchModel("flip", {}));
  const kernel = await Kernel.create(await module, program, Uint32Array.of(1, 2, 3, 4), {
    sampling: "plain",
    records: true,
  });
  const whole = kernel.run(0, 9);
  const first = kernel.run(0, 9, 0);
  expect(first.count).toBe(1);
  const rest = kernel.run(1, 8);
  expect(rest.sums.map((sum, k) => sum + (first.sums[k] ?? 0n))).toEqual(whole.sums);
  expect([...(first.records?.time ?? []), ...(rest.records?.time ?? [])]).toEqual([
    ...(whole.records?.time ?? []),
  ]);
});
