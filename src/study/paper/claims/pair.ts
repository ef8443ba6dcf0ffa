import {
  always,
  bounded,
  clickWeight,
  ends,
  levelOf,
  remains,
  SETTLED,
  spectral,
  trapped,
} from "../checks.ts";
import type { Claim } from "../claim.ts";
import { entanglementOfFirst } from "../formulas.ts";
import { PAPER } from "../systems.ts";

const { omega, kappa } = PAPER;
const HALF = Math.SQRT1_2;
const MINUS = { "10": HALF, "01": -HALF };
const PLUS = { "10": HALF, "01": HALF };
const survival = (t: number): number => Math.exp(-4 * kappa * t);

/** Eq. 3 and Fig. 2: two resonant qubits that share a reservoir. */
export const PAIR_CLAIMS: readonly Claim[] = [
  {
    id: "eq3-bright",
    where: "Eq. 3",
    says: "|Ψ₊⟩ is an eigenstate of H_eff with eigenvalue ω − 2iκ",
    holds: [
      spectral("2-11", (s) => levelOf(s, PLUS).part, 1, "|Ψ₊⟩ in the eigenvector"),
      spectral("2-11", (s) => levelOf(s, PLUS).level.energy, omega, "Re/ω"),
      spectral("2-11", (s) => levelOf(s, PLUS).level.rate, 4 * kappa, "−2 Im/ω"),
      clickWeight("always", "2-bright", 0, survival, "P(no click) = e^(−4κt)"),
    ],
    because: "The rate −2 Im is 4κ: the trajectories without a click by t are e^(−4κt) of all.",
    expected: "confirmed",
    figures: ["eq3"],
  },
  {
    id: "eq3-dark",
    where: "Eq. 3",
    says: "|Ψ₋⟩ is an eigenstate of H_eff with the real eigenvalue ω: a dark state",
    holds: [
      spectral("2-11", (s) => levelOf(s, MINUS).part, 1, "|Ψ₋⟩ in the eigenvector"),
      spectral("2-11", (s) => levelOf(s, MINUS).level.energy, omega, "Re/ω"),
      spectral("2-11", (s) => levelOf(s, MINUS).level.rate, 0, "−2 Im/ω"),
      clickWeight("always", "2-dark", 0, 1, "P(no click)"),
    ],
    because: "The emissions of the two qubits cancel: no trajectory from |Ψ₋⟩ ever clicks.",
    expected: "confirmed",
    figures: ["eq3"],
  },
  {
    id: "eq3-both",
    where: "Eq. 3",
    says: "|11⟩ is an eigenstate of H_eff with eigenvalue 2(ω − iκ)",
    holds: [
      spectral("2-11", (s) => levelOf(s, { "11": 1 }).part, 1, "|11⟩ in the eigenvector"),
      spectral("2-11", (s) => levelOf(s, { "11": 1 }).level.energy, 2 * omega, "Re/ω"),
      spectral("2-11", (s) => levelOf(s, { "11": 1 }).level.rate, 4 * kappa, "−2 Im/ω"),
      clickWeight("always", "2-11", 0, survival, "P(no click) = e^(−4κt)"),
    ],
    because: "Two excitations emit at 2κ each, whether they share a reservoir or not.",
    expected: "confirmed",
    figures: ["eq3"],
  },
  {
    id: "eq3-twice",
    where: "text below Eq. 3",
    says: "|Ψ₊⟩ decays at twice the decay rate, by superradiance",
    holds: [
      spectral(
        "2-11",
        (s) => levelOf(s, PLUS).level.rate / levelOf(s, PLUS).level.independentRate,
        2,
        "rate over that of qubits on their own",
      ),
      always("2-bright", "energy", survival, "E = e^(−4κt)"),
    ],
    because: "A qubit on its own decays as e^(−2κt).",
    expected: "confirmed",
    figures: ["fig2a"],
  },
  {
    id: "fig2a-final",
    where: "Fig. 2(a)",
    says: "the energy ends at 0 from |11⟩, 1/2 from |10⟩, 1 from |Ψ₋⟩ and 0 from |Ψ₊⟩",
    holds: [
      ends("2-11", "energy", 0, "E from |11⟩"),
      ends("2-10", "energy", 1 / 2, "E from |10⟩"),
      spectral("2-10", trapped, 1 / 2, "dark for ever from |10⟩"),
      ends("2-dark", "energy", 1, "E from |Ψ₋⟩"),
      ends("2-bright", "energy", 0, "E from |Ψ₊⟩"),
    ],
    because: "What is dark stays, all else ends in |00⟩.",
    expected: "confirmed",
    figures: ["fig2a"],
  },
  {
    id: "fig2a-half",
    where: "Fig. 2(a)",
    says: "from |10⟩ the pair loses half of its energy and is then stable",
    holds: [always("2-10", "energy", (t) => (1 + survival(t)) / 2, "E = (1 + e^(−4κt))/2")],
    because: "The bright half of |10⟩ decays at 4κ, the dark half never.",
    expected: "confirmed",
    figures: ["fig2a"],
  },
  {
    id: "fig2b-fidelity",
    where: "Fig. 2(b)",
    says: "the fidelity with |Ψ₋⟩ is 0 from |11⟩, 1/2 from |10⟩, 1 from |Ψ₋⟩ and 0 from |Ψ₊⟩, at all times",
    holds: [
      always("2-11", "dark", 0, "F from |11⟩"),
      always("2-10", "dark", 1 / 2, "F from |10⟩"),
      always("2-dark", "dark", 1, "F from |Ψ₋⟩"),
      always("2-bright", "dark", 0, "F from |Ψ₊⟩"),
    ],
    because: "With the fidelity as the population ⟨Ψ₋|ρ|Ψ₋⟩: nothing leads into |Ψ₋⟩ or out of it.",
    expected: "confirmed",
    figures: ["fig2b"],
  },
  {
    id: "fig2b-definition",
    where: "text below Fig. 2",
    says: "the fidelity is F = tr √⟨Ψ₋|ρ|Ψ₋⟩, and it is 0.5 from |10⟩",
    holds: [always("2-10", "dark", 0.5 ** 2, "population whose root is 0.5")],
    because:
      "The root of the population is √(1/2) = 0.7071; the paper plots the population itself, and so do the figures here.",
    expected: "not confirmed",
    figures: ["fig2b"],
  },
  {
    id: "fig2-state",
    where: "text below Fig. 2",
    says: "from |10⟩ the final state is (|Ψ₋⟩⟨Ψ₋| + |00⟩⟨00|)/2",
    holds: [
      ends("2-entangled", "dark", 1 / 2, "⟨Ψ₋|ρ|Ψ₋⟩"),
      ends("2-entangled", "lost", 1 / 2, "⟨00|ρ|00⟩"),
      ends("2-entangled", "P", 1 / 2, "tr ρ²"),
      spectral("2-entangled", remains(MINUS), 1, "|Ψ₋⟩ in what stays dark"),
    ],
    because: "Both populations are 1/2 and tr ρ² = 1/2 leaves no coherence between them.",
    expected: "confirmed",
    figures: ["fig2b"],
  },
  {
    id: "fig2-entangled",
    where: "text below Fig. 2",
    says: "the final state from |10⟩ is entangled, and stays so",
    holds: [
      bounded("finally", "2-entangled", "EN", "above", 0, "E_N"),
      bounded("finally", "2-entangled", "C", "above", 0, "concurrence"),
      ends("2-entangled", "EN", entanglementOfFirst(2), "E_N = log₂((1 + √2)/2)"),
      ends("2-entangled", "C", 1 / 2, "concurrence"),
      spectral("2-entangled", (s) => levelOf(s, MINUS).level.rate, 0, "rate of |Ψ₋⟩", SETTLED * kappa),
    ],
    because: "(|Ψ₋⟩⟨Ψ₋| + |00⟩⟨00|)/2 has concurrence 1/2, and neither part decays.",
    expected: "confirmed",
    figures: ["fig2b"],
  },
];
