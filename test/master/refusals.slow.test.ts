import { expect, test } from "vitest";
import { SizeError } from "#src/base/errors.js";
import { solveMaster } from "#src/master/solve.js";
import { parseModel } from "#src/model/file.js";

/** What is said of a model that does not fit, before any work is done. */
function refusal(text: string): string {
  const { model } = parseModel(text, { file: "m.yaml" });
  try {
    solveMaster(model, {
      onProgress: (done) => {
        if (done > 0) throw new Error("work has started");
      },
    });
  } catch (error) {
    if (error instanceof SizeError) return error.message;
    throw error;
  }
  return "not refused";
}

const driven = (count: number, rest = ""): string => `
sites: { q: { kind: qubit, count: ${count} } }
hamiltonian: sum(sx(q))
channels: { own: { rate: 1, each: sm(q) } }
initial: ground
times: [0, 1]
${rest}`;

test("a density matrix that does not fit", () => {
  expect(refusal(driven(30))).toBe(
    "sites: must make blocks of the density matrix of at most 7071 x 7071 elements for the exact solver, but make one " +
      "of at least 7072 x 7072",
  );
});

test("work that would take more than an hour", () => {
  const mode = `
sites: { c: { fock: 300 } }
hamiltonian: 2*(a(c) + ad(c)) + 0.1*n(c)
channels: { loss: { rate: 1, operator: a(c) } }
initial: ground
times: [0, 100]`;
  expect(refusal(mode)).toMatch(
    /^times: must need at most 2e\+12 multiplications of the exact solver, about an hour, but 90000 elements/,
  );
});

test("collective decay of thousands of qubits", () => {
  const many = `
sites: { q: { kind: qubit, count: 2100 } }
channels: { common: { rate: 1, operator: sum(sm(q)) } }
initial: sp(q1)*ground
times: [0, 1]`;
  expect(refusal(many)).toBe(
    "sites: must make jump rates and observables of at most 4194304 elements of the density matrix each for the exact " +
      "solver, but make one of 4410000 at least",
  );
});

test("measures and density matrices", () => {
  // Nothing is driven, but 2^13 kets are reached.
  const decaying = (rest: string): string => `
sites: { q: { kind: qubit, count: 13 } }
channels: { own: { rate: 1, each: sm(q) } }
initial: prod(j, 1, 13, sp(q[j]))*ground
times: [0, 1]
${rest}`;
  expect(refusal(decaying("density: final"))).toBe(
    "density: must need a density matrix of at most 4096 kets, but needs one of 8192",
  );
  expect(refusal(decaying("measures: { S: entropy() }"))).toBe(
    "measures.S: must need a density matrix of at most 4096 kets, but needs one of 8192",
  );
  expect(
    refusal(decaying('measures: { S: "entropy([q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12])" }')),
  ).toBe("measures.S: must need a density matrix of at most 2048 kets, but needs one of 4096");
});
