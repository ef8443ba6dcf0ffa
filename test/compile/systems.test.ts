import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { unpackMatrix } from "#src/compile/matrix.js";
import { read } from "../support/read.ts";
import { qubitsInReservoir } from "./models.js";
import { dense, dimensions, generate, jump, printedKets, space } from "./unfold.js";

describe("the paper's systems", () => {
  test("two qubits from 10: one excitation in two states, then the ground state", () => {
    const program = compile(qubitsInReservoir(2, 1, "density: all"));
    expect(printedKets(program)).toEqual([["01", "10"], ["00"]]);
    expect([...unpackMatrix(space(program, 0).generator.matrix).values]).toEqual([
      -2, 0, -2, 0, -2, 0, -2, 0,
    ]);
    expect(space(program, 0).generator.structure).toBe("decay");
    expect(dense(jump(program, 0, 0))).toEqual([
      [
        [2, 0],
        [2, 0],
      ],
    ]);
    expect(space(program, 1).jumps).toEqual([]);
    expect(space(program, 1).generator.norm).toBe(0);
    expect(program.initial).toEqual([{ weight: 1, space: 0, amplitudes: Float64Array.of(0, 0, 1, 0) }]);
    expect(program.channels).toEqual(["common"]);
    expect(program.notes).toEqual([]);
  });

  test("011 of three qubits: sectors of 3, 3 and 1", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 3 } }
channels: { common: { rate: 2e-3, operator: sum(sm(q)) } }
initial: ket("011")
times: [0]
density: final`),
    );
    expect(printedKets(program)).toEqual([["011", "101", "110"], ["001", "010", "100"], ["000"]]);
  });

  test("detuning stays in the sector, the common frequency does not", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
hamiltonian: 1e9*sum(n(q)) + 0.25*n(q2)
channels: { common: { rate: 4, operator: sum(sm(q)) } }
initial: ket(1, 0)
times: [0]`),
    );
    const { generator } = space(program, 0);
    expect(generator.structure).toBe("general");
    // -i (H - E): |01> has the detuned qubit; E is the middle of the two.
    expect([...unpackMatrix(generator.matrix).values]).toEqual([-2, -0.125, -2, 0, -2, 0, -2, 0.125]);
  });

  test("clockwork: qudit and qubit, drive, feeding and emptying", () => {
    const program = compile(
      read(`
sites: { A: { levels: [g, "0", "1", e] }, B: qubit }
hamiltonian: 2*(transition(A, g, e) + transition(A, e, g))
channels:
  common: { rate: 2, operator: "transition(A, 0, 1) + sm(B)" }
  feed: { rate: 6, operator: "transition(A, 1, e)" }
  empty: { rate: 0.2, operator: "transition(A, g, 0)" }
initial: ket(1, 0)
times: [0]
density: all`),
    );
    const kets = printedKets(program).map((own) => own.join(" "));
    expect(kets).toEqual(["01 10", "00", "g1 e1", "g0 e0", "11"]);
    expect(program.spaces.map(({ generator }) => generator.structure)).toEqual([
      "decay",
      "decay",
      "general",
      "general",
      "decay",
    ]);
    expect(program.channels).toEqual(["common", "feed", "empty"]);
  });
});

describe("large spaces", () => {
  test("one excitation in 400 and in 1000 qubits: 400 + 1 and 1000 + 1 states, the channel factored", () => {
    for (const n of [400, 1000]) {
      const program = compile(qubitsInReservoir(n, 1));
      expect(dimensions(program)).toEqual([n, 1]);
      const { generator, jumps } = space(program, 0);
      expect(unpackMatrix(generator.matrix).column.length).toBe(0);
      expect([...generator.factored]).toEqual([0]);
      expect(jumps[0] && unpackMatrix(jumps[0].matrix).column.length).toBe(n);
      expect(generator.structure).toBe("decay");
      // ||J||^2 = 4 N: the bright state.
      expect(generator.rateBound).toBe(4 * n);
      expect(space(program, 1).generator.norm).toBe(0);
    }
  });

  test("half of 10 qubits with own loss: A psi by a loop over bits", () => {
    const n = 10;
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: ${n} } }
channels:
  common: { rate: 2, operator: sum(sm(q)) }
  own: { rate: 0.5, each: sm(q) }
initial: ket("1111100000")
times: [0]
density: final`),
    );
    const kets = (printedKets(program)[0] ?? []).map((ket) => Number.parseInt(ket, 2));
    const first = space(program, 0);
    expect(kets.length).toBe(252);
    expect([...first.generator.factored]).toEqual([0]);
    const place = new Map(kets.map((ket, i) => [ket, i]));
    const psi = kets.map((ket, i) => [Math.sin(ket), Math.cos(i)] as const);
    const expected = kets.map((ket) => {
      const sum = [0, 0];
      // -R/2 with R = 2 sum_{jk} s_j^+ s_k + 0.5 k: swaps of an excited and an empty qubit, and the diagonal.
      for (let up = 0; up < n; up++) {
        for (let down = 0; down < n; down++) {
          if ((ket & (1 << up)) === 0) continue;
          const other = ket ^ (1 << up);
          if ((other & (1 << down)) !== 0) continue;
          const [x, y] = psi[place.get(other | (1 << down)) ?? -1] ?? [0, 0];
          const rate = up === down ? 2.5 : 2;
          sum[0] = (sum[0] ?? 0) - (rate / 2) * x;
          sum[1] = (sum[1] ?? 0) - (rate / 2) * y;
        }
      }
      return sum;
    });
    // 30 terms of order 1 each; sqrt(rate)^2 adds a rounding a term.
    const tolerance = 4 * 30 * Number.EPSILON;
    generate(first, psi).forEach(([x, y], i) => {
      expect(Math.abs(x - (expected[i]?.[0] ?? 0))).toBeLessThan(tolerance);
      expect(Math.abs(y - (expected[i]?.[1] ?? 0))).toBeLessThan(tolerance);
    });
  });
});

describe("what belongs together", () => {
  test("a driven model is one sector", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 3 } }
hamiltonian: sum(n(q)) + 0.1*sum(sx(q))
channels: { own: { rate: 1, each: sm(q) } }
initial: ground
times: [0]`),
    );
    expect(dimensions(program)).toEqual([8]);
    expect([...space(program, 0).sectorStart]).toEqual([0, 8]);
    expect(space(program, 0).jumps.map(({ target }) => target)).toEqual([0, 0, 0]);
  });

  test("a superposition across sectors is one space that keeps their relative energies", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
hamiltonian: 1e9*sum(n(q)) + 0.25*n(q1)*n(q2)
channels: { common: { rate: 1, operator: sum(sm(q)) } }
initial: ket(1, 1) + 2*ket(1, 0)
times: [0]
density: final`),
    );
    expect(printedKets(program)).toEqual([["11", "01", "10"], ["01", "10", "00"], ["00"]]);
    expect([...space(program, 0).energies]).toEqual([0, -1e9 - 0.25]);
    expect([...space(program, 1).energies]).toEqual([0, -1e9]);
    expect([...space(program, 2).energies]).toEqual([0]);
    const amplitudes = [1, 0, 0, 0, 2, 0].map((x) => x / Math.sqrt(5));
    program.initial[0]?.amplitudes.forEach((x, i) => {
      expect(Math.abs(x - (amplitudes[i] ?? 0))).toBeLessThanOrEqual(2 * Number.EPSILON);
    });
    expect(program.initial[0]?.amplitudes.length).toBe(6);
  });

  test("a mixture has one initial state a component", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 2 } }
channels: { common: { rate: 1, operator: sum(sm(q)) } }
initial: [{ weight: 0.75, state: "ket(1, 0)" }, { weight: 0.25, state: "ket(1, 1)" }]
times: [0]`),
    );
    expect(program.initial.map(({ weight, space: s }) => [weight, dimensions(program)[s]])).toEqual([
      [0.75, 2],
      [0.25, 1],
    ]);
  });

  test("without channels and Hamiltonian nothing moves", () => {
    const program = compile(
      read(`
sites: { q: qubit }
initial: ket("1")
times: [0]`),
    );
    expect(dimensions(program)).toEqual([1]);
    expect(space(program, 0).generator).toMatchObject({ structure: "decay", norm: 0, rateBound: 0 });
  });
});
