// Where a squared norm is nearly flat a jump time says little; the squared norm at the jump says it all. Held against a plain
// twin on long runs: many Krylov bases from jump to jump. More and bigger ones in the slow suite.
import fc from "fast-check";
import { test } from "vitest";
import { expectJumpNorms } from "../support/expect-jump-norms.ts";
import { randomEmitters } from "../support/random-emitters.ts";

// With tolerances of Krylov bases a hundred times as large the error was 4e-12, now it is 6e-14.
test("random emitters that decay in a hundred of their periods", async () => {
  await fc.assert(
    fc.asyncProperty(randomEmitters(4, 5, { rate: 0.01, last: 150 }), async (model) => {
      await expectJumpNorms(model, ["krylov", "auto"], 3);
    }),
    { numRuns: 3 },
  );
});
