import { describe, expect, test } from "vitest";
import { faultLines, messagesOf, modelText, modelWith, notesOf, stateOf } from "./support.js";

/** Numbers at the ends of the range: right, or refused; never wrong in silence. */

describe("operators", () => {
  test.each([
    ["1e308*n(q1) + 1e308*n(q1)", "must be finite, but has an element that is infinite or no number"],
    ["1e200*sx(q1)", "must have elements of at most 1e+60 in size, but has 1e+200"],
    ["1e200*projector(ground)", "must have elements of at most 1e+60 in size, but has 1e+200"],
  ])("hamiltonian: %s", (expression, message) => {
    expect(messagesOf({ hamiltonian: expression })).toEqual([expect.stringContaining(message)]);
  });

  test("an overflow is told with its place", () => {
    expect(faultLines(modelText({ observables: "{ o: 1e308*n(q1) + 1e308*n(q1) }" }))).toEqual([
      "7:19 observables.o: must be finite, but has an element that is infinite or no number",
    ]);
  });

  test("an observable too small for its variance", () => {
    expect(messagesOf({ observables: "{ o: 1e-200*n(q1) }" })).toEqual([
      "observables.o: must have an element of 1e-60 at least, but has none above 1.00e-200",
    ]);
    expect(modelWith({ observables: "{ o: 0*n(q1), p: 1e-50*n(q1) }" }).observables).toHaveLength(2);
  });

  test("a small one that is not Hermitian is no Hamiltonian", () => {
    expect(messagesOf({ hamiltonian: "1e-200*sp(q1)" })).toEqual([
      expect.stringContaining("must be Hermitian"),
    ]);
    expect(messagesOf({ hamiltonian: "1e-200*sx(q1)" })).toEqual([]);
  });
});

describe("channels", () => {
  test.each([
    ["{ rate: 1e-300, operator: 1e200*sm(q1) }", "x.operator: must have elements of at most 1e+60 in size"],
    ["{ rate: 1e200, operator: sm(q1) }", "x.rate: must be at most 1e+60 in size, but is 1e+200"],
    ["{ rate: 1e50, operator: 1e20*sm(q1) }", "x: must decay at rates (rate |L|^2) of at most 1e+60 in size"],
    ["{ rate: 1e-400, operator: sm(q1) }", "x.rate: must be 0 or at least 2.2"],
    ["{ matrix: [[1e200]], operators: [sm(q1)] }", "x.matrix: must have elements of at most 1e+60 in size"],
  ])("%s", (channel, message) => {
    expect(messagesOf({ channels: `{ x: ${channel} }` })).toEqual([
      expect.stringContaining(`channels.${message}`),
    ]);
  });
});

describe("states", () => {
  test.each(["1e200", "1e-200", "1e-299", "1e307"])(
    "coefficients of %s are normalised by scaling",
    (size) => {
      const state = stateOf(`3*${size}*sp(q1)*ground + 4*${size}*sp(q2)*ground`);
      expect(state.map(({ amplitude: [re] }) => re)).toEqual([
        expect.closeTo(0.6, 14),
        expect.closeTo(0.8, 14),
      ]);
    },
  );

  test.each([
    ["1e-320*ground", "must be 0 or at least 2.2250738585072014e-308, but is too small a number"],
    ["1e-300*(1e-20*ground)", "must have an amplitude of 1e-300 at least, but has none above 1.00e-320"],
    ["1e308*ground + 1e308*ground", "must be a finite state, but is infinite"],
  ])("%s", (state, message) => {
    expect(messagesOf({ initial: state })).toEqual([`initial: ${message}`]);
    expect(messagesOf({ observables: `{ p: projector(${state}) }` })).toEqual([`observables.p: ${message}`]);
  });
});

test("times and weights", () => {
  expect(messagesOf({ times: "{ from: 0, to: 1e308, points: 3 }" })).toEqual([
    "times.to: must be at most 1e+60 in size, but is 1e+308",
  ]);
  const mixture = "[{ weight: 1e308, state: ground }, { weight: 1e308, state: sp(q1)*ground }]";
  expect(notesOf(modelText({ initial: mixture }))).toEqual([
    "initial: the weights add up to more than a number can hold and were divided by that",
  ]);
});
