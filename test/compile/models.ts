import type { Model } from "#src/model/model.js";
import { read } from "../support/read.ts";

/** N qubits in one reservoir, the first k excited. sqrt(4) is exact, so generators can be compared to the bit. */
export const qubitsInReservoir = (n: number, k: number, rest = ""): Model =>
  read(`
parameters: { N: ${n}, k: ${k} }
sites: { q: { kind: qubit, count: N } }
hamiltonian: sum(n(q))
channels:
  common: { rate: 4, operator: sum(sm(q)) }
initial: "prod(j, 1, k, sp(q[j]))*ground"
times: [0, 1]
${rest}`);
