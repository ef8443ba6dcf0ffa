import type { Claim } from "../claim.ts";
import { CLOCKWORK_CLAIMS } from "./clockwork.ts";
import { HERALD_CLAIMS } from "./heralds.ts";
import { LOSS_CLAIMS } from "./losses.ts";
import { MANY_CLAIMS } from "./many.ts";
import { MIXTURE_CLAIMS } from "./mixtures.ts";
import { PAIR_CLAIMS } from "./pair.ts";
import { THREE_CLAIMS } from "./three.ts";

/** In the order of the paper; what trajectories add comes last. */
export const CLAIMS: readonly Claim[] = [
  ...PAIR_CLAIMS,
  ...MIXTURE_CLAIMS,
  ...LOSS_CLAIMS,
  ...CLOCKWORK_CLAIMS,
  ...THREE_CLAIMS,
  ...MANY_CLAIMS,
  ...HERALD_CLAIMS,
];
