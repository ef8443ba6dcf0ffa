import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { KetTerm, Model, Observable, Operator, OperatorTerm, State } from "#src/model/model.js";
import { read } from "../support/read.ts";
import { CHECKS, prepare } from "./dense-twin.js";

/** Models that take the compiler's rarer paths, each against dense matrices in every respect. */

function checkAll(model: Model): void {
  const problem = prepare(model);
  for (const check of Object.values(CHECKS)) check(problem);
}

const qubits = (n: number, rest: string): Model =>
  read(`
parameters: { N: ${n} }
sites: { q: { kind: qubit, count: N } }
times: [0]
density: final
${rest}`);

const ket = (re: number, im: number, ...excited: number[]): KetTerm => ({
  amplitude: [re, im],
  levels: excited.map((site) => [site, 1] as const),
});
const dyad = (c: readonly [number, number], left: State, right: State): Operator => ({
  terms: [],
  dyads: [{ coefficient: c, ket: left, bra: right }],
});
const observable = (name: string, operator: Operator, hermitian = false): Observable => ({
  name,
  operator,
  hermitian,
});

describe("dyads", () => {
  const left: State = [ket(0.5, 0.25, 0), ket(-1, 0.5, 1), ket(0, 2, 0, 2)];
  const right: State = [ket(1, 0, 2), ket(0.25, -1, 1)];
  const wide: State = [0, 1, 2].flatMap((j) => [ket(1, j / 4, j), ket(j / 2, 1, j, (j + 1) % 3)]);
  const base = qubits(
    3,
    `
hamiltonian: 0.3*n(q1) + 0.5*(sp(q1)*sm(q2) + sp(q2)*sm(q1))
channels: { common: { rate: 1, operator: sum(sm(q)) } }
initial: ket(1, 1, 0) + ket(0, 0, 1)`,
  );

  test("as observables, narrow and wide, of complex weight", () => {
    checkAll({
      ...base,
      observables: [
        observable("narrow", dyad([0.5, -1], left, right)),
        observable("same", dyad([0.5, -1], left, left)),
        observable("wide", dyad([1, 2], wide, right)),
        observable("wideSame", dyad([3, 0], wide, wide), true),
        observable("mixed", {
          terms: base.hamiltonian.terms,
          dyads: [...dyad([1, 1], wide, left).dyads, ...dyad([-1, 0], right, right).dyads],
        }),
      ],
    });
  });

  test("as Hamiltonian and as jumps", () => {
    const both = [...dyad([0.5, 1], left, right).dyads, ...dyad([0.5, -1], right, left).dyads];
    checkAll({
      ...base,
      hamiltonian: { terms: base.hamiltonian.terms, dyads: both },
      channels: [
        ...base.channels,
        { name: "turn", rate: 0.7, operator: dyad([1, 0.5], right, left) },
        { name: "spread", rate: 0.2, operator: dyad([0, 1], wide, [ket(1, 0)]) },
      ],
    });
  });
});

describe("products of wide factors", () => {
  test("are not multiplied out, and may have diagonal elements", () => {
    checkAll(
      qubits(
        4,
        `
hamiltonian: [sum(n(q)), "prod(j, 1, N, sx(q[j]) + 0.5*n(q[j]))"]
channels: { flip: { rate: 0.5, operator: "prod(j, 1, N, sx(q[j]) + sz(q[j]))" } }
initial: ket("1010")
observables: { x: "prod(j, 1, N, sx(q[j]) + sz(q[j]))" }`,
      ),
    );
  });

  test("factors with complex diagonal elements", () => {
    const model = qubits(2, "initial: ket(1, 1) + ket(1, 0)\nobservables: { n: n(q) }");
    const turned = (sign: number, site: number) => ({ site, elements: [[1, 1, 0.6, sign * 0.8]] as const });
    checkAll({
      ...model,
      hamiltonian: {
        terms: [
          { coefficient: [0.6, 0.8], factors: [turned(-1, 0)] },
          { coefficient: [3, 0], factors: [turned(1, 0), turned(-1, 1)] },
        ],
        dyads: [],
      },
    });
  });
});

describe("rounding", () => {
  test("an amplitude of 1e-16 does not bring in a sector", () => {
    const program = compile(
      qubits(2, "channels: { own: { rate: 1, each: sm(q) } }\ninitial: ket(1, 0) + cos(pi/2)*ket(1, 1)"),
    );
    expect(program.spaces.map(({ dimension }) => dimension)).toEqual([1, 1]);
  });

  test("a sum is zero beside its parts, not beside its largest part", () => {
    const model = qubits(1, 'initial: ket("1")');
    const part = (coefficient: number): OperatorTerm => ({
      coefficient: [coefficient, 0],
      factors: [
        {
          site: 0,
          elements: [
            [0, 1, 1, 0],
            [1, 0, 1, 0],
          ],
        },
      ],
    });
    // 300 times 0.1 less 100 times 0.3 is 1.1e-13 in doubles: much beside 0.3, nothing beside 60.
    const terms = Array.from({ length: 400 }, (_, k) => part(k < 300 ? 0.1 : -0.3));
    const program = compile({ ...model, hamiltonian: { terms, dyads: [] } });
    expect(program.spaces.map(({ dimension }) => dimension)).toEqual([1]);
  });
});
