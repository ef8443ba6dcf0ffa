import type { ModelDescription } from "#src/model/builder.js";
import { ket } from "#src/model/builder.js";
import { contractTour, drivenKerr, drivenQubit, spins } from "./kinds.ts";
import {
  clockwork,
  mixture,
  nQubits,
  pair,
  pairDetuned,
  pairEntangled,
  pairExceptional,
  pairInSuperposition,
  pairWithOwnLoss,
  threeQubits,
} from "./paper.ts";
import { chiral, decayMatrix, waveguide } from "./reservoirs.ts";
import { wLike, wLikeGroups, wState } from "./w-like.ts";

/** Every file of `examples/` written with the builder. */
export const twins: Readonly<Record<string, ModelDescription>> = {
  "chiral.yaml": chiral(),
  "clockwork.yaml": clockwork(),
  "clockwork-detuned.yaml": clockwork("clockwork-detuned", " with own losses and detuning", [0.05, 0.1]),
  "clockwork-lossy.yaml": clockwork("clockwork-lossy", " with own losses", [0.05, 0]),
  "contract-tour.yaml": contractTour(),
  "decay-matrix.yaml": decayMatrix(),
  "driven-kerr.yaml": drivenKerr(),
  "driven-qubit.json": drivenQubit(),
  "mixture.yaml": mixture(),
  "n-qubits.yaml": nQubits(),
  "pair-10.yaml": pair("10", "two qubits, one reservoir, from |10>", ket("10")),
  "pair-11.yaml": pair("11", "two qubits, one reservoir, from |11>", ket("11")),
  "pair-bright.yaml": pairInSuperposition("bright"),
  "pair-dark.yaml": pairInSuperposition("dark"),
  "pair-detuned.yaml": pairDetuned(),
  "pair-entangled.yaml": pairEntangled(),
  "pair-exceptional.yaml": pairExceptional(),
  "pair-own-loss.yaml": pairWithOwnLoss(),
  "spins.yaml": spins(),
  "three-qubits-011.yaml": threeQubits("011"),
  "three-qubits-100.yaml": threeQubits("100"),
  "w-like-groups.yaml": wLikeGroups(),
  "w-like.yaml": wLike(),
  "w-state.yaml": wState(),
  "waveguide.yaml": waveguide(),
};
