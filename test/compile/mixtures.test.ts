import { expect, test } from "vitest";
import { compile } from "#src/compile/compile.js";
import type { Model } from "#src/model/model.js";
import { benchModel } from "../support/engines.ts";
import { read } from "../support/read.ts";

/** The model with its one initial state `count` times. */
function mixtureOf(model: Model, count: number): Model {
  const [{ state } = { state: [] }] = model.initial;
  return { ...model, initial: Array.from({ length: count }, () => ({ weight: 1 / count, state })) };
}

test("a mixture whose amplitudes do not fit is refused, with its size", () => {
  const model = mixtureOf(benchModel("half-excited", { N: "14" }), 10_000);
  expect(() => compile(model, "big.yaml")).toThrow(
    "big.yaml: initial: must have at most 16777216 amplitudes in all components (0.27 GB), but 10000 have 34320000: 0.55 GB",
  );
});

test("a mixture of more averages than fit, too", () => {
  const model = read(`
sites: { c: { fock: 40 } }
channels: { loss: { rate: 1, operator: a(c) } }
initial: ket(39)
times: { from: 0, to: 1, points: 500 }
density: all`);
  expect(() => compile(mixtureOf(model, 1000), "big.yaml")).toThrow(
    "big.yaml: initial: must leave at most 16777216 averages of all components, but 1000 have ",
  );
});
