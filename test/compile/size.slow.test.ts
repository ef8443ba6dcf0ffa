import { describe, expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { Matrix, Program } from "#src/compile/program.js";
import { read } from "../support/read.ts";
import { qubitsInReservoir } from "./models.js";

/** Distinct typed arrays of a program, in bytes. */
function bytesOf(program: Program): number {
  const seen = new Set<ArrayBufferLike>();
  const visit = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) seen.add(value.buffer);
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  visit(program);
  return [...seen].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Elements that a matrix stands for. */
function elementCount(matrix: Matrix): number {
  if (!("blocks" in matrix)) return matrix.column.length;
  const { block, source, columnStretch, blocks, diagonal } = matrix;
  const parts = block.reduce((sum, b, k) => {
    const from = source[k] ?? 0;
    const length = (columnStretch[from + 1] ?? 0) - (columnStretch[from] ?? 0);
    return sum + (b === 0 ? length : (blocks[b - 1]?.column.length ?? 0));
  }, 0);
  return parts + diagonal.length / 2;
}

describe("size", () => {
  test("20 qubits, half excited, with own loss: 616666 states in 11 sectors", () => {
    const model = qubitsInReservoir(20, 10, "observables: { n: n(q1) }");
    const own = read(`
sites: { q: { kind: qubit, count: 20 } }
channels: { own: { rate: 0.1, each: sm(q) } }
initial: ground
times: [0]`).channels;
    const program = compile({ ...model, channels: [...model.channels, ...own] });
    const binomial = [184756, 167960, 125970, 77520, 38760, 15504, 4845, 1140, 190, 20, 1];
    expect(program.spaces.map(({ dimension }) => dimension)).toEqual(binomial);
    program.spaces.forEach(({ generator, jumps, dimension }, s) => {
      const k = 10 - s;
      expect(generator.structure).toBe("decay");
      expect(jumps.length).toBe(k === 0 ? 0 : 21);
      const elements = jumps.reduce((sum, { matrix }) => sum + elementCount(matrix), 0);
      expect(elements).toBe(2 * k * dimension);
      // Collective: ||J||_1 ||J||_inf = 4 k (21 - k); own loss: 0.1 k.
      const bound = dimension > 96 ? 4 * k * (21 - k) + 0.1 * k : generator.rateBound;
      expect(Math.abs(generator.rateBound - bound)).toBeLessThanOrEqual(1e-12 * bound);
    });
    // Lists of elements would take 220 MB.
    expect(bytesOf(program)).toBeLessThan(40e6);
  });

  test("30 qubits that exchange excitations, where it depends on others, are refused before anything is linked", () => {
    const hamiltonian = "sum(j, 1, 28, (sp(q[j])*sm(q[j+1]) + sm(q[j])*sp(q[j+1]))*(1 + n(q[j+2])))";
    const initial = "prod(j, 1, 15, sp(q[2*j]))*ground";
    const model = read(`
sites: { q: { kind: qubit, count: 30 } }
hamiltonian: ${hamiltonian}
channels: { own: { rate: 1, each: sm(q) } }
initial: ${initial}
times: [0]`);
    const begin = process.cpuUsage();
    expect(() => compile(model, "big.yaml")).toThrow(
      "big.yaml: sites: must reach at most 4194304 basis states, but more are reached of 1.07e+9",
    );
    // A search in order takes 15 s and more.
    expect(process.cpuUsage(begin).user).toBeLessThan(8e6);
  });
});
