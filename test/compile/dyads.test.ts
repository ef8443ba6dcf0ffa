import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { read } from "../support/read.ts";
import { qubitsInReservoir } from "./models.js";
import { dense, dimensions, evaluate, form, printedKets, space } from "./unfold.js";

describe("dyads", () => {
  test("a projector Hamiltonian connects its kets", () => {
    const program = compile(
      read(`
sites: { q: { kind: qubit, count: 3 } }
hamiltonian: 3*projector(ket("100") + ket("010") + ket("001"))
initial: ket("100")
times: [0]`),
    );
    expect(dimensions(program)).toEqual([3]);
    // -i (H - E) with H all ones: the diagonal goes into the frame.
    dense(space(program, 0).generator.matrix).forEach((row, i) => {
      row.forEach(([re, im], j) => {
        expect(re).toBe(0);
        expect(Math.abs(im - (i === j ? 0 : -1))).toBeLessThan(4 * Number.EPSILON);
      });
    });
  });

  test("a jump |a><b| between superpositions", () => {
    const model = read(`
sites: { q: { kind: qubit, count: 2 } }
initial: ket(1, 1)
times: [0]
density: final`);
    const amplitude = [Math.SQRT1_2, 0] as const;
    const bell = (sign: number) => [
      { amplitude, levels: [[0, 1] as const] },
      { amplitude: [sign * Math.SQRT1_2, 0] as const, levels: [[1, 1] as const] },
    ];
    const both = { amplitude: [1, 0] as const, levels: [[0, 1] as const, [1, 1] as const] };
    const program = compile({
      ...model,
      channels: [
        {
          name: "feed",
          rate: 4,
          operator: { terms: [], dyads: [{ coefficient: [1, 0], ket: bell(-1), bra: [both] }] },
        },
        {
          name: "turn",
          rate: 2,
          operator: { terms: [], dyads: [{ coefficient: [0, 1], ket: bell(1), bra: bell(-1) }] },
        },
      ],
    });
    expect(printedKets(program)).toEqual([["11"], ["01", "10"]]);
    expect(space(program, 1).jumps.map(({ target }) => target)).toEqual([1]);
    const a = dense(space(program, 1).generator.matrix);
    [
      [-0.5, 0.5],
      [0.5, -0.5],
    ].forEach((row, i) => {
      row.forEach((value, j) => {
        expect(Math.abs((a[i]?.[j]?.[0] ?? 0) - value)).toBeLessThan(4 * Number.EPSILON);
      });
    });
  });

  test("a wide projector stays a projector, a narrow one is multiplied out; both are bounded by 0 and 1", () => {
    const program = compile(
      qubitsInReservoir(
        6,
        1,
        `observables:
  wide: projector(sum(j, 1, N, sp(q[j]))*ground)
  narrow: projector((2*sp(q1) - sp(q2) - sp(q3))*ground)`,
      ),
    );
    const wide = form(program, 0, 0);
    const narrow = form(program, 0, 1);
    expect([wide.upperRow.length, wide.projectors.length]).toEqual([0, 1]);
    expect([narrow.upperRow.length, narrow.projectors.length]).toEqual([3, 0]);
    for (const { lower, upper } of program.moments) {
      expect(lower).toBe(0);
      expect(Math.abs(upper - 1)).toBeLessThan(8 * Number.EPSILON);
    }
    const w = Array.from({ length: 6 }, () => [1 / Math.sqrt(6), 0] as const);
    expect(Math.abs(evaluate(wide, w) - 1)).toBeLessThan(16 * Number.EPSILON);
  });

  test("an observable that leads out of the reached kets counts only what stays", () => {
    const program = compile(
      qubitsInReservoir(2, 1, `observables: { x: sum(sx(q)), both: 'projector(ket("11") + ket("10"))' }`),
    );
    const x = form(program, 0, 0);
    expect([x.diagonal.length, x.upperRow.length]).toEqual([0, 0]);
    expect([...form(program, 0, 1).diagonal].map((value) => Math.round(value * 2))).toEqual([0, 1]);
    expect(program.moments[0]).toEqual({ lower: 0, upper: 0 });
  });
});
