import { expect, test } from "vitest";
import { inProcess } from "./process.ts";

test("clicks: numbers that cannot be, and second clicks of what clicks once, have no rows", async () => {
  const args = ["clicks", "examples/pair-own-loss.yaml", "--seed", "a", "--trajectories", "200", "--quiet"];
  const { code, stdout } = await inProcess(args);
  expect(code).toBe(0);
  const [all = ""] = stdout.split("--- common");
  expect(all).toMatch(/\n0 +0\.0676.*\n1 +0\.9323.*\n\nfirst click/);
  expect(all).toContain("next click after: no clicks\n");
  expect(all).toContain("lag: no clicks\n");
});
