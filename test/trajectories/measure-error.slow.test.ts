import { expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { solveMaster } from "#src/master/solve.js";
import type { Model } from "#src/model/model.js";
import { runEnsemble } from "#src/trajectories/ensemble.js";
import { nodePlatform } from "#src/workers/node-platform.js";
import { lambda } from "../compare/systems.ts";
import { read } from "../support/read.ts";

const SEEDS = 50;
const TRAJECTORIES = 100;

/** Few survivors at the end; a log-negativity that goes as the square of their number; entropies at their maximum. */
const jaynesCummings = read(`
sites: { A: qubit, c: { fock: 2 } }
hamiltonian: ad(c)*sm(A) + sp(A)*a(c)
channels: { cavity: { rate: 0.2, operator: a(c) }, atom: { rate: 0.1, operator: sm(A) } }
initial: ket(1, 0)
times: { from: 0, to: 20, points: 26 }
measures: { EN: "logNegativity(A, c)", S: entropy(A), all: entropy() }
`);

/** Log-negativity ends at its kink. */
const chain = read(`
sites: { q: { kind: qubit, count: 5 } }
hamiltonian: sum(j, 1, 4, sp(q[j])*sm(q[j+1]) + sm(q[j])*sp(q[j+1]))
channels: { dephasing: { rate: 0.3, each: sz(q) } }
initial: sp(q1)*ground
times: { from: 0, to: 20, points: 9 }
measures: { EN: "logNegativity(q1, [q2, q3, q4, q5])", S: entropy() }
`);

/** The last jumps into a dark state are all that entropy is made of. */
const trapped: Model = {
  ...lambda(16),
  observables: [],
  measures: [{ name: "S", kind: "entropy", sides: [[0]] }],
};

test.each([
  ["Jaynes-Cummings", jaynesCummings, "plain"],
  ["Jaynes-Cummings, stratified", jaynesCummings, "stratified"],
  ["dephasing chain", chain, "plain"],
  ["pumping into a dark state", trapped, "plain"],
] as const)("standard errors of measures cover: %s", async (_, model, sampling) => {
  const platform = await nodePlatform();
  const program = compile(model);
  const exact = solveMaster(model);
  for (const { name } of model.measures) {
    expect(exact.measures[name]?.mean.length).toBe(model.times.length);
  }
  const zs = new Map<string, number[]>(model.measures.map(({ name }) => [name, []]));
  for (let s = 0; s < SEEDS; s++) {
    const options = { trajectories: TRAJECTORIES, seed: `m${s}`, sampling, workers: 0 };
    const { result } = await runEnsemble(model, program, options, platform);
    for (const [name, { mean, standardError = [] }] of Object.entries(result.measures)) {
      mean.forEach((value, t) => {
        const error = standardError[t] ?? 0;
        if (error > 0) zs.get(name)?.push((value - (exact.measures[name]?.mean[t] ?? 0)) / error);
      });
    }
  }
  for (const [name, values] of zs) {
    const far = values.filter((z) => Math.abs(z) > 3).length;
    // Student's t with 31 degrees of freedom is beyond 3 in 0.5 % of all cases, beyond 5 never here.
    expect(far / values.length, `${name}: beyond 3`).toBeLessThan(0.01);
    expect(Math.max(...values.map(Math.abs)), `${name}: largest`).toBeLessThan(5);
    const square = values.reduce((sum, z) => sum + z * z, 0) / values.length;
    expect(square, `${name}: mean square`).toBeLessThan(1.1);
    expect(square, `${name}: mean square`).toBeGreaterThan(0.1);
  }
});
