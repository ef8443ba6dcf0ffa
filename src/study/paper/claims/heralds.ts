import { clickWeight, heralded } from "../checks.ts";
import type { Claim } from "../claim.ts";

const WHERE = "beyond the paper: jump records";

/** What single trajectories know and the master equation does not: the clicks tell when the dark state is there. */
export const HERALD_CLAIMS: readonly Claim[] = [
  {
    id: "herald-10",
    where: `${WHERE}, Fig. 2`,
    says: "from |10⟩ silence heralds |Ψ₋⟩ with fidelity 1; it has probability 1/2",
    holds: [
      clickWeight("finally", "2-10", 0, 1 / 2, "P(no click)"),
      heralded("2-10", 0, "dark", 1, "F without a click"),
      heralded("2-10", 1, "dark", 0, "F with a click"),
    ],
    because: "Only the bright half can click, and a click empties the pair.",
    expected: "confirmed",
    figures: ["herald"],
  },
  {
    id: "herald-100",
    where: `${WHERE}, Fig. 4`,
    says: "from |100⟩ silence heralds |Ψ₂⟩ with fidelity 1; it has probability 2/3",
    holds: [
      clickWeight("finally", "4-100", 0, 2 / 3, "P(no click)"),
      heralded("4-100", 0, "dark", 1, "F without a click"),
      heralded("4-100", 1, "dark", 0, "F with a click"),
    ],
    because: "As for two qubits, with a bright part of 1/3.",
    expected: "confirmed",
    figures: ["herald"],
  },
  {
    id: "herald-011",
    where: `${WHERE}, Fig. 4`,
    says: "from |011⟩ exactly one click heralds |Ψ₂⟩ with fidelity 1; it has probability 2/3",
    holds: [
      clickWeight("finally", "4-011", 1, 2 / 3, "P(one click)", 1e-4),
      heralded("4-011", 1, "dark", 1, "F with one click"),
      clickWeight("finally", "4-011", 0, 0, "P(no click)", 1e-4),
      heralded("4-011", 2, "dark", 0, "F with two clicks"),
    ],
    because: "Total spin 1/2 emits one photon and is then dark, total spin 3/2 emits two.",
    expected: "confirmed",
    figures: ["herald"],
  },
  {
    id: "herald-11",
    where: `${WHERE}, Fig. 2`,
    says: "from |11⟩ nothing heralds |Ψ₋⟩: every trajectory clicks twice and ends empty",
    holds: [
      clickWeight("finally", "2-11", 2, 1, "P(two clicks)"),
      heralded("2-11", 2, "dark", 0, "F with two clicks"),
      heralded("2-11", 2, "energy", 0, "E with two clicks"),
    ],
    because: "|11⟩ has total spin 1 and no dark part.",
    expected: "confirmed",
  },
];
