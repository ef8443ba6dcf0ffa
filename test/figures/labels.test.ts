import { expect, test } from "vitest";
import { chooseNames } from "#src/figures/choice.js";
import { labelSystems } from "#src/figures/labels.js";
import type { Model } from "#src/model/model.js";
import { routes } from "./sample.ts";

const { exact } = routes(["n"]);
const system = (title: string, parameters: Model["parameters"] = {}, file = "f.json") => ({
  file,
  exact: { ...exact, model: { ...exact.model, title, parameters } },
});

test("systems are named by what differs in their titles", () => {
  expect(
    labelSystems([
      system("two qubits, one reservoir, from |10>"),
      system("two qubits, one reservoir, from Psi-"),
    ]),
  ).toEqual({
    title: "two qubits, one reservoir",
    labels: ["|10⟩", "|Ψ₋⟩"],
  });
  expect(labelSystems([system("a spin"), system("a mode")])).toEqual({
    title: "a",
    labels: ["spin", "mode"],
  });
  expect(labelSystems([system("one"), system("one two")]).labels).toEqual(["one", "one two"]);
});

test("else by their parameters, else by their files", () => {
  expect(labelSystems([system("t", { kappa: 0.1, N: 3 }), system("t", { kappa: 0.2, N: 3 })])).toEqual({
    title: "t",
    labels: ["κ = 0.1", "κ = 0.2"],
  });
  expect(
    labelSystems([system("t", {}, "a.json"), system("t", {}, "b.json"), system("t", {}, "a.json")]).labels,
  ).toEqual(["a.json", "b.json", "a.json (2)"]);
});

test("a system that is alone needs no name", () => {
  expect(labelSystems([system("t")])).toEqual({ title: "t", labels: [""] });
});

test("names are chosen in the order asked for; a list's own name stands for its members", () => {
  const known = ["energy", "n1", "n2", "x1"];
  expect(chooseNames(known, undefined, "--only")).toEqual(known);
  expect(chooseNames(known, ["n", "energy", "n1"], "--only")).toEqual(["n1", "n2", "energy"]);
  expect(() => chooseNames(known, ["x", "enrgy"], "--only")).toThrow(
    /"x" is none.*\n--only: .*"enrgy" is none; did you mean energy\?$/,
  );
});
