import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { InputError } from "#src/base/errors.js";
import { ket } from "#src/model/builder.js";
import { parseModel } from "#src/model/file.js";
import type { Model } from "#src/model/model.js";
import {
  clockwork,
  commonReservoir,
  nQubits,
  productMixture,
  threeQubits,
  twoQubits,
} from "#src/model/presets.js";
import { exact } from "#src/simulate.js";
import { presets } from "./twins/presets.js";

function example(file: string): Model {
  const text = readFileSync(new URL(`../../examples/${file}`, import.meta.url), "utf8");
  return parseModel(text, { file }).model;
}

const KAPPA = 0.001;
const phases = (N: number): number[] => Array.from({ length: N }, (_, j) => 0.4 * j);

describe("the systems of the examples", () => {
  test.each(Object.entries(presets))("%s", (file, preset) => {
    const { observables, ...fromFile } = example(file);
    for (const part of ["sites", "hamiltonian", "channels", "initial"] as const) {
      expect(preset[part]).toEqual(fromFile[part]);
    }
    const inBoth = observables.filter(({ name }) => preset.observables.some((other) => other.name === name));
    expect(inBoth.length).toBeGreaterThan(1);
    for (const observable of inBoth) expect(preset.observables).toContainEqual(observable);
  });

  test.each(["pair-10.yaml", "clockwork.yaml"])("%s: times as well", (file) => {
    expect(presets[file]?.times).toEqual(example(file).times);
  });
});

test("amplitude rates of the paper become jump rates twice as large", () => {
  const rates = (model: Model) => model.channels.map(({ name, rate }) => [name, rate]);
  expect(rates(commonReservoir({ kappa: 0.5, alpha: 0.25, initial: ket("10") }))).toEqual([
    ["common", 1],
    ["own1", 0.5],
    ["own2", 0.5],
  ]);
  expect(rates(clockwork({ kappa: 1, gamma: 2, beta: 3, alpha: 4 }))).toEqual([
    ["common", 2],
    ["feeding", 4],
    ["emptying", 6],
    ["ownA", 8],
    ["ownB", 8],
  ]);
});

test("parameters are kept with their symbols", () => {
  expect(productMixture({ b: 0.2, d: 0.7 }).parameters).toEqual({
    N: 2,
    omega: 1,
    kappa: KAPPA,
    alpha: 0,
    delta: 0,
    phi: [0, 0],
    b: 0.2,
    d: 0.7,
  });
});

test("one qubit has no dark state", () => {
  expect(commonReservoir({ N: 1, initial: ket(1) }).observables.map(({ name }) => name)).toEqual(["energy"]);
});

test.each<[string, () => Model, RegExp]>([
  [
    "a negative rate",
    () => twoQubits({ start: "10", kappa: -1, times: [1] }),
    /^model: channels.common.rate: .* -2$/,
  ],
  [
    "a ket of another length",
    () => threeQubits({ start: "10" }),
    /^model: initial: must have one character for each/,
  ],
  [
    "as many phases as qubits",
    () => nQubits({ N: 3, phi: [0] }),
    /channels.common.operator: must combine lists/,
  ],
  ["a fraction of a qubit", () => nQubits({ N: 2.5 }), /sites.q.count: must be a whole number/],
  [
    "a probability above 1",
    () => productMixture({ b: 1.5, d: 0 }),
    /initial\[1\].weight: must be a real number >= 0/,
  ],
])("faults: %s", (_, make, message) => {
  expect(make).toThrow(InputError);
  expect(make).toThrow(message);
});

/** The exact solver promises 1e-12 of an observable's norm; closed forms in the paper's words. */
const DIGITS = 10;
const finalOf = (values: readonly number[] | undefined): number => values?.at(-1) ?? Number.NaN;

describe("the paper's closed forms", () => {
  test.each([
    ["11", 0, 0],
    ["10", 1 / 2, 1 / 2],
    ["Psi-", 1, 1],
    ["Psi+", 0, 0],
  ] as const)(
    "Fig. 2 from %s: final energy %d, population of Psi- %d at all times",
    (start, energy, dark) => {
      const { observables } = exact(twoQubits({ start, times: [0, 10, 1000, 20_000] }));
      expect(finalOf(observables.energy?.mean)).toBeCloseTo(energy, DIGITS);
      for (const population of observables.dark?.mean ?? [Number.NaN]) {
        expect(population).toBeCloseTo(dark, DIGITS);
      }
    },
  );

  test("Fig. 3(a, b): with own losses the dark state decays as exp(-2 alpha t)", () => {
    const alpha = 0.05 * KAPPA;
    const { observables, times } = exact(twoQubits({ start: "Psi-", alpha }));
    times.forEach((t, k) => {
      expect(observables.dark?.mean[k]).toBeCloseTo(Math.exp(-2 * alpha * t), DIGITS);
      expect(observables.energy?.mean[k]).toBeCloseTo(Math.exp(-2 * alpha * t), DIGITS);
    });
  });

  test.each([0.1, 2 * KAPPA])("Fig. 3(c, d): detuned by %d, nothing stays", (delta) => {
    const { observables } = exact(twoQubits({ start: "Psi-", delta, times: [0, 30_000] }));
    expect(finalOf(observables.energy?.mean)).toBeCloseTo(0, DIGITS);
  });

  test.each(["100", "011"])("Fig. 4 from %s: 2/3 of an excitation stays in Psi2", (start) => {
    const { observables } = exact(threeQubits({ start, times: [0, 20_000] }));
    expect(finalOf(observables.energy?.mean)).toBeCloseTo(2 / 3, DIGITS);
    expect(finalOf(observables.dark?.mean)).toBeCloseTo(2 / 3, DIGITS);
    expect(observables.dark?.mean[0]).toBeCloseTo(start === "100" ? 2 / 3 : 0, DIGITS);
  });

  test("Fig. 1(d): (N - 1)/N is dark, whatever the phases", () => {
    const { observables } = exact(nQubits({ N: 5, phi: phases(5), times: [0, 100, 20_000] }));
    for (const population of observables.dark?.mean ?? [Number.NaN]) {
      expect(population).toBeCloseTo(4 / 5, DIGITS);
    }
    expect(finalOf(observables.energy?.mean)).toBeCloseTo(4 / 5, DIGITS);
  });

  test("three of six excited: 1.9 excitations stay", () => {
    // Weights 1/4, 9/20, 1/4, 1/20 of total spin 0 to 3, each of which keeps 3 - J.
    const { observables } = exact(nQubits({ N: 6, k: 3, times: [0, 50_000] }));
    expect(finalOf(observables.energy?.mean)).toBeCloseTo(1.9, DIGITS);
  });

  test.each([
    [0.5, 0.5],
    [0.2, 0.7],
  ])("product mixture, b = %d and d = %d", (b, d) => {
    const { observables } = exact(productMixture({ b, d, times: [0, 20_000] }));
    for (const population of observables.dark?.mean ?? [Number.NaN]) {
      expect(population).toBeCloseTo((b * (1 - d) + (1 - b) * d) / 2, DIGITS);
    }
  });

  // Computed with other programs, to the four digits that are given.
  test.each([
    [0, 0, 0.3654],
    [0.05, 0, 0.1184],
    [0.05, 0.1, 0.1161],
    [0.1, 0.1, 0.0527],
  ])("Fig. 3(e): steady entanglement with alpha = %d, delta = %d", (alpha, delta, steady) => {
    const { measures } = exact(clockwork({ alpha, delta, times: [0, 300] }));
    expect(Math.abs(finalOf(measures.EN?.mean) - steady)).toBeLessThan(0.5e-4);
  });
});
