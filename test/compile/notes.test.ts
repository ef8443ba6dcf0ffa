import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { Model } from "#src/model/model.js";
import { printedIn } from "../support/faults.ts";
import { read } from "../support/read.ts";
import { qubitsInReservoir } from "./models.js";

const refusal = (model: Model): string => printedIn(() => compile(model, "big.yaml")).join("\n");

describe("notes", () => {
  test("the population of a mode's highest level is followed where it is reached, and only there", () => {
    const mode = (levels: number): Model =>
      read(`
sites: { q: qubit, c: { fock: ${levels} } }
hamiltonian: a(c)*sp(q) + ad(c)*sm(q)
initial: ket(1, 0)
times: [0]
observables: { n: n(q) }`);
    const { layout, moments, notes } = compile(mode(2));
    expect(layout.cutOffs).toEqual([{ site: 1, moment: 1 }]);
    expect(layout.observables).toHaveLength(1);
    expect(moments[1]).toEqual({ lower: 0, upper: 1 });
    expect(compile(mode(3)).layout.cutOffs).toEqual([]);
    expect(notes).toEqual([]);
  });

  const phases = (initial: string, omega: string, last: number): readonly string[] =>
    compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
hamiltonian: ${omega}
channels: { common: { rate: 1, operator: sum(sm(q)) } }
initial: ${initial}
times: [0, ${last}]`),
    ).notes;

  test("phases that matter and are lost to rounding", () => {
    expect(phases("ket(1, 0)", "1e9*sum(n(q))", 1000)).toEqual([]);
    expect(phases("ket(1, 0) + ket(0, 0)", "1e9*sum(n(q))", 1000)).toEqual([
      "phases of up to 1.0e+9 x 1.0e+3 lose 0.00022 rad to rounding by the last time",
    ]);
    expect(phases("ket(1, 0)", "1e9*n(q1)", 1000)).toEqual([
      "phases of up to 5.0e+8 x 1.0e+3 lose 0.00011 rad to rounding by the last time",
    ]);
    expect(phases("ket(1, 0) + ket(0, 0)", "1e3*sum(n(q))", 1000)).toEqual([]);
  });

  test("phases that are lost altogether are refused", () => {
    const driven = (last: string): Model =>
      read(`
sites: { q: qubit }
hamiltonian: 1e12*sx(q)
initial: ground
times: [0, ${last}]`);
    expect(compile(driven("4")).notes).toHaveLength(1);
    expect(refusal(driven("5"))).toBe(
      "big.yaml: times: must keep energies x time within a sector below 4.5e+12, where too few digits of a phase " +
        "are left, but they reach 5.0e+12",
    );
  });

  test("slow decay beside fast", () => {
    const decaying = (last: string): Model =>
      read(`
sites: { q: { kind: qubit, count: 2 } }
channels: { common: { rate: 1, operator: sum(sm(q)) }, own: { rate: 1e-12, operator: sm(q1) } }
initial: ket(1, 0)
times: [0, ${last}]`);
    expect(compile(decaying("1e6")).notes).toEqual([]);
    expect(compile(decaying("1e12")).notes).toEqual([
      "beside decay at up to 2.0 x 1.0e+12, slower decay may lose 0.00044 to rounding by the last time",
    ]);
  });

  test("channels that never act are left out and named; those with rate 0 are only left out", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 }, p: { kind: qubit, count: 20 } }
channels:
  none: { rate: 0, operator: sm(q1) }
  idle: { rate: 1, each: sm(p) }
  loss: { rate: 1, operator: sm(q2) }
initial: sp(q2)*ground
times: [0]`),
    );
    expect(program.channels).toEqual(["loss"]);
    expect(program.spaces[0]?.jumps.map(({ channel }) => channel)).toEqual([0]);
    expect(program.notes).toEqual([
      "never acts on a state that is reached: idle1, idle2, idle3, idle4, idle5, idle6, idle7, idle8 and 12 more",
    ]);
  });
});

describe("refusals", () => {
  test("a density matrix with too many elements", () => {
    // sum_k C(12, k)^2 for k = 0 to 6 = (C(24, 12) + C(12, 6)^2) / 2
    expect(refusal(qubitsInReservoir(12, 6, "density: final"))).toBe(
      "big.yaml: density: must have at most 131072 elements that can differ from zero, but has 1778966",
    );
  });

  test("a density matrix with too many states", () => {
    expect(refusal(qubitsInReservoir(14, 7, "measures: { S: entropy() }"))).toBe(
      "big.yaml: measures.S: must have at most 4096 basis states, but more of them are reached",
    );
  });

  test("too many averages for the number of times", () => {
    const model = qubitsInReservoir(7, 3, "density: all");
    const times = Array.from({ length: 2000 }, (_, t) => t);
    // 35^2 + 21^2 + 7^2 + 1 elements and no observable.
    expect(refusal({ ...model, times })).toBe(
      "big.yaml: times: must leave at most 1048576 averages, but 1716 at 2000 times are asked for",
    );
  });
});
