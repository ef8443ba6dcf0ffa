import { expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import { read } from "../support/read.ts";

const qubits = (hamiltonian: string, initial: string) =>
  read(`
sites: { q: { kind: qubit, count: 30 } }
hamiltonian: ${hamiltonian}
channels: { own: { rate: 1, operator: sm(q1) } }
initial: ${initial}
times: [0]`);

test("30 driven qubits are refused at once", () => {
  const model = qubits("sum(sx(q))", "ground");
  const begin = process.cpuUsage();
  expect(() => compile(model, "big.yaml")).toThrow(
    "big.yaml: sites: must reach at most 4194304 basis states, but more are reached of the 1.07e+9 there are",
  );
  // A search takes seconds.
  expect(process.cpuUsage(begin).user).toBeLessThan(1e6);
});

test("8 driven qubits of 30 are not", () => {
  const { spaces } = compile(qubits("sum(j, 1, 8, sx(q[j]))", "ground"));
  expect(spaces.map(({ dimension }) => dimension)).toEqual([256]);
});

test("nor are drives that another term cancels in every state that is reached", () => {
  const { spaces } = compile(qubits("sum(j, 2, 29, sx(q[j]) - sx(q[j])*n(q30))", "sp(q30)*ground"));
  expect(spaces.map(({ dimension }) => dimension)).toEqual([1]);
});
