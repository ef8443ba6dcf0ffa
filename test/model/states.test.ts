import { describe, expect, test } from "vitest";
import type { Complex } from "#src/base/complex.js";
import { abs, subtract } from "#src/base/complex.js";
import type { State } from "#src/model/model.js";
import { fullVector } from "../support/full-space.js";
import { messagesOf, operatorOf, stateOf } from "./support.js";

const TOUR = `
  q: { kind: qubit, count: 2 }
  A: { levels: [g, "01", e, "F=2", "0"] }
  S: { spin: 3/2 }
  c: { fock: 12 }`;

/** The product ket with these levels of the members. */
const ket = (levels: readonly number[]): State[number] => ({
  amplitude: [1, 0],
  levels: levels.flatMap((level, member) => (level === 0 ? [] : [[member, level]])),
});

describe("kets", () => {
  test.each([
    ["ground", [0, 0, 0, 0, 0]],
    ["ket(0, 0, g, -3/2, 0)", [0, 0, 0, 0, 0]],
    ["ket(1, 0, e, 1/2, 11)", [1, 0, 2, 2, 11]],
    ['ket(0, 1, "01", 3/2, 2^3)', [0, 1, 1, 3, 8]],
    ['ket(0, 0, "F=2", -1/2, 3)', [0, 0, 3, 1, 3]],
    // The text is the label, never a number or a position.
    ["ket(0, 0, 0, -3/2, 0)", [0, 0, 4, 0, 0]],
    ['ket("0", "1", "e", "1/2", "7")', [0, 1, 2, 2, 7]],
    ["ket(N - 2, N - 3, e, N/2, 3*N)", [1, 0, 2, 3, 9]],
  ])("%s has the levels %j", (text, levels) => {
    expect(stateOf(text, { sites: TOUR })).toEqual([ket(levels)]);
  });

  test("a parameter that is called like a label is not asked", () => {
    const parameters = "{ N: 3, k: 1, phi: [0], g: 1, e: 0 }";
    const sites = "{ A: { levels: [g, e] }, B: qubit }";
    expect(stateOf("ket(e, e)", { parameters, sites })).toEqual([ket([1, 0])]);
    expect(operatorOf("transition(A, e, g)", { parameters, sites }).terms[0]?.factors[0]?.elements).toEqual([
      [1, 0, 1, 0],
    ]);
  });

  test("one quoted text has one character a member", () => {
    const sites = "{ q: { kind: qubit, count: 3 }, A: { levels: [g, e] }, S: { spin: 1 } }";
    expect(stateOf('ket("101e1")', { sites })).toEqual([ket([1, 0, 1, 1, 2])]);
  });

  test.each([
    ['{ A: { levels: [g, "01"] } }', 'ket("01")', 1],
    ['{ A: { levels: [g, "01"] } }', "ket(g)", 0],
    ["{ B: qubit }", 'ket("1")', 1],
    ["{ S: { spin: 1/2 } }", 'ket("1/2")', 1],
    ["{ S: { spin: 10 } }", "ket(-9)", 1],
    ["{ c: { fock: 12 } }", 'ket("11")', 11],
  ])("with the single site %s, %s is its level", (sites, text, level) => {
    expect(stateOf(text, { sites })).toEqual([ket([level])]);
  });
});

describe("states", () => {
  const sites = "{ q: { kind: qubit, count: 3 } }";
  const half = Math.SQRT1_2;
  const third = 1 / Math.sqrt(3);
  test.each<[string, Readonly<Record<string, number | Complex>>]>([
    ["sp(q1)*ground", { "100": 1 }],
    ["sp(q1)*sp(q3)*ground", { "101": 1 }],
    ["prod(j, 1, 2, sp(q[j]))*ground", { "110": 1 }],
    ["prod(j, 1, 0, sp(q[j]))*ground", { "000": 1 }],
    ["ket(1, 0, 0) - ket(0, 1, 0)", { "100": half, "010": -half }],
    ["2*ket(1, 0, 0) + 2i*ket(0, 1, 0)", { "100": half, "010": [0, half] }],
    ["(ket(1, 0, 0) + ground)/7", { "100": half, "000": half }],
    ["ground*5", { "000": 1 }],
    ["-ground", { "000": -1 }],
    ["sum(sp(q))*ground", { "100": third, "010": third, "001": third }],
    ["sum(j, 1, 3, sp(q[j])*ground)", { "100": third, "010": third, "001": third }],
    ["ground + sum(j, 1, 0, ground)", { "000": 1 }],
    ["1e200*ground", { "000": 1 }],
    ["1e-200*ground", { "000": 1 }],
    ["projector(ket(1, 0, 0) + ground)*ground", { "100": half, "000": half }],
  ])("%s is %j", (text, amplitudes) => {
    fullVector(stateOf(text, { sites }), [2, 2, 2]).forEach((value, index) => {
      const wanted = amplitudes[index.toString(2).padStart(3, "0")] ?? 0;
      const difference = subtract(value, typeof wanted === "number" ? [wanted, 0] : wanted);
      expect(abs(difference)).toBeLessThanOrEqual(4 * Number.EPSILON);
    });
  });
});

describe("faults of states", () => {
  test.each([
    [
      "ket(0, 0, 0)",
      "ket must have one label for each of the 4 sites, but has 3 (or one quoted text of 4 characters)",
    ],
    ["ket()", "must be ket(label, ...), but has no arguments"],
    ["ket(0, 0, 2, g)", "must be a level of q3 (0, 1), but is 2"],
    ["ket(0, 0, 1/2, g)", "must be a level of q3 (0, 1), but is 0.5"],
    ["ket(0, 0, i, g)", "must be a level of q3 (0, 1), but is 1i"],
    ["ket(0, 0, ground, g)", "must be a level of q3 (0, 1), but is a state"],
    ["ket(0, 0, 0, G)", 'must be a level of A (g, 0, 1, e), but is "G"; did you mean g?'],
    ["ket(0, 0, 0, 2)", 'must be a level of A (g, 0, 1, e), but is "2"'],
    ["ket(0, 0, nix, g)", 'must be a known name, but "nix" is not'],
    ['ket("000")', 'must have one character for each of the 4 sites, but "000" has 3'],
    ['ket("00x0")', 'must be a level of q3 (0, 1), but is "x"'],
    ["sm(q1)*ground", "must be a state other than zero, but is zero"],
    ["0*ground", "must be a state other than zero, but is zero"],
    ["ground - ground", "must be a state other than zero, but is zero"],
    ["sp(q1)^2*ground", "must be a state other than zero, but is zero"],
    // exp(i pi) is -1 up to rounding.
    ["exp(i*pi)*ground + ground", "must be a state other than zero, but is zero"],
    ["sum(j, 1, 0, ground)", "must be a state other than zero, but is zero"],
    ["sp(q1)", "must be a state, but is an operator; let it act on a state, such as ground"],
    ["3", "must be a state, but is a number"],
    ["list(j, 1, 2, ground)", "must be a state, but is a list of 2 states"],
    ["A", "must be a state, but is a site"],
  ])("%s", (text, message) => {
    expect(messagesOf({ initial: JSON.stringify(text) })).toEqual([`initial: ${message}`]);
  });
});
