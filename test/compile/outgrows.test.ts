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

const LADDERS = `
sites: { a: { fock: 2100 }, b: { fock: 2100 } }
channels: { a: { rate: 1, operator: a(a) }, b: { rate: 1, operator: a(b) } }
initial: ket(2099, 2099)
times: [0]`;

const DETUNED = `
sites: { q: { kind: qubit, count: 40 } }
hamiltonian: sum(j, 1, 40, j*n(q[j]))
channels: { own: { rate: 1, each: sm(q) }, common: { rate: 1, operator: sum(sm(q)) } }
initial: prod(j, 1, 20, sp(q[j]))*ground
times: [0]`;

const EXCHANGE = "sum(j, 1, 29, sp(q[j])*sm(q[j+1]) + sm(q[j])*sp(q[j+1]))";

test.each([
  [
    "30 driven qubits",
    qubits("sum(sx(q))", "ground"),
    "at least 1.07e+9 of 1.07e+9 are reached, 17 GB for one state",
  ],
  [
    "30 qubits that exchange 15 quanta and lose them",
    qubits(EXCHANGE, "prod(j, 1, 15, sp(q[2*j]))*ground"),
    "at least 6.14e+8 of 1.07e+9 are reached, 9.8 GB for one state",
  ],
  [
    "40 qubits of different frequencies in one reservoir",
    read(DETUNED),
    "at least 6.19e+11 of 1.10e+12 are reached, 9.9e+3 GB for one state",
  ],
  ["two long ladders", read(LADDERS), "at least 4.41e+6 of 4.41e+6 are reached, 0.071 GB for one state"],
])("%s are refused at once", (_, model, found) => {
  const begin = process.cpuUsage();
  expect(() => compile(model, "big.yaml")).toThrow(
    `big.yaml: sites: must reach at most 4194304 basis states, but ${found}`,
  );
  // A search takes seconds.
  expect(process.cpuUsage(begin).user).toBeLessThan(1e6);
});

test("22 driven qubits are one sector of more states than the kernel has room for", () => {
  const model = read(`
sites: { q: { kind: qubit, count: 22 } }
hamiltonian: sum(sx(q))
channels: { own: { rate: 1, operator: sm(q1) } }
initial: ground
times: [0]`);
  const begin = process.cpuUsage();
  expect(() => compile(model, "big.yaml")).toThrow(
    "big.yaml: sites: must have at most 2097152 basis states in a sector, whose vectors take 2.3 GB, but one has 4194304: 4.7 GB",
  );
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
