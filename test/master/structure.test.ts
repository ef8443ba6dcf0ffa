import { expect, test } from "vitest";
import { solveMaster } from "#src/master/solve.js";
import { addOperators, projector, scaleOperator } from "#src/model/algebra.js";
import { parseModel } from "#src/model/file.js";
import type { Model, Operator } from "#src/model/model.js";
import { addStates, productKet, scaleState } from "#src/model/states.js";
import { largestDeviation } from "../support/compare-solved.js";
import { solveByKronecker } from "../support/kronecker.js";
import { makeModel, oneExcitation, pure, qubitSites, siteNamed, uniformTimes } from "../support/systems.js";

const sites = qubitSites(2);
const [s1, s2] = [siteNamed(sites, 0, "sm"), siteNamed(sites, 1, "sm")] as const;
const [n1, n2] = [siteNamed(sites, 0, "n"), siteNamed(sites, 1, "n")] as const;
const times = (factor: number, operator: Operator): Operator => scaleOperator(operator, [factor, 0]);

/** s1 + s2 and s1 - s2 at one rate: their sum of L^+ L is diagonal, but each alone sees the coherence of 10 and 01. */
const cancelling: Model = makeModel({
  sites,
  hamiltonian: addOperators([times(3, n1), times(5, n2)]),
  channels: [
    { name: "plus", rate: 0.7, operator: addOperators([s1, s2]) },
    { name: "minus", rate: 0.7, operator: addOperators([s1, times(-1, s2)]) },
  ],
  initial: pure(
    addStates([productKet([1, 0]), scaleState(productKet([0, 1]), [0.5, 1]), productKet([1, 1])]),
  ),
  times: uniformTimes({ to: 2, points: 5 }),
  observables: [
    { name: "s1", operator: s1, hermitian: false },
    { name: "n1", operator: n1, hermitian: true },
    {
      name: "plus",
      operator: projector(addStates([productKet([1, 0]), productKet([0, 1])])),
      hermitian: true,
    },
  ],
});

test("jumps that beat at a detuning are integrated, though the coherence is in another block", () => {
  const result = solveMaster(cancelling);
  const twin = solveByKronecker(cancelling);
  for (const name of ["plus", "minus"]) {
    expect(result.channels[name]?.jumps).toBeCloseTo(twin.jumps[name] ?? Number.NaN, 12);
  }
  twin.observables.s1?.forEach(([re, im], t) => {
    expect(result.observables.s1?.mean[t]).toBeCloseTo(re, 12);
    expect(result.observables.s1?.meanIm?.[t]).toBeCloseTo(im, 12);
  });
  twin.observables.plus?.forEach(([re], t) => {
    expect(result.observables.plus?.mean[t]).toBeCloseTo(re, 12);
  });
});

test("coherences that nothing asks for are not stored", () => {
  const model = makeModel({
    sites,
    channels: [{ name: "common", rate: 1, operator: addOperators([s1, s2]) }],
    initial: pure(addStates([productKet([1, 1]), productKet([1, 0]), productKet([0, 0])])),
    times: [0, 1],
    observables: [{ name: "n1", operator: n1, hermitian: true }],
  });
  // the sectors 11, {10, 01} and 00; 00 itself matters to nothing either
  expect(solveMaster(model).engine.sectors.toSorted()).toEqual([1, 4]);
  expect(solveMaster({ ...model, density: "final" }).engine.sectors.toSorted()).toEqual([1, 1, 1, 2, 2, 4]);
});

test("the density matrix is given in the basis of reached kets, also with rotating coherences", () => {
  const model: Model = { ...cancelling, density: "all" };
  const { density } = solveMaster(model);
  expect(density?.basis).toEqual(["00", "01", "10", "11"]);
  expect(density?.times).toEqual(model.times);
  solveByKronecker(model).densities.forEach((rho, t) => {
    const found = density?.re[t]?.flat() ?? [];
    const foundIm = density?.im[t]?.flat() ?? [];
    rho.re.forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, 12);
      expect(foundIm[at]).toBeCloseTo(rho.im[at] ?? Number.NaN, 12);
    });
  });
});

test("one excitation in 300 qubits never meets the product space", () => {
  const system = oneExcitation(Array(300).fill(0), 0.01, { to: 2, points: 5 });
  expect(largestDeviation(system, solveMaster(system.model)).size).toBeLessThan(1e-12);
});

test("a coherence that jumps into its own conjugate does not turn on with it: a qubit that flips while it precesses", () => {
  const [omega, gamma] = [1.3, 0.4];
  const { model } = parseModel(
    `{ sites: { q: qubit }, hamiltonian: ${omega}*n(q), channels: { flip: { rate: ${gamma}, operator: sx(q) } },
       initial: ground + ket(1), times: [0, 1, 3, 10], observables: { x: sx(q), y: sy(q) } }`,
    { file: "flips.yaml" },
  );
  const { observables } = solveMaster(model);
  // x' = -omega y, y' = omega x - 2 gamma y
  const w = Math.sqrt(omega ** 2 - gamma ** 2);
  model.times.forEach((t, k) => {
    const envelope = Math.exp(-gamma * t);
    expect(observables.x?.mean[k]).toBeCloseTo(
      envelope * (Math.cos(w * t) + (gamma / w) * Math.sin(w * t)),
      12,
    );
    expect(observables.y?.mean[k]).toBeCloseTo((envelope * omega * Math.sin(w * t)) / w, 12);
  });
});

test("a coherence that jumps into the conjugate of another keeps its fast phase", () => {
  const [omega, gamma] = [2 ** 30, 0.5];
  const { model } = parseModel(
    `{ sites: { A: { levels: [a, b, c, d] } }, hamiltonian: "${omega}*(transition(A, b, b) + transition(A, c, c))",
       channels: { jump: { rate: ${gamma}, operator: "transition(A, d, a) + transition(A, c, b)" } },
       initial: ket(a) + ket(b), times: [0, 0.25, 3],
       observables: { before: "transition(A, a, b)", after: "transition(A, d, c)" } }`,
    { file: "phase.yaml" },
  );
  const { observables } = solveMaster(model);
  // <a|rho|b> = <b-to-a> conjugate; both turn as exp(i omega t)
  model.times.forEach((t, k) => {
    const left = Math.exp(-gamma * t) / 2;
    const phase = [Math.cos(omega * t), -Math.sin(omega * t)] as const;
    for (const [name, weight] of [
      ["before", left],
      ["after", 0.5 - left],
    ] as const) {
      expect(observables[name]?.mean[k]).toBeCloseTo(weight * phase[0], 12);
      expect(observables[name]?.meanIm?.[k]).toBeCloseTo(weight * phase[1], 12);
    }
  });
});
