import fc from "fast-check";
import { describe, test } from "vitest";
import { randomModel } from "../support/random-models.js";
import { CHECKS, prepare } from "./dense-twin.js";

describe("random models against dense matrices of the whole space", () => {
  test.each(Object.entries(CHECKS))("%s", (_, check) => {
    fc.assert(
      fc.property(randomModel(), (model) => check(prepare(model))),
      { numRuns: 60, seed: 20240 },
    );
  });
});
