import { always, bounded, clickWeight, ends, spectral, stable, trapped } from "../checks.ts";
import type { Claim } from "../claim.ts";
import { entanglementOfFirst, keptExcitations, totalSpinWeight } from "../formulas.ts";
import { PAPER } from "../systems.ts";

const { kappa } = PAPER;
const SIZES = [2, 4, 8, 20] as const;
const WIDE = [8, 16, 32, 64] as const;

/** Fig. 1(d): N qubits. */
export const MANY_CLAIMS: readonly Claim[] = [
  {
    id: "fig1d-final",
    where: "Fig. 1(d)",
    says: "from one of N excited qubits, whatever the phases, only a dark state and the ground state are left",
    holds: SIZES.flatMap((N) => [
      always(`N-${N}`, "dark", 1 - 1 / N, `dark part, N = ${N}`),
      ends(`N-${N}`, "lost", 1 / N, `ground state, N = ${N}`),
      ends(`N-${N}`, "energy", 1 - 1 / N, `E, N = ${N}`),
      spectral(`N-${N}`, trapped, 1 - 1 / N, `dark for ever, N = ${N}`),
      spectral(`N-${N}`, stable, 1 / N, `ground state for t → ∞, N = ${N}`),
    ]),
    because: "The bright part of |10…0⟩ has weight 1/N, the dark part (N − 1)/N.",
    expected: "confirmed",
    figures: ["fig1d"],
  },
  {
    id: "fig1d-first",
    where: "Fig. 1(d), closed form",
    says: "the first of N qubits keeps (1 − 1/N + e^(−κNt)/N)² of the excitation",
    holds: SIZES.map((N) =>
      always(`N-${N}`, "first", (t) => (1 - 1 / N + Math.exp(-kappa * N * t) / N) ** 2, `⟨n₁⟩(t), N = ${N}`),
    ),
    because: "Its amplitude is that of the dark part plus the bright one, which decays as e^(−κNt).",
    expected: "confirmed",
    figures: ["fig1d"],
  },
  {
    id: "fig1d-half",
    where: "Fig. 1(d), closed form",
    says: "from 4 of 8 excited qubits the total spin J decides: J clicks, and 4 − J excitations stay",
    holds: [
      ends("N-8-k4", "energy", keptExcitations(8, 4), "E at the end"),
      spectral("N-8-k4", trapped, 1 - totalSpinWeight(8, 4, 4), "dark for ever"),
      ...[0, 1, 2, 3, 4].map((J) =>
        clickWeight("finally", "N-8-k4", J, totalSpinWeight(8, 4, J), `P(${J} clicks) = weight of J = ${J}`),
      ),
    ],
    because: "Each J walks down to M = −J, one photon a step, so the number of clicks measures J.",
    expected: "confirmed",
  },
  {
    id: "fig1d-large",
    where: "text on Fig. 1(d), conclusion",
    says: "a large number of qubits is entangled this way: no less at N = 64 than at N = 3",
    holds: [
      bounded(
        "finally",
        "W-64",
        "EN",
        "above",
        entanglementOfFirst(3),
        "E_N of one and 63 others, above that at N = 3",
      ),
      bounded(
        "finally",
        "W-64",
        "w",
        "above",
        16 / 27,
        "fidelity with a W state at N = 64, above that at N = 3",
      ),
      bounded(
        "finally",
        "W-64",
        "C12",
        "above",
        4 / 9,
        "pairwise concurrence at N = 64, above that at N = 3",
      ),
    ],
    because:
      "The dark state tends to |10…0⟩: the energy kept tends to 1, and the entanglement, largest at N = 6, to 0; “W-like” weakens with N.",
    expected: "not confirmed",
    figures: ["w-state"],
  },
  {
    id: "fig1d-weakens",
    where: "beyond Fig. 1(d)",
    says: "as N grows the energy kept is (N − 1)/N, the fidelity with a W state 4(N − 1)²/N³, the concurrence 2(N − 1)/N²",
    holds: WIDE.flatMap((N) => [
      ends(`W-${N}`, "energy", 1 - 1 / N, `E, N = ${N}`),
      ends(`W-${N}`, "w", (4 * (N - 1) ** 2) / N ** 3, `fidelity with W, N = ${N}`),
      ends(`W-${N}`, "EN", entanglementOfFirst(N), `E_N of one and the others, N = ${N}`),
      ends(`W-${N}`, "C12", (2 * (N - 1)) / N ** 2, `concurrence of q₁ and q₂, N = ${N}`),
    ]),
    because: "The amplitude on qubit 1 is √((N − 1)/N), on each of the others −1/√(N(N − 1)).",
    expected: "confirmed",
    figures: ["w-state"],
  },
];
