import type { Check } from "../check.ts";
import { always, at, bounded, ends, levelsWith, SETTLED, spectral, stable } from "../checks.ts";
import type { Claim } from "../claim.ts";
import { darkPart, energyOf, oneExcitation } from "../formulas.ts";
import { PAIR_STARTS, PAPER, type Start, SYSTEMS } from "../systems.ts";

const { kappa, alpha, delta } = PAPER;
const lossy = { kappa, alpha, delta: 0 };
const detuned = { kappa, delta };
const exceptional = { kappa, alpha, delta: 2 * kappa };
const ONE_EXCITED: Readonly<Record<Exclude<Start, "11">, readonly [number, number]>> = {
  "10": [1, 0],
  dark: [Math.SQRT1_2, -Math.SQRT1_2],
  bright: [Math.SQRT1_2, Math.SQRT1_2],
};
/** Two beats of the eigenvalues, sqrt(delta^2 - 4 kappa^2). */
const beat = Math.sqrt(delta ** 2 - 4 * kappa ** 2);

const ofEveryStart = (make: (start: Start, label: string) => Check): Check[] =>
  PAIR_STARTS.map((start) => make(start, SYSTEMS[`2-${start}`].label));

/** Fig. 3(a-d): own losses, detuning, and the exceptional point between the two. */
export const LOSS_CLAIMS: readonly Claim[] = [
  {
    id: "fig3ab-dark",
    where: "Fig. 3(a, b)",
    says: "with own losses the energy and the fidelity from |Ψ₋⟩ fall exponentially",
    holds: [
      always("3ab-dark", "energy", (t) => Math.exp(-2 * alpha * t), "E = e^(−2αt)"),
      always("3ab-dark", "dark", (t) => Math.exp(-2 * alpha * t), "F = e^(−2αt)"),
    ],
    because: "The common reservoir does not see |Ψ₋⟩; each qubit decays into its own at 2α.",
    expected: "confirmed",
    figures: ["fig3a", "fig3b"],
  },
  {
    id: "fig3a-10",
    where: "Fig. 3(a)",
    says: "from |10⟩ the energy falls quickly to 0.5 and then slowly to 0",
    holds: [
      always(
        "3ab-10",
        "energy",
        (t) => energyOf(oneExcitation(lossy, [1, 0], t), lossy),
        "E(t), closed form",
      ),
      spectral("3ab-10", stable, 1, "lost in the end"),
    ],
    printed: [at(1 / kappa, "3ab-10", "energy", 0.5, "E at κt = 1", 0.05)],
    because: "E = (e^(−2(2κ+α)t) + e^(−2αt))/2: a fast and a slow half.",
    expected: "confirmed",
    figures: ["fig3a"],
  },
  {
    id: "fig3b-10",
    where: "Fig. 3(b)",
    says: "from |10⟩ the fidelity falls by the decay of the dark state alone",
    holds: [always("3ab-10", "dark", (t) => Math.exp(-2 * alpha * t) / 2, "F = e^(−2αt)/2")],
    because: "Its decay rate is that from |Ψ₋⟩, at half the height.",
    expected: "confirmed",
    figures: ["fig3b"],
  },
  {
    id: "fig3a-rapid",
    where: "Fig. 3(a)",
    says: "from |11⟩ and |Ψ₊⟩ the energy decays rapidly to zero",
    holds: [
      bounded(5 / kappa, "3ab-11", "energy", "below", 0.05, "E from |11⟩ at κt = 5"),
      bounded(5 / kappa, "3ab-bright", "energy", "below", 0.05, "E from |Ψ₊⟩ at κt = 5"),
    ],
    printed: [
      at(5 / kappa, "3ab-bright", "energy", 0, "E from |Ψ₊⟩ at κt = 5", 1e-3),
      at(5 / kappa, "3ab-11", "energy", 0, "E from |11⟩ at κt = 5", 1e-3),
    ],
    because:
      "From |11⟩ a first photon into an own reservoir, of probability α/(κ + α), leaves a state that is half dark: a slow remainder of 2.4 %.",
    expected: "confirmed with another number",
    figures: ["fig3a"],
  },
  {
    id: "fig3a-faster",
    where: "text on Fig. 3(a)",
    says: "energy decays faster than it would without the dissipative structure",
    holds: [
      ...(["11", "bright"] as const).map((start) =>
        bounded(
          500,
          `3ab-${start}`,
          "energy",
          "below",
          (t) => (start === "11" ? 2 : 1) * Math.exp(-2 * (kappa + alpha) * t),
          `E from ${SYSTEMS[`2-${start}`].label} at κt = 0.5, below that of separate reservoirs`,
        ),
      ),
      bounded(
        5 / kappa,
        "3ab-11",
        "energy",
        "below",
        (t) => 2 * Math.exp(-2 * (kappa + alpha) * t),
        "E from |11⟩ at κt = 5, below that of separate reservoirs",
      ),
    ],
    because:
      "So it does at first; then the dark remainder from |11⟩ outlives what separate reservoirs leave, 2e^(−2(κ+α)t).",
    expected: "not confirmed",
    figures: ["fig3a"],
  },
  {
    id: "fig3cd-exhausted",
    where: "Fig. 3(c, d)",
    says: "with detuning all energy is exhausted in the end, whatever the start",
    holds: [
      ...ofEveryStart((start, label) => ends(`3cd-${start}`, "energy", 0, `E from ${label}`, 2e-4)),
      ...ofEveryStart((start, label) => spectral(`3cd-${start}`, stable, 1, `lost for t → ∞ from ${label}`)),
    ],
    because: "No state is dark: all of it ends in |00⟩; at κt = 5 about e^(−2κt) is left.",
    expected: "confirmed",
    figures: ["fig3c", "fig3d"],
  },
  {
    id: "fig3d-beats",
    where: "Fig. 3(d)",
    says: "the fidelity decays rapidly with oscillations at the detuning",
    holds: (["10", "dark", "bright"] as const).flatMap((start) => {
      const { label } = SYSTEMS[`2-${start}`];
      const amplitudes = (t: number) => oneExcitation(detuned, ONE_EXCITED[start], t);
      return [
        always(`3cd-${start}`, "dark", (t) => darkPart(amplitudes(t)), `F(t) from ${label}, closed form`),
        always(
          `3cd-${start}`,
          "energy",
          (t) => energyOf(amplitudes(t), detuned),
          `E(t) from ${label}, closed form`,
        ),
      ];
    }),
    printed: [
      spectral("3cd-10", energyGap, delta, "beat frequency/ω", 0.01 * delta),
      spectral("3cd-10", energyGap, beat, "beat frequency/ω = √(δ² − 4κ²)/ω"),
    ],
    because: "The two eigenvalues of H_eff differ by √(δ² − 4κ²), δ to 0.02 %, and both decay at 2κ.",
    expected: "confirmed",
    figures: ["fig3d"],
  },
  {
    id: "exceptional",
    where: "beyond Fig. 3(c, d)",
    says: "at δ = 2κ, with equal own losses, the two eigenvalues and eigenvectors of H_eff coalesce",
    holds: [
      spectral("exceptional", largestBlock, 2, "size of the Jordan block"),
      spectral("exceptional", energyGap, 0, "splitting/ω", SETTLED * kappa),
      always(
        "exceptional",
        "dark",
        (t) => darkPart(oneExcitation(exceptional, [1, 0], t)),
        "F(t) from |10⟩, closed form",
      ),
      always(
        "exceptional",
        "energy",
        (t) => energyOf(oneExcitation(exceptional, [1, 0], t), exceptional),
        "E(t) from |10⟩, closed form",
      ),
    ],
    because: "An exceptional point: amplitudes fall as (1 + const·κt)e^(−(κ+α)t), without a beat.",
    expected: "confirmed",
    figures: ["exceptional"],
  },
];

/** Between the levels with one excitation. */
function energyGap(spectrum: Parameters<typeof stable>[0]): number {
  const energies = levelsWith(spectrum, "10").map(({ energy }) => energy);
  return Math.max(...energies) - Math.min(...energies);
}

function largestBlock(spectrum: Parameters<typeof stable>[0]): number {
  return Math.max(...levelsWith(spectrum, "10").map(({ jordan }) => jordan[0] ?? 0));
}
