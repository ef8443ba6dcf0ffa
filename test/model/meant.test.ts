import { expect, test } from "vitest";
import { didYouMean } from "#src/model/meant.js";

test("says it in words, or nothing", () => {
  expect(didYouMean("kapa", ["kappa", "omega"])).toBe("; did you mean kappa?");
  expect(didYouMean("zzz", ["kappa", "omega"])).toBe("");
});

test("keys of other programs", () => {
  expect(didYouMean("ntraj", ["trajectories", "seed"])).toBe("; did you mean trajectories?");
  expect(didYouMean("basis", ["ket"])).toBe("; did you mean ket?");
  expect(didYouMean("basis", ["bases"])).toBe("; did you mean bases?");
});

test("what has no name of its own is said how to write, but only where no name is near", () => {
  expect(didYouMean("coherent", ["ket"])).toBe(
    "; a coherent state is sum(k, 0, K, alpha^k/factorial(k)*ad(c)^k)*ground",
  );
  expect(didYouMean("time", ["kappa"])).toBe("; nothing may depend on time");
  expect(didYouMean("time", ["times"])).toBe("; did you mean times?");
});
