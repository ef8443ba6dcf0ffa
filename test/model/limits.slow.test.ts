import { describe, expect, test } from "vitest";
import { messagesOf } from "./support.js";

describe("work is bounded", () => {
  const STEPS = "must need at most 4000000 elementary steps";

  test.each([
    ["powers of large matrices", "{ c: { fock: 2000 } }", "(a(c) + ad(c))^100000"],
    ["lists in sums", "{ B: qubit }", "sum(a, 1, 9999, sum(cos(phi)))"],
  ])("%s", (_, sites, text) => {
    const parameters = "{ phi: 'list(j, 1, 9999, j)' }";
    const found = messagesOf({ parameters, sites, observables: `{ o: "${text}", other: 1 }` });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(STEPS);
  });
});
