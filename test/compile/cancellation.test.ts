import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { unpackMatrix } from "#src/compile/matrix.js";
import { read } from "../support/read.ts";
import { dense, dimensions, printedKets, space } from "./unfold.js";

describe("cancellation", () => {
  test("sm(q1) + sm(q2) and sm(q1) - sm(q2) at equal rates leave sectors of one state", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
channels:
  plus: { rate: 0.3, operator: sm(q1) + sm(q2) }
  minus: { rate: 0.3, operator: sm(q1) - sm(q2) }
initial: ket(1, 0)
times: [0]
density: final`),
    );
    expect(printedKets(program)).toEqual([["10"], ["00"]]);
    expect(space(program, 0).jumps.map(({ channel }) => program.channels[channel])).toEqual([
      "plus",
      "minus",
    ]);
    expect(Math.abs((unpackMatrix(space(program, 0).generator.matrix).values[0] ?? 0) + 0.3)).toBeLessThan(
      Number.EPSILON,
    );
  });

  test("at unequal rates they connect", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
channels:
  plus: { rate: 0.3, operator: sm(q1) + sm(q2) }
  minus: { rate: 0.300001, operator: sm(q1) - sm(q2) }
initial: ket(1, 0)
times: [0]`),
    );
    expect(dimensions(program)).toEqual([2, 1]);
  });

  test("plane waves of 16 qubits, each a channel, are 16 local losses", () => {
    const n = 16;
    const program = compile(
      read(`
parameters: { N: ${n} }
sites: { q: { kind: qubit, count: N } }
channels:
  wave: { rate: 1/N, each: "list(k, 1, N, sum(j, 1, N, exp(2i*pi*k*j/N)*sm(q[j])))" }
initial: sp(q3)*ground
times: [0]`),
    );
    expect(dimensions(program)).toEqual([1, 1]);
    expect(program.channels.length).toBe(n);
  });

  test("parts of H that cancel do not connect, and rounding does not either", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
hamiltonian:
  - sp(q1)*sm(q2) + sp(q2)*sm(q1)
  - -(sp(q1)*sm(q2) + sp(q2)*sm(q1))
  - cos(pi/2)*sum(sx(q))
channels: { own: { rate: 1, each: sm(q) } }
initial: ket(1, 0)
times: [0]`),
    );
    expect(dimensions(program)).toEqual([1, 1]);
  });

  test("a large frequency does not make a weak coupling negligible", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
hamiltonian: 1e15*sum(n(q)) + 1e-3*(sp(q1)*sm(q2) + sp(q2)*sm(q1))
initial: ket(1, 0)
times: [0]`),
    );
    expect([...unpackMatrix(space(program, 0).generator.matrix).values]).toEqual([0, -1e-3, 0, -1e-3]);
    expect(space(program, 0).generator).toMatchObject({ structure: "unitary", commonRate: 0 });
  });

  test("a chiral cascade keeps one direction only", () => {
    // H = -(i/2)(s2^+ s1 - s1^+ s2) and o = s1 + s2 at rate 1: amplitude flows from 1 to 2 and never back.
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
hamiltonian: -0.5i*(sp(q2)*sm(q1) - sp(q1)*sm(q2))
channels: { right: { rate: 1, operator: sum(sm(q)) } }
initial: ket(1, 0)
times: [0]`),
    );
    const a = dense(space(program, 0).generator.matrix);
    expect(a).toEqual([
      [
        [-0.5, 0],
        [-1, 0],
      ],
      [
        [0, 0],
        [-0.5, 0],
      ],
    ]);
  });
});
