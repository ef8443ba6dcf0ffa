import { expect, test } from "vitest";
import { editDistance, nearest } from "#src/base/nearest.js";

test.each([
  ["", "", 0],
  ["", "abc", 3],
  ["kitten", "sitting", 3],
  ["kapa", "kappa", 1],
  ["sites", "sties", 1],
  ["omega", "omega", 0],
])("%j to %j takes %d edits", (a, b, edits) => {
  expect(editDistance(a, b)).toBe(edits);
  expect(editDistance(b, a)).toBe(edits);
});

const KNOWN = ["kappa", "omega", "alpha", "N", "q1", "observables"];
test.each([
  ["kapa", "kappa"],
  ["Omega", "omega"],
  ["n", "N"],
  ["q2", "q1"],
  ["obsevables", "observables"],
  ["x", undefined],
  ["gamma_total", undefined],
  ["kappa".repeat(1000), undefined],
])("%j was meant as %j", (name, meant) => {
  expect(nearest(name, KNOWN)).toBe(meant);
});
