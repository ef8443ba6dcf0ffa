import { at, bounded, ends } from "../checks.ts";
import type { Claim } from "../claim.ts";
import { entanglementOfFirst } from "../formulas.ts";
import type { SystemName } from "../systems.ts";

const WHERE = "Fig. 3(e), reconstruction";
/** The paper gives no numbers; these come from an independent computation of the same reconstruction. */
const DIGITS = 0.5e-4;

const steady = (id: string, system: SystemName, with_: string, EN: number, because: string): Claim => ({
  id,
  where: WHERE,
  says: `pumped${with_}, the pair keeps a steady entanglement (in this reconstruction E_N = ${EN})`,
  holds: [bounded("finally", system, "EN", "above", 0, "E_N at κt = 200")],
  printed: [
    at(100, system, "EN", EN, "E_N at κt = 100", DIGITS),
    ends(system, "EN", EN, "E_N at κt = 200", DIGITS),
  ],
  because,
  expected: "confirmed",
  figures: ["fig3e"],
});

/** Fig. 3(e). The paper's supplement, which defines the system, was not available. */
export const CLOCKWORK_CLAIMS: readonly Claim[] = [
  steady(
    "fig3e-ideal",
    "3e-ideal",
    " and without own losses",
    0.3654,
    "The pump puts back what the reservoirs take.",
  ),
  steady(
    "fig3e-lossy",
    "3e-lossy",
    " with α = 0.05κ",
    0.1184,
    "Own losses cost two thirds of the entanglement, not all.",
  ),
  steady(
    "fig3e-detuned",
    "3e-detuned",
    " with α = 0.05κ, δ = 0.1κ",
    0.1161,
    "No state is dark any more, and entanglement is still there.",
  ),
  steady("fig3e-worst", "3e-worst", " with α = δ = 0.1κ", 0.0527, "Twice the losses: half of that is left."),
  {
    id: "fig3e-still",
    where: WHERE,
    says: "without the pump and without losses the entanglement of Fig. 2 stays",
    holds: [ends("3e-still", "EN", entanglementOfFirst(2), "E_N at κt = 200")],
    because: "Qudit and qubit are then the pair of Fig. 2 from |10⟩: E_N = log₂((1 + √2)/2).",
    expected: "confirmed",
    figures: ["fig3e"],
  },
  {
    id: "fig3e-unpumped",
    where: WHERE,
    says: "without the pump the entanglement is lost once there are losses",
    holds: [
      ends("3e-unpumped", "EN", 0, "E_N at κt = 200, α = 0.05κ, β = 0"),
      ends("3e-emptied", "EN", 0, "E_N at κt = 200, α = 0, β = 0.1κ"),
    ],
    because: "Own losses or the emptying of the qudit drain the dark state, and nothing refills it.",
    expected: "confirmed",
    figures: ["fig3e"],
  },
];
