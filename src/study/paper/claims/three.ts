import { always, at, ends, levelsWith, remains, spectral, trapped } from "../checks.ts";
import type { Claim } from "../claim.ts";
import { PAPER } from "../systems.ts";

const { kappa } = PAPER;
const [TWO, ONE] = [2 / Math.sqrt(6), 1 / Math.sqrt(6)];
const PSI2 = { "100": TWO, "010": -ONE, "001": -ONE };

/** Fig. 4: three qubits. */
export const THREE_CLAIMS: readonly Claim[] = [
  {
    id: "fig4a-energy",
    where: "Fig. 4(a)",
    says: "from |100⟩ and from |011⟩ approximately 0.67 ħω remain",
    holds: [
      ends("4-100", "energy", 2 / 3, "E from |100⟩"),
      ends("4-011", "energy", 2 / 3, "E from |011⟩", 1e-4),
      spectral("4-100", trapped, 2 / 3, "dark for ever from |100⟩"),
      spectral("4-011", trapped, 2 / 3, "dark for ever from |011⟩"),
    ],
    printed: [
      ends("4-100", "energy", 0.67, "E from |100⟩", 0.005),
      ends("4-011", "energy", 0.67, "E from |011⟩", 0.005),
    ],
    because: "It is exactly 2/3, the dark part of |100⟩.",
    expected: "confirmed",
    figures: ["fig4a"],
  },
  {
    id: "fig4b-100",
    where: "Fig. 4(b)",
    says: "from |100⟩ the fidelity with |Ψ₂⟩ does not change",
    holds: [always("4-100", "dark", 2 / 3, "F from |100⟩")],
    because: "|Ψ₂⟩ does not decay, and the bright rest only goes to |000⟩: F = 2/3 at all times.",
    expected: "confirmed",
    figures: ["fig4b"],
  },
  {
    id: "fig4b-011",
    where: "Fig. 4(b)",
    says: "from |011⟩ the fidelity with |Ψ₂⟩ is 0 at first and ends at the value from |100⟩",
    holds: [
      at(0, "4-011", "dark", 0, "F at t = 0"),
      always("4-011", "dark", (t) => (2 / 3) * (1 - Math.exp(-2 * kappa * t)), "F = (2/3)(1 − e^(−2κt))"),
    ],
    because: "The part of |011⟩ with total spin 1/2, of weight 2/3, falls into |Ψ₂⟩ at 2κ.",
    expected: "confirmed",
    figures: ["fig4b"],
  },
  {
    id: "fig4-state",
    where: "text on Fig. 4",
    says: "both starts end in (2|Ψ₂⟩⟨Ψ₂| + |000⟩⟨000|)/3",
    holds: (["4-100", "4-011"] as const).flatMap((system) => {
      const start = system === "4-100" ? "|100⟩" : "|011⟩";
      return [
        ends(system, "dark", 2 / 3, `⟨Ψ₂|ρ|Ψ₂⟩ from ${start}`, 1e-4),
        ends(system, "lost", 1 / 3, `⟨000|ρ|000⟩ from ${start}`, 1e-4),
        spectral(system, remains(PSI2), 1, `|Ψ₂⟩ in what stays dark from ${start}`),
      ];
    }),
    because: "What stays dark is pure, and states of different excitation keep no coherence.",
    expected: "confirmed",
    figures: ["fig4b"],
  },
  {
    id: "fig4-double",
    where: "text on Fig. 4",
    says: "no state with two excitations is dark; with one, |Ψ₂⟩ and |Ψ₃⟩ are",
    holds: [
      spectral("4-011", (s) => darkStates(s, "011"), 0, "dark states with two excitations"),
      spectral(
        "4-011",
        (s) => Math.min(...levelsWith(s, "011").map(({ rate }) => rate)),
        2 * kappa,
        "their smallest rate/ω",
      ),
      spectral("4-011", (s) => darkStates(s, "100"), 2, "dark states with one excitation"),
    ],
    because: "Three spins 1/2 make one J = 3/2 and two J = 1/2, and only M = −J is dark.",
    expected: "confirmed",
    figures: ["fig4a"],
  },
];

function darkStates(spectrum: Parameters<typeof trapped>[0], ket: string): number {
  return levelsWith(spectrum, ket)
    .filter((level) => level.class === "dark")
    .reduce((sum, { multiplicity }) => sum + multiplicity, 0);
}
