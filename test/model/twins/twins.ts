import type { ModelDescription } from "#src/model/builder.js";
import { pairEntangled, wLike, wLikeGroups, wState } from "./entangled.ts";
import { contractTour, drivenKerr, drivenQubit, spins } from "./kinds.ts";
import { chiral, decayMatrix, waveguide } from "./reservoirs.ts";

/** Every file of `examples/` that no preset stands for, written with the builder. */
export const twins: Readonly<Record<string, ModelDescription>> = {
  "chiral.yaml": chiral(),
  "contract-tour.yaml": contractTour(),
  "decay-matrix.yaml": decayMatrix(),
  "driven-kerr.yaml": drivenKerr(),
  "driven-qubit.json": drivenQubit(),
  "pair-entangled.yaml": pairEntangled(),
  "spins.yaml": spins(),
  "w-like-groups.yaml": wLikeGroups(),
  "w-like.yaml": wLike(),
  "w-state.yaml": wState(),
  "waveguide.yaml": waveguide(),
};
