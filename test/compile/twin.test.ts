import fc from "fast-check";
import { describe, test } from "vitest";
import { randomModel } from "../support/random-models.js";
import {
  type Case,
  checkBounds,
  checkDensities,
  checkGenerators,
  checkJumps,
  checkMoments,
  checkSectors,
  prepare,
} from "./dense-twin.js";

const RUNS = { numRuns: 60, seed: 20240 };

describe("random models against dense matrices of the whole space", () => {
  const holds = (check: (problem: Case) => void) => () => {
    fc.assert(
      fc.property(randomModel(), (model) => check(prepare(model))),
      RUNS,
    );
  };
  test("jumps, and closure of the spaces under them", holds(checkJumps));
  test("generators, frames, and closure of the spaces under H_eff", holds(checkGenerators));
  test("sectors are the components of H_eff among exactly the reached kets", holds(checkSectors));
  test("observables and their bounds", holds(checkMoments));
  test("density matrices of the whole and of parts", holds(checkDensities));
  test("norms, rate bounds and structures", holds(checkBounds));
});
