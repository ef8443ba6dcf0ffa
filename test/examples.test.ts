import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { model } from "#src/model/builder.js";
import { parseModel } from "#src/model/file.js";
import { presets } from "./model/twins/presets.ts";
import { twins } from "./model/twins/twins.ts";

const FOLDER = new URL("../examples/", import.meta.url);
const files = readdirSync(FOLDER).filter((file) => /\.(yaml|json)$/.test(file));
const text = (file: string): string => readFileSync(new URL(file, FOLDER), "utf8");

test("every example is a preset or has a twin that is written with the builder", () => {
  expect([...Object.keys(presets), ...Object.keys(twins)].sort()).toEqual(files.sort());
});

test.each(Object.entries(twins))("%s is the same model from the file and from the builder", (file, twin) => {
  expect(model(twin)).toEqual(parseModel(text(file), { file }).model);
});

describe.each(files)("%s", (file) => {
  test("has a title, observables, a number of trajectories and a seed", () => {
    const { title, observables, ensemble } = parseModel(text(file), { file }).model;
    expect(title).not.toBe("");
    expect(observables.length).toBeGreaterThan(0);
    expect(ensemble.trajectories).toBeGreaterThan(0);
    expect(ensemble.seed).toBe(file.replace(/\.\w+$/, ""));
  });

  test("is listed in the README", () => {
    expect(text("README.md")).toContain(`(${file})`);
  });
});

test.each(files.filter((file) => file.endsWith(".yaml")))("%s names the schema, for editors", (file) => {
  expect(text(file).split("\n")[0]).toBe("# yaml-language-server: $schema=../src/model.schema.json");
});

test.each(files.filter((file) => file.endsWith(".json")))("%s names the schema, for editors", (file) => {
  expect(JSON.parse(text(file))).toHaveProperty(["$schema"], "../src/model.schema.json");
});

test.each([
  ["n-qubits.yaml", { name: "N", value: "400" }],
  ["n-qubits.yaml", { name: "k", value: "4" }],
  ["waveguide.yaml", { name: "d", value: "0.5" }],
  ["chiral.yaml", { name: "first", value: "3" }],
  ["decay-matrix.yaml", { name: "d", value: "0.01" }],
  ["pair-detuned.yaml", { name: "start", value: "[0,1,-1]" }],
  ["pair-own-loss.yaml", { name: "start", value: "[0,1,-1]" }],
  ["mixture.yaml", { name: "b", value: "0.8" }],
  ["w-state.yaml", { name: "N", value: "64" }],
  ["clockwork-detuned.yaml", { name: "alpha", value: "0.1" }],
])("%s takes the setting %o that its comment offers", (file, setting) => {
  expect(parseModel(text(file), { file, set: [setting] }).model.sites.length).toBeGreaterThan(0);
});
