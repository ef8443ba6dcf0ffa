import { at, bounded, ends } from "../checks.ts";
import type { Claim } from "../claim.ts";

/** Weights that the paper prints for rho_A x rho_B with excitation probabilities b and d. */
function printedWeights(b: number, d: number) {
  const [a, c] = [1 - b, 1 - d];
  const [dark, bright] = [2 * (b * c - a * d), 2 * (a * d + b * c)];
  return { none: a * c, one: dark + bright, both: b * d, dark, bright };
}
const printed = printedWeights(0.8, 0.3);
const darkWeight = (b: number, d: number): number => ((1 - b) * d + b * (1 - d)) / 2;

/** What the text says of product mixtures, tested with (b, d) = (0.8, 0.3) and (0.5, 0.5). */
export const MIXTURE_CLAIMS: readonly Claim[] = [
  {
    id: "mixture-dark",
    where: "text, product mixtures",
    says: "ρ_A ⊗ ρ_B with b ≠ d has a dark part, of weight 2(bc − ad); here b = 0.8, d = 0.3",
    holds: [
      bounded(0, "mixture-unequal", "dark", "above", 0, "⟨Ψ₋|ρ|Ψ₋⟩ at t = 0"),
      ends("mixture-unequal", "dark", darkWeight(0.8, 0.3), "⟨Ψ₋|ρ|Ψ₋⟩ = (ad + bc)/2"),
      ends("mixture-unequal", "energy", darkWeight(0.8, 0.3), "E at the end"),
    ],
    printed: [at(0, "mixture-unequal", "dark", printed.dark, "weight of Ψ₋")],
    because: "There is a dark part and it stays, but its weight is (ad + bc)/2.",
    expected: "confirmed with another number",
  },
  {
    id: "mixture-weights",
    where: "text, product mixtures",
    says: "the weights of |00⟩, |11⟩, Ψ₋ and Ψ₊ in ρ_AB are ac, bd, 2(bc − ad) and 2(ad + bc); here b = 0.8, d = 0.3",
    holds: [
      at(0, "mixture-unequal", "none", printed.none, "weight of |00⟩"),
      at(0, "mixture-unequal", "both", printed.both, "weight of |11⟩"),
      at(0, "mixture-unequal", "dark", printed.dark, "weight of Ψ₋"),
      at(0, "mixture-unequal", "one", printed.one, "weights of Ψ₋ and Ψ₊ together"),
    ],
    because: `The printed weights add up to ${(printed.none + printed.one + printed.both).toFixed(2)} and not to 1; those of Ψ₋ and Ψ₊ are both (ad + bc)/2, with a coherence (bc − ad)/2 between them.`,
    expected: "not confirmed",
  },
  {
    id: "mixture-source",
    where: "text, product mixtures",
    says: "a dark part, and so order, needs unequal excitation: none for b = d; here b = d = 0.5",
    holds: [
      at(0, "mixture-equal", "dark", 2 * (0.25 - 0.25), "⟨Ψ₋|ρ|Ψ₋⟩ at t = 0"),
      ends("mixture-equal", "energy", 0, "E at the end"),
      ends("mixture-equal", "EN", 0, "E_N at the end"),
    ],
    because:
      "The dark part (ad + bc)/2 is 1/4 at b = d = 1/2 and ends entangled; it is 0 only for |00⟩ and |11⟩.",
    expected: "not confirmed",
  },
];
